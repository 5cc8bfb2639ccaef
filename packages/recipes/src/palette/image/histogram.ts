import { describeIssues } from '@som/core'
import { ColourTable } from '../colour/colour-table.ts'
import { pack } from '../colour/packed-colour.ts'
import { type Image, imageIssues } from './image.ts'

/** The colours of one or more images, and how many pixels have each. */
export interface Histogram {
  /** Packed colours (`pack`), each once. */
  readonly colours: Uint32Array
  /** Pixels of each colour. */
  readonly counts: Float64Array
}

/** A histogram, and the position of each pixel's colour in it. */
export interface CountedImage extends Histogram {
  readonly of: Uint32Array
}

/**
 * Counts the colours of an image; all fully transparent pixels are one colour. Throws if the sizes of an image do not
 * fit together.
 */
export function countColours(image: Image): CountedImage {
  const issues = imageIssues(image, 'image')
  if (issues.length > 0) throw new RangeError(describeIssues(issues))
  const { width, height, data } = image
  const table = new ColourTable()
  const of = new Uint32Array(width * height)
  let last = -1
  for (let i = 0; i < of.length; i++) {
    const at = 4 * i
    const colour = pack(data[at], data[at + 1], data[at + 2], data[at + 3])
    // Neighbouring pixels often have the same colour.
    of[i] = colour === last ? of[i - 1] : table.add(colour)
    last = colour
  }
  const counts = new Float64Array(table.size)
  for (let i = 0; i < of.length; i++) counts[of[i]]++
  return { colours: table.colours(), counts, of }
}

/** The histogram of several images together. */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  if (histograms.length === 1) return histograms[0]
  const table = new ColourTable()
  const places = histograms.map(({ colours }) => colours.map((colour) => table.add(colour)))
  const counts = new Float64Array(table.size)
  histograms.forEach((histogram, h) => {
    histogram.counts.forEach((count, i) => {
      counts[places[h][i]] += count
    })
  })
  return { colours: table.colours(), counts }
}
