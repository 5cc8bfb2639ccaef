import { chunkRowsOf } from '../chunks/chunk-rows.ts'
import { chunkCount } from '../chunks/cut.ts'
import { type ChunkNode, mergeTree } from '../chunks/merge-tree.ts'
import type { Numbers } from '../chunks/packed.ts'
import { bendOf, type FeaturePreprocessing, type PreprocessingName } from './preprocessing.ts'
import { quantileOf, weightedQuantiles } from './quantile.ts'

/** A part of the rows: rows × columns, NaN for a missing value. A row of weight w counts as w repetitions of it. */
export interface Part {
  readonly rows: number
  readonly data: Float32Array | Float64Array
  readonly weights?: Float32Array
}

/**
 * Fits the preprocessing of every column to rows that arrive part by part, in one or two passes, with the bits that
 * `docs/design/arithmetic.md` defines, however the rows are divided into parts, and whoever holds them.
 */
export interface ColumnsFitting extends FittingPass {
  add(part: Part): void
  /** Ends a pass; true if another pass over the same rows is needed. */
  again(): boolean
  /** Whether there was any value in a column. */
  isFound(column: number): boolean
  /** A scale of 0 or NaN means that all values of the column are the same. */
  done(column: number, factor: number): FeaturePreprocessing
}

/** A pass whose chunks of rows are at several places. */
export interface FittingPass {
  /** The rows that follow begin this chunk. */
  seek(chunk: number): void
  /** What the pass has found in the chunks that are complete, or ended with it. */
  nodes(): ChunkNode<Numbers>[]
  /** Adds what another has found in chunks of the same pass. */
  take(node: ChunkNode<Numbers>): void
  /** What the first pass has found in all rows. */
  first(): Numbers
  /** Goes to the second pass, by what the first one has found elsewhere. */
  second(first: Numbers): void
}

/** The method that cannot be fitted part by part: its quantiles need all values at once. */
export const NEEDS_ALL_VALUES: readonly PreprocessingName[] = ['robust']

/** What methods need to know of their values beside the least and the most. */
const needs: Readonly<Record<PreprocessingName, { readonly deviation: boolean; readonly quartiles: boolean }>> = {
  'z-score': { deviation: true, quartiles: false },
  'min-max': { deviation: false, quartiles: false },
  robust: { deviation: true, quartiles: true },
  log: { deviation: true, quartiles: false },
  arcsinh: { deviation: true, quartiles: false },
  none: { deviation: false, quartiles: false },
}

/**
 * Fits one method to each column; `cofactor` is that of `arcsinh`. Sums are taken over chunks of `chunkRows` rows of a
 * weight above 0, which are then merged as a tree.
 */
