import { clusterNames, clusterNumbers, type Som, type Tried } from '@som/core'
import { figure, rowsOfText } from '../text.ts'

/** The numbers of clusters tried, and the clusters with their units and training rows. */
export function clusteringText(som: Som, tried: readonly Tried[], map: string, output: string | undefined): string {
  const sizes = sizesOf(som)
  const lines: [string, string][] = sizes.map(({ name, units, rows }) => [
    name,
    `${units} units${rows === null ? '' : `, ${figure(rows)} training rows`}`,
  ])
  const end =
    output === undefined
      ? `nothing was written; to keep the clusters, add -o ${map}\n`
      : rowsOfText([['written to', output]])
  return `${triedText(tried, sizes.length)}${rowsOfText(lines)}${end}`
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
export function clusteringJson(som: Som, tried: readonly Tried[], map: string, output: string | undefined): string {
  const { method, count, seed } = som.clusters ?? {}
  const units = som.clusters && Array.from(clusterNumbers(som.clusters))
  return `${JSON.stringify({ map, output, method, count, seed, clusters: sizesOf(som), tried, units })}\n`
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
  return clusterNames(clusters).map((name, place) => {
    const number = place + 1
    const units = numbers.flatMap((of, unit) => (of === number ? [unit] : []))
    const rows = seen && units.reduce((sum, unit) => sum + seen.hits[unit], 0)
    return { number, name, units: units.length, rows }
  })
}
