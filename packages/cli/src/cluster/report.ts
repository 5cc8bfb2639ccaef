import {
  type Clustering,
  type Clusters,
  clusterNames,
  clusterNumbers,
  type Som,
  type Tried,
  UNCLUSTERED,
} from '@som/core'
import { figure, rowsOfText } from '../text.ts'

/** What is shown of clusters, found or edited. */
type Shown = Omit<Clustering, 'clusters'> & { readonly clusters: Clusters; readonly edited?: true }

/** The files of a run. */
interface Files {
  readonly map: string
  readonly table: string | undefined
  readonly output: string | undefined
}

/** How the number was found, and the clusters with their units and training rows. */
export function clusteringText(som: Som, clustering: Shown, { map, output }: Files): string {
  const sizes = sizesOf(som)
  const lines: [string, string][] = sizes.map(({ name, units, rows }) => [
    name,
    `${units} units${rows === null ? '' : `, ${figure(rows)} training rows`}`,
  ])
  if (clustering.clusters.reach !== undefined)
    lines.push(['out of reach', 'rows too far from their units: unclustered'])
  const end =
    output === undefined
      ? `nothing was written; to keep the clusters, add -o ${map}\n`
      : rowsOfText([['written to', output]])
  return `${linksText(clustering)}${levelsText(clustering)}${mixturesText(clustering)}${triedText(clustering.tried, clustering.clusters.count)}${rowsOfText(lines)}${end}`
}

const ONE_GROUP = 'no groups worth having: the rows are one group\n\n'

/** The numbers of clusters over ranges of distances within which rows reach each other, or of depths of basins. */
function levelsText({ clusters, levels, edited }: Shown): string {
  if (levels.length === 0 || edited) return clusters.count === 0 ? NOTHING_DENSE : ''
  if (clusters.count === 0) return NOTHING_DENSE
  const isDense = clusters.method === 'hdbscan'
  const shown = isDense ? levels : levels.filter(({ count }) => count <= clusters.count + SHOWN)
  const lines = shown.map(({ count, from, to }): [string, string] => [
    String(count),
    Number.isFinite(to) ? `${figure(from)} to ${figure(to)}` : `${figure(from)} and more`,
  ])
  const title = isDense
    ? 'clusters at distances'
    : 'clusters where ridges count that are so many times as high as the basins'
  return `${!isDense && clusters.count === 1 ? ONE_GROUP : ''}${title}\n${rowsOfText(lines)}\n`
}

const NOTHING_DENSE = 'no dense groups: everything is unclustered\n\n'

/** How well a mixture of each number of Gaussians fits. */
function mixturesText({ clusters, mixtures, edited }: Shown): string {
  if (mixtures.length === 0 || edited) return ''
  const lines = mixtures.map(({ count, covariances, bic }): [string, string] => [
    `${count === clusters.count ? '* ' : ''}${count}`,
    `${figure(bic)}  ${covariances} covariances`,
  ])
  return `${clusters.count === 1 ? ONE_GROUP : ''}clusters by their Bayesian information criterion\n${rowsOfText(lines)}\n`
}

/** How many numbers of groups are listed above the one found. */
const SHOWN = 4

/** How the number of groups was found by conductance. */
function linksText({ clusters, links, edited }: Shown): string {
  if (clusters.method !== 'conductance' || edited) return ''
  const lines = [...links.filter(({ count }) => count <= clusters.count + SHOWN), { count: 1, link: Number.NaN }].map(
    ({ count, link }) => [
      `${count === clusters.count ? '* ' : ''}${count}`,
      Number.isNaN(link) ? '' : `${link.toFixed(2)}`,
    ],
  )
  const header = ['clusters', 'strongest link']
  const line = (cells: readonly string[]): string =>
    `${cells
      .map((cell, i) => cell.padStart(header[i].length))
      .join('  ')
      .trimEnd()}\n`
  const none = clusters.count === 1 ? ONE_GROUP : ''
  return `${none}${line(header)}${lines.map(line).join('')}\n`
}

function triedText(tried: readonly Tried[], chosen: number): string {
  if (tried.length === 0) return ''
  const header = ['clusters', 'Davies-Bouldin', 'silhouette', 'Caliński-Harabasz', 'average rank']
  const rows = tried.map(({ count, daviesBouldin, silhouette, calinskiHarabasz, place }) => [
    `${count === chosen ? '* ' : ''}${count}`,
    ...[daviesBouldin, silhouette, calinskiHarabasz, place].map(figure),
  ])
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)))
  const line = (cells: readonly string[]): string => `${cells.map((cell, i) => cell.padStart(widths[i])).join('  ')}\n`
  return `${line(header)}${rows.map(line).join('')}\n`
}

/** The same as one JSON object. */
export function clusteringJson(som: Som, { tried, links, levels, mixtures }: Shown, files: Files): string {
  const { method, count, seed } = som.clusters ?? {}
  const units = som.clusters && Array.from(clusterNumbers(som.clusters))
  return `${JSON.stringify({ ...files, method, count, seed, clusters: sizesOf(som), tried, links, levels, mixtures, units })}\n`
}

interface Size {
  readonly number: number
  readonly name: string
  readonly units: number
  /** Total weight of the cluster's training rows; null while training is unfinished. */
  readonly rows: number | null
}

function sizesOf({ clusters, seen }: Som): Size[] {
  if (clusters === undefined) return []
  const numbers = Array.from(clusterNumbers(clusters))
  const named = clusterNames(clusters).map((name, place) => ({ name, number: place + 1 }))
  const none = numbers.includes(-1) ? [{ name: UNCLUSTERED, number: -1 }] : []
  return [...named, ...none].map(({ name, number }) => {
    const units = numbers.flatMap((of, unit) => (of === number ? [unit] : []))
    const rows = seen && units.reduce((sum, unit) => sum + seen.hits[unit], 0)
    return { number, name, units: units.length, rows }
  })
}
