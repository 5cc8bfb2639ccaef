import { expect, it } from 'vitest'
import { type Lattice, squaredLatticeDistance } from '../map/lattice.ts'
import { drawMatrix } from '../testing/draw.ts'
import { blender } from './blend.ts'
import { inputsOf, standardOf } from './inputs.ts'
import { leaveOneOut } from './leave-one-out.ts'
import { borrowed, globalModel, localModels, productsOf } from './local-models.ts'

/** f64 sums in another order, through elimination in another order. */
const ROUNDING = 1e-9
/** Models that are blended are rounded to f32. */
const SINGLE = 1e-5

const lattice: Lattice = { cell: 'hexagonal', shape: 'sheet', rows: 4, columns: 3 }
const rows = 60
const matrix = drawMatrix(rows, 3, 1, 0.1)
const standard = standardOf(matrix, undefined)
const outputs = Float64Array.from(drawMatrix(rows, 2, 2).data)
const unit = Int32Array.from({ length: rows }, (_, i) => (7 * i) % 11)
const weight = Float64Array.from({ length: rows }, (_, i) => 1 + (i % 3))
const all = { rows: Uint32Array.from(unit.keys()), unit, weight, outputs }

it.each([false, true])('models are those of the formula, worked out plainly (squares: %s)', (squares) => {
  const inputs = inputsOf(matrix, standard, squares)
  const products = productsOf(lattice, 2, inputs, all)
  const { model: global } = globalModel(products)
  const a = Array.from({ length: rows }, (_, i) => {
    const row = new Float64Array(inputs.width)
    inputs.read(i, row)
    return Array.from(row)
  })
  const t = Array.from({ length: rows }, (_, i) => [outputs[2 * i], outputs[2 * i + 1]])
  const plainGlobal = ridge(a, t, Array.from(weight), 1, 0)
  expectClose(global, plainGlobal.flat())

  const [radius, lambda] = [1.5, 0.1]
  const models = localModels(borrowed(lattice, radius, products), global, lambda)
  const rest = t.map((row, i) => row.map((y, c) => y - dot(a[i], plainGlobal.map((g) => g[c])))) // biome-ignore format: a formula
  for (let u = 0; u < lattice.rows * lattice.columns; u++) {
    const near = Array.from(
      weight,
      (w, i) => w * Math.exp(-squaredLatticeDistance(lattice, u, unit[i]) / (2 * radius ** 2)),
    )
    const change = ridge(a, rest, near, lambda, Math.min(1, lambda))
    const expected = change.flatMap((row, f) => row.map((x, c) => x + plainGlobal[f][c]))
    expectClose(models.subarray(u * inputs.width * 2, (u + 1) * inputs.width * 2), expected)
  }
})

it('a row of weight 2 counts as two rows', () => {
  const inputs = inputsOf(matrix, standard, false)
  const repeated = Uint32Array.from(Array.from(unit.keys()).flatMap((i) => Array<number>(weight[i]).fill(i)))
  const again = {
    rows: repeated,
    unit: Int32Array.from(repeated, (i) => unit[i]),
    weight: new Float64Array(repeated.length).fill(1),
    outputs: Float64Array.from(Array.from(repeated).flatMap((i) => [outputs[2 * i], outputs[2 * i + 1]])),
  }
  const once = productsOf(lattice, 2, inputs, all)
  const same = productsOf(lattice, 2, inputs, again)
  expectClose(once.values, Array.from(same.values))
})

it.each([false, true])('a row is left out as if the models had been fitted without it (squares: %s)', (squares) => {
  const inputs = inputsOf(matrix, standard, squares)
  const [radius, ridge, k] = [1.5, 0.1, 4]
  const near = {
    k,
    unit: Int32Array.from({ length: rows * k }, (_, at) => (unit[Math.floor(at / k)] + 5 * (at % k)) % 12),
    distance: Float32Array.from({ length: rows * k }, (_, at) => 1 + (at % k)),
  }
  const products = productsOf(lattice, 2, inputs, all)
  const places = Uint32Array.from([3, 8, 59])
  const leftOut = leaveOneOut({ ...all, lattice, near }, inputs, globalModel(products), places, k, (at) =>
    borrowed(lattice, at, products),
  )
  const found = leftOut(radius, ridge, [2, k])
  places.forEach((place, p) => {
    const without = { ...all, weight: weight.map((w, i) => (i === place ? 0 : w)) }
    const others = productsOf(lattice, 2, inputs, without)
    const models = localModels(borrowed(lattice, radius, others), globalModel(others).model, ridge)
    const plain = [2, k].map((nearest) => {
      const into = new Float64Array(2)
      blender({ outputs: 2, coefficients: Float32Array.from(models) }, inputs, nearest)(near, place, place, into, 0)
      return into
    })
    found.forEach((one, n) => {
      expectClose(one.slice(2 * p, 2 * p + 2), Array.from(plain[n]), SINGLE)
    })
  })
})

function expectClose(found: Float64Array, expected: readonly number[], tolerance = ROUNDING): void {
  expect(found).toHaveLength(expected.length)
  found.forEach((x, i) => {
    expect(Math.abs(x - expected[i])).toBeLessThan(tolerance)
  })
}

/** (Σ w a aᵀ + diag) x = Σ w a tᵀ, by Gauss and Jordan. */
function ridge(a: number[][], t: number[][], weights: number[], lambda: number, ofConstant: number): number[][] {
  const n = a[0].length
  const system = Array.from({ length: n }, (_, f) => [
    ...Array.from({ length: n }, (_, g) => {
      const sum = a.reduce((total, row, i) => total + weights[i] * row[f] * row[g], 0)
      return f === g ? sum + (f === 0 ? ofConstant : lambda) : sum
    }),
    ...t[0].map((_, c) => a.reduce((total, row, i) => total + weights[i] * row[f] * t[i][c], 0)),
  ])
  for (let f = 0; f < n; f++) {
    const pivot = system[f][f]
    system[f] = system[f].map((x) => x / pivot)
    for (let g = 0; g < n; g++) {
      if (g === f) continue
      const factor = system[g][f]
      system[g] = system[g].map((x, c) => x - factor * system[f][c])
    }
  }
  return system.map((row) => row.slice(n))
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0)
