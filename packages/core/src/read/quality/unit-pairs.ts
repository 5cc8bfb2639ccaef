import type { Matches } from '../../backend/backend.ts'
import { secondUnitsOf } from './second-units.ts'

/** The different pairs of best and second-best units of rows, in the order in which they come. */
export interface UnitPairs {
  /** The pair of each row; -1 where it has no two units. */
  readonly of: Int32Array
  readonly best: Int32Array
  readonly second: Int32Array
}

/** Up to so many units a table finds the number of a pair, and for more of them a map. */
const MOST_IN_TABLE = 4096

const known = new WeakMap<Matches, UnitPairs>()

/**
 * The pairs of units that matches have, of which there are far fewer than rows: measures look at each once. Found once
 * for the same matches.
 */
export function unitPairsOf(matches: Matches, units: number): UnitPairs {
  const found = known.get(matches) ?? pairsOf(matches, units)
  known.set(matches, found)
  return found
}

function pairsOf(matches: Matches, units: number): UnitPairs {
  const { unit } = matches
  const seconds = secondUnitsOf(matches)
  const of = new Int32Array(unit.length).fill(-1)
  const best: number[] = []
  const second: number[] = []
  const number = units <= MOST_IN_TABLE ? inTable(units * units) : inMap()
  for (let i = 0; i < unit.length; i++) {
    if (seconds[i] < 0) continue
    const pair = number(unit[i] * units + seconds[i], best.length)
    of[i] = pair
    if (pair < best.length) continue
    best.push(unit[i])
    second.push(seconds[i])
  }
  return { of, best: Int32Array.from(best), second: Int32Array.from(second) }
}

/** The number of a key: the one given with it when it came first. */
type NumberOf = (key: number, next: number) => number

function inTable(keys: number): NumberOf {
  const numbers = new Int32Array(keys)
  return (key, next) => {
    if (numbers[key] === 0) numbers[key] = next + 1
    return numbers[key] - 1
  }
}

function inMap(): NumberOf {
  const numbers = new Map<number, number>()
  return (key, next) => {
    const number = numbers.get(key)
    if (number !== undefined) return number
    numbers.set(key, next)
    return next
  }
}
