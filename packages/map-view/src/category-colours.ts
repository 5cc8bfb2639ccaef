/** The scheme `muted` of P. Tol, Colour schemes, SRON/EPS technical note 09-002, 2021: clear for all. */
const MUTED = ['#88ccee', '#cc6677', '#117733', '#ddcc77', '#332288', '#44aa99', '#aa4499', '#999933', '#882255']

/** A colour for each of so many groups: those of pictures from `som plot` for the first nine. */
export function categoryColours(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    if (i < MUTED.length) return MUTED[i]
    // The golden angle leaves any number of hues apart.
    return `hsl(${Math.round((i * 137.508) % 360)} 55% ${i % 2 === 0 ? 42 : 66}%)`
  })
}
