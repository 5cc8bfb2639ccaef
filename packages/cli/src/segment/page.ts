import { basename } from 'node:path'
import { LEAST_LINK, type Link, type Som, type Tried } from '@som/core'
import { categoryColour, clustersPlot, componentPlanesPlot, escapeText, page } from '@som/plot'
import { numberText, type Segment, sizeText, traitText } from '@som/recipes'
import { counted, shellWord } from '../text.ts'
import { bars } from './bars.ts'
import type { Found } from './found.ts'
import { columnsOf, leftOutOf, namesOf, skewText, unclusteredText, whyText } from './summary.ts'

const MARKS = 6
const BARS = 8
/** A page with more planes than this is too long to read. */
const MOST_PLANES = 24

/**
 * A page about the segments of a table that works offline: how many and why, where they are on the map, what each one
 * is, how stable they are, and how the columns were used.
 */
export function segmentsPage(found: Found): string {
  const { settings, source, segmentation } = found
  const { segments, tried, links, som } = segmentation
  const why = whyText(found)
  return page(`Segments of ${basename(source)}`, [
    `<p class="soft">${escapeText(summary(found))}</p>`,
    sizes(segments),
    '<h2>How many</h2>',
    `<p>Segments: ${escapeText(why)}.</p>`,
    segmentation.unclustered > 0 ? `<p>Unclustered: ${unclusteredText(found)}.</p>` : '',
    triedTable(tried, segments.length),
    linksTable(links, segments.length),
    '<h2>Each segment</h2>',
    `<p class="soft">Bars show how its rows differ from all rows, in standard deviations on the scale of the map. Typical rows are nearest to the segment's mean, extreme ones farthest from it.</p>`,
    ...segments.map((one) => section(one, found)),
    '<h2>On the map</h2>',
    '<p class="soft">Units side by side hold rows that are alike. The planes show each feature over the same units.</p>',
    `<div class="figures">${figures(som)}</div>`,
    '<h2>How stable</h2>',
    `<p>${escapeText(stabilityWords(found))}</p>`,
    '<h2>How the columns were used</h2>',
    columnsTable(found),
    '<h2>New rows</h2>',
    `<p>The map file gives new rows their segments: <code>som segment ${escapeText(shellWord(settings.output))} new.csv -o assigned.csv</code></p>`,
  ])
}

function summary(found: Found): string {
  const columns = columnsOf(found)
  const { lattice } = found.segmentation.som
  return `${counted(found.samples.rows, 'row')} by ${counted(columns.length, 'column')} on a map of ${lattice.rows} × ${lattice.columns} units.`
}

/** One bar of all rows, with a part for each segment and links to them. */
function sizes(segments: readonly Segment[]): string {
  const parts = segments.map(
    ({ cluster, share, name }) =>
      `<span title="${escapeText(name)}" style="flex:${(100 * share).toFixed(3)};background:${categoryColour(cluster)};height:22px"></span>`,
  )
  const lines = segments.map(
    (one) =>
      `<tr><td>${swatch(one)}<a style="color:inherit" href="#segment-${one.cluster + 1}">${escapeText(one.name)}</a></td><td>${escapeText(sizeText(one))}</td></tr>`,
  )
  return `<div style="display:flex;gap:2px;margin:12px 0">${parts.join('')}</div>\n<div class="scroll"><table>${lines.join('\n')}</table></div>`
}

function section(one: Segment, { samples }: Found): string {
  const marks = one.marks.slice(0, MARKS).map((mark) => `<li>${escapeText(traitText(mark))}</li>`)
  const apart = marks.length > 0 ? `<ul>${marks.join('')}</ul>` : '<p>Nothing sets it apart by much.</p>'
  const rows = [
    ['typical', one.typical],
    ['extreme', one.extreme],
  ] as const
  const members = rows.flatMap(([word, list]) =>
    list.length > 0 ? [`${word}: ${escapeText(namesOf(samples, list).join(', '))}`] : [],
  )
  return [
    `<h3 id="segment-${one.cluster + 1}">${swatch(one)}${escapeText(one.name)}</h3>`,
    `<p>${escapeText(sizeText(one))}</p>`,
    apart,
    `<p class="soft">${members.join('; ')}</p>`,
    one.traits.length > 0 ? bars(one.traits.slice(0, BARS), categoryColour(one.cluster)) : '',
  ].join('\n')
}

