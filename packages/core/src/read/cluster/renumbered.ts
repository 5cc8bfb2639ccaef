import { bySize, type Clusters } from './clusters.ts'

/**
 * Clusters of units, numbered by their sizes; those without a unit are gone. `units` has the place of each unit's
 * cluster before, of which `clusters` has the reach, and `names` the name where it has one.
 */
export function renumbered<C extends Clusters>(
  clusters: C,
  units: Int32Array,
  hits: Float64Array | undefined,
  names: readonly (string | undefined)[] | undefined = clusters.names,
): C {
  const of = bySize(units, hits)
  const count = of.reduce((all, place) => Math.max(all, place + 1), 0)
  const before = Array.from({ length: count }, (_, place) => units[of.indexOf(place)])
  const { names: _, reach, ...rest } = clusters
  const isNamed = names?.some((name) => name !== undefined)
  // What is left of C has neither.
  return {
    ...rest,
    of,
    count,
    ...(isNamed && { names: before.map((place, now) => names?.[place] ?? `cluster ${now + 1}`) }),
    ...(reach && { reach: before.map((place) => reach[place]) }),
  } as C
}
