import { hexOf, type Palette } from '@som/recipes'
import { counted, figure, listed, rowsOfText } from '../text.ts'

/** What became of one image. */
export interface Shown {
  readonly image: string
  readonly output?: string
  readonly width: number
  readonly height: number
  /** Mean distance in OKLab between the image's pixels and the colours that they were given; null where no image was written. */
  readonly error: number | null
}

/** What `som palette` did. */
export interface Summary {
  readonly palette: Palette
  /** Different colours of all images together. */
  readonly found: number
  readonly images: readonly Shown[]
  /** Files that hold the palette. */
  readonly palettes: readonly string[]
}

/** The summary to read. */
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
