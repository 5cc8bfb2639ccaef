import { random } from '@som/core'

/** The rows for training and for calibration. */
export interface Split {
  readonly training: Uint32Array
  readonly heldOut: Uint32Array
}

/** How many blocks ordered readings are divided into. */
const BLOCKS = 20

/**
 * Draws a share of rows to hold out. If features look back, neighbouring rows share readings: then whole, evenly spread
 * blocks are held out, without their first `depth` rows, which look back into training.
 */
export function holdOut(rows: number, share: number, depth: number, seed: number): Split {
  return depth > 0 ? inBlocks(rows, share, depth) : oneByOne(rows, share, seed)
}

function oneByOne(rows: number, share: number, seed: number): Split {
  const draw = random(seed, 'hold out')
  const keys = Float64Array.from({ length: rows }, draw)
  const order = Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b)
  const held = new Uint8Array(rows)
  for (const row of order.slice(0, Math.round(rows * share))) held[row] = 1
  return split(rows, (row) => (held[row] === 1 ? 'held out' : 'training'))
}

function inBlocks(rows: number, share: number, depth: number): Split {
  const length = Math.ceil(rows / BLOCKS)
  const isHeld = (block: number): boolean => Math.floor((block + 1) * share) > Math.floor(block * share)
  return split(rows, (row) => {
    const block = Math.floor(row / length)
    if (!isHeld(block)) return 'training'
    const first = block === 0 || isHeld(block - 1) ? 0 : depth
    return row % length < Math.min(first, length >> 1) ? 'neither' : 'held out'
  })
}

function split(rows: number, sideOf: (row: number) => 'training' | 'held out' | 'neither'): Split {
  const all = Array.from({ length: rows }, (_, row) => row)
  const sides = all.map(sideOf)
  const on = (side: string): Uint32Array => Uint32Array.from(all.filter((row) => sides[row] === side))
  return { training: on('training'), heldOut: on('held out') }
}
