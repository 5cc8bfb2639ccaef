import { useEffect, useState } from 'preact/hooks'
import { type Trait, traitsOf } from '../select/traits.ts'
import { canUndo, clearFilters, crossFilter, filters, isChosen, undo, unitsOfRows } from '../state/filters.ts'
import { table } from '../state/store.ts'

const MOST_TRAITS = 6
const MANY = 50_000
const PAUSE_MS = 150

/** What is chosen, in words. */
export function ChosenRows() {
  const data = table.value
  const { filter, version } = crossFilter.value
  const any = isChosen.value
  const [traits, setTraits] = useState<readonly Trait[]>([])
  useEffect(() => {
    void version
    const find = (): void => setTraits(data === null || !any ? [] : traitsOf(data, filter.failing))
    if (data === null || data.rows < MANY) return find()
    // Words need not follow a brush while it moves: they read every column of every row.
    const timer = setTimeout(find, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [data, filter, version, any])
  if (data === null) return null
  const count = filter.count()
  const units = unitsOfRows.value?.size ?? 0
  const by = [
    ...(filters.value.units === null ? [] : ['units of the map']),
    ...filters.value.columns.keys(),
    ...(filters.value.rows === null ? [] : ['rows chosen one by one']),
    ...(filters.value.search === '' ? [] : [`“${filters.value.search}”`]),
  ]
  return (
    <section class="panel chosen" aria-labelledby="chosen-heading">
      <header class="row">
        <h2 id="chosen-heading">Chosen</h2>
        <button type="button" disabled={!any} onClick={clearFilters}>
          Clear
        </button>
        <button type="button" disabled={!canUndo.value} onClick={undo}>
          Undo
        </button>
      </header>
      <p role="status" class="count">
        <strong>{count}</strong> of {data.rows} rows
        {any && ` (${((100 * count) / Math.max(1, data.rows)).toFixed(1)} %)`}
        {units > 0 && `, on ${units} ${units === 1 ? 'unit' : 'units'}`}
      </p>
      {!any && <p class="soft">Nothing is chosen: every view shows all rows.</p>}
      {any && <p class="soft">by {by.join(' and ')}</p>}
      {any && count === 0 && <p>No row passes all of that. Clear it, or take the last choice back.</p>}
      {traits.length > 0 && (
        <ul class="traits">
          {traits.slice(0, MOST_TRAITS).map(({ column, words, deviations }) => (
            <li key={column}>
              {words}{' '}
              <span class="soft">
                ({deviations > 0 ? '+' : '−'}
                {Math.abs(deviations).toFixed(1)} SD)
              </span>
            </li>
          ))}
        </ul>
      )}
      {any && count > 0 && traits.length === 0 && <p class="soft">Nothing sets these rows apart from all.</p>}
    </section>
  )
}
