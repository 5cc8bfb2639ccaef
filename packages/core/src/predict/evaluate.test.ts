import { describe, expect, it } from 'vitest'
import { random } from '../random.ts'
import { matrix } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import { train } from '../train/train.ts'
import { evaluate } from './evaluate.ts'
import { evaluateClasses, evaluateNumbers } from './evaluation.ts'
import { fitTargets } from './fit-targets.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}

describe('classes', () => {
  // Five rows of a, b and c; the fourth has no known class, and nothing was predicted of the fifth.
  const known = Int32Array.of(0, 1, 1, -1, 2)
  const place = Int32Array.of(0, 1, 0, 2, -1)
  const none = Number.NaN
  const probabilities = Float64Array.of(0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.5, 0.4, 0.1, 0, 0, 1, none, none, none)
  const found = evaluateClasses({ name: 'y', classes: ['a', 'b', 'c'], known, place, probabilities })

  it('are compared where they are known and predicted', () => {
    expect(found.rows).toBe(3)
    expect(Array.from(found.confusion)).toEqual([1, 0, 0, 1, 1, 0, 0, 0, 0])
    expect([found.accuracy, found.majority]).toEqual([2 / 3, 2 / 3])
  })

  it('have precision, recall and F1, whose mean is over classes that the rows have', () => {
    expect(found.byClass.slice(0, 2)).toEqual([
      { name: 'a', weight: 1, precision: 0.5, recall: 1, f1: 2 / 3 },
      { name: 'b', weight: 2, precision: 1, recall: 0.5, f1: 2 / 3 },
    ])
    expect(found.byClass[2].recall).toBeNaN()
    expect(found.macroF1).toBeCloseTo(2 / 3, 15)
  })

  it('have scores of their probabilities', () => {
    expect(found.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.7) + Math.log(0.4)) / 3, 15)
    expect(found.brier).toBeCloseTo((0.04 + 0.01 + 0.01 + (0.04 + 0.09 + 0.01) + (0.25 + 0.36 + 0.01)) / 3, 15)
    expect(found.calibrationError).toBeCloseTo((0.2 + 0.3 + 0.5) / 3, 15)
    expect(found.calibration[7]).toEqual({ from: 0.7, to: 0.8, weight: 1, probability: 0.7, right: 1 })
  })

  it('count by their weights', () => {
    const weights = Float32Array.of(3, 1, 0, 1, 1)
    const weighed = evaluateClasses({ name: 'y', classes: ['a', 'b', 'c'], known, place, probabilities }, weights)
    expect([weighed.rows, weighed.accuracy, weighed.majority]).toEqual([2, 1, 0.75])
  })
})

it('numbers are compared where they are known and predicted', () => {
  const none = Number.NaN
  const found = evaluateNumbers({
    name: 'y',
    known: Float64Array.of(1, 3, none, 5),
    value: Float64Array.of(2, 3, 4, none),
    low: Float64Array.of(1.5, 2, 3, none),
    high: Float64Array.of(3.5, 4, 5, none),
    coverage: 0.9,
  })
  expect(found).toEqual({
    ...{ name: 'y', kind: 'number', rows: 2, r2: 0.5, meanAbsoluteError: 0.5, width: 2 },
    rootMeanSquaredError: Math.SQRT1_2,
    coverage: { stated: 0.9, found: 0.5 },
  })
})

