import { useCallback, useMemo } from 'preact/hooks'
import { place } from '../state/actions.ts'
import { choose, clearFilters, crossFilter, filters, isChosen } from '../state/filters.ts'
import { doing, hovered, live, places, run } from '../state/store.ts'
import { colouring } from './colouring.ts'
import { Points } from './points.tsx'

const NOWHERE = new Float32Array(0)

/** The rows in a plane in which those that are alike are near. */
export function PlaneOfRows() {
  const { value: current } = run
  const at = places.value ?? NOWHERE
  const rows = at.length / 2
  const { filter, version } = crossFilter.value
  const any = isChosen.value
  const { by, colours, ofRow: colourOf } = colouring.value
  const isStrong = useMemo(() => {
    void version
    return any && filter.failing.length === rows ? (row: number): boolean => filter.failing[row] === 0 : null
  }, [filter, version, any, rows])
  const isPointed = useCallback((row: number): boolean => current?.unit[row] === hovered.peek(), [current])
  if (current === null || live.value !== null || current.unit.length === 0) return null
  return (
    <section class="panel" aria-labelledby="plane-heading">
      <h2 id="plane-heading">Rows on a plane</h2>
      {places.value === null ? (
        <>
          <p class="soft">A place for each row, near rows like it. It takes a moment for many rows.</p>
          <button type="button" disabled={doing.value.kind !== 'nothing'} onClick={place}>
            Place the rows
          </button>
        </>
      ) : (
        <>
          <p class="soft">Each row near rows like it, coloured by {by}. Draw a loop to choose some.</p>
          <Points
            {...{ places: at, colours, colourOf, isStrong, isPointed }}
            label={`${rows} rows on a plane, coloured by ${by}; those that are chosen are strong`}
            pointed={hovered.value}
            onPoint={(row) => {
              const unit = row === null ? -1 : current.unit[row]
              hovered.value = unit < 0 ? null : unit
            }}
            onChoose={(chosen, joins) => {
              if (chosen.length === 0 && !joins) return clearFilters()
              const mask = joins && filters.value.rows !== null ? filters.value.rows.slice() : new Uint8Array(rows)
              for (const row of chosen) mask[row] = 1
              choose({ rows: mask })
            }}
          />
        </>
      )}
    </section>
  )
}
