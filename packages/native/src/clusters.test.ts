import { readFileSync } from 'node:fs'
import { type Clustering, clusterRows, js, samplesOf, train } from '@som/core'
import { expect, test } from 'vitest'
import { loadNative } from './load.ts'
import { native } from './native.ts'

const loaded = loadNative()
const absent = loaded.isErr ? ` (skipped: ${loaded.error})` : ''

test.skipIf(loaded.isErr)(
  `groups of rows are the same, to the bit, on every backend and number of threads${absent}`,
  async () => {
    const text = readFileSync(new URL('../../core/fixtures/clusters/Tetra.csv', import.meta.url), 'utf8')
    const lines = text.trim().split('\n').slice(1)
    const samples = samplesOf(lines.map((line) => line.split(',').slice(0, 3).map(Number)))
    const som = (await train({ samples, seed: 1 }, { backend: native() })).unwrapOrElse(fail)
    const on = async (backend: ReturnType<typeof js>): Promise<Clustering> =>
      (await clusterRows(som, samples, { checks: 2, noise: true }, { backend })).unwrapOrElse(fail)
    const found = await on(js())
    expect(found.clusters.count).toBe(4)
    for (const threads of [1, 3]) expect(await on(native({ threads }))).toEqual(found)
  },
)

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