describe('evaluate', async () => {
  const draw = random(1, 'evaluate')
  const rows = 200
  const data = Float32Array.from({ length: rows * 3 }, () => draw() * 4 - 2)
  const samples = matrix(rows, 3, data)
  const y = Array.from({ length: rows }, (_, i) => data[3 * i] * 2 + data[3 * i + 1] ** 2)
  const kind = y.map((value) => (value > 1.5 ? 'high' : 'low'))
  const som = (await train({ samples, lattice: { rows: 5, columns: 4 }, epochs: 5 })).unwrapOrElse(fail)
  const fitted = (await fitTargets(som, samples, { y, kind })).unwrapOrElse(fail)

  it("measures the map's models", async () => {
    const [numbers, classes] = (await evaluate(fitted, samples, { y, kind })).unwrapOrElse(fail)
    expect(numbers).toMatchObject({ name: 'y', kind: 'number', rows, coverage: { stated: 0.9 } })
    expect(numbers.kind === 'number' && numbers.r2).toBeGreaterThan(0.98)
    expect(classes).toMatchObject({ name: 'kind', classes: ['high', 'low'] })
  })

  it('says whether the map was trained on these very rows', async () => {
    const heldOut = async (...given: Parameters<typeof evaluate>) =>
      (await evaluate(...given)).unwrapOrElse(fail).map((one) => one.heldOut)
    const part = matrix(rows - 1, 3, data.subarray(3))
    expect(await heldOut(fitted, samples, { y, kind })).toEqual([false, false])
    expect(await heldOut(fitted, part, { y: y.slice(1) })).toEqual([true])
    expect(await heldOut(som, samples, { y }, { folds: 3 })).toEqual([true])
  })

  it('measures one target of several, on rows that are all of one class', async () => {
    const own = Array.from(kind.keys()).filter((i) => kind[i] === 'low')
    const part = matrix(own.length, 3, Float32Array.from(own.flatMap((i) => [...data.subarray(3 * i, 3 * i + 3)])))
    const found = (await evaluate(fitted, part, { kind: own.map(() => 'low') })).unwrapOrElse(fail)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ rows: own.length, majority: 1 })
  })

  it('predicts each row without it by folds, without models of the map', async () => {
    const [held, classes] = (await evaluate(som, samples, { y, kind }, { folds: 5 })).unwrapOrElse(fail)
    const [own] = (await evaluate(fitted, samples, { y })).unwrapOrElse(fail)
    if (held.kind !== 'number' || own.kind !== 'number') throw new Error('expected numbers')
    expect([held.rows, classes.rows]).toEqual([rows, rows])
    expect(held.r2).toBeGreaterThan(0.9)
    expect(held.r2).toBeLessThan(own.r2)
    // Intervals and probabilities come from every fold, too.
    expect(held.coverage.found).toBeGreaterThan(0.75)
    expect(held.width).toBeGreaterThan(own.width / 2)
    expect(classes.kind === 'class' && classes.accuracy).toBeGreaterThan(0.85)
    expect(classes.kind === 'class' && classes.logLoss).toBeLessThan(0.4)
  })

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'classes that training lacks',
      () => evaluate(fitted, samples, { kind: kind.map((one, i) => (i === 3 ? 'middle' : one)) }),
      'targets.kind: expected classes that training had ("high", "low"), found "middle"',
    ],
    [
      'text where numbers were',
      () => evaluate(fitted, samples, { y: kind }),
      'targets.y: expected numbers, found text, the names of classes',
    ],
    [
      'an unknown target',
      () => evaluate(fitted, samples, { z: y }),
      'targets.z: expected a target of the map (y, kind), found another',
    ],
    ['more folds than rows', () => evaluate(som, samplesOf([[1, 2, 3], [3, 2, 1]]), { y: [1, 2] }, { folds: 3 }), 'folds: expected at most as many as rows (2), found 3'], // biome-ignore format: one line
    [
      'a map that does not predict',
      () => evaluate(som, samples, { y }),
      'som: expected a map that predicts, found one without targets; give it some with fitTargets',
    ],
    [
      'a misspelt option',
      () => evaluate(fitted, samples, { y }, { fold: 2 } as object),
      'fold: no such option; did you mean folds?',
    ],
  ])('refuses %s', async (_, run, message) => {
    const told = (await run()) as { isErr: boolean; error: { path: string; message: string }[] }
    expect(told.isErr && told.error.map((one) => `${one.path}: ${one.message}`)).toEqual([message])
  })
})
