import { totalmem } from 'node:os'
import type { Issue } from '@som/core'

/** Bytes per number of a codebook in training: two copies in f32, sums and smoothed sums in f64. */
const BYTES_A_NUMBER = 24

/** Refuses a map that does not fit in this machine's memory, before the system kills the process. */
export function memoryIssues(lattice: { rows?: number; columns?: number } | undefined, features: number): Issue[] {
  const { rows, columns } = lattice ?? {}
  if (rows === undefined || columns === undefined) return []
  const needed = rows * columns * features * BYTES_A_NUMBER
  const limited = process.constrainedMemory()
  const memory = limited > 0 ? Math.min(limited, totalmem()) : totalmem()
  if (needed <= memory) return []
  const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`
  const message = `expected a map that fits in ${gigabytes(memory)} of memory, found ${rows} x ${columns} units of ${features} features, which need about ${gigabytes(needed)}`
  return [{ path: '--size', message }]
}
