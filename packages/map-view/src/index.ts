// The element, and what draws it

export { categoryColours } from './category-colours.ts'
export { channelsOf } from './channels.ts'
export { coloursOf, levelsOf, PALETTES, type PaletteName, rangeOf } from './palettes.ts'
export type { Pies } from './pies.ts'
export { majorityOf } from './pies.ts'
export type { Placing } from './placing.ts'
export { isWithin, placingOf, unitAt, unitsWithin } from './placing.ts'
export { defineSomMap, SomMap } from './som-map.ts'
export type { HoverDetail, SelectDetail, SelectMode } from './som-map-events.ts'
