import type { SelectDetail } from '@som/map-view'
import { choose, clearFilters, filters, unitsOfRows } from '../state/filters.ts'
import { hovered } from '../state/store.ts'
import { type MapLook, PlainMap } from './plain-map.tsx'

const NONE: readonly number[] = []

/** One map, linked with all other views: what is pointed at and chosen is the same in each. */
export function LinkedMap(look: MapLook) {
  return (
    <PlainMap
      {...look}
      selected={unitsOfRows.value ?? NONE}
      hovered={hovered.value}
      onHover={(unit) => {
        hovered.value = unit
      }}
      onSelect={(units, mode) => chooseUnits({ units, mode })}
    />
  )
}

/** Chooses units as a click, a lasso or a key says. */
export function chooseUnits({ units, mode }: SelectDetail): void {
  if (mode === 'replace') {
    if (units.length === 0) clearFilters()
    else choose({ units: new Set(units) })
    return
  }
  const next = new Set(filters.value.units)
  for (const unit of units) {
    if (mode === 'add' || (mode === 'toggle' && !next.has(unit))) next.add(unit)
    else next.delete(unit)
  }
  choose({ units: next.size > 0 ? next : null })
}
