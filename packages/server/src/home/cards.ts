import type { Som } from '@som/core'
import { escapeText } from '@som/plot'
import type { Job } from '../jobs/job.ts'
import { UPLOADED } from '../jobs/keep-table.ts'
import type { MapEntry, Version } from '../registry/registry.ts'
import { type CurvePoint, curve, shown } from './curve.ts'

/** Versions of a map that are shown beside those with an alias, and names of features. */
const [MOST_VERSIONS, MOST_NAMES] = [5, 12]

/** The map that is served on its own. `isLinked`: whether its reader's browser may follow links to it. */
export function servedCard({ lattice, features, clusters, seen }: Som, isLinked: boolean): string {
  const names = features.slice(0, MOST_NAMES).map(({ name }) => name)
  const more = features.length > names.length ? ` and ${features.length - names.length} more` : ''
  const facts = [
    `${lattice.rows} × ${lattice.columns} units, ${lattice.cell} ${lattice.shape}`,
    `${features.length} ${features.length === 1 ? 'feature' : 'features'}: ${names.join(', ')}${more}`,
    ...(clusters ? [`${clusters.count} clusters`] : []),
    ...metricsOf({ quantizationError: seen?.quantizationError, topographicError: seen?.topographicError }),
  ]
  return `<article>${facts.map(soft).join('')}${isLinked ? links('/v1', []) : ''}</article>`
}

/** A map of the registry, its newest versions first. */
export function mapCard({ name, versions: count }: MapEntry, versions: readonly Version[], isLinked: boolean): string {
  const told = versions.filter(({ aliases }, i) => i < MOST_VERSIONS || aliases.length > 0)
  const lines = told.map(({ version, aliases, created, bytes, metrics, tags }) => {
    const marks = aliases.map((alias) => ` <span class="alias">${escapeText(alias)}</span>`).join('')
    const words = Object.entries(tags).map(([tag, text]) => `${tag}: ${text.slice(0, 100)}`)
    const at = `/v1/maps/${name}/versions/${version}`
    return `<li><strong>version ${version}</strong>${marks}${[[when(created), size(bytes)].join(', '), ...metricsOf(metrics), ...words].map(soft).join('')}${isLinked ? links(at, ['model']) : ''}</li>`
  })
  const rest = count - lines.length
  if (rest > 0) lines.push(`<li>${soft(`and ${rest} older ${rest === 1 ? 'version' : 'versions'}`)}</li>`)
  return `<article><h3>${escapeText(name)}</h3><ul>${lines.join('')}</ul></article>`
}

/** A training job, and how its error went. */
export function jobCard(job: Job, points: readonly CurvePoint[]): string {
  const { request, state, epoch, epochs, created, ended, version, issues } = job
  const last = points.at(-1)
  const facts = [
    `${epochs === null ? `epoch ${epoch}` : `${epoch} of ${epochs} epochs`}${last ? `, quantization error ${shown(last.quantizationError)}` : ''}`,
    ...(request.table.shown === UPLOADED ? [] : [`table ${request.table.shown}`]),
    ended === null ? `asked for ${when(created)}` : `asked for ${when(created)}, ended ${when(ended)}`,
    ...issues.slice(0, 3).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)),
  ]
  const result = version === null ? '' : `, version ${version}`
  return `<article><h3>${escapeText(request.map + result)} <span class="state">${state}</span></h3>${facts.map(soft).join('')}${curve(points)}<p class="soft">job ${job.id}</p></article>`
}

const soft = (words: string): string => `<p class="soft">${escapeText(words)}</p>`

const links = (at: string, more: readonly string[]): string =>
  `<p class="soft">${['map', 'plots/u-matrix.svg', 'plots/component-planes.svg', ...more]
    .map((place) => `<a href="${at}/${place}">${LINKS[place]}</a>`)
    .join(' · ')}</p>`

const LINKS: Readonly<Record<string, string>> = {
  map: 'details',
  model: 'model file',
  'plots/u-matrix.svg': 'U-matrix',
  'plots/component-planes.svg': 'component planes',
}

function metricsOf(metrics: Readonly<Record<string, number | undefined>>): string[] {
  const words = Object.entries(metrics).flatMap(([name, value]) =>
    value === undefined || !Number.isFinite(value)
      ? []
      : [`${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${shown(value)}`],
  )
  return words.length > 0 ? [words.slice(0, MOST_NAMES).join(', ')] : []
}

/** A time to the minute. */
const when = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`

const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
