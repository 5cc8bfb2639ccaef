import { describe, expect, it } from 'vitest'
import { random } from '../random.ts'
import { matrix } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import type { Som } from '../som.ts'
import { drawClusters } from '../testing/draw.ts'
import { partialFit } from '../train/stream.ts'
import { train } from '../train/train.ts'
import type { TargetValues } from './check-targets.ts'
import { checkTargetValues, fitTargets } from './fit-targets.ts'
import { predict, type TargetPrediction } from './predict.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}

/**
 * Rows in clusters, half of them to train on. The class bends through the clusters, the number is a curve with noise.
 */
const ROWS = 900
const drawn = drawClusters(ROWS, 4, 5, 3)
const noise = random(1, 'noise')
const known = Array.from({ length: ROWS }, (_, i) => {
  const [a, b, c] = drawn.data.subarray(4 * i)
  return {
    kind: a + 0.5 * b * b > 2 ? 'far' : c > 0 ? 'near' : 'other',
    size: 100 + 10 * a - 3 * b + a * b + 2 * (noise() + noise() - 1),
  }
})
const half = (from: number) => ({
  rows: matrix(ROWS / 2, 4, drawn.data.slice(4 * from, 4 * (from + ROWS / 2))),
  known: known.slice(from, from + ROWS / 2),
})
const [learn, test] = [half(0), half(ROWS / 2)]
const som = (await train({ samples: learn.rows, lattice: { rows: 8, columns: 6 }, epochs: 10 })).unwrapOrElse(fail)
const targets = { kind: learn.known.map(({ kind }) => kind), size: learn.known.map(({ size }) => size) }
const fitted = (await fitTargets(som, learn.rows, targets)).unwrapOrElse(fail)
const found = (await predict(fitted, test.rows)).unwrapOrElse(fail)

type OfKind<K extends TargetPrediction['kind']> = Extract<TargetPrediction, { kind: K }>
const ofKind = <K extends TargetPrediction['kind']>(
  kind: K,
  of: readonly TargetPrediction[] = found.targets,
): OfKind<K> => of.find((one): one is OfKind<K> => one.kind === kind) ?? fail(kind)

