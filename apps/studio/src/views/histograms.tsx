import { useState } from 'preact/hooks'
import { chosen, table } from '../state/store.ts'
import { Histogram } from './histogram.tsx'

const MOST_SHOWN = 12

/** Histograms of the columns, features first; each is cut by what is chosen elsewhere, and chooses itself. */
export function Histograms() {
  const [shown, setShown] = useState(MOST_SHOWN)
  const data = table.value
  if (data === null) return null
  const features = new Set(chosen.value?.columns)
  const useful = data.columns.filter(
    ({ kind, codes, levels }) => kind !== 'empty' && (codes === null || levels.length <= data.rows / 2),
  )
  const ordered = [
    ...useful.filter(({ name }) => features.has(name)),
    ...useful.filter(({ name }) => !features.has(name)),
  ]
  return (
    <section class="panel wide" aria-labelledby="histograms-heading">
      <h2 id="histograms-heading">Histograms</h2>
      <p class="soft">Draw across one, or type its ends, to choose rows.</p>
      <div class="histograms">
        {ordered.slice(0, shown).map((column) => (
          <Histogram key={column.name} column={column} />
        ))}
      </div>
      {ordered.length > shown && (
        <button type="button" onClick={() => setShown(shown + MOST_SHOWN)}>
          Show more columns ({ordered.length - shown} left)
        </button>
      )}
    </section>
  )
}
