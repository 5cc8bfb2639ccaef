import Result from 'true-myth/result'
import type { Backend } from './backend/backend.ts'
import { js } from './backend/js/js.ts'
import { describeIssues, Issues, show } from './issue.ts'
import { MOST_UNITS } from './plan/option-table.ts'
import { type RandomSource, random } from './random.ts'
import { checkSamples } from './rows/check-samples.ts'
import { isSparse, type Matrix, matrix } from './rows/matrix.ts'

/** The shortest side of a network. */
const SMALLEST_SIDE = 2

/** Checked parameters of a Kohonen network: only `createKohonenParams` creates them. */
export interface KohonenParams {
  readonly input: Matrix
  /** Columns of the network. */
  readonly width: number
  /** Rows of the network. */
  readonly height: number
  /** How often every input is presented. */
  readonly numIterations: number
  readonly initialLearningRate: number
}

/** A place on the network: row `i`, column `j`. */
export interface KohonenNode {
  readonly i: number
  readonly j: number
}

/** Numbers of any shape, the last dimension running fastest. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** The parameters of an iteration, and what it measured. */
export interface KohonenIteration {
  readonly iteration: number
  readonly neighbourhoodRadius: number
  readonly learningRate: number
  readonly quantizationError: number
}

/** Checks everything and never throws: a failure has a RangeError that lists every issue. */
export function createKohonenParams(
  input: unknown,
  width: unknown,
  height: unknown,
  numIterations: unknown,
  initialLearningRate: unknown,
): Result<KohonenParams, RangeError> {
  const issues = new Issues()
  try {
    const rows = inputRows(input, issues)
    const checked = {
      width: issues.integer('width', width, SMALLEST_SIDE) ? width : null,
      height: issues.integer('height', height, SMALLEST_SIDE) ? height : null,
      numIterations: issues.integer('numIterations', numIterations, 1) ? numIterations : null,
      initialLearningRate: issues.number('initialLearningRate', initialLearningRate, 0) ? initialLearningRate : null,
    }
    const params = rows && wholeParams({ input: rows, ...checked })
    if (params && params.width * params.height > MOST_UNITS) {
      issues.add('width, height', `expected at most ${MOST_UNITS} nodes, found ${params.width} x ${params.height}`)
    } else if (params) return Result.ok(params)
  } catch (error) {
    issues.add('', `the parameters cannot be read: ${error instanceof Error ? error.message : show(error)}`)
  }
  return Result.err(new RangeError(describeIssues(issues.list)))
}

type Partly<T> = { readonly [key in keyof T]: T[key] | null }

function wholeParams({
  input,
  width,
  height,
  numIterations,
  initialLearningRate,
}: Partly<KohonenParams>): KohonenParams | null {
  if (input === null || width === null || height === null || numIterations === null || initialLearningRate === null) {
    return null
  }
  return { input, width, height, numIterations, initialLearningRate }
}

function inputRows(input: unknown, issues: Issues): Matrix | null {
  const rows = checkSamples(input, issues)
  if (rows === null) return null
  if (isSparse(rows) || rows.data.some(Number.isNaN)) {
    issues.add('input', `expected dense rows of numbers, found ${isSparse(rows) ? 'sparse ones' : 'missing values'}`)
    return null
  }
  return matrix(rows.rows, rows.features.length, Float32Array.from(rows.data))
}

/**
 * A tensor of the given shape filled from `source`, uniform on [0, 1) by default. Throws if a side is not a positive
 * integer.
 */
export function initialiseRandomTensor(shape: readonly number[], source: RandomSource = random(0, 'tensor')): Tensor {
  const issues = new Issues()
  for (const [axis, side] of shape.entries()) issues.integer(`shape[${axis}]`, side, 1)
  if (issues.list.length > 0) throw new RangeError(describeIssues(issues.list))
  const size = shape.reduce((product, side) => product * side, 1)
  return { shape, data: Float32Array.from({ length: size }, source) }
}

/**
 * Row and column of the node whose weights (height × width × features) are nearest to `x`; the lower node wins a tie.
 */
export function findBestMatchingUnit(weights: Tensor, x: ArrayLike<number>): KohonenNode {
  const [, width, features] = weights.shape
  let best = Number.POSITIVE_INFINITY
  let unit = 0
  for (let k = 0, at = 0; at < weights.data.length; k++, at += features) {
    let sum = 0
    for (let f = 0; f < features; f++) sum += (x[f] - weights.data[at + f]) ** 2
    if (sum < best) {
      best = sum
      unit = k
    }
  }
  return { i: Math.floor(unit / width), j: unit % width }
}

/**
 * Radius and learning rate of iteration `t`: both fall as exp(-t / λ), λ = iterations / ln(radius₀), radius₀ half the
 * larger side.
 */
export function kohonenSchedule(
  params: Pick<KohonenParams, 'width' | 'height' | 'numIterations' | 'initialLearningRate'>,
  t: number,
): { neighbourhoodRadius: number; learningRate: number } {
  const initialRadius = Math.max(params.width, params.height) / 2
  // A side of 2 has radius 1, whose logarithm is 0: nothing decays.
  const fallen = Math.exp((-t * Math.log(initialRadius)) / params.numIterations)
  return { neighbourhoodRadius: initialRadius * fallen, learningRate: params.initialLearningRate * fallen }
}

/**
 * Trains by the original rule: each iteration presents every input in order, with that iteration's radius and learning
 * rate. Returns the weights, height × width × features.
 */
export async function trainKohonenNetwork(
  params: KohonenParams,
  options: {
    readonly backend?: Backend
    readonly weights?: Tensor
    readonly onIteration?: (iteration: KohonenIteration) => void
  } = {},
): Promise<Tensor> {
  const { input, width, height, numIterations } = params
  const shape = [height, width, input.columns]
  const weights = options.weights ?? initialiseRandomTensor(shape)
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: height, columns: width } as const
  const session = await (options.backend ?? js()).open(
    { lattice, metric: 'euclidean', kernel: 'gaussian' },
    { matrix: input },
    matrix(height * width, input.columns, weights.data),
  )
  try {
    const order = Uint32Array.from({ length: input.rows }, (_, i) => i)
    for (let t = 0; t < numIterations; t++) {
      const { neighbourhoodRadius, learningRate } = kohonenSchedule(params, t)
      const radius = new Float32Array(input.rows).fill(neighbourhoodRadius)
      const rate = new Float32Array(input.rows).fill(learningRate)
      const { distance, weight } = await session.epoch({ rule: 'online', order, radius, rate })
      const quantizationError = distance / weight
      options.onIteration?.({ iteration: t, neighbourhoodRadius, learningRate, quantizationError })
    }
    return { shape, data: (await session.codebook()).data }
  } finally {
    session.close()
  }
}
