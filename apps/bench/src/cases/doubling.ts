import type { Case, Row, Target } from '../case.ts'
import { measure } from '../contender.ts'
import { nativeBackend } from '../contenders/ours.ts'
import { batchWorkload } from '../workloads.ts'

/** Sides of the maps; each has twice the units of the one before. */
const SIDES = [
  [100, 100],
  [100, 200],
  [200, 200],
  [200, 400],
] as const
const MOST_RATIO = 1.4

/** What doubling the number of units costs. */
export const doubling: Case = {
  name: 'doubling',
  title: 'What doubling the number of units costs, batch epochs on clusters',
  async run(options) {
    const rows: Row[] = []
    const times: { units: number; epoch: number }[] = []
    for (const map of SIDES) {
      const work = batchWorkload({ rows: 50_000, features: 64, map, epochs: 4 }, { ...options, map: undefined })
      process.stderr.write(`bench: doubling: ${map.join(' x ')}\n`)
      const measured = measure(nativeBackend, { ...work, repeats: 1 }, options)
      rows.push({ ...measured, name: `native, ${map.join(' x ')}` })
      if ('absent' in measured || !measured.epochs) continue
      const epoch = measured.epochs.reduce((sum, seconds) => sum + seconds, 0) / measured.epochs.length
      times.push({ units: map[0] * map[1], epoch })
    }
    const targets = times.slice(1).map(({ units, epoch }, i): Target => {
      const ratio = epoch / times[i].epoch
      return {
        what: `${times[i].units} to ${units} units`,
        wanted: `at most ${MOST_RATIO} times`,
        found: `${ratio.toFixed(2)} times (${(times[i].epoch * 1000).toFixed(0)} to ${(epoch * 1000).toFixed(0)} ms an epoch)`,
        reached: ratio <= MOST_RATIO,
      }
    })
    const setting = `50,000 x 64 clusters, 4 epochs, radius a quarter of the longer side to 0.5${options.scale === 1 ? '' : `, rows times ${options.scale}`}`
    return { name: 'doubling', title: doubling.title, setting, rows, findings: [], targets }
  },
}
