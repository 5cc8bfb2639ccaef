import type { RowWeights } from './row-weights.ts'

/** How near landmarks are to each other, as probabilities of pairs that add up to 1: compressed rows, symmetric. */
export interface Affinities {
  readonly offsets: Uint32Array
  readonly indices: Uint32Array
  readonly values: Float64Array
  /** The share of the rows that each landmark represents; they add up to 1. */
  readonly mass: Float64Array
}

interface Near {
  readonly k: number
  readonly unit: Int32Array
  readonly distance: Float32Array
}

/**
 * Affinities of landmarks by the rows around them. Each row spreads its weight over its nearest landmarks; two
 * landmarks are as near as they share rows: S = BᵀB of the rows × landmarks weights B. Each landmark's shares, apart
 * from itself, add up to its mass, and the two directions of a pair are averaged as in t-SNE.
 */
export function affinitiesByRows(
  landmarks: number,
  near: Near,
  weights: Float32Array | undefined,
  spread: RowWeights,
): Affinities {
  const { k, unit } = near
  const rows = unit.length / k
  const weightOf = (i: number): number => weights?.[i] ?? 1
  const shares = new Float64Array(unit.length)
  const [squared, into] = [new Float64Array(k), new Float64Array(k)]
  const [mass, starts] = [new Float64Array(landmarks).fill(1e-3), new Uint32Array(landmarks + 1)]
  for (let i = 0; i < rows; i++) {
    const count = squaredDistances(near, i, squared)
    if (count === 0 || weightOf(i) === 0) continue
    spread(squared, count, into)
    for (let j = 0; j < count; j++) {
      shares[i * k + j] = into[j]
      mass[unit[i * k + j]] += weightOf(i) * into[j]
      starts[unit[i * k + j] + 1]++
    }
  }
  // For each landmark the places of its shares, in the order of rows.
  for (let a = 0; a < landmarks; a++) starts[a + 1] += starts[a]
  const next = starts.slice(0, landmarks)
  const of = new Uint32Array(starts[landmarks])
  for (let at = 0; at < unit.length; at++)
    if (unit[at] >= 0 && weightOf(Math.floor(at / k)) !== 0) of[next[unit[at]]++] = at
  return joint(landmarks, mass, (a, add) => {
    for (let p = starts[a]; p < starts[a + 1]; p++) {
      const i = Math.floor(of[p] / k)
      const share = weightOf(i) * shares[of[p]]
      for (let at = i * k; at < (i + 1) * k && unit[at] >= 0; at++)
        if (unit[at] !== a) add(unit[at], share * shares[at])
    }
  })
}

/** Affinities of landmarks by their own nearest ones, of which `near` has each itself first. All have the same mass. */
export function affinitiesByThemselves(landmarks: number, near: Near, spread: RowWeights): Affinities {
  const { k, unit } = near
  const [squared, into] = [new Float64Array(k), new Float64Array(k)]
  const both: Map<number, number>[] = Array.from({ length: landmarks }, () => new Map())
  for (let a = 0; a < landmarks; a++) {
    let count = 0
    const others: number[] = []
    for (let at = a * k; at < (a + 1) * k && unit[at] >= 0; at++) {
      if (unit[at] === a) continue
      others.push(unit[at])
      squared[count++] = near.distance[at] * near.distance[at]
    }
    if (count === 0) continue
    spread(squared, count, into)
    others.forEach((b, j) => {
      both[a].set(b, (both[a].get(b) ?? 0) + into[j])
      both[b].set(a, (both[b].get(a) ?? 0) + into[j])
    })
  }
  return joint(landmarks, new Float64Array(landmarks).fill(1), (a, add) => {
    for (const [b, share] of both[a]) add(b, share)
  })
}

/** Squared distances of row `i`, written into `into`; gives how many landmarks it has. */
export function squaredDistances({ k, unit, distance }: Near, i: number, into: Float64Array): number {
  let count = 0
  for (let at = i * k; count < k && unit[at] >= 0; at++) into[count++] = distance[at] * distance[at]
  return count
}

type Gather = (a: number, add: (b: number, share: number) => void) => void

/** P = (diag(mass) C + its transpose) / its sum, C the shares of each landmark divided by their sum. */
function joint(landmarks: number, mass: Float64Array, gather: Gather): Affinities {
  const total = mass.reduce((sum, one) => sum + one, 0)
  const [offsets, perShare] = [new Uint32Array(landmarks + 1), new Float64Array(landmarks)]
  const [indices, values]: [number[], number[]] = [[], []]
  const sums = new Float64Array(landmarks)
  for (let a = 0; a < landmarks; a++) {
    const touched: number[] = []
    let sum = 0
    gather(a, (b, share) => {
      if (share === 0) return
      if (sums[b] === 0) touched.push(b)
      sums[b] += share
    })
    touched.sort((x, y) => x - y)
    for (const b of touched) {
      indices.push(b)
      values.push(sums[b])
      sum += sums[b]
      sums[b] = 0
    }
    perShare[a] = sum > 0 ? mass[a] / sum : 0
    offsets[a + 1] = indices.length
  }
  const shared = Float64Array.from(values)
  let whole = 0
  for (let a = 0; a < landmarks; a++)
    for (let p = offsets[a]; p < offsets[a + 1]; p++) {
      shared[p] *= perShare[a] + perShare[indices[p]]
      whole += shared[p]
    }
  return {
    offsets,
    indices: Uint32Array.from(indices),
    values: whole > 0 ? shared.map((share) => share / whole) : shared,
    mass: mass.map((one) => one / total),
  }
}
