import type { ColumnData } from './table-data.ts'

/** A column cut into bins, for a histogram: even ranges of its numbers, or its most frequent texts. */
export interface Bins {
  /** The bin of each row; -1 for a missing value. */
  readonly of: Int16Array
  readonly count: number
  /** Edges of the bins of numbers, one more than bins; null for texts. */
  readonly edges: Float64Array | null
  readonly names: readonly string[] | null
}

const BARS = 24
const MOST_TEXTS = 12

/** Bins of a column. Those of texts are the most frequent ones, and one for all others. */
export function binsOf({ numbers, codes, levels }: ColumnData): Bins {
  return codes !== null ? textBins(codes, levels) : numberBins(numbers ?? new Float64Array(0))
}

function numberBins(numbers: Float64Array): Bins {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const distinct = new Set<number>()
  for (const value of numbers) {
    if (!Number.isFinite(value)) continue
    if (value < least) least = value
    if (value > greatest) greatest = value
    if (distinct.size <= BARS) distinct.add(value)
  }
  if (least > greatest) return { of: new Int16Array(numbers.length).fill(-1), count: 0, edges: null, names: null }
  const count = least === greatest ? 1 : Math.min(BARS, Math.max(2, distinct.size))
  const width = (greatest - least) / count || 1
  const of = Int16Array.from(numbers, (value) =>
    Number.isFinite(value) ? Math.min(count - 1, Math.floor((value - least) / width)) : -1,
  )
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => (i === count ? greatest : least + i * width))
  return { of, count, edges, names: null }
}

function textBins(codes: Int32Array, levels: readonly string[]): Bins {
  const sizes = new Float64Array(levels.length)
  for (const code of codes) if (code >= 0) sizes[code]++
  const order = Array.from(levels, (_, code) => code).sort((a, b) => sizes[b] - sizes[a])
  const shown = order.slice(0, levels.length > MOST_TEXTS ? MOST_TEXTS - 1 : MOST_TEXTS)
  const places = new Int16Array(levels.length).fill(shown.length)
  shown.forEach((code, place) => {
    places[code] = place
  })
  const others = levels.length - shown.length
  const names = [...shown.map((code) => levels[code]), ...(others > 0 ? [`${others} others`] : [])]
  return {
    of: Int16Array.from(codes, (code) => (code < 0 ? -1 : places[code])),
    count: names.length,
    edges: null,
    names,
  }
}

/** All rows in each bin. */
export function countsOf({ of, count }: Bins): Uint32Array {
  const counts = new Uint32Array(count + 1)
  for (let row = 0; row < of.length; row++) counts[of[row] + 1]++
  return counts.subarray(1)
}
