import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machine } from './machine.ts'
import type { Options } from './options.ts'
import { cacheFolder } from './paths.ts'
import { type Spread, spreadOf } from './spread.ts'
import type { Outcome, Workload } from './workload.ts'

/** Something that is timed: a program that takes `WORKLOAD.json RESULT.json`. */
export interface Contender {
  readonly name: string
  /** Ours, a published package, or a baseline written for this bench. */
  readonly kind: 'ours' | 'package' | 'baseline'
  readonly licence: string
  /** Where the whole process is timed: whether its own clock counts, started later, and not that of the process. */
  readonly timesItself?: boolean
  /** What starts it, or why it cannot be had here. Makes what it needs, once. */
  readonly start: (work: Workload) => Start
}

export type Start = { readonly command: readonly string[] } | { readonly absent: string }

/** A contender's time on a workload, or why there is none. */
export type Measured = Present | { readonly name: string; readonly kind: Contender['kind']; readonly absent: string }

export interface Present extends Omit<Outcome, 'seconds'> {
  readonly name: string
  readonly kind: Contender['kind']
  readonly licence: string
  readonly seconds: Spread
  /** Measured in an earlier run and kept. */
  readonly reused: boolean
}

/** Runs a contender in a process of its own. */
export function measure(contender: Contender, given: Workload, options: Options): Measured {
  const { name, kind, licence } = contender
  const work = { ...given, enough: kind === 'ours' ? 0 : options.enough }
  const start = contender.start(work)
  if ('absent' in start) return { name, kind, absent: start.absent }
  const folder = join(cacheFolder, kind === 'ours' ? 'ours' : 'peers')
  mkdirSync(folder, { recursive: true })
  const stem = join(folder, `${name.replace(/\W+/g, '-')}-${keyOf(name, work, start.command)}`)
  const kept = `${stem}.kept.json`
  if (options.reusePeers && kind !== 'ours' && existsSync(kept)) {
    return { ...(JSON.parse(readFileSync(kept, 'utf8')) as Present), reused: true } // our own file
  }
  const runs = work.wholeProcess ? work.repeats : 1
  writeFileSync(`${stem}.workload.json`, JSON.stringify(work))
  const walls: number[] = []
  const told: number[] = []
  let outcome: Outcome | undefined
  const isEnough = (): boolean => work.enough > 0 && walls.reduce((sum, wall) => sum + wall, 0) >= work.enough
  for (let i = 0; i < runs && !isEnough(); i++) {
    rmSync(`${stem}.json`, { force: true })
    const begin = performance.now()
    const [command, ...args] = start.command
    const ended = spawnSync(command, [...args, `${stem}.workload.json`, `${stem}.json`], {
      encoding: 'utf8',
      env: { ...process.env, ...limits(work.threads) },
      timeout: options.timeout * 1000,
    })
    walls.push((performance.now() - begin) / 1000)
    if (ended.status !== 0 || !existsSync(`${stem}.json`))
      return { name, kind, absent: reasonOf(ended, options.timeout) }
    outcome = JSON.parse(readFileSync(`${stem}.json`, 'utf8')) as Outcome // written by our own programs
    told.push(...outcome.seconds)
  }
  if (!outcome) return { name, kind, absent: 'no repetition was requested' }
  const seconds = spreadOf(work.wholeProcess && !contender.timesItself ? walls : told)
  const fewer = seconds.count < work.repeats && seconds.count > 1 ? `repeated ${seconds.count} times` : ''
  const note = [outcome.note, fewer].filter(Boolean).join('; ')
  const present: Present = { ...outcome, note, name, kind, licence, seconds, reused: false }
  if (kind !== 'ours') writeFileSync(kept, JSON.stringify(present))
  return present
}

/** What is kept is that of the same work, by the same programs, on this machine since it was started. */
export function keyOf(name: string, work: Workload, command: readonly string[]): string {
  const programs = command.map((word) =>
    /\.(py|js)$/.test(word) && existsSync(word) ? readFileSync(word, 'utf8') : word,
  )
  const key = JSON.stringify([name, work, programs, machine().id])
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}

/** Every library that has threads is held to as many. */
function limits(threads: number): Record<string, string> {
  const count = String(threads)
  return {
    OMP_NUM_THREADS: count,
    OPENBLAS_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
    NUMEXPR_NUM_THREADS: count,
    XLA_FLAGS: `--xla_cpu_multi_thread_eigen=${threads > 1} intra_op_parallelism_threads=${count}`,
    CUDA_VISIBLE_DEVICES: '',
    JAX_PLATFORMS: 'cpu',
  }
}

function reasonOf(ended: ReturnType<typeof spawnSync>, timeout: number): string {
  if (ended.error)
    return ended.error.message.includes('ETIMEDOUT') ? `took longer than ${timeout} s` : ended.error.message
  if (ended.signal) return `ended by ${ended.signal}`
  const lines = String(ended.stderr).trim().split('\n')
  const telling = lines.find((line) => /^(\w*Error|thread .* panicked)\b/.test(line)) ?? lines.at(-1)
  return telling?.slice(0, 200) || `ended with code ${ended.status}`
}
