import type { Matrix } from '@som/core'
import { lightOf } from '../colour/light-of.ts'
import { areOpaque, pointsOf } from '../colour/packed-colour.ts'
import { endOf, sameEnds } from '../colour/same-ends.ts'
import type { CountedImage } from '../image/histogram.ts'
import type { Image } from '../image/image.ts'
import { blueNoise, MASK_SIDE } from './blue-noise.ts'
import { nearestEnds } from './nearest-ends.ts'

/**
 * The weight of a mixture's grain relative to the error of its mean: distant colours are mixed only if nothing else
 * works.
 */
const GRAIN = 0.1
/** Colours between two checks of the signal. */
const PIECE = 4096

/**
 * Expresses each image colour as the best mixture of two palette colours: the nearest one and another, in shares that
 * reproduce its light. A pixel takes the second colour if the blue-noise threshold at its position is below that
 * colour's share.
 */
export function blueNoiseDither(
  { width }: Image,
  counted: CountedImage,
  colours: Uint32Array,
  signal?: AbortSignal,
): Uint8Array {
  const { first, second, share } = mixtures(counted.colours, colours, signal)
  const mask = blueNoise()
  const indices = new Uint8Array(counted.of.length)
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const colour = counted.of[pixel]
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    const threshold = mask[(y % MASK_SIDE) * MASK_SIDE + (x % MASK_SIDE)]
    indices[pixel] = threshold < share[colour] ? second[colour] : first[colour]
  }
  return indices
}

interface Mixtures {
  readonly first: Uint8Array
  readonly second: Uint8Array
  /** The share of the second colour, 0 to 1. */
  readonly share: Float64Array
}

function mixtures(wanted: Uint32Array, colours: Uint32Array, signal?: AbortSignal): Mixtures {
  const opaque = areOpaque(wanted) && areOpaque(colours)
  const points = pointsOf(wanted, opaque)
  const palette = pointsOf(colours, opaque)
  const [lights, paletteLights] = [lightOf(wanted), lightOf(colours)]
  const nearest = nearestEnds(palette, colours)
  const ends = sameEnds(colours)
  const point = new Float64Array(points.columns)
  const first = new Uint8Array(wanted.length)
  const second = new Uint8Array(wanted.length)
  const share = new Float64Array(wanted.length)
  for (let i = 0; i < wanted.length; i++) {
    if (i % PIECE === 0) signal?.throwIfAborted()
    point.set(points.data.subarray(i * points.columns, (i + 1) * points.columns))
    const alpha = wanted[i] >>> 24
    first[i] = nearest(point, alpha)
    second[i] = partnerOf(point, first[i], palette, ends[endOf(alpha)])
    share[i] = shareOf(lights.subarray(4 * i, 4 * i + 4), paletteLights, first[i], second[i])
  }
  return { first, second, share }
}

/** The best partner for `first`; `first` itself if no mixture is better than it alone. */
function partnerOf(point: Float64Array, first: number, { columns, data }: Matrix, places: Uint32Array): number {
  let best = first
  let least = 0
  for (let f = 0; f < columns; f++) least += (point[f] - data[first * columns + f]) ** 2
  const alone = least
  for (const other of places) {
    let along = 0
    let length = 0
    for (let f = 0; f < columns; f++) {
      const edge = data[other * columns + f] - data[first * columns + f]
      along += edge * (point[f] - data[first * columns + f])
      length += edge * edge
    }
    if (!(along > 0)) continue
    const t = Math.min(1, along / length)
    const off = alone - 2 * t * along + t * t * length
    const cost = off + GRAIN * t * (1 - t) * length
    if (cost < least) [least, best] = [cost, other]
  }
  return best
}

/** The share of `second` that brings the mixture's light nearest to the target. */
function shareOf(light: Float64Array, lights: Float64Array, first: number, second: number): number {
  let along = 0
  let length = 0
  for (let c = 0; c < 4; c++) {
    const edge = lights[4 * second + c] - lights[4 * first + c]
    along += edge * (light[c] - lights[4 * first + c])
    length += edge * edge
  }
  return length > 0 ? Math.min(1, Math.max(0, along / length)) : 0
}
