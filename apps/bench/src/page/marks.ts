/**
 * Colours that colour-blind readers tell apart, the first two lighter on dark paper. M. Okabe, K. Ito, Color Universal
 * Design, 2008.
 */
const COLOURS = ['var(--ours)', 'var(--peers)', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', 'var(--soft)']

/** The colour of the contender at a place in the legend. */
export function colourOf(place: number): string {
  return COLOURS[place % COLOURS.length]
}

/** A mark at x, y whose form tells contenders apart without colour. */
export function markAt(place: number, x: number, y: number): string {
  const at = `transform="translate(${px(x)} ${px(y)})"`
  return `<path ${at} d="${FORMS[place % FORMS.length]}" fill="${colourOf(place)}" stroke="var(--paper)" stroke-width="0.8"/>`
}

const FORMS = [
  'M4.5 0A4.5 4.5 0 1 1-4.5 0A4.5 4.5 0 1 1 4.5 0Z',
  'M-4-4H4V4H-4Z',
  'M0-5.5L5 4H-5Z',
  'M0-5.5L5.5 0L0 5.5L-5.5 0Z',
  'M0 5.5L5-4H-5Z',
]

/** A number of px, no longer than it needs to be. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** Text from data as markup may hold it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** An axis label such as 0.05, 200 or 10k. */
export function numberText(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`
  if (value >= 1e4) return `${value / 1e3}k`
  return String(value)
}

/** Seconds in the unit that keeps them short. */
export function timeText(seconds: number): string {
  if (seconds >= 1) return `${numberText(seconds)} s`
  return seconds >= 1e-3
    ? `${Number((seconds * 1e3).toPrecision(3))} ms`
    : `${Number((seconds * 1e6).toPrecision(3))} µs`
}
