import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Case, Target } from '../case.ts'
import type { Options } from '../options.ts'
import { cacheFolder, root } from '../paths.ts'
import { type Spread, spreadOf } from '../spread.ts'
import { parquetOf } from '../table-file.ts'
import { clusterFile, sized } from '../workloads.ts'

/** Milliseconds between two looks at how much memory a command holds. */
const LOOK_MS = 10

/** One command of `som`, and what it may take. */
interface Command {
  readonly args: readonly string[]
  readonly most: number
}

interface Taken {
  readonly seconds: number
  /** Peak resident memory in bytes; NaN where the system does not tell. */
  readonly peak: number
}

/** Whole commands from a file to an answer: the start of the process, reading, preparing, training and writing. */
export const whole: Case = {
  name: 'whole',
  title: 'Whole commands, from a file to an answer',
  async run(options) {
    const wide = sized({ rows: 60_000, features: 784, map: [30, 30] }, options)
    const middle = sized({ rows: 16_000, features: 300, map: [25, 15] }, options)
    const long = sized({ rows: 1_000_000, features: 16, map: [50, 50] }, options)
    const fileOf = ({ rows, features }: typeof wide): string => clusterFile(rows, features, options.seed)
    const table = await parquetOf(fileOf(long), long.rows, long.features)
    const parent = join(cacheFolder, 'whole')
    mkdirSync(parent, { recursive: true })
    const folder = mkdtempSync(join(parent, 'run-'))
    const at = (name: string): string => join(folder, name)
    const size = ({ map: [rows, columns] }: typeof wide): string[] => ['--size', `${rows}x${columns}`]
    const train = (file: string, of: typeof wide, epochs: number): string[] => {
      return ['train', file, '-o', at('map.som'), ...size(of), '--epochs', String(epochs)]
    }
    const map = at('map.som')
    const commands: Readonly<Record<string, Command>> = {
      'train, .npy, sampled start': { args: [...train(fileOf(wide), wide, 5), '--initial', 'sampled'], most: 3 },
      'train, .npy, linear start': { args: train(fileOf(middle), middle, 1), most: 1 },
      // The map of this one is what the others look at.
      'train, .parquet': { args: train(table, long, 10), most: 5 },
      quality: { args: ['quality', map, table], most: 2 },
      report: { args: ['report', map, table, '-o', at('report.html')], most: 4 },
      segment: { args: ['segment', table, '-o', at('segments.som')], most: 6 },
      'match to .parquet': { args: ['match', map, table, '-o', at('out.parquet')], most: 1.5 },
      'match to .csv': { args: ['match', map, table, '-o', at('out.csv')], most: 2.5 },
    }
    const findings: string[] = []
    const targets: Target[] = []
    try {
      for (const [name, { args, most }] of Object.entries(commands)) {
        const taken: Taken[] = []
        for (let i = 0; i < options.repeats; i++) taken.push(await takenBy(args, options))
        const seconds = spreadOf(taken.map((one) => one.seconds))
        const peak = Math.max(...taken.map((one) => one.peak)) / 1e6
        findings.push(`${name}: ${inWords(seconds)}, peak memory ${peak.toFixed(0)} MB`)
        targets.push({
          what: name,
          wanted: `at most ${most} s`,
          found: inWords(seconds),
          reached: seconds.median <= most,
        })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
    const sizes = [wide, middle, long].map(({ rows, features, map: [a, b] }) => `${rows} x ${features} on ${a} x ${b}`)
    return {
      name: 'whole',
      title: whole.title,
      setting: `clusters of f32: ${sizes.join(', ')} units; 5, 1 and 10 epochs; the last one for all that follows training`,
      rows: [],
      findings,
      targets,
    }
  },
}

const inWords = ({ median, least, most }: Spread): string =>
  `${median.toFixed(2)} s (${least.toFixed(2)} to ${most.toFixed(2)})`

/** Runs a command in a process of its own, and watches its memory. */
function takenBy(args: readonly string[], { threads }: Options): Promise<Taken> {
  const som = join(root, 'packages', 'cli', 'dist', 'main.js')
  const started = performance.now()
  const running = spawn(process.execPath, [som, ...args, '--threads', String(threads)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  running.stderr.on('data', (part) => {
    said += part
  })
  let peak = Number.NaN
  const watching = setInterval(() => {
    peak = peakOf(running.pid) ?? peak
  }, LOOK_MS)
  return new Promise((resolve, reject) => {
    running.on('error', reject)
    running.on('close', (code) => {
      clearInterval(watching)
      if (code === 0) resolve({ seconds: (performance.now() - started) / 1000, peak })
      else reject(new Error(`som ${args.join(' ')} ended with ${code}\n${said}`))
    })
  })
}

/** The peak of a process until now, where Linux tells. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}
