import type { Lattice } from '@som/core'
import type { HoverDetail, Pies, SelectDetail, SomMap } from '@som/map-view'
import { useEffect, useRef } from 'preact/hooks'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'som-map': JSX.HTMLAttributes<SomMap> & { label?: string; passive?: boolean }
    }
  }
}

export interface MapLook {
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

interface Props extends MapLook {
  readonly selected: Iterable<number>
  readonly hovered: number | null
  readonly onHover: (unit: number | null) => void
  readonly onSelect: (units: readonly number[], mode: SelectDetail['mode']) => void
}

/** The element `<som-map>` as a component. */
export function PlainMap({
  lattice,
  values,
  label,
  colours = 'viridis',
  sizes = null,
  groups = null,
  pies = null,
  describe,
  at,
  selected,
  hovered,
  onHover,
  onSelect,
}: Props) {
  const ref = useRef<SomMap>(null)
  const handlers = useRef({ onHover, onSelect })
  handlers.current = { onHover, onSelect }
  useEffect(() => {
    const map = ref.current
    if (map === null) return
    if (at) at.current = map
    const hover = (event: Event): void => handlers.current.onHover((event as CustomEvent<HoverDetail>).detail.unit)
    const select = (event: Event): void => {
      const { units, mode } = (event as CustomEvent<SelectDetail>).detail
      handlers.current.onSelect(units, mode)
    }
    map.addEventListener('som-hover', hover)
    map.addEventListener('som-select', select)
    return () => {
      map.removeEventListener('som-hover', hover)
      map.removeEventListener('som-select', select)
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
  useEffect(() => {
    if (ref.current) ref.current.selected = selected
  }, [selected])
  useEffect(() => {
    if (ref.current) ref.current.hovered = hovered
  }, [hovered])
  return <som-map ref={ref} label={label} />
}
