import { computed, effect, signal } from '@preact/signals'
import { Counter } from '../select/counter.ts'
import { CrossFilter, type Mark } from '../select/cross-filter.ts'
import { searcherOf } from '../select/search.ts'
import type { Bins } from '../table/bins.ts'
import type { TableData } from '../table/table-data.ts'
import { type Filters, NONE, type OfColumn } from './chosen-rows.ts'
import { run, table } from './store.ts'

const MOST_UNDONE = 100

export const filters = signal<Filters>(NONE)
const past = signal<readonly Filters[]>([])
export const canUndo = computed(() => past.value.length > 0)

/** Changes what is chosen; what was before can be had back. */
export function choose(change: Partial<Filters>): void {
  past.value = [...past.value, filters.value].slice(-MOST_UNDONE)
  filters.value = { ...filters.value, ...change }
}

export function undo(): void {
  const before = past.value.at(-1)
  if (before === undefined) return
  past.value = past.value.slice(0, -1)
  filters.value = before
}

export function clearFilters(): void {
  if (isChosen.value) choose(NONE)
}

/** Forgets all, for another table. */
export function forgetFilters(): void {
  past.value = []
  filters.value = NONE
}

export function chooseColumn(name: string, of: OfColumn | null): void {
  const columns = new Map(filters.value.columns)
  if (of === null) columns.delete(name)
  else columns.set(name, of)
  choose({ columns })
}

export const isChosen = computed(
  () =>
    filters.value.units !== null ||
    filters.value.columns.size > 0 ||
    filters.value.search !== '' ||
    filters.value.rows !== null,
)

/** The filter of the open table, and a number that changes with what passes. */
const state = signal<{ readonly filter: CrossFilter; readonly version: number }>({
  filter: new CrossFilter(0),
  version: 0,
})
export const crossFilter = computed(() => state.value)

const UNITS = 'units'
const SEARCH = 'search'
const ROWS = 'rows'
const ofColumn = (name: string): string => `column ${name}`
/** What each filter was set to, so that only those that changed are set again. */
let set = new Map<string, unknown>()
let filteredTable: unknown = null
/** What the last searches found, those of large tables, which take long. */
let searches: readonly { readonly data: TableData; readonly text: string; readonly found: Uint8Array }[] = []
const MOST_SEARCHES = 4

/** Keeps what a search found: 1 for each row that has the text. */
export function knowSearch(data: TableData, text: string, found: Uint8Array): void {
  searches = [...searches.filter((each) => each.data === data), { data, text, found }].slice(-MOST_SEARCHES)
}

/** Bins of columns of text, by which their bars choose; set by the views that show them. */
export const binsByColumn = new Map<string, Int16Array>()

effect(() => {
  const data = table.value
  const unit = run.value?.unit ?? null
  const { units, columns, search, rows } = filters.value
  const before = state.peek()
  const isFresh = filteredTable !== data
  const filter = isFresh ? new CrossFilter(data?.rows ?? 0) : before.filter
  if (isFresh) {
    set = new Map()
    filteredTable = data
  }
  if (data === null) {
    state.value = { filter, version: before.version + 1 }
    return
  }
  const wanted = new Map<string, readonly [unknown, Mark]>()
  if (units !== null && unit !== null && unit.length === data.rows)
    wanted.set(UNITS, [[units, unit], markAmong(units, unit)])
  for (const [name, of] of columns) {
    const column = data.columns.find((each) => each.name === name)
    if (column === undefined) continue
    const { numbers } = column
    const bins = binsByColumn.get(name)
    if ('from' in of && numbers !== null) wanted.set(ofColumn(name), [of, markRange(numbers, of)])
    else if ('bins' in of && bins !== undefined) wanted.set(ofColumn(name), [of, markAmong(of.bins, bins)])
  }
  if (search !== '') {
    const known = searches.find((each) => each.data === data && each.text === search)
    const mark: Mark = (passes) => (known ? passes.set(known.found) : markBy(passes, searcherOf(data, search)))
    wanted.set(SEARCH, [search, mark])
  }
  if (rows !== null && rows.length === data.rows) wanted.set(ROWS, [rows, (passes) => passes.set(rows)])
  for (const name of set.keys())
    if (!wanted.has(name)) {
      filter.set(name, null)
      set.delete(name)
    }
  for (const [name, [by, mark]] of wanted) {
    if (isSame(set.get(name), by)) continue
    filter.set(name, mark)
    set.set(name, by)
  }
  state.value = { filter, version: before.version + 1 }
})

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.every((each, i) => each === b[i]))

/** Marks rows whose place is one of some, by a table: a set would be asked a million times. */
function markAmong(wanted: ReadonlySet<number>, places: ArrayLike<number>): Mark {
  const table = new Uint8Array([...wanted].reduce((most, place) => Math.max(most, place), -1) + 1)
  for (const place of wanted) table[place] = 1
  return (passes) => {
    for (let row = 0; row < passes.length; row++) passes[row] = table[places[row]] ?? 0
  }
}

function markRange(numbers: Float64Array, { from, to }: { readonly from: number; readonly to: number }): Mark {
  return (passes) => {
    for (let row = 0; row < passes.length; row++) passes[row] = numbers[row] >= from && numbers[row] <= to ? 1 : 0
  }
}

function markBy(passes: Uint8Array, test: (row: number) => boolean): void {
  for (let row = 0; row < passes.length; row++) passes[row] = test(row) ? 1 : 0
}

/** Counts of the rows that pass every filter but the column's own. */
export function countsBeside(name: string, { of, count }: Bins): Uint32Array {
  return counterOf(of, count, ofColumn(name)).counts()
}

let counters = new WeakMap<ArrayLike<number>, Counter>()
let countedFilter: CrossFilter | null = null

function counterOf(bins: ArrayLike<number>, count: number, own: string | null): Counter {
  const { filter } = crossFilter.value
  if (countedFilter !== filter) {
    counters = new WeakMap()
    countedFilter = filter
  }
  let counter = counters.get(bins)
  if (counter === undefined) {
    counter = new Counter(filter, bins, count, own)
    counters.set(bins, counter)
  }
  return counter
}

/** Units that hold rows which pass, if something but the map chooses. */
export const unitsOfRows = computed<ReadonlySet<number> | null>(() => {
  const { units, columns, search, rows } = filters.value
  if (columns.size === 0 && search === '' && rows === null) return units
  const { value: current } = run
  const { filter } = crossFilter.value
  if (current === null || current.unit.length !== filter.failing.length) return units
  const found = new Set<number>()
  counterOf(current.unit, current.som.codebook.rows, null)
    .counts()
    .forEach((rows, unit) => {
      if (rows > 0) found.add(unit)
    })
  return found
})
