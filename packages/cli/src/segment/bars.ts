import { escapeText } from '@som/plot'
import type { Trait } from '@som/recipes'

const LABEL = 190
const HALF = 110
const LINE = 20
/** Deviations that fill half of the width; longer bars are cut there. */
const FULL = 2

/**
 * Bars that show how a segment differs from all rows, in standard deviations; to the right means more. An SVG that
 * takes its text colour from the page.
 */
export function bars(traits: readonly Trait[], colour: string): string {
  const width = LABEL + 2 * HALF + 50
  const middle = LABEL + HALF
  const height = traits.length * LINE + 4
  const lines = traits.map(({ feature, deviations }, i) => {
    const y = i * LINE
    const length = (Math.min(Math.abs(deviations), FULL) / FULL) * HALF
    const x = deviations < 0 ? middle - length : middle
    const end = deviations < 0 ? LABEL - 6 : middle + HALF + 4
    const label = feature.length > 28 ? `${feature.slice(0, 27)}…` : feature
    return (
      `<text x="${LABEL - 40}" y="${y + 15}" text-anchor="end" fill="currentColor">${escapeText(label)}</text>` +
      `<rect x="${x.toFixed(1)}" y="${y + 4}" width="${length.toFixed(1)}" height="13" fill="${colour}" stroke="currentColor" stroke-opacity=".4"/>` +
      `<text x="${end}" y="${y + 15}" text-anchor="${deviations < 0 ? 'end' : 'start'}" fill="currentColor" fill-opacity=".7">${deviations.toFixed(1)}</text>`
    )
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="max-width:100%;height:auto" role="img" aria-label="Differences from all rows in standard deviations" font-size="12">${lines.join('')}<path d="M${middle} 0v${height}" stroke="currentColor" stroke-opacity=".5"/></svg>`
}
