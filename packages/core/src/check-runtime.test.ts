import Result from 'true-myth/result'
import { expect, it } from 'vitest'
import {
  clusterUnits,
  componentPlane,
  evaluate,
  fitTargets,
  type Issue,
  impute,
  js,
  match,
  matchPrepared,
  nearestUnits,
  orThrow,
  partialFit,
  plan,
  predict,
  prepareRows,
  quality,
  type Som,
  samplesOf,
  train,
  trainEpochs,
  tune,
  uMatrix,
} from './index.ts'

const rows = Array.from({ length: 20 }, (_, i) => [Math.sin(i), Math.cos(i * 2)])
const small = async (): Promise<Som> =>
  orThrow(await train({ samples: rows, lattice: { rows: 2, columns: 3 }, epochs: 2 }))

const pathsOf = (found: Result<unknown, readonly Issue[]>): unknown =>
  found.isErr ? found.error.map(({ path, message }) => `${path}: ${message}`) : 'nothing wrong'

/** A runtime as a program without types may give it. */
const untyped = (runtime: object | null): never => runtime as never

it('a misspelt name of a runtime is refused with a suggestion, by everything that takes one', async () => {
  const som = await small()
  const runtime = untyped({ backnd: js() })
  const refused = [expect.stringMatching(/^runtime\.backnd: no such option; did you mean backend\?$/)]
  expect(pathsOf(await train({ samples: rows }, runtime))).toEqual(refused)
  expect(pathsOf(await match(som, rows, runtime))).toEqual(refused)
  expect(pathsOf(await quality(som, rows, {}, runtime))).toEqual(refused)
  expect(pathsOf(await partialFit(som, rows, {}, runtime))).toEqual(refused)
  expect(pathsOf(await nearestUnits(som, rows, 3, runtime))).toEqual(refused)
  const targets = { size: rows.map(([a]) => a) }
  expect(pathsOf(await fitTargets(som, rows, targets, {}, runtime))).toEqual(refused)
  const predicting = orThrow(await fitTargets(som, rows, targets))
  expect(pathsOf(await predict(predicting, rows, {}, runtime))).toEqual(refused)
  expect(pathsOf(await evaluate(predicting, rows, targets, {}, runtime))).toEqual(refused)
  expect(pathsOf(await tune({ samples: samplesOf(rows) }, runtime))).toEqual(refused)
  const planned = orThrow(plan({ samples: rows }))
  await expect(trainEpochs(planned, runtime).next()).rejects.toThrow(/^runtime\.backnd: .*did you mean backend\?$/)
  await expect(matchPrepared(som, orThrow(prepareRows(som, rows)), runtime)).rejects.toThrow(RangeError)
})

it('the values of a runtime are checked', async () => {
  const som = await small()
  const told = async (runtime: object | null) => pathsOf(await match(som, rows, untyped(runtime)))
  expect(await told({ backend: 'native' })).toEqual([
    'runtime.backend: expected a backend, such as js(), found "native"',
  ])
  expect(await told({ signal: true, second: 1 })).toEqual([
    'runtime.signal: expected an AbortSignal, found true',
    'runtime.second: expected true or false, found 1',
  ])
  expect(await told(null)).toEqual(['runtime: expected { backend, signal, second }, found null'])
  expect(pathsOf(await train({ samples: rows }, untyped({ onEpoch: 'log' })))).toEqual([
    'runtime.onEpoch: expected a function, found "log"',
  ])
})

it('anything else in place of a map is an issue that says what was given', async () => {
  const som = await small()
  const wrong: readonly [unknown, RegExp][] = [
    [null, /^som: expected a map, found null$/],
    ['penguins.som', /^som: expected a map, found "penguins\.som"$/],
    [Result.ok(som), /^som: expected a map, found a Result; take its value, for example by orThrow$/],
    [Promise.resolve(som), /^som: expected a map, found a promise; await it$/],
    [{}, /^som: expected a map, found an object without its features/],
    [{ ...som, codebook: { ...som.codebook, rows: 7 } }, /^som: expected a map, found an object without its codebook$/],
  ]
  for (const [given, message] of wrong) {
    const [map, told] = [given as never, [expect.stringMatching(message)]]
    expect(pathsOf(await match(map, rows))).toEqual(told)
    expect(pathsOf(await quality(map, rows))).toEqual(told)
    expect(pathsOf(await nearestUnits(map, rows, 3))).toEqual(told)
    expect(pathsOf(await partialFit(map, rows))).toEqual(told)
    expect(pathsOf(await fitTargets(map, rows, { size: rows.map(([a]) => a) }))).toEqual(told)
    expect(pathsOf(await predict(map, rows))).toEqual(told)
    expect(pathsOf(await impute(map, rows))).toEqual(told)
    expect(pathsOf(await evaluate(map, rows, { size: rows.map(([a]) => a) }))).toEqual(told)
    const hasFeatures = typeof given === 'object' && given !== null && 'features' in given
    if (!hasFeatures) expect(pathsOf(prepareRows(map, rows))).toEqual([expect.stringMatching(/^som: expected a map/)])
    expect(pathsOf(clusterUnits(map))).toEqual([expect.stringMatching(/^som: expected a map/)])
    expect(() => uMatrix(map)).toThrow(/^som: expected a map/)
    expect(() => componentPlane(map, 'feature 1')).toThrow(/^som: expected a map/)
  }
})
