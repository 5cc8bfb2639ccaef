import type { Som, Tried } from '@som/core'
import { figure, rowsOfText } from '../text.ts'

/** What was tried, and the clusters with their units and training rows. */
export function clusteringText(som: Som, tried: readonly Tried[], map: string, output: string | undefined): string {
  const sizes = sizesOf(som)
  const lines: [string, string][] = sizes.map(({ name, units, rows }) => [
    name,
    `${units} units${rows === null ? '' : `, ${figure(rows)} training rows`}`,
  ])
  const end =
    output === undefined
      ? `nothing was written; keep the clusters by -o ${map}\n`
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
  const { method, count, seed, of } = som.clusters ?? { method: '', count: 0, seed: 0, of: [] }
  return `${JSON.stringify({ map, output, method, count, seed, clusters: sizesOf(som), tried, units: Array.from(of) })}\n`
}

interface Size {
  readonly name: string
  readonly units: number
  /** Total weight of its training rows; null while training is unfinished. */
  readonly rows: number | null
}

function sizesOf({ clusters, seen }: Som): Size[] {
  return Array.from({ length: clusters?.count ?? 0 }, (_, cluster) => {
    const units = Array.from(clusters?.of ?? []).flatMap((of, unit) => (of === cluster ? [unit] : []))
    const rows = seen && units.reduce((sum, unit) => sum + seen.hits[unit], 0)
    return { name: clusters?.names?.[cluster] ?? `cluster ${cluster}`, units: units.length, rows }
  })
}
