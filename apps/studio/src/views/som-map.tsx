import type { Lattice } from '@som/core'
import type { HoverDetail, Pies, SelectDetail, SomMap } from '@som/map-view'
import { useEffect, useRef } from 'preact/hooks'
import { choose, clearFilters, filters, unitsOfRows } from '../state/filters.ts'
import { hovered } from '../state/store.ts'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'som-map': JSX.HTMLAttributes<SomMap> & { label?: string; passive?: boolean }
    }
  }
}

interface Props {
  readonly lattice: Lattice
  readonly values: ArrayLike<number>
  readonly label: string
  readonly colours?: readonly string[] | 'viridis' | 'cividis'
  readonly sizes?: ArrayLike<number> | null
  readonly groups?: ArrayLike<number> | null
  readonly pies?: Pies | null
  readonly describe: (unit: number) => string
  readonly at?: { current: SomMap | null }
}

/** One map, linked with all other views: what is pointed at and chosen is the same in each. */
export function LinkedMap({
  lattice,
  values,
  label,
  colours = 'viridis',
  sizes = null,
  groups = null,
  pies = null,
  describe,
  at,
}: Props) {
  const ref = useRef<SomMap>(null)
  useEffect(() => {
    const map = ref.current
    if (map === null) return
    if (at) at.current = map
    const onHover = (event: Event): void => {
      hovered.value = (event as CustomEvent<HoverDetail>).detail.unit
    }
    const onSelect = (event: Event): void => chooseUnits((event as CustomEvent<SelectDetail>).detail)
    map.addEventListener('som-hover', onHover)
    map.addEventListener('som-select', onSelect)
    return () => {
      map.removeEventListener('som-hover', onHover)
      map.removeEventListener('som-select', onSelect)
    }
  }, [at])
  useEffect(() => {
    const map = ref.current
    if (map === null) return
    map.lattice = lattice
    map.colours = colours
    map.values = values
    map.sizes = sizes
    map.groups = groups
    map.pies = pies
    map.describe = describe
  }, [lattice, values, colours, sizes, groups, pies, describe])
  const selected = unitsOfRows.value
  const pointed = hovered.value
  useEffect(() => {
    if (ref.current) ref.current.selected = selected ?? []
  }, [selected])
  useEffect(() => {
    if (ref.current) ref.current.hovered = pointed
  }, [pointed])
  return <som-map ref={ref} label={label} />
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
