import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Case } from '../case.ts'
import { root } from '../paths.ts'
import { type Spread, spreadOf } from '../spread.ts'

const MOST_SECONDS = 0.15
const LEAST_REPEATS = 11

/** How long the som command takes to say what it can: what every other command takes too, before it begins. */
export const help: Case = {
  name: 'help',
  title: 'som --help',
  async run(options) {
    const repeats = Math.max(LEAST_REPEATS, options.repeats)
    const som = join(root, 'packages', 'cli', 'dist', 'main.js')
    // One after the other, so that both see the same machine.
    const pairs = Array.from({ length: repeats }, () => [seconds([som, '--help']), seconds(['--eval', '0'])] as const)
    const ours = spreadOf(pairs.map(([found]) => found))
    const bare = spreadOf(pairs.map(([, found]) => found))
    return {
      name: 'help',
      title: help.title,
      setting: `the whole process, ${repeats} times, each beside Node running nothing`,
      rows: [],
      findings: [
        `som --help: ${inWords(ours)}; Node running nothing: ${inWords(bare)}; ${ms(ours.median - bare.median)} of it are ours`,
      ],
      targets: [
        {
          what: 'som --help',
          wanted: 'under 150 ms',
          found: ms(ours.median),
          reached: ours.median < MOST_SECONDS,
        },
      ],
    }
  },
}

const ms = (time: number): string => `${(time * 1000).toFixed(0)} ms`
const inWords = ({ median, least, most }: Spread): string => `${ms(median)} (${ms(least)} to ${ms(most)})`

function seconds(args: readonly string[]): number {
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr}`)
  return (performance.now() - started) / 1000
}
