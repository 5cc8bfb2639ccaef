import { areOpaque, pack, pointsOf } from './colour.ts'
import { type CountedImage, countColours } from './histogram.ts'
import type { Image } from './image.ts'
import type { IndexedImage } from './index-image.ts'
import { packedColours } from './palette.ts'

/** How far an image's pixels are from the colours that they were given, in OKLab: 0.02 or so is just noticed side by side. */
export interface PaletteError {
  /** Mean distance. */
  readonly mean: number
  /** Root of the mean squared distance. */
  readonly rootMeanSquare: number
}

/** The error of an image in indexed colours. `counted` saves counting the colours again. */
export function paletteError(
  image: Image,
  { indices, palette }: Pick<IndexedImage, 'indices' | 'palette'>,
  counted: CountedImage = countColours(image),
): PaletteError {
  const colours = packedColours(palette)
  return colourError(counted, (pixel) => colours[indices[pixel]])
}

/** The error of an image beside another one of its size. */
export function imageError(image: Image, shown: Image): PaletteError {
  const { data } = shown
  return colourError(countColours(image), (pixel) => {
    const at = 4 * pixel
    return pack(data[at], data[at + 1], data[at + 2], data[at + 3])
  })
}

function colourError(counted: CountedImage, shownAt: (pixel: number) => number): PaletteError {
  const shown = Uint32Array.from(counted.of, (_, pixel) => shownAt(pixel))
  const opaque = areOpaque(counted.colours) && areOpaque(shown)
  const from = pointsOf(counted.colours, opaque)
  const kinds = new Map<number, number>()
  for (const colour of shown) if (!kinds.has(colour)) kinds.set(colour, kinds.size)
  const to = pointsOf(Uint32Array.from(kinds.keys()), opaque)
  let sum = 0
  let squares = 0
  shown.forEach((colour, pixel) => {
    const [a, b] = [counted.of[pixel] * from.columns, (kinds.get(colour) ?? 0) * to.columns]
    let squared = 0
    for (let f = 0; f < from.columns; f++) squared += (from.data[a + f] - to.data[b + f]) ** 2
    sum += Math.sqrt(squared)
    squares += squared
  })
  return { mean: sum / shown.length, rootMeanSquare: Math.sqrt(squares / shown.length) }
}
