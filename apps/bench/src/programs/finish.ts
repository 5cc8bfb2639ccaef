import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Outcome } from '../workload.ts'

/** The path of an array that belongs to a result. */
export function resultBeside(resultPath: string, name: string): string {
  return resultPath.replace(/\.json$/, `.${name}.npy`)
}

/** Writes what a Node contender found, with the process's peak memory. */
export function finish(resultPath: string, outcome: Omit<Outcome, 'peakBytes'>): void {
  writeFileSync(resultPath, JSON.stringify({ ...outcome, peakBytes: peakBytes() } satisfies Outcome))
}

/** Peak resident memory of this program. Linux's maxRSS also counts the program that started it; VmHWM does not. */
function peakBytes(): number {
  const status = '/proc/self/status'
  const line = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) : null
  return (line ? Number(line[1]) : process.resourceUsage().maxRSS) * 1024
}
