import { openNewRows } from '../state/actions.ts'
import { hovered, layerKey, live, newRows, run } from '../state/store.ts'
import { shortNumber } from '../table/table-data.ts'
import type { NewRows } from '../work/worker-api.ts'
import { FileButton } from './start.tsx'

const [MOST_FAR, MOST_MOVED] = [6, 8]
/** Rows farther than this share of training rows are odd. */
const ODD = 0.01
/** Smaller p-values are not by chance. */
const BY_CHANCE = 0.01

/** Other rows on the trained map: how far they are from it, how they have moved, and which are farthest. */
export function NewRowsPanel() {
  const { value: found } = newRows
  if (run.value === null || live.value !== null) return null
  return (
    <section class="panel" aria-labelledby="new-heading">
      <h2 id="new-heading">New rows</h2>
      <p class="soft">Another table with the same columns: each row is matched with the map.</p>
      <FileButton label="Choose new rows" onFile={openNewRows} />
      {found !== null && (
        <>
          <p role="status" class="found">
            {found.table.name}: {found.table.rows} rows, {oddIn(found)} of them farther from the map than 99 % of the
            training rows ({Math.round((100 * oddIn(found)) / Math.max(1, found.table.rows))} %; about 1 % is usual).
          </p>
          <Drifted found={found} />
          <Farthest found={found} />
        </>
      )}
    </section>
  )
}

const oddIn = ({ pValue }: NewRows): number => pValue.reduce((count, p) => (p <= ODD ? count + 1 : count), 0)

/** How all new rows differ from those of the open table. */
function Drifted({ found: { drift, moved } }: { found: NewRows }) {
  if (drift === null) return <p class="soft">Open the table of the map to see how the new rows differ from its rows.</p>
  const most = Math.max(1, ...moved.map(({ deviations }) => Math.abs(deviations)))
  return (
    <>
      <h3>Drift</h3>
      <ul class="traits">
        <li>
          {percent(drift.moved)} of the rows lie on other units than before{' '}
          <span class="soft">{chance(drift.movedP)}</span>
        </li>
        <li>
          mean distance {shortNumber(drift.distanceAfter)}, before {shortNumber(drift.distanceBefore)}{' '}
          <span class="soft">{chance(drift.distanceP)}</span>
        </li>
      </ul>
      <table class="moved">
        <caption>Features by how far their means have moved, in standard deviations</caption>
        <tbody>
          {moved.slice(0, MOST_MOVED).map(({ name, before, after, deviations }) => (
            <tr key={name} title={`mean ${shortNumber(after)}, before ${shortNumber(before)}`}>
              <th scope="row">{name}</th>
              <td class="meter">
                <span
                  class={deviations < 0 ? 'down' : 'up'}
                  style={{ width: `${(50 * Math.abs(deviations)) / most}%` }}
                />
              </td>
              <td class="number">
                {deviations < 0 ? '−' : '+'}
                {Math.abs(deviations).toFixed(2)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button
        type="button"
        onClick={() => {
          layerKey.value = 'new rows'
        }}
      >
        Show where they lie
      </button>
    </>
  )
}

const percent = (share: number): string => `${Math.round(100 * share)} %`
const chance = (p: number): string => (p <= BY_CHANCE ? `(not by chance: p ${p.toPrecision(1)})` : '(may be by chance)')

function Farthest({ found: { far, unit, distance } }: { found: NewRows }) {
  return (
    <>
      <h3>Farthest rows</h3>
      <ol class="far">
        {far.slice(0, MOST_FAR).map(({ row, causes }) => (
          <li
            key={row}
            onPointerEnter={() => {
              hovered.value = unit[row]
            }}
            onPointerLeave={() => {
              hovered.value = null
            }}
          >
            <strong>row {row + 1}</strong>, distance {shortNumber(distance[row])}
            {causes.map(({ feature, value, usual, share }) => (
              <span key={feature} class="soft cause">
                {feature} {shown(value)}, rows like it {shown(usual)} ({percent(share)} of the distance)
              </span>
            ))}
          </li>
        ))}
      </ol>
    </>
  )
}

const shown = (value: number | string): string => (typeof value === 'string' ? value : shortNumber(value))
