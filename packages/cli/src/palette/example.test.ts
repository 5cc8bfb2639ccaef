import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { imageError } from '@som/recipes'
import { afterAll, expect, it } from 'vitest'
import { som } from '../../test/harness.ts'
import { readImage } from './read-image.ts'

const example = fileURLToPath(new URL('../../../../examples/palette/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-example-'))
afterAll(() => rmSync(folder, { recursive: true }))

/**
 * Decoders of JPEG may differ by a step or two of 256, which is less than this in OKLab; a pixel that turns over to
 * another colour is rare.
 */
const DECODERS_DIFFER = 0.004

it('the commands of the palette example make its pictures again', async () => {
  cpSync(join(example, 'coffee.jpg'), join(folder, 'coffee.jpg'))
  const readme = readFileSync(join(example, 'README.md'), 'utf8')
  const [, block] = /^```sh\n(.*?)^```$/ms.exec(readme) ?? []
  for (const line of block.trimEnd().split('\n')) {
    const args = line.split(' ').slice(1)
    const inFolder = args.map((arg) => (/\.(jpg|png|css)$/.test(arg) ? join(folder, arg) : arg))
    const { code, err } = await som(...inFolder)
    expect([code, err]).toEqual([0, ''])
  }
  for (const picture of ['coffee-16.png', 'coffee-palette.png']) {
    const [committed, made] = await Promise.all([readImage(join(example, picture)), readImage(join(folder, picture))])
    if (committed.isErr || made.isErr) throw new Error(`${picture} could not be read`)
    expect(imageError(committed.value.image, made.value.image).mean).toBeLessThan(DECODERS_DIFFER)
  }
  expect(readFileSync(join(folder, 'coffee.css'), 'utf8').split('\n')).toHaveLength(16 + 3)
})
