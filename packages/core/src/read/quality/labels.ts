/** How two ways of grouping the same samples agree. */
export interface Agreement {
  /** The share of samples with the most common label of their group. Rises with the number of groups. */
  readonly purity: number
  /**
   * Mutual information over the mean of both entropies: 0 for none, 1 for the same grouping. A. Strehl, J. Ghosh,
   * Cluster ensembles, 2002 (arithmetic mean).
   */
  readonly normalisedMutualInformation: number
  /**
   * Agreement on pairs beyond chance: 0 by chance, 1 for the same grouping. L. Hubert, P. Arabie, Comparing partitions,
   * 1985.
   */
  readonly adjustedRand: number
}

/**
 * Compares groups (one number per sample, below 0: none) with labels (null: unknown). Samples that lack either are
 * ignored; NaN if no sample is left.
 */
export function labelAgreement(groups: ArrayLike<number>, labels: readonly (string | null)[]): Agreement {
  const table = new Map<number, Map<string, number>>()
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]
    if (groups[i] < 0 || label === null) continue
    const row = table.get(groups[i]) ?? new Map<string, number>()
    table.set(groups[i], row.set(label, (row.get(label) ?? 0) + 1))
  }
  const cells = [...table.values()].map((row) => [...row.values()])
  const ofGroup = cells.map(sum)
  const byLabel = new Map<string, number>()
  for (const row of table.values()) for (const [label, n] of row) byLabel.set(label, (byLabel.get(label) ?? 0) + n)
  const ofLabel = [...byLabel.values()]
  const n = sum(ofGroup)
  if (n === 0) return { purity: Number.NaN, normalisedMutualInformation: Number.NaN, adjustedRand: Number.NaN }

  const entropy = (counts: readonly number[]): number => sum(counts.map((c) => (-c / n) * Math.log(c / n)))
  const information = entropy(ofGroup) + entropy(ofLabel) - entropy(cells.flat())
  const mean = (entropy(ofGroup) + entropy(ofLabel)) / 2
  const pairs = (counts: readonly number[]): number => sum(counts.map((c) => (c * (c - 1)) / 2))
  const chance = n > 1 ? (pairs(ofGroup) * pairs(ofLabel)) / pairs([n]) : 0
  const most = (pairs(ofGroup) + pairs(ofLabel)) / 2
  return {
    purity: sum(cells.map((row) => Math.max(...row))) / n,
    normalisedMutualInformation: mean > 0 ? information / mean : 1,
    adjustedRand: most === chance ? 1 : (pairs(cells.flat()) - chance) / (most - chance),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0)