export function columnsFitting(
  methods: readonly PreprocessingName[],
  cofactor: number,
  chunkRows: number = chunkRowsOf(methods.length),
): ColumnsFitting {
  let spread = spreadOf(methods.length)
  let chunk = spreadOf(methods.length)
  const first = mergeTree(mergedFirst)
  const second = mergeTree(mergedSquares)
  let chunks = 0
  const count = chunkCount(chunkRows, (index) => {
    if (isFirst) {
      first.add({ level: 0, index, value: firstOf(chunk) })
      chunk = spreadOf(methods.length)
    } else {
      second.add({ level: 0, index, value: [chunk.squares] })
      chunk = { ...spread, squares: new Float64Array(methods.length) }
    }
  })
  const bends = methods.map((method) => bendOf(method, cofactor))
  const all = methods.map((_, f) => f)
  const isBent = (f: number): boolean => methods[f] === 'log' || methods[f] === 'arcsinh'
  const ranges = Int32Array.from(all.filter((f) => !needs[methods[f]].deviation))
  const straight = Int32Array.from(all.filter((f) => needs[methods[f]].deviation && !isBent(f)))
  const bent = all.filter(isBent)
  const kept = new Map(all.filter((f) => needs[methods[f]].quartiles).map((f) => [f, keptValues()]))
  let isFirst = true
  let [straightAgain, bentAgain] = [straight, bent]

  /** Calls `visit` with the values of a bent column alone. */
  const eachBent = (columns: readonly number[], part: Part, visit: (values: Float64Array, f: number) => void): void => {
    for (const f of columns) {
      const values = new Float64Array(part.rows)
      for (let i = 0; i < part.rows; i++) values[i] = bends[f](part.data[i * methods.length + f])
      visit(values, f)
    }
  }

  const addPiece = (part: Part): void => {
    if (isFirst) {
      addRanges(chunk, ranges, part, methods.length)
      addMeans(chunk, straight, part, methods.length)
      eachBent(bent, part, (data, f) => addMeans(chunk, Int32Array.of(f), { ...part, data }, 1, -f))
      for (const [f, values] of kept) values.add(part, f, methods.length)
    } else {
      addSquares(chunk, straightAgain, part, methods.length)
      eachBent(bentAgain, part, (data, f) => addSquares(chunk, Int32Array.of(f), { ...part, data }, 1, -f))
    }
  }

  /** Ends the first pass: what squares are relative to, and of which columns they are needed. */
  const beginSecond = (found: Numbers): void => {
    isFirst = false
    spread = spreadFrom(found)
    for (const f of [...straight, ...bent])
      spread.largest[f] = Math.max(spread.means[f] - spread.least[f], spread.most[f] - spread.means[f], 0)
    const isVaried = (f: number): boolean => spread.largest[f] > 0
    straightAgain = straight.filter(isVaried)
    bentAgain = bent.filter(isVaried)
    chunk = { ...spread, squares: new Float64Array(methods.length) }
    count.seek(0)
  }

  const totalOfFirst = (): Numbers => {
    chunks = Math.max(chunks, count.end())
    return chunks === 0 ? firstOf(spread) : first.total(chunks)
  }

  return {
    add({ rows, data, weights }) {
      const width = methods.length
      const counts = weights && ((i: number): boolean => weights[i] > 0)
      const visit = (from: number, to: number): void =>
        addPiece({
          rows: to - from,
          data: data.subarray(from * width, to * width),
          ...(weights && { weights: weights.subarray(from, to) }),
        })
      count.cut(rows, visit, counts)
    },
    again() {
      if (!isFirst) {
        count.end()
        if (chunks > 0) spread.squares.set(second.total(chunks)[0])
        return false
      }
      beginSecond(totalOfFirst())
      return straightAgain.length + bentAgain.length > 0
    },
    seek: count.seek,
    nodes() {
      count.end()
      return (isFirst ? first : second).nodes()
    },
    take(node) {
      const tree = isFirst ? first : second
      tree.add(node)
      chunks = Math.max(chunks, (node.index + 1) * 2 ** node.level)
    },
    first: totalOfFirst,
    second: beginSecond,
    isFound: (f) => spread.least[f] <= spread.most[f],
    done: (f, factor) => ({
      method: methods[f],
      cofactor: methods[f] === 'arcsinh' ? cofactor : 1,
      ...scalings[methods[f]](spread, f, kept.get(f)),
      factor,
    }),
  }
}

/** What is known of the values of each column. */
interface Spread {
  readonly least: Float64Array
  readonly most: Float64Array
  readonly totals: Float64Array
  readonly means: Float64Array
  /** The largest distance from the mean. */
  readonly largest: Float64Array
  /** Sums of the squares of the deviations, relative to the largest. */
  readonly squares: Float64Array
}

const spreadOf = (columns: number): Spread => ({
  least: new Float64Array(columns).fill(Number.POSITIVE_INFINITY),
  most: new Float64Array(columns).fill(Number.NEGATIVE_INFINITY),
  totals: new Float64Array(columns),
  means: new Float64Array(columns),
  largest: new Float64Array(columns),
  squares: new Float64Array(columns),
})

/** What the first pass finds. */
const firstOf = ({ least, most, totals, means }: Spread): Numbers => [least, most, totals, means]

function spreadFrom([least, most, totals, means]: Numbers): Spread {
  const copies = { least, most, totals, means }
  const own = Object.fromEntries(Object.entries(copies).map(([name, numbers]) => [name, Float64Array.from(numbers)]))
  return { ...spreadOf(least.length), ...own }
}

/** What two ranges of rows have in common, the one before the other. */
function mergedFirst(a: Numbers, b: Numbers): Numbers {
  const merged = spreadOf(a[0].length)
  for (let f = 0; f < a[0].length; f++) {
    const [leastA, mostA, totalA, meanA] = a.map((numbers) => numbers[f])
    const [leastB, mostB, totalB, meanB] = b.map((numbers) => numbers[f])
    const total = totalA + totalB
    merged.least[f] = Math.min(leastA, leastB)
    merged.most[f] = Math.max(mostA, mostB)
    merged.totals[f] = total
    merged.means[f] = totalB === 0 ? meanA : totalA === 0 ? meanB : meanA + (meanB - meanA) * (totalB / total)
  }
  return firstOf(merged)
}

const mergedSquares = ([a]: Numbers, [b]: Numbers): Numbers => [Float64Array.from(a, (square, f) => square + b[f])]

