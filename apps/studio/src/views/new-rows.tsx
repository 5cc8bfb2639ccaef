import { useMemo } from 'preact/hooks'
import { openNewRows } from '../state/actions.ts'
import { hovered, live, newRows, run } from '../state/store.ts'
import { cellText, shortNumber } from '../table/table-data.ts'
import { FileButton } from './start.tsx'

const MOST_FAR = 12
/** Rows farther than this share of training rows are odd. */
const ODD = 0.01

/** Other rows on the trained map: how far they are from it, and which are farthest. */
export function NewRowsPanel() {
  const found = newRows.value
  const far = useMemo(() => {
    if (found === null) return []
    const order = Array.from(found.distance, (_, row) => row).filter((row) => !Number.isNaN(found.distance[row]))
    return order.sort((a, b) => found.distance[b] - found.distance[a]).slice(0, MOST_FAR)
  }, [found])
  if (run.value === null || live.value !== null) return null
  const odd = found?.pValue.reduce((count, p) => (p <= ODD ? count + 1 : count), 0) ?? 0
  return (
    <section class="panel" aria-labelledby="new-heading">
      <h2 id="new-heading">New rows</h2>
      <p class="soft">Another table with the same columns: each row is matched with the map.</p>
      <FileButton label="Choose new rows" onFile={openNewRows} />
      {found !== null && (
        <>
          <p role="status">
            {found.table.name}: {found.table.rows} rows, {odd} of them farther from the map than 99 % of the training
            rows ({Math.round((100 * odd) / Math.max(1, found.table.rows))} %; about 1 % is usual).
          </p>
          <div class="table small">
            <table>
              <caption>The rows farthest from the map</caption>
              <thead>
                <tr>
                  <th scope="col">row</th>
                  <th scope="col">unit</th>
                  <th scope="col">distance</th>
                  {found.table.columns.slice(0, 8).map(({ name }) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {far.map((row) => (
                  <tr
                    key={row}
                    onPointerEnter={() => {
                      hovered.value = found.unit[row]
                    }}
                    onPointerLeave={() => {
                      hovered.value = null
                    }}
                  >
                    <td class="number">{row + 1}</td>
                    <td class="number">{found.unit[row]}</td>
                    <td class="number">{shortNumber(found.distance[row])}</td>
                    {found.table.columns.slice(0, 8).map((column) => (
                      <td key={column.name}>{cellText(column, row)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  )
}
