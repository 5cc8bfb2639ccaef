import { type Matrix, matrix } from '@som/core'
import { LINEAR, putOklab, srgbOf } from './oklab.ts'

/** A colour in one number: red in the lowest byte, then green, blue and alpha. Every colour of alpha 0 is 0. */
export type PackedColour = number

/** The colour of four bytes. */
export function pack(red: number, green: number, blue: number, alpha: number): PackedColour {
  return alpha === 0 ? 0 : (red | (green << 8) | (blue << 16) | (alpha << 24)) >>> 0
}

/** The four bytes of a colour. */
export function unpack(colour: PackedColour): [number, number, number, number] {
  return [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255, colour >>> 24]
}

/** Whether a colour is fully transparent. */
export function isClear(colour: PackedColour): boolean {
  return colour >>> 24 === 0
}

/** Whether a colour is opaque. */
export function isOpaque(colour: PackedColour): boolean {
  return colour >>> 24 === 255
}

/** Whether all colours are opaque. */
export function areOpaque(colours: Uint32Array): boolean {
  return colours.every((colour) => colour >= 0xff000000)
}

/**
 * Colours as points whose Euclidean distance is how different they look. OKLab if all are opaque, otherwise α(L - ½),
 * αa, αb and α/2, so that a squared distance is the mean of those seen on black and on white, and hidden colour does
 * not count.
 */
export function pointsOf(colours: Uint32Array, opaque: boolean): Matrix {
  const points = matrix(colours.length, opaque ? 3 : 4)
  colours.forEach((colour, i) => {
    const at = i * points.columns
    const alpha = (colour >>> 24) / 255
    putOklab(LINEAR[colour & 255], LINEAR[(colour >>> 8) & 255], LINEAR[(colour >>> 16) & 255], points.data, at)
    if (!opaque) veil(points.data, at, alpha)
  })
  return points
}

/** Turns the OKLab colour at `at` into the four numbers of a colour with this alpha. */
export function veil(point: Float32Array | Float64Array, at: number, alpha: number): void {
  point[at] = alpha * (point[at] - 0.5)
  point[at + 1] *= alpha
  point[at + 2] *= alpha
  point[at + 3] = alpha / 2
}

/** The 8-bit colour nearest to a point. */
export function colourAt(point: Float32Array): PackedColour {
  if (point.length === 3) return pack(...srgbOf(point[0], point[1], point[2]), 255)
  const alpha = Math.min(255, Math.max(0, Math.round(510 * point[3])))
  if (alpha === 0) return 0
  const share = 2 * point[3]
  return pack(...srgbOf(point[0] / share + 0.5, point[1] / share, point[2] / share), alpha)
}
