import {
  clusterNames,
  clustersOfRows,
  diagnose,
  heldOutRows,
  type Measure,
  mayLeaveOut,
  metricName,
  pValue,
  type Som,
  type Target,
  UNCLUSTERED,
} from '@som/core'
import { escapeText } from '../figure/svg.ts'
import { planePlot } from '../plots/plane-plot.ts'
import { predictionsPlot } from '../plots/predictions-plot.ts'
import { projectionPlot } from '../plots/projection-plot.ts'
import { trainingCurvePlot } from '../plots/training-curve-plot.ts'
import { page } from './page.ts'
import { extremes, payloadOf } from './payload.ts'
import { type Profile, profilesOf } from './profiles.ts'
import { SCRIPT } from './script.ts'
import type { ReportSubject } from './subject.ts'

const EXTREMES = 10
const SETTING_APART = 3

/**
 * A whole page about a map and rows on it, that opens offline: what was trained and how well, in plain words; the map
 * to explore; clusters and what sets each apart; the rows nearest and farthest. Rows can be chosen on the map and saved
 * as CSV.
 */
export function report(subject: ReportSubject): string {
  const { som } = subject
  return page(subject.title ?? `A map of ${subject.source}`, [
    `<p class="soft">${summary(subject)}</p>`,
    columns([
      `<h2>How good it is</h2>${findings(subject)}${measuresTable(subject.quality.measures)}`,
      ...(som.clusters ? [`<h2>Clusters</h2>${clusterTable(subject)}`] : []),
    ]),
    `<h2>The map</h2>`,
    EXPLORER,
    ...onPlane(subject),
    ...predicted(subject),
    `<h2>Rows nearest and farthest</h2>`,
    `<p>Rows far from every unit are unlike those of training: they may be errors, or news.</p>`,
    columns(extremeTables(subject)),
    `<h2>Training and shape</h2>`,
    columns(figures(som)),
    provenance(som),
    `<script id="data" type="application/json">${payloadOf(subject)}</script>`,
    `<script>${SCRIPT}</script>`,
  ])
}

/** Parts beside one another where there is room. */
const columns = (parts: readonly string[]): string =>
  `<div class="columns">${parts.map((part) => `<section>${part}</section>`).join('\n')}</div>`

const EXPLORER = `<div class="chips" id="clusters"></div>
<div id="explorer">
<div id="shown"><div id="stage"><canvas id="map" tabindex="0" role="img" aria-label="The map; point at a unit to see its values"></canvas>
<div id="legend" class="soft"></div></div>
<div id="layers" role="group" aria-label="What the map shows"></div></div>
<div id="about" aria-live="polite"></div>
</div>
<p><span id="count"></span> <button id="save" type="button">Save as CSV</button> <button id="clear" type="button">Choose none</button></p>
<div id="listed"></div>`

function summary({ som, samples, quality, source }: ReportSubject): string {
  const { lattice, training, features } = som
  const error = figureOf(quality.measures, 'quantizationError')
  const explained = figureOf(quality.measures, 'explainedVariance')
  const sentences = [
    `${samples.rows} rows of ${source} on a map of ${lattice.rows} × ${lattice.columns} units (${lattice.cell} ${lattice.shape}), which was trained on ${training.rows} rows of ${features.length} ${features.length === 1 ? 'feature' : 'features'}.`,
    `A row lies ${shown(error)} from its unit on average (${metricName(som.metric)}, preprocessed units); the units explain ${shown(100 * explained)} % of the rows' variance.`,
  ]
  return escapeText(sentences.join(' '))
}

function findings({ som, quality }: ReportSubject): string {
  const found = diagnose(som, quality.symptoms)
  if (found.length === 0) return '<p class="finding fine">Nothing stands out.</p>'
  return found
    .map(
      ({ kind, finding, advice }) =>
        `<p class="finding"><strong>${escapeText(kind)}</strong>: ${escapeText(finding)}. ${escapeText(sentence(advice))}</p>`,
    )
    .join('\n')
}

function measuresTable(measures: readonly Measure[]): string {
  const rows = measures.map(({ name, value, interval, better, convention }) => {
    const range = interval === null ? '' : ` (${shown(interval[0])} to ${shown(interval[1])})`
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    return `<tr><td>${words}</td><td class="number">${shown(value)}${range}</td><td class="soft">${escapeText(
      `${better === null ? 'near 0 is best' : `${better} is better`}; ${convention}`,
    )}</td></tr>`
  })
  return `<details><summary>Every measure</summary><div class="scroll"><table>${rows.join('\n')}</table></div></details>`
}

