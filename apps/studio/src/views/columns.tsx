import { useState } from 'preact/hooks'
import type { Chosen } from '../state/options.ts'
import { chosen, table } from '../state/store.ts'
import type { ColumnData } from '../table/table-data.ts'
import { Histogram } from './histogram.tsx'

/** Columns that are listed at once. */
const MOST_LISTED = 60

/** The columns of the table: what they are, and which the map learns from. */
export function Columns() {
  const [wanted, setWanted] = useState('')
  const data = table.value
  const { value: choice } = chosen
  if (data === null || choice === null) return null
  const found = data.columns.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
  const change = (changes: Partial<Chosen>): void => {
    chosen.value = { ...choice, ...changes }
  }
  const texts = data.columns.filter(({ codes }) => codes !== null)
  return (
    <section class="panel" aria-labelledby="columns-heading">
      <h2 id="columns-heading">Columns</h2>
      <p class="soft">
        {choice.columns.length} of {data.columns.length} columns are features: the map learns from them.
      </p>
      {data.columns.length > 12 && (
        <input
          type="search"
          placeholder="Find a column"
          aria-label="Find a column"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul class="columns">
        {found.slice(0, MOST_LISTED).map((column) => (
          <Column key={column.name} column={column} choice={choice} change={change} />
        ))}
      </ul>
      {found.length > MOST_LISTED && (
        <p class="soft">and {found.length - MOST_LISTED} more; type a part of a name to find them</p>
      )}
      {texts.length > 0 && (
        <label class="field">
          Known class of each row
          <select
            value={choice.label ?? ''}
            onChange={(event) => {
              const label = event.currentTarget.value || null
              change({ label, columns: choice.columns.filter((name) => name !== label) })
            }}
          >
            <option value="">none</option>
            {texts.slice(0, 200).map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </section>
  )
}

interface ColumnProps {
  readonly column: ColumnData
  readonly choice: Chosen
  readonly change: (changes: Partial<Chosen>) => void
}

function Column({ column, choice, change }: ColumnProps) {
  const { name, kind, missing, leftOut, levels } = column
  const isFeature = choice.columns.includes(name)
  const isClass = choice.label === name
  const isEmpty = kind === 'empty'
  const facts = [
    kind === 'text' ? `text, ${levels.length} different` : kind,
    ...(missing > 0 ? [`${missing < 0.01 ? '< 1' : Math.round(100 * missing)} % missing`] : []),
    ...(isClass ? ['known class'] : []),
  ]
  return (
    <li class={isFeature ? 'column' : 'column off'} title={leftOut ?? undefined}>
      <label>
        <input
          type="checkbox"
          checked={isFeature}
          disabled={isEmpty || isClass}
          onChange={(event) => {
            const rest = choice.columns.filter((each) => each !== name)
            change({ columns: event.currentTarget.checked ? [...rest, name] : rest })
          }}
        />
        <span class="name">{name}</span>
      </label>
      <span class="soft">{facts.join(', ')}</span>
      <Histogram column={column} isSmall />
      {isFeature && kind !== 'text' && (
        <label class="weight">
          weight
          <input
            type="number"
            min="0"
            step="0.1"
            value={choice.weights[name] ?? 1}
            aria-label={`weight of ${name}`}
            onChange={(event) => {
              const weight = event.currentTarget.valueAsNumber
              if (Number.isFinite(weight) && weight >= 0) change({ weights: { ...choice.weights, [name]: weight } })
            }}
          />
        </label>
      )}
    </li>
  )
}
