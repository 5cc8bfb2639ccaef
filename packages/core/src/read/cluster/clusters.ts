/** Units grouped: what a map says a row belongs to. */
export interface Clusters {
  /** How they were found. */
  readonly method: string
  readonly count: number
  /** The cluster of each unit, from 0, numbered in the order of their first units. */
  readonly of: Uint32Array
  /** What each cluster is called, where somebody named them. */
  readonly names?: readonly string[]
  readonly seed: number
}

/** The same groups, numbered in the order in which they first appear. */
export function inOrder(groups: ArrayLike<number>): Uint32Array {
  const numbers = new Map<number, number>()
  return Uint32Array.from(groups, (group) => {
    const number = numbers.get(group) ?? numbers.size
    numbers.set(group, number)
    return number
  })
}
