// The element, and what draws it

export { categoryColours } from './category-colours.ts'
export { PALETTES, type PaletteName, rangeOf } from './palettes.ts'
export type { Placing } from './placing.ts'
export { placingOf, unitAt, unitsWithin } from './placing.ts'
export { defineSomMap, SomMap } from './som-map.ts'
export type { HoverDetail, SelectDetail, SelectMode } from './som-map-events.ts'
