import { expect, it } from 'vitest'
import { matrix, toSparse } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import { train } from '../train/train.ts'
import { checkRun } from './check-run.ts'
import type { TrainOptions } from './options.ts'

const samples = samplesOf(
  [
    [1, 5, 2],
    [2, 5, 4],
    [3, 5, 6],
  ],
  ['a', 'same', 'b'],
)

const runOf = (options: TrainOptions) => {
  const found = checkRun(options)
  if (found.isErr) throw new Error(JSON.stringify(found.error))
  return found.value
}
const pathsOf = (options: TrainOptions): string[] =>
  checkRun(options).match({ Ok: () => [], Err: (issues) => issues.map(({ path }) => path) })

it('a checked run has its rows ready, and the features that were left out', () => {
  const { prepared, checked } = runOf({ samples, metric: 'cosine' })
  expect(prepared.features.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(prepared.leftOut.map(({ name }) => name)).toEqual(['same'])
  expect(prepared.rows.matrix).toMatchObject({ rows: 3, columns: 2 })
  expect(checked).toMatchObject({ rule: 'batch', sized: false, origin: undefined, task: { metric: 'cosine' } })
})

it('the size of the map is known where both sides are given, or a map to start from', async () => {
  const lattice = { rows: 2, columns: 3 }
  const from = (await train({ samples, lattice, epochs: 1 })).unwrapOr(undefined)
  expect(runOf({ samples, lattice }).checked.sized).toBe(true)
  const started = runOf({ samples: samplesOf([[7, 5, 1]], ['a', 'same', 'b']), from })
  expect(started.checked).toMatchObject({ sized: true, task: { lattice } })
  expect(started.prepared.features).toEqual(from?.features)
  expect(started.prepared.rows.matrix.rows).toBe(1)
})

it('issues of options and of samples come together; those of preparing rows come when both are right', () => {
  expect(pathsOf({ samples: [[1], [1, 2]], epochs: 0, featureWeights: { z: 1 } })).toEqual(['epochs', 'samples[1]'])
  expect(pathsOf({ samples, featureWeights: { z: 1 } })).toEqual(['featureWeights.z'])
  expect(pathsOf({ samples: [[1, 2]] })).toEqual(['samples'])
})

it('sparse rows are taken as they are where no preprocessing is requested', () => {
  const sparse = toSparse(matrix(2, 2, Float32Array.of(1, 0, 0, 2)))
  expect(runOf({ samples: sparse }).prepared.rows.matrix).toEqual(sparse)
  expect(pathsOf({ samples: sparse, preprocessing: 'z-score' })).toEqual(['preprocessing'])
})

it('no weight above 0 for any feature is refused', () => {
  expect(pathsOf({ samples, featureWeights: { a: 0, same: 0, b: 0 } })).toEqual(['featureWeights'])
  expect(pathsOf({ samples, featureWeights: { a: 0, same: 0 } })).toEqual([])
})

it('a getter that throws is an issue', () => {
  const options = {
    samples,
    get epochs(): number {
      throw new Error('not today')
    },
  }
  expect(checkRun(options).match({ Ok: () => [], Err: (issues) => issues })).toEqual([
    { path: '', message: 'the options could not be read: not today' },
  ])
})
