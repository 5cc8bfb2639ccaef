import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { som } from '../../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-palette-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

const SIDE = 64
/** A sheet of colour with all of two channels in it. */
const sheet = Buffer.from(
  Array.from({ length: SIDE * SIDE }, (_, i) => [4 * (i % SIDE), 4 * Math.floor(i / SIDE), 128]).flat(),
)
const drawn = (): ReturnType<typeof sharp> => sharp(sheet, { raw: { width: SIDE, height: SIDE, channels: 3 } })

beforeAll(async () => {
  await drawn().png().toFile(at('sheet.png'))
  await drawn().jpeg({ quality: 95 }).toFile(at('photo.jpg'))
})

/** What an indexed PNG shows, as red, green, blue and alpha. */
const pixelsOf = (name: string): Promise<Buffer> => sharp(at(name)).ensureAlpha().raw().toBuffer()

describe('som palette', () => {
  test('writes a PNG with a palette, and says how far it is from the image', async () => {
    const { code, out, err } = await som('palette', at('photo.jpg'), '-o', at('out.png'), '-c', '16')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^colours +16 of \d+ different ones\npalette +#[0-9a-f]{6}, /)
    expect(out).toMatch(/written to .*out\.png \(mean error 0\.0\d+ in OKLab\)/)
    const { isPalette, width, height, bitsPerSample } = await sharp(at('out.png')).metadata()
    expect({ isPalette, width, height, bits: bitsPerSample }).toEqual({
      isPalette: true,
      width: SIDE,
      height: SIDE,
      bits: 4,
    })
    const pixels = new Uint32Array(new Uint8Array(await pixelsOf('out.png')).buffer)
    expect(new Set(pixels).size).toBe(16)
  })

  test('gives the same bytes on js and on native, whatever the dithering', async () => {
    for (const dither of ['none', 'floyd-steinberg', 'blue-noise']) {
      const files = ['auto', 'js'].map((backend) => at(`${dither}-${backend}.png`))
      await som('palette', at('sheet.png'), '-o', files[0], '--dither', dither, '--threads', '2')
      await som('palette', at('sheet.png'), '-o', files[1], '--dither', dither, '--backend', 'js')
      expect(readFileSync(files[0]).equals(readFileSync(files[1]))).toBe(true)
    }
  })

  test('writes the palette in every format, and nothing else where no output is named', async () => {
    const files = ['css', 'json', 'gpl', 'ase', 'png'].map((ending) => at(`colours.${ending}`))
    const { code, out } = await som('palette', at('sheet.png'), ...files.flatMap((file) => ['--palette', file]))
    expect(code).toBe(0)
    for (const file of files) expect(out).toContain(`written to  ${file}`)
    expect(readFileSync(files[0], 'utf8').split('\n')).toHaveLength(16 + 3)
    expect(readFileSync(files[2], 'utf8')).toContain('Name: sheet\n')
    expect((await sharp(files[4]).metadata()).isPalette).toBe(true)
  })

  test('shows many images in the same colours, in a folder', async () => {
    mkdirSync(at('many'))
    await drawn().negate().png().toFile(at('negative.png'))
    const { code, out } = await som('palette', at('sheet.png'), at('negative.png'), '-o', at('many'), '--json')
    expect(code).toBe(0)
    const { found, colours, images } = JSON.parse(out)
    expect([found, colours.length, images.length]).toEqual([2 * SIDE * SIDE, 16, 2])
    expect(readdirSync(at('many'))).toEqual(['negative.png', 'sheet.png'])
    const palettes = await Promise.all(
      ['many/sheet.png', 'many/negative.png'].map(async (name) => chunk(readFileSync(at(name)), 'PLTE')),
    )
    expect(palettes[0].equals(palettes[1])).toBe(true)
  })

  test('keeps alpha', async () => {
    const veiled = Buffer.from(
      Array.from({ length: SIDE * SIDE }, (_, i) => [
        200,
        4 * (i % SIDE),
        40,
        i < 2000 ? 0 : i < 3000 ? 100 : 255,
      ]).flat(),
    )
    await sharp(veiled, { raw: { width: SIDE, height: SIDE, channels: 4 } })
      .png()
      .toFile(at('veiled.png'))
    await som('palette', at('veiled.png'), '-o', at('kept.png'))
    const alphas = (await pixelsOf('kept.png')).filter((_, i) => i % 4 === 3)
    alphas.forEach((alpha, i) => {
      expect(Math.abs(alpha - veiled[4 * i + 3])).toBeLessThanOrEqual(2)
    })
  })

  test('lays colours out on a grid', async () => {
    const { out } = await som('palette', at('sheet.png'), '--grid', '3x5', '--palette', at('grid.json'), '--json')
    expect(JSON.parse(out)).toMatchObject({ rows: 3, columns: 5 })
  })
})