describe('a fitted map', () => {
  it('predicts classes and numbers of rows that it never saw', () => {
    const { classes, place } = ofKind('class')
    const right = test.known.filter(({ kind }, i) => kind === classes[place[i]]).length
    expect(right / test.known.length).toBeGreaterThan(0.93)
    const { value } = ofKind('number')
    const mean = test.known.reduce((sum, { size }) => sum + size, 0) / test.known.length
    const [left, all] = [0, 1].map((k) =>
      test.known.reduce((sum, { size }, i) => sum + (size - (k === 0 ? value[i] : mean)) ** 2, 0),
    )
    expect(1 - left / all).toBeGreaterThan(0.98)
  })

  it('says how well held-out rows were predicted, about as well as new ones', () => {
    const [kind, size] = fitted.targets?.of ?? []
    const { classes, place } = ofKind('class')
    const right = test.known.filter(({ kind: one }, i) => one === classes[place[i]]).length / test.known.length
    expect(Math.abs(kind.heldOut - right)).toBeLessThan(0.03)
    expect(size.heldOut).toBeGreaterThan(0.98)
  })

  it('gives probabilities that add up to 1, the predicted class the greatest', () => {
    const { classes, place, probabilities } = ofKind('class')
    for (let i = 0; i < test.known.length; i++) {
      const own = Array.from(probabilities.subarray(i * classes.length, (i + 1) * classes.length))
      expect(own.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
      expect(own.every((p) => p >= 0 && p <= own[place[i]])).toBe(true)
    }
  })

  it('holds the true value in its intervals as often as it says', async () => {
    for (const coverage of [0.5, 0.8, 0.9, 0.95]) {
      const { low, high } = ofKind(
        'number',
        (await predict(fitted, test.rows, { coverage })).unwrapOrElse(fail).targets,
      )
      const inside = test.known.filter(({ size }, i) => low[i] <= size && size <= high[i]).length / test.known.length
      // Four standard errors of both the calibration and the test.
      const error = 4 * Math.sqrt((2 * coverage * (1 - coverage)) / test.known.length)
      expect(Math.abs(inside - coverage)).toBeLessThan(error)
    }
  })

  it('predicts a row alone as among others', async () => {
    const row = matrix(1, 4, test.rows.data.slice(40, 44))
    const alone = (await predict(fitted, row)).unwrapOrElse(fail)
    expect(ofKind('number', alone.targets).value[0]).toBe(ofKind('number').value[10])
    expect(ofKind('class', alone.targets).probabilities).toEqual(ofKind('class').probabilities.slice(20, 22))
    expect([alone.unit[0], alone.distance[0]]).toEqual([found.unit[10], found.distance[10]])
  })

  it('predicts more rows than it looks for at once, dense and sparse, as each of them', async () => {
    const times = 40
    const { rows, columns, data } = test.rows
    const many = matrix(rows * times, columns)
    for (let i = 0; i < times; i++) many.data.set(data, i * data.length)
    const all = { offsets: Uint32Array.from({ length: many.rows + 1 }, (_, i) => i * columns), values: many.data }
    const sparse = { ...all, rows: many.rows, columns, indices: many.data.map((_, at) => at % columns) }
    const raw = await train({ samples: learn.rows, lattice: { rows: 4, columns: 4 }, epochs: 3, preprocessing: 'none' })
    const own = (await fitTargets(raw.unwrapOrElse(fail), learn.rows, targets)).unwrapOrElse(fail)
    const once = (await predict(own, test.rows)).unwrapOrElse(fail)
    for (const input of [many, { ...sparse, indices: Uint32Array.from(sparse.indices) }]) {
      const { unit, distance, targets: of } = (await predict(own, input)).unwrapOrElse(fail)
      for (const i of [0, 9, rows * times - 1]) {
        expect([unit[i], distance[i]]).toEqual([once.unit[i % rows], once.distance[i % rows]])
        expect(ofKind('number', of).high[i]).toBe(ofKind('number', once.targets).high[i % rows])
        expect(ofKind('class', of).place[i]).toBe(ofKind('class', once.targets).place[i % rows])
      }
    }
  })

  it('predicts a row with a missing value, and nothing of a row without any', async () => {
    const none = Number.NaN
    const rows = samplesOf([[1, none, 2, 0.5], [none, none, none, none]]) // biome-ignore format: a table
    const { unit, targets: of } = (await predict(fitted, rows)).unwrapOrElse(fail)
    expect(unit[1]).toBe(-1)
    expect(ofKind('number', of).value[1]).toBeNaN()
    expect(ofKind('number', of).low[0]).toBeLessThan(ofKind('number', of).value[0])
    expect(ofKind('number', of).high[1]).toBeNaN()
    expect(ofKind('class', of).place[1]).toBe(-1)
    expect(ofKind('class', of).probabilities.slice(2).every(Number.isNaN)).toBe(true)
  })

  it('is the same from the same rows', async () => {
    const again = (await fitTargets(som, learn.rows, targets)).unwrapOrElse(fail)
    expect(again.targets).toEqual(fitted.targets)
  })

  it('is the same whatever equal weights its rows have', async () => {
    const weights = new Float32Array(learn.rows.rows).fill(0.125)
    const names = ['feature 1', 'feature 2', 'feature 3', 'feature 4']
    const samples = { ...samplesOf(learn.rows, names), weights }
    expect((await fitTargets(som, samples, targets)).unwrapOrElse(fail).targets).toEqual(fitted.targets)
  })

  it('keeps its codebook, and loses its targets when it learns from a stream', async () => {
    expect(fitted.codebook).toBe(som.codebook)
    const moved = (await partialFit(fitted, test.rows)).unwrapOrElse(fail)
    expect(moved.targets).toBeUndefined()
  })

  it('ignores rows whose target is missing or whose weight is 0', async () => {
    const some = learn.known.map(({ size }, i) => (i % 3 === 0 ? null : size))
    const part = (await fitTargets(som, learn.rows, { size: some })).unwrapOrElse(fail)
    const [{ rows, heldOut }] = part.targets?.of ?? fail(part)
    expect(rows).toBe(300)
    const weights = Float32Array.from(learn.known, (_, i) => (i % 3 === 0 ? 0 : 1))
    const names = ['feature 1', 'feature 2', 'feature 3', 'feature 4']
    const wild = learn.known.map(({ size }, i) => (i % 3 === 0 ? 1e9 : size))
    const weighed = await fitTargets(som, { ...samplesOf(learn.rows, names), weights }, { size: wild })
    expect(weighed.unwrapOrElse(fail).targets?.of[0]).toMatchObject({ rows: 300, heldOut: expect.closeTo(heldOut, 1) })
  })
})

it('a line is found to the last rows, with intervals as narrow', async () => {
  const line = learn.rows.data.filter((_, i) => i % 4 === 0).map((x) => 3 * x - 2)
  const { targets: of } = (await fitTargets(som, learn.rows, { line })).unwrapOrElse(fail)
  expect(of?.of[0].heldOut).toBeGreaterThan(0.9999)
})

it('few rows promise no more coverage than they can', async () => {
  const few = matrix(5, 4, learn.rows.data.slice(0, 20))
  const own = (await fitTargets(som, few, { size: [1, 2, 3, 4, 5] })).unwrapOrElse(fail)
  expect(ofKind('number', (await predict(own, few)).unwrapOrElse(fail).targets).coverage).toBe(5 / 6)
  const refused = await predict(own, few, { coverage: 0.9 })
  expect(refused.isErr && refused.error).toEqual([
    { path: 'coverage', message: 'expected at most 0.8333, since intervals of size rest on 5 rows, found 0.9' },
  ])
})

it('fitting stops when it is told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(fitTargets(som, learn.rows, targets, {}, { signal })).rejects.toThrow('enough')
})

