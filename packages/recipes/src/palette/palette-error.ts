import { ColourTable } from './colour/colour-table.ts'
import { areOpaque, pack, pointsOf } from './colour/packed-colour.ts'
import { type CountedImage, countColours } from './image/histogram.ts'
import type { Image } from './image/image.ts'
import type { IndexedImage } from './index-image.ts'
import { packedColours } from './palette.ts'

/** How far an image's pixels are from their assigned colours, in OKLab: about 0.02 is just noticeable side by side. */
export interface PaletteError {
  /** Mean distance. */
  readonly mean: number
  /** Root of the mean squared distance. */
  readonly rootMeanSquare: number
}

/** The error of an indexed image. `counted` avoids counting the colours again. */
export function paletteError(
  image: Image,
  { indices, palette }: Pick<IndexedImage, 'indices' | 'palette'>,
  counted: CountedImage = countColours(image),
): PaletteError {
  const colours = packedColours(palette)
  return colourError(counted, (pixel) => colours[indices[pixel]])
}

/** The error of an image compared with another one of the same size. */
export function imageError(image: Image, shown: Image): PaletteError {
  const { data } = shown
  return colourError(countColours(image), (pixel) => {
    const at = 4 * pixel
    return pack(data[at], data[at + 1], data[at + 2], data[at + 3])
  })
}

function colourError(counted: CountedImage, shownAt: (pixel: number) => number): PaletteError {
  const table = new ColourTable()
  const shown = new Uint32Array(counted.of.length)
  for (let pixel = 0; pixel < shown.length; pixel++) shown[pixel] = table.add(shownAt(pixel))
  const opaque = areOpaque(counted.colours) && areOpaque(table.colours())
  const from = pointsOf(counted.colours, opaque)
  const to = pointsOf(table.colours(), opaque)
  let sum = 0
  let squares = 0
  for (let pixel = 0; pixel < shown.length; pixel++) {
    const [a, b] = [counted.of[pixel] * from.columns, shown[pixel] * to.columns]
    let squared = 0
    for (let f = 0; f < from.columns; f++) squared += (from.data[a + f] - to.data[b + f]) ** 2
    sum += Math.sqrt(squared)
    squares += squared
  }
  return { mean: sum / shown.length, rootMeanSquare: Math.sqrt(squares / shown.length) }
}
