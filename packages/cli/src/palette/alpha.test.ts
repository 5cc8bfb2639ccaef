import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, it } from 'vitest'
import { som } from '../../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-alpha-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function alphaOf(path: string): Promise<number[]> {
  const bytes = await sharp(path).ensureAlpha().extractChannel('alpha').raw().toBuffer()
  return Array.from(bytes)
}

it.each([
  ['soft', '8', 'none'],
  ['shadow', '4', 'none'],
  ['one0', '2', 'none'],
  ['soft', '8', 'floyd-steinberg'],
  ['shadow', '2', 'floyd-steinberg'],
  ['one0', '3', 'blue-noise'],
])('clear pixels stay clear and opaque ones opaque: %s.png, %s colours, dither %s', async (name, colours, dither) => {
  const image = join(import.meta.dirname, 'fixtures', `${name}.png`)
  const output = join(folder, `${name}-${colours}-${dither}.png`)
  const { code } = await som('palette', image, '-o', output, '-c', colours, '--dither', dither, '--backend', 'js')
  expect(code).toBe(0)
  const before = await alphaOf(image)
  const wrong = (await alphaOf(output)).filter((a, i) => (before[i] === 0 || before[i] === 255) && a !== before[i])
  expect(wrong).toEqual([])
})
