import { js, orThrow, samplesOf, train } from '@som/core'
import { expect, it } from 'vitest'
import { calibrate, learnNormal, makePalette, openWatcher, segment } from './index.ts'

const samples = samplesOf(Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(i * 2)]))
const misspelt = { backnd: js() } as never // as a program without types may write it

it('a misspelt name of a runtime is refused with a suggestion by every recipe', async () => {
  const histogram = { colours: Uint32Array.of(1, 2), counts: Float64Array.of(1, 1) } as never // nothing counts it here
  const found = [
    await segment(samples, {}, misspelt),
    await learnNormal(samples, {}, misspelt),
    await makePalette(histogram, {}, misspelt),
  ]
  for (const result of found)
    expect(result.isErr && result.error).toContainEqual({
      path: 'runtime.backnd',
      message: 'no such option; did you mean backend?',
    })
})

it('anything else in place of a map is an issue, and so is a backend that is none', async () => {
  const trained = await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })
  for (const found of [await openWatcher(trained as never), await calibrate(trained as never, samples)])
    expect(found.isErr && found.error).toEqual([
      { path: 'som', message: 'expected a map, found a Result; take its value, for example by orThrow' },
    ])
  const found = await calibrate(orThrow(trained), samples, { backend: 'native' as never })
  expect(found.isErr && found.error).toContainEqual({
    path: 'backend',
    message: 'expected a backend, such as js(), found "native"',
  })
})
