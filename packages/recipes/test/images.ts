import { random } from '@som/core'
import type { Image } from '../src/palette/image/image.ts'

/** An image of the colours given by `colourAt`, as red, green, blue and alpha. */
export function imageOf(width: number, height: number, colourAt: (x: number, y: number) => readonly number[]): Image {
  const data = new Uint8Array(width * height * 4)
  for (let i = 0; i < width * height; i++) data.set(colourAt(i % width, Math.floor(i / width)), 4 * i)
  return { width, height, data }
}

/** A sky over a meadow with some grain: thousands of colours. */
export function landscape(side = 48, alpha: (x: number) => number = () => 255): Image {
  const source = random(1, 'landscape')
  return imageOf(side, side, (x, y) => {
    const grain = Math.floor(source() * 24)
    const up = y / side
    return y < side / 2
      ? [90 + 120 * up + grain, 150 + 90 * up, 220 + grain, alpha(x)]
      : [60 + 60 * up, 90 + 100 * (x / side) + grain, 30 + grain, alpha(x)]
  })
}
