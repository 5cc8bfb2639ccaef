import { type Clusters, clusterNames } from '@som/core'

const EDITED = 'by hand'

/** With another name for a cluster; an empty one gives its number back. */
export function renamed(clusters: Clusters, place: number, name: string): Clusters {
  const names = clusterNames(clusters)
  names[place] = name.trim() === '' ? `cluster ${place + 1}` : uniqueIn(names, place, name.trim())
  return { ...clusters, names }
}

/** With one cluster joined into another, whose name stays. */
export function merged(clusters: Clusters, from: number, into: number): Clusters {
  if (from === into) return clusters
  return numbered(
    Uint32Array.from(clusters.of, (place) => (place === from ? into : place)),
    clusterNames(clusters),
    clusters,
  )
}

/** With the given units as a cluster of their own. */
export function split(clusters: Clusters, units: ReadonlySet<number>, name: string): Clusters {
  const names = clusterNames(clusters)
  const of = Uint32Array.from(clusters.of, (place, unit) => (units.has(unit) ? names.length : place))
  return numbered(of, [...names, uniqueIn(names, names.length, name.trim() || `cluster ${names.length + 1}`)], clusters)
}

/** Places without gaps: those of clusters that lost all their units go. */
function numbered(of: Uint32Array, names: readonly string[], { seed }: Clusters): Clusters {
  const kept = names.map((_, place) => place).filter((place) => of.includes(place))
  const places = new Map(kept.map((place, i) => [place, i]))
  return {
    method: EDITED,
    count: kept.length,
    of: of.map((place) => places.get(place) ?? 0),
    names: kept.map((place) => names[place]),
    seed,
  }
}

/** Names tell clusters apart, so one that is taken gets a number. */
function uniqueIn(names: readonly string[], place: number, wanted: string): string {
  const taken = new Set(names.filter((_, i) => i !== place))
  let name = wanted
  for (let i = 2; taken.has(name); i++) name = `${wanted} ${i}`
  return name
}
