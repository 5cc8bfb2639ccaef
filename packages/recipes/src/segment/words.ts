import { LEAST_LINK, type Link, type Tried } from '@som/core'
import type { Segment, Segmentation } from './segment.ts'
import { stabilityWord } from './stability.ts'
import type { Trait } from './traits.ts'

/** What sets a segment apart, in words: one line per trait, `spend: 5200 against 900 of all`. */
export function traitText(trait: Trait): string {
  const { column, usual, all } = trait
  if (trait.kind === 'level') return `${column} ${trait.level}: ${percent(usual)} against ${percent(all)} of all`
  const shown = trait.kind === 'days' ? dateOf : numberText
  if (shown(usual) === shown(all)) return `${column} ${trait.deviations > 0 ? 'higher' : 'lower'} on average`
  return `${column}: ${shown(usual)} against ${shown(all)} of all`
}

/** Size and stability of a segment: `120 rows (35 %), stable (0.81)`. */
export function sizeText({ rows, share, stability }: Segment): string {
  const found = Number.isNaN(stability.mean)
    ? ''
    : `, ${stabilityWord(stability.mean)} (${stability.mean.toFixed(2)}${stability.lost > 0 ? `, lost in ${stability.lost} of ${stability.draws} draws` : ''})`
  return `${rows} ${rows === 1 ? 'row' : 'rows'} (${percent(share)})${found}`
}

/** Why this number of segments was chosen. */
export function countText(
  count: number,
  { tried, links }: Pick<Segmentation, 'tried' | 'links'>,
  asked: boolean,
): string {
  if (asked) return `${count}, as requested`
  if (links.length > 0) return `${count}: ${linksText(count, links)}`
  const best = tried.find((one) => one.count === count)
  if (best === undefined) return count === 1 ? 'one: all rows fill one unit' : `${count}: the rows fill ${count} units`
  const place = (value: (one: Tried) => number): string => {
    const better = tried.filter((one) => value(one) > value(best)).length
    return ordinal(better + 1)
  }
  const next = tried.filter((one) => one !== best).sort((a, b) => a.place - b.place || a.count - b.count)[0]
  const others = next === undefined ? '' : `; next best: ${next.count}`
  const places = [
    `Davies-Bouldin ${place((one) => -one.daviesBouldin)} (${best.daviesBouldin.toFixed(2)})`,
    `silhouette ${place((one) => one.silhouette)} (${best.silhouette.toFixed(2)})`,
    `Caliński-Harabasz ${place((one) => one.calinskiHarabasz)} (${numberText(best.calinskiHarabasz)})`,
  ]
  const range = `${tried[0].count}-${tried[tried.length - 1].count}`
  return `${count}: best average rank of ${range} across three indices (${places.join(', ')})${others}`
}

/** What conductance found, in words. */
function linksText(count: number, links: readonly Link[]): string {
  const of = (groups: number): string | undefined => links.find((one) => one.count === groups)?.link.toFixed(2)
  const [own, more] = [of(count), of(count + 1)]
  const apart = own === undefined ? 'all rows are linked' : `the two most alike are linked by ${own}`
  return `${apart}${more === undefined ? '' : `, two of ${count + 1} by ${more}`} (conductance; groups linked by ${LEAST_LINK} or more are one)`
}

/** `1st`, `2nd`, `3rd`, `4th`, … `11th`. */
function ordinal(n: number): string {
  const ending = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}

/** Four digits, thousands with commas. */
export function numberText(x: number): string {
  return Number.isFinite(x) ? x.toLocaleString('en-GB', { maximumSignificantDigits: 4 }) : 'none'
}

const percent = (share: number): string => (Number.isFinite(share) ? `${Math.round(100 * share)} %` : 'none')

function dateOf(days: number): string {
  const date = new Date(days * 86_400_000)
  return Number.isNaN(date.getTime()) ? 'none' : date.toISOString().slice(0, 10)
}
