import { writeFileSync } from 'node:fs'
import type { Outcome } from '../workload.ts'

/** The path of an array that belongs to a result. */
export function resultBeside(resultPath: string, name: string): string {
  return resultPath.replace(/\.json$/, `.${name}.npy`)
}

/** Writes what a Node contender found, with the process's peak memory. */
export function finish(resultPath: string, outcome: Omit<Outcome, 'peakBytes'>): void {
  const peakBytes = process.resourceUsage().maxRSS * 1024
  writeFileSync(resultPath, JSON.stringify({ ...outcome, peakBytes } satisfies Outcome))
}
