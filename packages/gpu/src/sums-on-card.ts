import type { EpochSums, Matches, Rows } from '@som/core/backend'
import type { Card } from './card.ts'
import type { RowsOnCard } from './rows-on-card.ts'
import { SUMS, unitSums } from './wgsl/unit-sums.ts'

/** Sums per unit of rows that are matched, with the bits of `sumRows`. */
export async function sumsOnCard(
  card: Card,
  rows: RowsOnCard,
  { weights }: Rows,
  matches: Matches,
  units: number,
): Promise<EpochSums> {
  const { columns } = rows.matrix
  const { scale, holes } = rows.ready
  const kernel = { code: unitSums(weights !== undefined, holes), entryPoint: 'unitSums' }
  const bytes = 8 * units * columns
  // Buffers of WebGPU begin with zeros.
  const [sums, ...counts] = holes ? [card.storage(bytes), card.storage(bytes)] : [card.storage(bytes)]
  const used = [sums, ...counts]
  try {
    for (const { x, first, rows: count } of rows.buffers()) {
      const { starts, order } = byUnit(matches.unit.subarray(first, first + count), units)
      const inputs = [starts, order, ...(weights ? [weights.subarray(first, first + count)] : [])].map(card.holding)
      used.push(...inputs)
      const [ofStarts, ofOrder, ...ofWeights] = inputs
      const groups = Math.ceil((units * columns) / SUMS)
      const buffers = [x, ofStarts, ofOrder, sums, ...ofWeights, ...counts]
      await card.run(kernel, Uint32Array.of(units, columns), buffers, groups)
    }
    const parts = [sums, ...counts].map((buffer) => ({ buffer, bytes, as: Float64Array }))
    const [found, perFeature] = await card.read<Float64Array[]>(...parts)
    const { counts: perUnit, ...totals } = totalsOf(matches, weights, units)
    const back = scale === 1 ? found : found.map((sum) => sum / scale)
    return { sums: back, counts: perFeature ?? perUnit, ...totals }
  } finally {
    for (const buffer of used) buffer.destroy()
  }
}

/** The rows of each unit, ascending, and where those of each unit begin. Rows without a unit are left out. */
function byUnit(unit: Int32Array, units: number): { starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(units + 1)
  for (const k of unit) if (k >= 0) starts[k + 1]++
  for (let k = 0; k < units; k++) starts[k + 1] += starts[k]
  const next = starts.slice()
  const order = new Uint32Array(unit.length)
  unit.forEach((k, i) => {
    if (k >= 0) order[next[k]++] = i
  })
  return { starts, order }
}

function totalsOf(
  { unit, distance }: Matches,
  weights: Float32Array | undefined,
  units: number,
): Omit<EpochSums, 'sums'> {
  const counts = new Float64Array(units)
  let [far, total] = [0, 0]
  unit.forEach((k, i) => {
    if (k < 0) return
    const weight = weights === undefined ? 1 : weights[i]
    counts[k] += weight
    far += weight * distance[i]
    total += weight
  })
  return { counts, distance: far, weight: total }
}
