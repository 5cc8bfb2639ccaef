import { lightOf } from '../colour/light-of.ts'
import { LINEAR, putOklab } from '../colour/oklab.ts'
import { areOpaque, pointsOf, veil } from '../colour/packed-colour.ts'
import type { Image } from '../image/image.ts'
import { nearestEnds } from './nearest-ends.ts'

/**
 * Assigns a colour to each pixel and passes its error on: 7/16 to the next pixel, 3/16, 5/16 and 1/16 to those below,
 * in rows alternately from left and right. R. W. Floyd, L. Steinberg, An adaptive algorithm for spatial greyscale,
 * 1976. Errors add up as light; the nearest colour is by OKLab.
 */
export function floydSteinberg({ width, height, data }: Image, colours: Uint32Array, signal?: AbortSignal): Uint8Array {
  const opaque = areOpaque(colours) && isOpaque(data)
  const nearest = nearestEnds(pointsOf(colours, opaque), colours)
  const light = lightOf(colours)
  const indices = new Uint8Array(width * height)
  const point = new Float64Array(opaque ? 3 : 4)
  const wanted = new Float64Array(4)
  // A pixel of padding on either side, so that borders need no special case.
  let here = new Float64Array(4 * (width + 2))
  let below = new Float64Array(4 * (width + 2))
  for (let y = 0; y < height; y++) {
    signal?.throwIfAborted()
    const step = y % 2 === 0 ? 1 : -1
    for (let i = 0; i < width; i++) {
      const x = step > 0 ? i : width - 1 - i
      const pixel = y * width + x
      const error = 4 * (x + 1)
      want(data, 4 * pixel, here, error, wanted)
      toPoint(wanted, point)
      const chosen = nearest(point, data[4 * pixel + 3])
      indices[pixel] = chosen
      for (let c = 0; c < 4; c++) {
        const lack = wanted[c] - light[4 * chosen + c]
        here[error + 4 * step + c] += (7 / 16) * lack
        below[error - 4 * step + c] += (3 / 16) * lack
        below[error + c] += (5 / 16) * lack
        below[error + 4 * step + c] += (1 / 16) * lack
      }
    }
    ;[here, below] = [below, here.fill(0)]
  }
  return indices
}

/**
 * The light of a pixel plus its received error, clamped so that errors that no colour can correct do not accumulate.
 */
function want(data: Image['data'], at: number, errors: Float64Array, error: number, wanted: Float64Array): void {
  const alpha = Math.min(1, Math.max(0, data[at + 3] / 255 + errors[error + 3]))
  wanted[3] = alpha
  for (let c = 0; c < 3; c++) {
    const light = (data[at + 3] / 255) * LINEAR[data[at + c]] + errors[error + c]
    wanted[c] = Math.min(alpha, Math.max(0, light))
  }
}

function toPoint(light: Float64Array, point: Float64Array): void {
  const alpha = light[3]
  if (alpha === 0) {
    point.fill(0)
    return
  }
  putOklab(light[0] / alpha, light[1] / alpha, light[2] / alpha, point, 0)
  if (point.length === 4) veil(point, 0, alpha)
}

function isOpaque(data: Image['data']): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false
  return true
}
