import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { readImage } from './read-image.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-gamma-'))
afterAll(() => rmSync(folder, { recursive: true }))

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** The first pixel of a PNG of one, red 128, green 0, blue 255, with these chunks before it. */
async function pixelBehind(...chunks: Buffer[]): Promise<number[]> {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  const path = join(folder, 'one.png')
  const pixels = chunk('IDAT', deflateSync(Buffer.from([0, 128, 0, 255])))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  writeFileSync(
    path,
    Buffer.concat([signature, chunk('IHDR', header), ...chunks, pixels, chunk('IEND', Buffer.alloc(0))]),
  )
  const found = await readImage(path)
  return found.isOk ? Array.from(found.value.image.data) : []
}

const gamma = (value: number): Buffer => {
  const data = Buffer.alloc(4)
  data.writeUInt32BE(value)
  return chunk('gAMA', data)
}

it('a PNG that holds linear light is read as sRGB', async () => {
  expect(await pixelBehind(gamma(100_000))).toEqual([188, 0, 255, 255])
})

it('the gamma of sRGB, and any gamma beside an sRGB chunk, changes nothing', async () => {
  expect(await pixelBehind(gamma(45_455))).toEqual([128, 0, 255, 255])
  expect(await pixelBehind(gamma(100_000), chunk('sRGB', Uint8Array.of(0)))).toEqual([128, 0, 255, 255])
})