// The loops below go over rows as they lie in memory, all columns of one before the next: column by column, each number
// would come from another line of the cache. Column `f` of the first row is at `start + f`.

function addRanges({ least, most }: Spread, columns: Int32Array, { rows, data, weights }: Part, width: number): void {
  if (columns.length === 0) return
  for (let i = 0, at = 0; i < rows; i++, at += width) {
    if (weights !== undefined && !(weights[i] > 0)) continue
    for (let k = 0; k < columns.length; k++) {
      const f = columns[k]
      const y = data[at + f]
      if (y < least[f]) least[f] = y
      if (y > most[f]) most[f] = y
    }
  }
}

function addMeans(
  { least, most, totals, means }: Spread,
  columns: Int32Array,
  { rows, data, weights }: Part,
  width: number,
  start = 0,
): void {
  for (let i = 0, at = start; i < rows; i++, at += width) {
    const weight = weights === undefined ? 1 : weights[i]
    if (!(weight > 0)) continue
    for (let k = 0; k < columns.length; k++) {
      const f = columns[k]
      const y = data[at + f]
      if (Number.isNaN(y)) continue
      if (y < least[f]) least[f] = y
      if (y > most[f]) most[f] = y
      const total = totals[f] + weight
      totals[f] = total
      means[f] += (y - means[f]) / (weight === 1 ? total : total / weight)
    }
  }
}

/** The second pass: one would lose a small deviation beside a large mean. */
function addSquares(
  { means, largest, squares }: Spread,
  columns: Int32Array,
  { rows, data, weights }: Part,
  width: number,
  start = 0,
): void {
  for (let i = 0, at = start; i < rows; i++, at += width) {
    const weight = weights === undefined ? 1 : weights[i]
    if (!(weight > 0)) continue
    for (let k = 0; k < columns.length; k++) {
      const f = columns[k]
      const y = data[at + f]
      if (Number.isNaN(y)) continue
      // Relative to the largest, so that squares neither overflow nor vanish.
      const share = (y - means[f]) / largest[f]
      squares[f] += weight * (share * share)
    }
  }
}

type Scaling = (spread: Spread, f: number, kept: KeptValues | undefined) => { centre: number; scale: number }

const scalings: Record<PreprocessingName, Scaling> = {
  'z-score': meanAndDeviation,
  'min-max': ({ least, most }, f) => ({ centre: least[f], scale: most[f] - least[f] }),
  robust: medianAndQuartiles,
  log: meanAndDeviation,
  arcsinh: meanAndDeviation,
  none: () => ({ centre: 0, scale: 1 }),
}

function meanAndDeviation({ means, largest, squares, totals }: Spread, f: number): { centre: number; scale: number } {
  const scale = largest[f] * Math.sqrt(squares[f] / totals[f])
  // Equal values may differ from their mean by rounding; that is not a spread.
  return { centre: means[f], scale: scale <= Math.abs(means[f]) * 1e-12 ? 0 : scale }
}

/** A quartile range this small compared with the standard deviation means that half of the values are identical. */
const NO_RANGE = 1e-6

/** Median and interquartile range; if half of the values are identical, the standard deviation replaces the latter. */
function medianAndQuartiles(spread: Spread, f: number, kept = keptValues()): { centre: number; scale: number } {
  const [low, centre, high] = kept.quantiles([0.25, 0.5, 0.75])
  const deviation = meanAndDeviation(spread, f).scale
  return { centre, scale: high - low > NO_RANGE * deviation ? high - low : deviation }
}

/** All values of a column that are present and have weight. */
interface KeptValues {
  add(part: Part, column: number, width: number): void
  quantiles(shares: readonly number[]): number[]
}

function keptValues(): KeptValues {
  const parts: { readonly values: Float64Array; readonly weights?: Float64Array }[] = []
  return {
    add({ rows, data, weights }, column, width) {
      const values = new Float64Array(rows)
      const own = weights && new Float64Array(rows)
      let count = 0
      for (let i = 0; i < rows; i++) {
        const y = data[i * width + column]
        if (Number.isNaN(y) || (weights !== undefined && !(weights[i] > 0))) continue
        values[count] = y
        if (own && weights) own[count] = weights[i]
        count++
      }
      parts.push({ values: values.subarray(0, count), ...(own && { weights: own.subarray(0, count) }) })
    },
    quantiles(shares) {
      const values = joined(parts.map((part) => part.values))
      const weights = parts.flatMap((part) => part.weights ?? [])
      if (weights.length > 0) return weightedQuantiles(values, joined(weights), shares)
      values.sort()
      return shares.map((share) => quantileOf(values, share))
    },
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
