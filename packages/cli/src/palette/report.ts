import { hexOf, type Palette } from '@som/recipes'
import { counted, figure, listed, rowsOfText } from '../text.ts'

/** The result for one image. */
export interface Shown {
  readonly image: string
  readonly output?: string
  readonly width: number
  readonly height: number
  /** Mean OKLab distance between the image's pixels and the colours assigned to them; null if no image was written. */
  readonly error: number | null
}

/** The result of `som palette`. */
export interface Summary {
  readonly palette: Palette
  /** Distinct colours in all images together. */
  readonly found: number
  readonly images: readonly Shown[]
  /** The palette files written. */
  readonly palettes: readonly string[]
}

/** The summary as text. */
export function summaryText({ palette, found, images, palettes }: Summary): string {
  const shown = images.flatMap(({ output, error }): [string, string][] =>
    output === undefined || error === null ? [] : [['written to', `${output} (mean error ${figure(error)} in OKLab)`]],
  )
  return rowsOfText([
    ['colours', `${palette.colours.length} of ${counted(found, 'different one')}`],
    ['palette', listed(palette.colours.map(hexOf), 16)],
    ...shown,
    ...palettes.map((file): [string, string] => ['written to', file]),
  ])
}

/** The same as one JSON object. */
export function summaryJson({ palette, found, images, palettes }: Summary): string {
  const { rows, columns } = palette
  const colours = palette.colours.map((colour) => ({ hex: hexOf(colour), share: colour.share }))
  return `${JSON.stringify({ found, rows, columns, colours, images, palettes })}\n`
}
