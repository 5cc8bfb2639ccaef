import { clusterNames, UNCLUSTERED } from '@som/core'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { crossFilter } from '../state/filters.ts'
import { search, searched, typed } from '../state/search.ts'
import { clusterOfRows, hovered, run, table } from '../state/store.ts'
import { cellText, counted, shortNumber } from '../table/table-data.ts'

const ROW = 28
const HEIGHT = 380
const MOST_COLUMNS = 30

/** The rows that are chosen; only those in sight are in the page. */
export function Rows() {
  const [top, setTop] = useState(0)
  const box = useRef<HTMLElement>(null)
  const data = table.value
  const { filter, version } = crossFilter.value
  const rows = useMemo(() => filter.rows(), [filter, version])
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0
    setTop(0)
  }, [rows])
  if (data === null) return null
  const onMap = run.value !== null && run.value.unit.length === data.rows ? run.value : null
  const names = onMap?.clusters ? clusterNames(onMap.clusters) : null
  const places = clusterOfRows.value
  const columns = data.columns.slice(0, MOST_COLUMNS)
  const first = Math.max(0, Math.floor(top / ROW) - 5)
  const shown = rows.subarray(first, first + Math.ceil(HEIGHT / ROW) + 12)
  return (
    <section class="panel rows-panel" aria-labelledby="rows-heading">
      <header class="row">
        <h2 id="rows-heading">Rows</h2>
        <input
          type="search"
          placeholder="Search in all cells"
          aria-label="Search in all cells"
          value={typed.value}
          onInput={(event) => search(event.currentTarget.value)}
        />
        <span class="soft">
          {searched.value === null ? counted(rows.length, 'row') : `searching: ${Math.round(100 * searched.value)} %`}
          {data.columns.length > MOST_COLUMNS && `, ${MOST_COLUMNS} of ${data.columns.length} columns`}
        </span>
      </header>
      <section
        class="table"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        aria-label="Cells of the rows"
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <table aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              <th scope="col">#</th>
              {onMap && <th scope="col">unit</th>}
              {names && <th scope="col">cluster</th>}
              {onMap && <th scope="col">distance</th>}
              {columns.map(({ name, codes }) => (
                <th key={name} scope="col" title={name} class={codes === null ? 'number' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Space rows={first} />
            {Array.from(shown, (row, i) => {
              const unit = onMap?.unit[row] ?? -1
              return (
                <tr
                  key={row}
                  aria-rowindex={first + i + 2}
                  class={unit >= 0 && hovered.value === unit ? 'pointed' : undefined}
                  onPointerEnter={() => {
                    if (onMap) hovered.value = unit >= 0 ? unit : null
                  }}
                  onPointerLeave={() => {
                    hovered.value = null
                  }}
                >
                  <td class="number">{row + 1}</td>
                  {onMap && <td class="number">{unit >= 0 ? unit : ''}</td>}
                  {names && <td>{unit >= 0 ? (names[places?.[row] ?? -1] ?? UNCLUSTERED) : ''}</td>}
                  {onMap && <td class="number">{shortNumber(onMap.distance[row])}</td>}
                  {columns.map((column) => (
                    <td key={column.name} class={column.codes === null ? 'number' : undefined}>
                      {cellText(column, row)}
                    </td>
                  ))}
                </tr>
              )
            })}
            <Space rows={rows.length - first - shown.length} />
          </tbody>
        </table>
      </section>
    </section>
  )
}

/** The room of rows that are out of sight. */
const Space = ({ rows }: { rows: number }) =>
  rows > 0 ? (
    <tr>
      <td class="space" style={{ height: `${rows * ROW}px` }} />
    </tr>
  ) : null
