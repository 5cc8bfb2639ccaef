import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsFitting } from './fit-columns.ts'
import { bendOf, type FeaturePreprocessing, PREPROCESSINGS, type PreprocessingName } from './preprocessing.ts'
import { quantileOf, weightedQuantiles } from './quantile.ts'

const COFACTOR = 5

/** The definition of `docs/design/arithmetic.md`, one column after another. */
function plain(method: PreprocessingName, xs: readonly number[], ws: readonly number[]): FeaturePreprocessing | null {
  const given = xs.map((x, i) => [bendOf(method, COFACTOR)(x), ws[i]] as const)
  const rows = given.filter(([x, w]) => w > 0 && !Number.isNaN(x))
  if (rows.length === 0) return null
  const ys = rows.map(([y]) => y)
  let [total, mean] = [0, 0]
  for (const [y, w] of rows) {
    total += w
    mean += (y - mean) / (total / w)
  }
  const largest = Math.max(...ys.map((y) => Math.abs(y - mean)))
  let squares = 0
  for (const [y, w] of rows) squares += w * ((y - mean) / largest) ** 2
  const found = largest > 0 ? largest * Math.sqrt(squares / total) : 0
  const deviation = found <= Math.abs(mean) * 1e-12 ? 0 : found
  const made = { method, cofactor: method === 'arcsinh' ? COFACTOR : 1, factor: 2 }
  if (method === 'none') return { ...made, centre: 0, scale: 1 }
  if (method === 'min-max') return { ...made, centre: Math.min(...ys), scale: Math.max(...ys) - Math.min(...ys) }
  if (method !== 'robust') return { ...made, centre: mean, scale: deviation }
  const shares = [0.25, 0.5, 0.75]
  const [low, centre, high] = ws.some((w) => w !== 1)
    ? weightedQuantiles(
        Float64Array.from(ys),
        Float64Array.from(rows, ([, w]) => w),
        shares,
      )
    : shares.map((share) => quantileOf(Float64Array.from(ys).sort(), share))
  return { ...made, centre, scale: high - low > 1e-6 * deviation ? high - low : deviation }
}

// The sum turns -0 into 0: which of both is the least depends on their order.
const value = fc.oneof(
  fc.double({ min: -0.5, max: 1e6, noNaN: true }).map((x) => x + 0),
  fc.constantFrom(Number.NaN, 3, 1e-9),
)
const table = fc.record({
  methods: fc.array(fc.constantFrom(...PREPROCESSINGS), { minLength: 1, maxLength: 5 }),
  rows: fc.array(fc.tuple(fc.array(value, { minLength: 5, maxLength: 5 }), fc.constantFrom(0, 1, 2, 0.3)), {
    minLength: 1,
    maxLength: 20,
  }),
  isWeighted: fc.boolean(),
  cut: fc.nat(20),
  isSingle: fc.boolean(),
})

it('columns fitted together, in parts, have the bits of each fitted by the definition', () => {
  fc.assert(
    fc.property(table, ({ methods, rows: given, isWeighted, cut, isSingle }) => {
      const width = methods.length
      const rows = given.map(
        ([xs, w]) => [xs.slice(0, width).map((x) => (isSingle ? Math.fround(x) + 0 : x)), w] as const,
      )
      const weights = rows.map(([, w]) => (isWeighted ? Math.fround(w) : 1))
      const fitting = columnsFitting(methods, COFACTOR)
      do {
        for (const part of [rows.slice(0, cut), rows.slice(cut)]) {
          const numbers = part.flatMap(([xs]) => xs)
          fitting.add({
            rows: part.length,
            data: isSingle ? Float32Array.from(numbers) : Float64Array.from(numbers),
            ...(isWeighted && { weights: Float32Array.from(part, ([, w]) => w) }),
          })
        }
      } while (fitting.again())
      methods.forEach((method, f) => {
        const column = rows.map(([xs]) => xs[f])
        const wanted = plain(method, column, weights)
        expect(fitting.isFound(f)).toBe(wanted !== null)
        if (wanted) expect(fitting.done(f, 2)).toEqual(wanted)
      })
    }),
    { numRuns: 300, seed: 3 },
  )
})
