import { COLOUR_MAPS, type ColourMap, paletteOf } from './colour.ts'

/** So many colours of a map that those between look no different from the map's own. */
const STOPS = 33

const idOf = (map: ColourMap): string => `som-${map}`

/** A fill with all colours of a map, from left to right. */
export const gradientFill = (map: ColourMap): string => `url(#${idOf(map)})`

/**
 * The gradients that the elements of a drawing are filled with, each once. One map's are the same in every drawing, so
 * that several may stand in one page.
 */
export function gradientsIn(body: string): string {
  const used = COLOUR_MAPS.filter((map) => body.includes(gradientFill(map)))
  if (used.length === 0) return ''
  const gradients = used.map((map) => {
    const stops = paletteOf(map, STOPS).map((colour, i) => `<stop offset="${i / (STOPS - 1)}" stop-color="${colour}"/>`)
    return `<linearGradient id="${idOf(map)}">${stops.join('')}</linearGradient>`
  })
  return `<defs>${gradients.join('')}</defs>\n`
}
