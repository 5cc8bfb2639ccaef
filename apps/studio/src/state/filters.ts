import { computed, effect, signal } from '@preact/signals'
import { CrossFilter } from '../select/cross-filter.ts'
import { cellText } from '../table/table-data.ts'
import { run, table } from './store.ts'

/** What is chosen of a column: a range of its numbers, or some of its bars. */
export type OfColumn = { readonly from: number; readonly to: number } | { readonly bins: ReadonlySet<number> }

/** Everything that chooses rows; rows are chosen that pass all of it. */
export interface Filters {
  readonly units: ReadonlySet<number> | null
  readonly columns: ReadonlyMap<string, OfColumn>
  readonly search: string
}

export const NONE: Filters = { units: null, columns: new Map(), search: '' }
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
  () => filters.value.units !== null || filters.value.columns.size > 0 || filters.value.search !== '',
)

/** The filter of the open table, and a number that changes with what passes. */
const state = signal<{ readonly filter: CrossFilter; readonly version: number }>({
  filter: new CrossFilter(0),
  version: 0,
})
export const crossFilter = computed(() => state.value)

const UNITS = 'units'
const SEARCH = 'search'
const ofColumn = (name: string): string => `column ${name}`
/** What each filter was set to, so that only those that changed are set again. */
let set = new Map<string, unknown>()
let filteredTable: unknown = null
/** Bins of columns of text, by which their bars choose; set by the views that show them. */
export const binsByColumn = new Map<string, Int16Array>()

effect(() => {
  const data = table.value
  const unit = run.value?.unit ?? null
  const { units, columns, search } = filters.value
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
  const wanted = new Map<string, readonly [unknown, (row: number) => boolean]>()
  if (units !== null && unit !== null && unit.length === data.rows)
    wanted.set(UNITS, [[units, unit], (row) => units.has(unit[row])])
  for (const [name, of] of columns) {
    const column = data.columns.find((each) => each.name === name)
    if (column === undefined) continue
    const { numbers } = column
    const bins = binsByColumn.get(name)
    if ('from' in of && numbers !== null)
      wanted.set(ofColumn(name), [of, (row) => numbers[row] >= of.from && numbers[row] <= of.to])
    else if ('bins' in of && bins !== undefined) wanted.set(ofColumn(name), [of, (row) => of.bins.has(bins[row])])
  }
  if (search !== '') {
    const word = search.toLowerCase()
    wanted.set(SEARCH, [
      search,
      (row) => data.columns.some((column) => cellText(column, row).toLowerCase().includes(word)),
    ])
  }
  for (const name of set.keys())
    if (!wanted.has(name)) {
      filter.set(name, null)
      set.delete(name)
    }
  for (const [name, [by, passes]] of wanted) {
    if (isSame(set.get(name), by)) continue
    filter.set(name, passes)
    set.set(name, by)
  }
  state.value = { filter, version: before.version + 1 }
})

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.every((each, i) => each === b[i]))

/** The failing bits of a column's own view: what all other filters pass. */
export const failingBeside = (name: string): Uint32Array => crossFilter.value.filter.without(ofColumn(name))

/** Units that hold rows which pass, if something but the map chooses. */
export const unitsOfRows = computed<ReadonlySet<number> | null>(() => {
  const { units, columns, search } = filters.value
  if (columns.size === 0 && search === '') return units
  const unit = run.value?.unit
  const { filter } = crossFilter.value
  if (unit === undefined || unit.length !== filter.failing.length) return units
  const found = new Set<number>()
  for (let row = 0; row < unit.length; row++) if (filter.failing[row] === 0 && unit[row] >= 0) found.add(unit[row])
  return found
})
