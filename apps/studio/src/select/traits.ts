import type { TableData } from '../table/table-data.ts'
import { shortNumber } from '../table/table-data.ts'

/** How chosen rows differ from all in a column. */
export interface Trait {
  readonly column: string
  /** The mean of the chosen rows minus that of all, in standard deviations of all. */
  readonly deviations: number
  readonly words: string
}

/** A difference counts from half a standard deviation and three standard errors on, as in segments. */
const LEAST_DEVIATIONS = 0.5
const LEAST_ERRORS = 3

/** What sets the rows that pass apart from all rows, the strongest first. */
export function traitsOf({ columns, rows }: TableData, failing: Uint32Array): Trait[] {
  const traits: Trait[] = []
  for (const { name, numbers, codes, levels, kind } of columns) {
    if (numbers !== null && kind !== 'empty') {
      const all = momentsOf(numbers)
      const own = meanOf(numbers, failing, all.mean)
      add(traits, own.count, {
        column: name,
        deviations: (own.mean - all.mean) / all.deviation,
        words: `${own.mean > all.mean ? 'high' : 'low'} ${name}: mean ${shortNumber(own.mean)}, all ${shortNumber(all.mean)}`,
      })
    } else if (codes !== null && levels.length <= rows / 3) {
      const level = mostTelling(codes, levels.length, failing)
      if (level === null) continue
      add(traits, level.count, {
        column: name,
        deviations: level.deviations,
        words: `${name} is ${levels[level.code]} in ${percent(level.own)}, all ${percent(level.all)}`,
      })
    }
  }
  return traits.sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations))
}

function add(traits: Trait[], count: number, trait: Trait): void {
  const size = Math.abs(trait.deviations)
  if (Number.isFinite(size) && size >= LEAST_DEVIATIONS && size * Math.sqrt(count) >= LEAST_ERRORS) traits.push(trait)
}

const percent = (share: number): string => `${Math.round(100 * share)} %`

interface Moments {
  readonly mean: number
  readonly deviation: number
}

const known = new WeakMap<Float64Array, Moments>()

/** Those of a whole column, computed once. */
function momentsOf(numbers: Float64Array): Moments {
  const before = known.get(numbers)
  if (before !== undefined) return before
  let [count, mean, squares] = [0, 0, 0]
  for (const x of numbers) {
    if (!Number.isFinite(x)) continue
    const off = x - mean
    mean += off / ++count
    squares += off * (x - mean)
  }
  const found = { mean: count > 0 ? mean : Number.NaN, deviation: Math.sqrt(squares / count) }
  known.set(numbers, found)
  return found
}

/** The mean of the rows that pass, summed about that of all. */
function meanOf(numbers: Float64Array, failing: Uint32Array, about: number): { count: number; mean: number } {
  let [count, sum] = [0, 0]
  for (let row = 0; row < numbers.length; row++) {
    const x = numbers[row]
    if (failing[row] !== 0 || !Number.isFinite(x)) continue
    count++
    sum += x - about
  }
  return { count, mean: about + sum / count }
}

/** The level that is more frequent among the chosen rows by most. */
function mostTelling(
  codes: Int32Array,
  count: number,
  failing: Uint32Array,
): { code: number; own: number; all: number; deviations: number; count: number } | null {
  const [all, own] = [new Float64Array(count), new Float64Array(count)]
  let [total, chosen] = [0, 0]
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]
    if (code < 0) continue
    all[code]++
    total++
    if (failing[row] !== 0) continue
    own[code]++
    chosen++
  }
  let best: ReturnType<typeof mostTelling> = null
  for (let code = 0; code < count && chosen > 0; code++) {
    const [p, q] = [own[code] / chosen, all[code] / total]
    const deviations = (p - q) / Math.sqrt(q * (1 - q))
    if (p > q && deviations > (best?.deviations ?? 0)) best = { code, own: p, all: q, deviations, count: chosen }
  }
  return best
}
