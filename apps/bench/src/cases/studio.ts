import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Case } from '../case.ts'
import { root } from '../paths.ts'
import { spreadOf } from '../spread.ts'

const [ROWS, BRUSHED, EPOCHS, MOVES] = [2000, 1_000_000, 150, 60]
const LEAST_FRAMES = 20
const MOST_LOST = 0.15
const MOST_BRUSH_MS = 50

/** What `tools/show/measure-studio.mjs` prints. */
interface Measured {
  /** Seconds of each training. */
  readonly seen: readonly number[]
  readonly unseen: readonly number[]
  /** Pictures a second of each that was seen. */
  readonly frames: readonly number[]
  /** ms of each move. */
  readonly brush: readonly number[]
}

/** How the studio moves: pictures of a map in training, what they cost, and how soon a brush is answered. */
export const studio: Case = {
  name: 'studio',
  title: 'The studio in a browser',
  async run(options) {
    const rows = Math.max(100, Math.round(ROWS * options.scale))
    const brushRows = Math.max(100, Math.round(BRUSHED * options.scale))
    run([join(root, 'tools', 'lib', 'studio-page.mjs')])
    const asked = { rows, brushRows, epochs: EPOCHS, repeats: Math.max(3, options.repeats), moves: MOVES }
    const printed = run(['--import', 'tsx', join(root, 'tools', 'show', 'measure-studio.mjs'), JSON.stringify(asked)])
    const found: Measured = JSON.parse(printed)
    const [seen, unseen, frames, brush] = [found.seen, found.unseen, found.frames, found.brush].map(spreadOf)
    const lost = 1 - unseen.median / seen.median
    return {
      name: 'studio',
      title: studio.title,
      setting: `100 x 100 units, ${rows} x 16, ${EPOCHS} epochs by WebAssembly, watched and not in turn; a range drawn across a histogram of ${brushRows} x 16 rows with a map of 30 x 30 units, ${MOVES} moves, each until it is painted`,
      rows: [],
      findings: [
        `training watched: ${seen.median.toFixed(2)} s (${seen.least.toFixed(2)} to ${seen.most.toFixed(2)}), not watched: ${unseen.median.toFixed(2)} s (${unseen.least.toFixed(2)} to ${unseen.most.toFixed(2)})`,
        `a move of the brush: ${brush.median.toFixed(0)} ms (${brush.least.toFixed(0)} to ${brush.most.toFixed(0)})`,
      ],
      targets: [
        {
          what: 'pictures of a map in training',
          wanted: `at least ${LEAST_FRAMES} a second`,
          found: `${frames.median.toFixed(1)} a second`,
          reached: frames.median >= LEAST_FRAMES,
        },
        {
          what: 'training slower for being watched',
          wanted: `at most ${100 * MOST_LOST} %`,
          found: `${(100 * lost).toFixed(0)} %`,
          reached: lost <= MOST_LOST,
        },
        {
          what: `a brush over ${brushRows} rows`,
          wanted: `within ${MOST_BRUSH_MS} ms`,
          found: `${brush.median.toFixed(0)} ms`,
          reached: brush.median <= MOST_BRUSH_MS,
        },
      ],
    }
  },
}

function run(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', cwd: root })
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}\n${stderr}`)
  return stdout
}