describe('targets are refused with a message', () => {
  const named = { ...som, features: som.features.map((f, i) => ({ ...f, name: 'abcd'[i] })) }
  const n = learn.rows.rows
  const words = (values: readonly unknown[]): unknown => [...values, ...Array(n - values.length).fill('x')]
  it.each<[string, unknown, string]>([
    ['of one class', { y: Array(n).fill('x') }, 'targets.y: expected at least 2 classes, found only "x"'],
    ['of one number', { y: Array(n).fill(7) }, 'targets.y: expected numbers that vary, found only 7'],
    [
      'all missing',
      { y: Array(n).fill(null) },
      'targets.y: expected at least one value, found none: every one is missing',
    ],
    [
      'with numbers among classes',
      { y: words(['a', 3]) },
      'targets.y: row 2: expected text as in the rows before, found 3',
    ],
    [
      'with text among numbers',
      { y: [1, 'b', ...Array(n - 2).fill(2)] },
      'targets.y: row 2: expected a number as in the rows before, found "b"',
    ],
    [
      'with infinite numbers',
      { y: [1, Number.POSITIVE_INFINITY, ...Array(n - 2).fill(2)] },
      'targets.y: row 2: expected a finite number, found Infinity',
    ],
    ['of another length', { y: ['a', 'b'] }, `targets.y: expected ${n} values, one per row, found 2`],
    [
      'of dates',
      { y: Array(n).fill(new Date(0)) },
      'targets.y: expected text for classes or numbers for a quantity, found an object',
    ],
    [
      'that are features',
      { b: words(['y']) },
      'targets.b: is also a feature of the map, so a prediction would know the answer; train without it',
    ],
    ['that are not there', {}, 'targets: expected at least 1 target, found none'],
    ['that are not an object', 'y', 'targets: expected { name: values }, found "y"'],
    [
      'with a name for each row',
      { y: Array.from({ length: n }, (_, i) => `row ${i}`) },
      `targets.y: expected at most 256 classes, found ${n}; does it name rows?`,
    ],
  ])('%s', async (_, given, message) => {
    const refused = await fitTargets(named, learn.rows, given as TargetValues)
    const told = refused.isErr ? refused.error.map((one) => `${one.path}: ${one.message}`) : []
    expect(told).toEqual([message])
    expect(checkTargetValues(named, n, given as TargetValues).map((one) => `${one.path}: ${one.message}`)).toEqual(told)
  })

  it('with fewer values than can be left out in turn', async () => {
    const few = matrix(3, 4, learn.rows.data.slice(0, 12))
    const refused = await fitTargets(som, few, { y: [1, null, null] })
    expect(refused.isErr && refused.error[0].path).toBe('targets.y')
  })

  it('where options are misspelt, or the map is not finished', async () => {
    const unfinished: Som = {
      ...som,
      training: { ...som.training, unfinished: { epoch: 1, step: 0, distance: 0, weight: 0 } },
    }
    const refused = await fitTargets(unfinished, learn.rows, targets, { folds: 3 } as object)
    expect(refused.isErr && refused.error.map(({ path }) => path)).toEqual(['som', 'folds'])
  })

  it('where the fit would not fit in memory', () => {
    const wide = Array.from({ length: 2000 }, (_, f) => ({ ...som.features[0], name: `f${f}` }))
    const [{ path, message }] = checkTargetValues({ ...som, features: wide }, n, { y: words(['a']) } as TargetValues)
    expect([path, message]).toEqual(['targets.y', expect.stringMatching(/^expected a fit of at most 4.0 GiB, found/)])
  })
})

it('a map without targets does not predict, and says what would give it some', async () => {
  const refused = await predict(som, test.rows, { coverage: 2 })
  expect(refused.isErr && refused.error).toEqual([
    { path: 'coverage', message: 'expected at most 1, found 2' },
    { path: 'som', message: 'expected a map that predicts, found one without targets; give it some with fitTargets' },
  ])
})