describe('an image', () => {
  const colours = async (name: string): Promise<{ hex: string; share: number }[]> => {
    const { code, out, err } = await som('palette', at(name), '--palette', at('some.json'), '--json')
    expect([code, err]).toEqual([0, ''])
    return JSON.parse(out).colours
  }

  it('of one pixel, and of one colour, has a palette of one', async () => {
    for (const [name, side] of [['pixel', 1] as const, ['plain', 30] as const]) {
      await sharp({ create: { width: side, height: side, channels: 3, background: '#336699' } })
        .png()
        .toFile(at(`${name}.png`))
      expect(await colours(`${name}.png`)).toEqual([{ hex: '#336699', share: 1 }])
    }
  })

  it('in greys, in CMYK and with 16 bits a channel is taken as sRGB', async () => {
    const red = sharp({ create: { width: 8, height: 8, channels: 3, background: '#c03020' } })
    await red.clone().toColourspace('cmyk').jpeg({ quality: 100 }).toFile(at('cmyk.jpg'))
    await red.clone().toColourspace('rgb16').png().toFile(at('deep.png'))
    await red.clone().greyscale().png().toFile(at('grey.png'))
    expect((await sharp(at('cmyk.jpg')).metadata()).space).toBe('cmyk')
    expect((await sharp(at('deep.png')).metadata()).depth).toBe('ushort')
    const [cmyk] = await colours('cmyk.jpg')
    const bytes = [1, 3, 5].map((i) => Number.parseInt(cmyk.hex.slice(i, i + 2), 16))
    // The gamut of print is narrower.
    ;[0xc0, 0x30, 0x20].forEach((byte, i) => void expect(Math.abs(bytes[i] - byte)).toBeLessThan(40))
    expect(await colours('deep.png')).toEqual([{ hex: '#c03020', share: 1 }])
    expect((await colours('grey.png'))[0].hex).toMatch(/^#(..)\1\1$/)
  })

  it('stands upright', async () => {
    await drawn().resize(40, 20, { fit: 'fill' }).withMetadata({ orientation: 6 }).jpeg().toFile(at('turned.jpg'))
    await som('palette', at('turned.jpg'), '-o', at('upright.png'))
    const { width, height } = await sharp(at('upright.png')).metadata()
    expect([width, height]).toEqual([20, 40])
  })

  it('that is animated gives its first frame, and that is stated', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00'].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(at('moving.gif'))
    const { code, out, err } = await som('palette', at('moving.gif'), '--palette', at('some.css'), '--json')
    expect([code, err]).toEqual([0, `note: ${at('moving.gif')}: has 2 frames; the first is used\n`])
    expect(JSON.parse(out).colours).toEqual([{ hex: '#ff0000', share: 1 }])
  })

  it('that is broken, missing, a folder, too large or none is refused, all at once', async () => {
    writeFileSync(at('broken.jpg'), readFileSync(at('photo.jpg')).subarray(0, 700))
    writeFileSync(at('text.png'), 'not an image')
    writeFileSync(at('empty.png'), '')
    writeFileSync(at('huge.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="20000" height="20000"/>')
    const bad = ['broken.jpg', 'text.png', 'empty.png', 'none.png', 'many', 'huge.svg'].map(at)
    const { code, err } = await som('palette', ...bad, at('photo.jpg'), '--palette', at('never.css'))
    expect(code).toBe(1)
    const lines = err.trimEnd().split('\n')
    expect(lines).toHaveLength(6)
    expect(lines[0]).toMatch(/broken\.jpg: cannot read the image: ./)
    expect(lines[1]).toContain('text.png: expected an image (JPEG, PNG')
    expect(lines[3]).toContain('no such file')
    expect(lines[4]).toContain('many: expected an image, found a folder')
    expect(lines[5]).toContain('huge.svg: expected at most 100 million pixels, found 20000 x 20000')
    expect(existsSync(at('never.css'))).toBe(false)
  })
})

describe('what cannot be', () => {
  const told = async (...args: string[]): Promise<{ code: number | string; lines: string[] }> => {
    const { code, err } = await som('palette', ...args)
    return { code, lines: err.trimEnd().split('\n') }
  }

  it('is reported all at once, by the name of the flag', async () => {
    const { code, lines } = await told(
      at('photo.jpg'),
      '-c',
      '300',
      '--dither',
      'bayer',
      '--palette',
      'x.pdf',
      '--seed',
      '-1',
    )
    expect(code).toBe(2)
    expect(lines).toEqual([
      'error: --colours: expected an integer from 1 to 256, found 300',
      'error: --dither: expected one of none, floyd-steinberg, blue-noise, found "bayer"',
      'error: --seed: expected an integer of at least 0, found -1',
      'error: --palette: expected a name that ends in one of .png, .css, .json, .gpl, .ase, found "x.pdf"',
    ])
    expect((await told(at('photo.jpg'), '--colors', '4')).lines).toEqual([
      'error: --colors: no such option; did you mean --colours?',
    ])
  })

  it('is nothing to read or nothing to write', async () => {
    expect((await told()).lines).toEqual([
      'error: image: expected a file, found none: som palette photo.jpg -o out.png',
      'error: --output: expected -o or --palette, found neither: nothing would be written',
    ])
  })

  it('is a grid beside a number, or one that is too large', async () => {
    const both = await told(at('photo.jpg'), '-c', '4', '--grid', '2x2', '--palette', at('x.css'))
    expect(both).toEqual({
      code: 2,
      lines: ['error: --colours, --grid: expected one of them: a grid has rows x columns colours'],
    })
    const large = await told(at('photo.jpg'), '--grid', '20x20', '--palette', at('x.css'))
    expect(large.lines).toEqual(['error: --grid: expected at most 256 colours, found 20 x 20 = 400'])
  })

  it('is a file for several images, or one file for two of them', async () => {
    const several = await told(at('photo.jpg'), at('sheet.png'), '-o', at('one.png'))
    expect(several.lines[0]).toContain('--output: expected a folder for 2 images')
    mkdirSync(at('other'))
    await drawn().png().toFile(at('other/photo.png'))
    const twice = await told(at('photo.jpg'), at('other/photo.png'), '-o', at('many'))
    expect(twice.lines[0]).toMatch(/other\/photo\.png: would be written to photo\.png, as would .*photo\.jpg/)
    const ending = await told(at('photo.jpg'), '-o', at('out.jpg'))
    expect(ending.lines[0]).toContain('expected a name that ends in .png or a folder')
  })
})

/** The first chunk of a type in a PNG. */
function chunk(png: Buffer, type: string): Buffer {
  const start = png.indexOf(type, 0, 'latin1')
  return png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4))
}
