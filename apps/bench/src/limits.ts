import { readNpy } from './npy.ts'
import { probe } from './programs/probe.ts'
import type { Workload } from './workload.ts'

/** What the machine itself can do on so many threads. */
export interface Limits {
  /** Fused multiply-adds, two operations each, in GFLOP/s. */
  readonly arithmetic: number
  /** Reading from memory, and reading and writing (two read, one written), in GB/s. */
  readonly read: number
  readonly triad: number
}

const probed = new Map<number, Limits | { readonly absent: string }>()

/** The machine's limits on `threads`, probed once by the kernels crate; why not, where it cannot be built. */
export function limitsOf(threads: number): Limits | { readonly absent: string } {
  const known = probed.get(threads)
  if (known) return known
  const found = limitsIn(probe('limits', threads))
  probed.set(threads, found)
  return found
}

/** What the probe's lines say. */
export function limitsIn(lines: readonly string[]): Limits | { readonly absent: string } {
  const number = (start: string): number =>
    Number(/: ([\d.]+) G/.exec(lines.find((line) => line.startsWith(start)) ?? '')?.[1] ?? Number.NaN)
  const limits = {
    arithmetic: number('fused multiply-adds'),
    read: number('memory read:'),
    triad: number('memory read and written'),
  }
  return Object.values(limits).every(Number.isFinite) ? limits : { absent: lines.join(' ') }
}

/** A codebook that is larger than this lies in memory, a smaller one in a cache. */
const MOST_CACHED = 2 ** 25

/**
 * Seconds that the machine's limits allow for the work done plainly: every sample compared with every unit at the peak
 * of the arithmetic, every byte that must come from memory at its bandwidth, the longer of the two. What leaves
 * arithmetic out can take less. Undefined for work that is neither.
 */
export function leastSeconds(work: Workload, limits: Limits): number | undefined {
  if (work.kind === 'read') return undefined
  const units = work.mapRows * work.mapColumns
  const codebook = 4 * units * work.features
  const presented = work.kind === 'match' ? work.rows : work.updates
  const entries = work.kind === 'sparse' ? readNpy(work.files.values ?? '').data.length / work.rows : work.features
  // An online update finds a unit and moves all of them.
  const operations = 2 * units * entries * presented * (work.kind === 'online' ? 2 : 1)
  const samples = (4 * entries * presented) / limits.read
  const moved = work.kind === 'online' && codebook > MOST_CACHED ? (2 * codebook * presented) / limits.triad : 0
  return Math.max(operations / limits.arithmetic, samples + moved) / 1e9
}
