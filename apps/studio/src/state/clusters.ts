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
  const of = clusters.of.map((place) => (place === from ? into : place))
  // A row is in the joined cluster where it was in one of the two.
  const reach = clusters.reach?.map((far, place, all) => (place === into ? Math.max(far, all[from]) : far))
  return numbered(of, clusterNames(clusters), { ...clusters, ...(reach && { reach }) })
}

/** With the given units as a cluster of their own. */
export function split(clusters: Clusters, units: ReadonlySet<number>, name: string): Clusters {
  const names = clusterNames(clusters)
  const of = clusters.of.map((place, unit) => (units.has(unit) ? names.length : place))
  const own = uniqueIn(names, names.length, name.trim() || `cluster ${names.length + 1}`)
  const reach = clusters.reach && [...clusters.reach, Math.max(...clusters.reach)]
  return numbered(of, [...names, own], { ...clusters, ...(reach && { reach }) })
}

/** Places without gaps: those of clusters that lost all their units go. Units in no cluster stay so. */
function numbered(of: Int32Array, names: readonly string[], { seed, reach }: Clusters): Clusters {
  const kept = names.map((_, place) => place).filter((place) => of.includes(place))
  const places = new Map(kept.map((place, i) => [place, i]))
  return {
    method: EDITED,
    count: kept.length,
    of: of.map((place) => places.get(place) ?? -1),
    names: kept.map((place) => names[place]),
    ...(reach && { reach: kept.map((place) => reach[place]) }),
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
