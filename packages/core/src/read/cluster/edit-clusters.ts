import Result from 'true-myth/result'
import { checkSom } from '../../check-som.ts'
import { type Issue, Issues, show } from '../../issue.ts'
import { chooseRows } from '../../rows/matrix.ts'
import type { Som } from '../../som.ts'
import { type Clusters, clusterNames, UNCLUSTERED } from './clusters.ts'
import { nearestPoints } from './points.ts'
import { renumbered } from './renumbered.ts'
import { cut } from './tree.ts'
import { ward } from './ward.ts'

/** What is done to a map's clusters. Numbers are those that the clusters have now, from 1. */
export interface ClusterEdits {
  /** Clusters that become one, at least two in each list. */
  readonly merge?: readonly (readonly number[])[]
  /** Clusters that are parted by Ward's method, each into two parts or as many as `into` says. */
  readonly split?: readonly { readonly cluster: number; readonly into?: number }[]
  /** New names. */
  readonly rename?: readonly { readonly cluster: number; readonly name: string }[]
}

/**
 * The clusters of a map after edits: merged, split and renamed, then numbered by their training rows again, each with
 * its name. A merged cluster has the new name of one of its parts, or the name of the first; parts of a named cluster
 * are `name 1`, `name 2`, … Put them into the map, and `match` obeys them. Every issue is reported at once.
 */
export function editClusters(
  som: Pick<Som, 'codebook' | 'clusters'> & Partial<Pick<Som, 'seen'>>,
  edits: ClusterEdits,
): Result<Clusters, readonly Issue[]> {
  const issues = new Issues()
  if (!checkSom(som, issues, ['codebook'])) return Result.err(issues.list)
  const { clusters } = som
  if (clusters === undefined) issues.add('som', 'expected a map with clusters, found none; clusterRows finds them')
  else checkEdits(edits, clusters, issues)
  if (clusters === undefined || issues.list.length > 0) return Result.err(issues.list)

  const { merge = [], split = [], rename = [] } = edits
  const names: (string | undefined)[] = clusterNames(clusters).map((name, place) =>
    name === `cluster ${place + 1}` ? undefined : name,
  )
  for (const { cluster, name } of rename) names[cluster - 1] = name
  const of = clusters.of.slice()
  const reach = clusters.reach?.slice()
  for (const numbers of merge) {
    const [first, ...others] = numbers.map((number) => number - 1)
    const given = rename.find(({ cluster }) => numbers.includes(cluster))?.name
    names[first] = given ?? [first, ...others].map((place) => names[place]).find((name) => name !== undefined)
    of.forEach((place, unit) => {
      if (others.includes(place)) of[unit] = first
    })
    if (reach) reach[first] = Math.max(...[first, ...others].map((place) => reach[place]))
  }
  for (const { cluster, into = 2 } of split) {
    const parts = partsOf(som, of, cluster - 1, into)
    const name = names[cluster - 1]
    for (let part = 0; part < into; part++) {
      const place = part === 0 ? cluster - 1 : names.length
      names[place] = name === undefined ? undefined : `${name} ${part + 1}`
      if (reach) reach[place] = reach[cluster - 1]
      for (const unit of parts[part]) of[unit] = place
    }
  }
  const edited = renumbered({ ...clusters, count: names.length, ...(reach && { reach }) }, of, som.seen?.hits, names)
  const twice = edited.names?.find((name, place) => edited.names?.indexOf(name) !== place)
  if (twice === undefined) return Result.ok(edited)
  return Result.err([{ path: 'rename', message: `expected different names, found ${JSON.stringify(twice)} twice` }])
}

/** The units of a cluster in so many parts, the largest first. Units without a training row follow the nearest. */
function partsOf(
  { codebook, seen }: Parameters<typeof editClusters>[0],
  of: Int32Array,
  place: number,
  into: number,
): number[][] {
  const units = [...of.keys()].filter((unit) => of[unit] === place)
  const hit = units.filter((unit) => !seen || seen.hits[unit] > 0)
  const used = hit.length >= into ? hit : units
  const points = chooseRows(codebook, Uint32Array.from(used))
  const groups = cut(points.rows, ward(points), into)
  const found = new Map<number, number[]>()
  nearestPoints(codebook, units, points, used).forEach((point, i) => {
    const part = found.get(groups[point])
    if (part) part.push(units[i])
    else found.set(groups[point], [units[i]])
  })
  const weight = (part: readonly number[]): number => part.reduce((sum, unit) => sum + (seen?.hits[unit] ?? 1), 0)
  return [...found.values()].sort((a, b) => weight(b) - weight(a))
}

function checkEdits(edits: ClusterEdits, { count, of }: Clusters, issues: Issues): void {
  if (!issues.names('', edits, ['merge', 'split', 'rename'])) return
  const lists = { merge: edits.merge ?? [], split: edits.split ?? [], rename: edits.rename ?? [] }
  for (const [name, list] of Object.entries(lists))
    if (!Array.isArray(list)) issues.add(name, `expected a list, found ${show(list)}`)
  if (issues.list.length > 0) return
  const units = (number: number): number => of.reduce((sum, place) => sum + (place === number - 1 ? 1 : 0), 0)
  const taken = new Set<number>()
  const take = (path: string, number: number): void => {
    if (!issues.integer(path, number, 1, count)) return
    if (taken.has(number)) issues.add(path, `expected each cluster in one edit, found ${number} in two`)
    taken.add(number)
  }
  lists.merge.forEach((numbers, i) => {
    if (!Array.isArray(numbers) || numbers.length < 2)
      issues.add(`merge[${i}]`, `expected the numbers of at least 2 clusters, found ${show(numbers)}`)
    else for (const number of numbers) take(`merge[${i}]`, number)
  })
  lists.split.forEach(({ cluster, into = 2 }, i) => {
    const before = issues.list.length
    take(`split[${i}]`, cluster)
    if (issues.list.length > before) return
    if (!(Number.isInteger(into) && into >= 2 && into <= units(cluster)))
      issues.add(
        `split[${i}]`,
        `expected 2 parts or more, at most the ${units(cluster)} units of cluster ${cluster}, found ${show(into)}`,
      )
  })
  const renamed = new Set<number>()
  lists.rename.forEach(({ cluster, name }, i) => {
    if (!issues.integer(`rename[${i}]`, cluster, 1, count)) return
    if (renamed.has(cluster)) issues.add(`rename[${i}]`, `expected one name per cluster, found two of ${cluster}`)
    renamed.add(cluster)
    if (typeof name !== 'string' || name === '') issues.add(`rename[${i}]`, `expected a name, found ${show(name)}`)
    else if (name === UNCLUSTERED) issues.add(`rename[${i}]`, `expected a name, found that of what is in no cluster`)
  })
}
