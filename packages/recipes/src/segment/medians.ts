import type { Samples } from '@som/core'
import { medianOf, numbersLike } from './columns.ts'

type Numbers = Samples['data']

/** Of fewer rows the values themselves are sorted out. */
const FEW = 4096
/** At most this many counters, of all groups together. */
const MOST_COUNTERS = 2 ** 21
/** Counters for more bits would be more work than the values that fewer bits leave beside a middle. */
const ROWS_A_COUNTER = 8
const MOST_BITS = 16

/** Medians of the values of all rows, and of those in each group; NaN where there are none. */
export interface Medians {
  readonly all: number
  readonly groups: Float64Array
}

/**
 * The medians of one column by the group of each row, below 0 for none; missing values are left out. Values are counted
 * by their first bits, and only those beside the middle of a group are looked at again: two passes, whatever the number
 * of groups.
 */
export function mediansOf(values: Numbers, of: Int32Array, count: number): Medians {
  if (values.length < FEW) return mediansByGroup(values, of, count)
  const most = Math.min(MOST_COUNTERS / (count + 1), values.length / ROWS_A_COUNTER)
  const bits = Math.min(MOST_BITS, Math.max(4, Math.floor(Math.log2(most))))
  const [shift, bins] = [32 - bits, 2 ** bits]
  const keys = orderedBits(values)
  // Rows without a group come first.
  const counters = new Uint32Array((count + 1) * bins)
  for (let i = 0; i < keys.length; i++) {
    const x = values[i]
    // biome-ignore lint/suspicious/noSelfCompare: quicker than a call, and only NaN differs from itself
    if (x === x) counters[(of[i] < 0 ? 0 : of[i] + 1) * bins + (keys[i] >>> shift)]++
  }
  const groups = Array.from({ length: count }, (_, group) =>
    middleOf(values, counters.subarray((group + 1) * bins, (group + 2) * bins)),
  )
  const all = middleOf(values, summed(counters, bins))
  for (let i = 0; i < keys.length; i++) {
    const [x, bin] = [values[i], keys[i] >>> shift]
    // biome-ignore lint/suspicious/noSelfCompare: as above
    if (x !== x) continue
    if (bin === all.first || bin === all.last) all.near[all.found++] = x
    if (of[i] < 0) continue
    const own = groups[of[i]]
    if (bin === own.first || bin === own.last) own.near[own.found++] = x
  }
  return { all: medianNear(all), groups: Float64Array.from(groups, medianNear) }
}

/** The plain way: the values of each group on their own. */
export function mediansByGroup(values: Numbers, of: Int32Array, count: number): Medians {
  const known = (isIn: (group: number) => boolean): Numbers => values.filter((x, i) => !Number.isNaN(x) && isIn(of[i]))
  return {
    all: medianOf(known(() => true)),
    groups: Float64Array.from({ length: count }, (_, group) => medianOf(known((one) => one === group))),
  }
}

/** The bits of each value as a float of 32 bits, changed so that a greater value has no lesser ones. */
function orderedBits(values: Numbers): Uint32Array {
  const floats = Float32Array.from(values)
  const words = new Int32Array(floats.buffer)
  const keys = new Uint32Array(floats.buffer)
  for (let i = 0; i < words.length; i++) keys[i] = words[i] ^ ((words[i] >> 31) | 0x80000000)
  return keys
}

/** What is beside the middle of some values. */
interface Middle {
  /** How many values there are, and how many are less than any of `near`. */
  readonly total: number
  readonly before: number
  /** The bins of the two in the middle. */
  readonly first: number
  readonly last: number
  /** Room for the values in both bins, and how many have been found. */
  readonly near: Numbers
  found: number
}

function middleOf(values: Numbers, counters: Uint32Array): Middle {
  let total = 0
  for (let bin = 0; bin < counters.length; bin++) total += counters[bin]
  if (total === 0) return { total, before: 0, first: -1, last: -1, near: numbersLike(values, 0), found: 0 }
  let [first, before] = [0, 0]
  while (before + counters[first] <= (total - 1) >> 1) before += counters[first++]
  let [last, upTo] = [first, before + counters[first]]
  while (upTo <= total >> 1) upTo += counters[++last]
  return { total, before, first, last, near: numbersLike(values, upTo - before), found: 0 }
}

function medianNear({ total, before, near }: Middle): number {
  return medianOf(near, total, before)
}

/** The counters of all groups together. */
function summed(counters: Uint32Array, bins: number): Uint32Array {
  const sums = new Uint32Array(bins)
  for (let from = 0; from < counters.length; from += bins)
    for (let bin = 0; bin < bins; bin++) sums[bin] += counters[from + bin]
  return sums
}