function swatch({ cluster }: Segment): string {
  return `<span class="swatch" style="background:${categoryColour(cluster)}"></span>`
}

function triedTable(tried: readonly Tried[], chosen: number): string {
  if (tried.length === 0) return ''
  const rows = tried.map(({ count, daviesBouldin, silhouette, calinskiHarabasz, place }) => {
    const cells = [daviesBouldin, silhouette, calinskiHarabasz, place].map(
      (x) => `<td class="number">${escapeText(numberText(x))}</td>`,
    )
    return `<tr><td>${count === chosen ? `<strong>${count}</strong>` : count}</td>${cells.join('')}</tr>`
  })
  const heads = ['Davies-Bouldin', 'silhouette', 'Caliński-Harabasz', 'average rank'].map(
    (name) => `<th class="number">${name}</th>`,
  )
  return `<details><summary>Every number that was tried</summary><table><tr><th>segments</th>${heads.join('')}</tr>${rows.join('\n')}</table></details>`
}

function linksTable(links: readonly Link[], chosen: number): string {
  if (links.length === 0) return ''
  const rows = [...links, { count: 1, link: Number.NaN }].map(
    ({ count, link }) =>
      `<tr><td>${count === chosen ? `<strong>${count}</strong>` : count}</td><td class="number">${Number.isNaN(link) ? '' : link.toFixed(2)}</td></tr>`,
  )
  return `<details><summary>Every number of groups</summary><p class="soft">The strongest link is what joins the two most alike, relative to what joins each within itself. They are joined while it is ${LEAST_LINK} or more.</p><table><tr><th>segments</th><th class="number">strongest link</th></tr>${rows.join('\n')}</table></details>`
}

function figures(som: Som): string {
  const { clusters, features } = som
  const map = clusters ? clustersPlot(som, clusters.of, { names: clusters.names, title: 'Segments' }) : ''
  return map + (features.length <= MOST_PLANES ? componentPlanesPlot(som) : '')
}

function stabilityWords({ segmentation: { segments } }: Found): string {
  const draws = Math.max(...segments.map(({ stability }) => stability.draws))
  if (draws === 0) return 'Stability was not tested.'
  return `Rows were resampled ${draws} times with replacement. Each time a new map was trained and divided into ${segments.length} segments. A segment's figure is its mean overlap with the most similar segment of each resample: the rows in both, divided by the rows in either (C. Hennig, 2007). 0.85 and above is very stable, 0.75 stable, 0.6 doubtful, and less is unstable. A segment counts as lost in a resample if the overlap is a half or less.`
}

function columnsTable(found: Found): string {
  const { taken, segmentation } = found
  const { bends, som } = segmentation
  const line = (name: string, how: string): string => `<tr><td>${escapeText(name)}</td><td>${escapeText(how)}</td></tr>`
  const rows = columnsOf(found).map((name) => {
    const bend = bends.find(({ feature }) => feature === name)
    if (bend !== undefined) {
      const how = bend.method === 'z-score' ? 'unchanged, then standardised' : `${bend.method}, then standardised`
      return line(name, `${how} (${skewText(bend)})`)
    }
    const levels = som.features.filter(({ source }) => source?.column === name && 'level' in source).length
    const why = taken.categories.find((category) => category.name === name)?.reason
    return line(name, levels > 0 ? `category of ${levels} levels${why ? ` (${why})` : ''}` : 'dates or times')
  })
  const left = leftOutOf(found).map(({ name, reason }) => line(name, `left out: ${reason}`))
  const id = taken.id === undefined ? '' : `<p>Rows are named by ${escapeText(taken.id)}.</p>`
  return `${id}<div class="scroll"><table>${[...rows, ...left].join('\n')}</table></div>`
}