function clusterTable({ som, samples, matches }: ReportSubject): string {
  if (som.clusters === undefined) return ''
  const rows = profilesOf(som, som.clusters, samples, matches).map(
    (profile) =>
      `<tr><td>${escapeText(profile.name)}</td><td class="number">${profile.rows}</td><td class="number">${profile.units}</td><td>${apart(profile)}</td></tr>`,
  )
  if (mayLeaveOut(som.clusters)) {
    const places = clustersOfRows(som.clusters, matches)
    const rowsLeft = places.reduce((sum, place, row) => sum + (place < 0 && matches.unit[row] >= 0 ? 1 : 0), 0)
    const unitsLeft = som.clusters.of.reduce((sum, place) => sum + (place < 0 ? 1 : 0), 0)
    rows.push(
      `<tr><td>${UNCLUSTERED}</td><td class="number">${rowsLeft}</td><td class="number">${unitsLeft}</td><td></td></tr>`,
    )
  }
  return `<div class="scroll"><table><tr><th>cluster</th><th class="number">rows</th><th class="number">units</th><th>what sets it apart</th></tr>${rows.join('\n')}</table></div>`
}

function apart({ differences, rows }: Profile): string {
  if (rows === 0) return 'no row'
  return differences
    .slice(0, SETTING_APART)
    .map(({ feature, mean, all, deviations }) =>
      escapeText(`${deviations > 0 ? 'higher' : 'lower'} ${feature}: ${shown(mean)} against ${shown(all)} in all rows`),
    )
    .join('<br>')
}

/** The rows in the map's plane, in the colours of their classes, or else of their clusters. */
function onPlane({ som: { clusters }, samples, matches, places }: ReportSubject): string[] {
  if (places === undefined) return []
  const names = clusters && clusterNames(clusters)
  const of = clusters && clustersOfRows(clusters, matches)
  const labels = samples.labels ?? (names && Array.from(of ?? [], (place) => names[place] ?? UNCLUSTERED))
  const plot = planePlot({ places, ...(labels && { labels }) })
  return [
    '<h2>Rows on a plane</h2>',
    `<p>Rows that are alike are near each other; how far apart groups are, and the axes, mean little.</p>${plot}`,
  ]
}

/** What the map predicts, target by target: how well, and where on the map it predicts what. */
function predicted({ som, predictions = [] }: ReportSubject): string[] {
  if (predictions.length === 0) return []
  const parts = predictions.map((prediction) => {
    const fitted = som.targets?.of.find(({ name }) => name === prediction.name)
    const words =
      fitted && `${fitted.name}: ${scoreOf(fitted)} on rows held out, of ${heldOutRows(fitted)} rows in turn.`
    return `${words ? `<p>${escapeText(words)}</p>` : ''}${predictionsPlot(som, prediction)}`
  })
  return ['<h2>What it predicts</h2>', columns(parts)]
}

const scoreOf = ({ kind, heldOut }: Target): string =>
  kind === 'class' ? `${shown(100 * heldOut)} % right` : `R² ${shown(heldOut)}`

function extremeTables(subject: ReportSubject): string[] {
  const { nearest, farthest } = extremes(subject, EXTREMES)
  return [extremeTable(subject, 'Farthest', farthest), extremeTable(subject, 'Nearest', nearest)]
}

function extremeTable({ som, samples, matches }: ReportSubject, name: string, rows: readonly number[]): string {
  const { labels } = samples
  const lines = rows.map((row) => {
    const p = som.seen === null ? Number.NaN : pValue(som.seen, matches.distance[row])
    const called = samples.ids?.[row] ?? `row ${row + 1}`
    const label = labels ? `<td>${escapeText(labels[row])}</td>` : ''
    return `<tr><td>${escapeText(called)}</td>${label}<td class="number">${matches.unit[row]}</td><td class="number">${shown(matches.distance[row])}</td><td class="number">${shown(p)}</td></tr>`
  })
  return `<div class="scroll"><table><tr><th>${name}</th>${labels ? '<th>class</th>' : ''}<th class="number">unit</th><th class="number">distance</th><th class="number">p-value</th></tr>${lines.join('\n')}</table></div>`
}

function figures(som: Som): string[] {
  const curve = som.training.history.length > 1 ? [trainingCurvePlot(som)] : []
  return [...curve, ...(som.codebook.rows > 2 ? [projectionPlot(som)] : [])]
}

function provenance({ training, kernel, features }: Som): string {
  const words = `Trained by the ${training.rule} rule over ${training.history.length} epochs, kernel ${typeof kernel === 'string' ? kernel : kernel.name}, seed ${training.seed}, initial codebook ${training.initial}, on the ${training.backend} backend of som ${training.version}. Features: ${features
    .map(({ name, preprocessing }) => `${name} (${preprocessing.method})`)
    .join(', ')}.`
  return `<p class="soft">${escapeText(words)}</p>`
}

const figureOf = (measures: readonly Measure[], name: string): number =>
  measures.find((measure) => measure.name === name)?.value ?? Number.NaN

const shown = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(4))) : 'none')

/** With a capital and a full stop. */
const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
