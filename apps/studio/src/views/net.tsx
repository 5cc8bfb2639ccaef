import { useCallback, useMemo } from 'preact/hooks'
import { unitsOfRows } from '../state/filters.ts'
import { calmSom, hovered } from '../state/store.ts'
import { colouring } from './colouring.ts'
import { Points } from './points.tsx'
import { netOf, principalPlane } from './principal-plane.ts'
import { chooseUnits } from './som-map.tsx'

/** The prototypes on the plane in which they differ most, joined as the lattice joins them. */
export function Net() {
  const som = calmSom.value
  const lattice = som?.lattice
  const { cell, shape, rows, columns } = lattice ?? { cell: 'hexagonal', shape: 'sheet', rows: 0, columns: 0 }
  const places = useMemo(() => (som === null ? new Float32Array(0) : principalPlane(som)), [som])
  // A map in training is another one with each picture, its lattice the same.
  const edges = useMemo(() => netOf({ cell, shape, rows, columns }), [cell, shape, rows, columns])
  const { colours, ofUnit: colourOf } = colouring.value
  const units = unitsOfRows.value
  const isStrong = useMemo(() => (units === null ? null : (unit: number): boolean => units.has(unit)), [units])
  const isPointed = useCallback((unit: number): boolean => unit === hovered.peek(), [])
  if (som === null || som.codebook.columns < 2) return null
  return (
    <section class="panel" aria-labelledby="net-heading">
      <h2 id="net-heading">Net of the units</h2>
      <p class="soft">
        The plane in which the units differ most, lines between neighbours. A flat net keeps the order of the data.
      </p>
      <Points
        {...{ places, edges, colours, colourOf, isStrong, isPointed }}
        label={`${som.codebook.rows} units on the plane of their principal components, joined as on the map`}
        pointed={hovered.value}
        onPoint={(unit) => {
          hovered.value = unit
        }}
        onChoose={(chosen, joins) => chooseUnits({ units: chosen, mode: joins ? 'add' : 'replace' })}
      />
    </section>
  )
}
