import { random } from '@som/core'

/** Side of the mask in pixels. */
export const MASK_SIDE = 64

const PIXELS = MASK_SIDE * MASK_SIDE
/** Width of the filter that finds clusters and voids; Ulichney's choice. */
const SIGMA = 1.5
/** The filter's reach in pixels: beyond it a dot adds less than a ten-thousandth of itself. */
const REACH = 7
const FIRST_DOTS = 0.1

let made: Float32Array | undefined

/**
 * A square of distinct thresholds between 0 and 1 that tiles the plane without a visible pattern. R. Ulichney, The
 * void-and-cluster method for dither array generation, 1993. Deterministic.
 */
export function blueNoise(): Float32Array {
  made ??= voidAndCluster()
  return made
}

function voidAndCluster(): Float32Array {
  const first = evenDots()
  const rank = new Float32Array(PIXELS)
  const dots = first.dots.slice()
  const energy = first.energy.slice()
  const count = dots.reduce((sum, dot) => sum + dot, 0)
  // The first dots are ranked by removing the most crowded one, the rest by filling the largest gap.
  for (let left = count; left > 0; left--) {
    const crowded = extreme(energy, dots, 1, 1)
    put(dots, energy, crowded, -1)
    rank[crowded] = left - 1
  }
  for (let placed = count; placed < PIXELS; placed++) {
    const gap = extreme(first.energy, first.dots, 0, -1)
    put(first.dots, first.energy, gap, 1)
    rank[gap] = placed
  }
  return rank.map((r) => (r + 0.5) / PIXELS)
}

/** A few random dots, moved from clusters to voids until nothing changes. */
function evenDots(): { dots: Uint8Array; energy: Float64Array } {
  const dots = new Uint8Array(PIXELS)
  const energy = new Float64Array(PIXELS)
  const source = random(0, 'blue noise')
  for (let i = 0; i < PIXELS * FIRST_DOTS; i++) {
    const at = Math.floor(source() * PIXELS)
    if (dots[at] === 0) put(dots, energy, at, 1)
  }
  for (;;) {
    const crowded = extreme(energy, dots, 1, 1)
    put(dots, energy, crowded, -1)
    const gap = extreme(energy, dots, 0, -1)
    put(dots, energy, gap, 1)
    if (gap === crowded) return { dots, energy }
  }
}

/** The first position with (1) or without (0) a dot at which the energy is greatest (1) or least (-1). */
function extreme(energy: Float64Array, dots: Uint8Array, dot: 0 | 1, sign: 1 | -1): number {
  let best = -1
  for (let i = 0; i < PIXELS; i++) if (dots[i] === dot && (best < 0 || sign * energy[i] > sign * energy[best])) best = i
  return best
}

const WINDOW = Float64Array.from({ length: (2 * REACH + 1) ** 2 }, (_, i) => {
  const [y, x] = [Math.floor(i / (2 * REACH + 1)) - REACH, (i % (2 * REACH + 1)) - REACH]
  return Math.exp(-(x * x + y * y) / (2 * SIGMA * SIGMA))
})

function put(dots: Uint8Array, energy: Float64Array, at: number, sign: 1 | -1): void {
  dots[at] += sign
  const [y, x] = [Math.floor(at / MASK_SIDE), at % MASK_SIDE]
  for (let dy = -REACH; dy <= REACH; dy++) {
    const row = ((y + dy + MASK_SIDE) % MASK_SIDE) * MASK_SIDE
    for (let dx = -REACH; dx <= REACH; dx++) {
      energy[row + ((x + dx + MASK_SIDE) % MASK_SIDE)] += sign * WINDOW[(dy + REACH) * (2 * REACH + 1) + dx + REACH]
    }
  }
}
