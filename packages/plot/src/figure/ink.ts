/**
 * Colours of paper and of what is written and drawn on it. They follow the page: dark where it is dark. They have three
 * digits and colours of data have six, so that the style sheet finds the one and leaves the other.
 */
export const PAPER = '#fff'
export const INK = '#222'
/** Notes. */
export const SOFT = '#666'
/** Lines behind a curve. */
export const FAINT = '#ddd'
/** Cells without a value: paler than any colour of the maps. */
export const MISSING = '#eee'

/** Each in the light, as attributes have it, and in the dark. */
const DARK: readonly (readonly [light: string, dark: string])[] = [
  [PAPER, '#17181a'],
  [INK, '#e8e8e8'],
  [SOFT, '#a8a8a8'],
  [FAINT, '#3a3c40'],
  [MISSING, '#2c2e32'],
]

/** On a drawing's outermost element: what the style sheet is about, also where several are in one page. */
export const DRAWING = 'som-plot'

/**
 * A style sheet for a page that is dark. What does not know it, as what makes PNGs of drawings, has the light colours.
 */
export const DARK_STYLE: string = `<style>@media(prefers-color-scheme:dark){${DARK.flatMap(([light, dark]) =>
  (['fill', 'stroke'] as const).map(
    (use) => `.${DRAWING}[${use}="${light}"],.${DRAWING} [${use}="${light}"]{${use}:${dark}}`,
  ),
).join('')}}</style>`
