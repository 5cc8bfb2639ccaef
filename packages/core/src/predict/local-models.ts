import { smooth } from '../backend/js/smoothing.ts'
import type { Lattice } from '../map/lattice.ts'
import { unitCount } from '../map/lattice.ts'
import { cholesky, solveFactored } from './cholesky.ts'
import type { Inputs } from './inputs.ts'
import { productWidth } from './product-width.ts'

/**
 * What the models need of some rows, per unit: the products of each row's inputs with each other (Σ a aᵀ, lower
 * triangle) and with the row's outputs (Σ a tᵀ). Units × `width` numbers, which add up over rows and over units.
 */
export interface Products {
  readonly inputs: number
  readonly outputs: number
  readonly width: number
  readonly values: Float64Array
}

/** Which rows to add up, by place, with the unit, the weight and the outputs of each. */
export interface FitRows {
  readonly rows: Uint32Array
  readonly unit: Int32Array
  readonly weight: Float64Array
  /** rows × outputs. */
  readonly outputs: Float64Array
}

/** The products of the rows, added in their order. */
export function productsOf(
  lattice: Lattice,
  outputs: number,
  inputs: Inputs,
  { rows, unit, weight, outputs: wanted }: FitRows,
): Products {
  const { width } = inputs
  const perUnit = productWidth(width, outputs)
  const values = new Float64Array(unitCount(lattice) * perUnit)
  const row = new Float64Array(width)
  for (let at = 0; at < rows.length; at++) {
    inputs.read(rows[at], row)
    let to = unit[at] * perUnit
    for (let f = 0; f < width; f++) {
      const x = weight[at] * row[f]
      for (let g = 0; g <= f; g++) values[to++] += x * row[g]
    }
    for (let f = 0; f < width; f++) {
      const x = weight[at] * row[f]
      for (let t = 0; t < outputs; t++) values[to++] += x * wanted[at * outputs + t]
    }
  }
  return { inputs: width, outputs, width: perUnit, values }
}

/** Products of each unit's neighbourhood: out[u] = Σₖ exp(−d²ᵤₖ / 2r²) · values[k]. */
export function borrowed(lattice: Lattice, radius: number, products: Products): Products {
  return { ...products, values: smooth(lattice, 'gaussian', radius, products.values, products.width) }
}

/** The model of all rows: inputs × outputs, and the factor of the matrix that it solves. */
export interface GlobalModel {
  readonly model: Float64Array
  readonly factor: Float64Array
}

/** One model for all units: ridge regression whose constant is free (A. E. Hoerl, R. W. Kennard 1970). */
export function globalModel(products: Products): GlobalModel {
  const { inputs, outputs, width, values } = products
  const total = new Float64Array(width)
  for (let at = 0; at < values.length; at += width) for (let i = 0; i < width; i++) total[i] += values[at + i]
  const triangle = (inputs * (inputs + 1)) / 2
  const sides = new Float64Array(inputs * outputs)
  turn(total, triangle, outputs, inputs, sides, 0)
  addToDiagonal(total, inputs, GLOBAL_RIDGE, 0)
  factored(total, inputs)
  solveFactored(total, inputs, sides, outputs)
  const model = new Float64Array(inputs * outputs)
  turn(sides, 0, inputs, outputs, model, 0)
  return { model, factor: total.subarray(0, triangle) }
}

const GLOBAL_RIDGE = 1

/** The ridge of the constant. */
export const ofConstant = (ridge: number): number => Math.min(1, ridge)

/**
 * Gives `use` the model of each unit: Bᵤ = G + (Mᵤ + D)⁻¹ (Vᵤ − Mᵤ G), with Mᵤ and Vᵤ the products that it borrows, D
 * the diagonal min(1, λ), λ, …, λ of the ridge λ, and G the global model. Without rows near by it is G. It is computed
 * as (Mᵤ + D)⁻¹ (Vᵤ + D G), which is the same. `factor` is that of Mᵤ + D, `model` is outputs × inputs; both are used
 * again for the next unit.
 */
export function eachModel(
  { inputs, outputs, width, values }: Products,
  global: Float64Array,
  ridge: number,
  use: (unit: number, factor: Float64Array, model: Float64Array) => void,
): void {
  const units = values.length / width
  const size = inputs * outputs
  const triangle = (inputs * (inputs + 1)) / 2
  const m = new Float64Array(triangle)
  const pull = new Float64Array(size)
  turn(global, 0, outputs, inputs, pull, 0)
  for (let t = 0; t < outputs; t++)
    for (let f = 0; f < inputs; f++) pull[t * inputs + f] *= f === 0 ? ofConstant(ridge) : ridge
  const sides = new Float64Array(size)
  for (let u = 0; u < units; u++) {
    const at = u * width
    m.set(values.subarray(at, at + triangle))
    turn(values, at + triangle, outputs, inputs, sides, 0)
    for (let i = 0; i < size; i++) sides[i] += pull[i]
    addToDiagonal(m, inputs, ridge, ofConstant(ridge))
    factored(m, inputs)
    solveFactored(m, inputs, sides, outputs)
    use(u, m, sides)
  }
}

/** The models of all units: units × inputs × outputs. */
export function localModels(products: Products, global: Float64Array, ridge: number): Float64Array {
  const { inputs, outputs, width, values } = products
  const size = inputs * outputs
  const models = new Float64Array((values.length / width) * size)
  eachModel(products, global, ridge, (u, _, model) => turn(model, 0, inputs, outputs, models, u * size))
  return models
}

/** Writes the transpose of a matrix of rows × columns, which begins at `at`, from place `to` on. */
function turn(from: Float64Array, at: number, columns: number, rows: number, into: Float64Array, to: number): void {
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) into[to + j * rows + i] = from[at + i * columns + j]
}

function addToDiagonal(m: Float64Array, n: number, ridge: number, ofConstant: number): void {
  for (let f = 0; f < n; f++) m[(f * (f + 1)) / 2 + f] += f === 0 ? ofConstant : ridge
}

/** Products of rows and a ridge above 0 are positive definite; only numbers beyond f64 are not. */
function factored(m: Float64Array, n: number): void {
  if (!cholesky(m, n)) throw new Error('the products of the rows are not positive definite')
}
