import type { Beyond, ColourScale } from './colour-scale.ts'
import { gradientFill } from './gradients.ts'
import { INK, SOFT } from './ink.ts'
import { type Figure, px, textAt } from './svg.ts'
import { textWidth, wrapText } from './text-width.ts'
import { plainNumber, TICK_SIZE } from './ticks.ts'

const HEIGHT = 10
const CAPTION_SIZE = 12
const NOTE_SIZE = 11
/** A bar is no narrower than this, in px, however narrow its map: it has numbers beneath. */
const NARROWEST = 120
/** Width of the point at an end of the bar beyond which there are values. */
const POINT = 5

/**
 * A bar of the scale's colours, `barWidth` px wide, in the middle of `width` px, with its values beneath, what lies
 * beyond its ends, and a caption that says what they are and in what units.
 */
export function colourBar(scale: ColourScale, caption: string, width: number, barWidth: number): Figure {
  const wide = Math.max(Math.min(NARROWEST, width), barWidth)
  const left = (width - wide) / 2
  const right = left + wide
  const fill = scale.palette.length === 1 ? scale.palette[0] : gradientFill(scale.map)
  const bar = `<rect x="${px(left)}" width="${px(wide)}" height="${HEIGHT}" fill="${fill}"/>\n`
  const points =
    point(scale.below, left - 1, -POINT, scale.palette[0]) +
    point(scale.above, right + 1, POINT, scale.palette[scale.palette.length - 1])
  let taken = Number.NEGATIVE_INFINITY
  const ticks = scale.ticks(wide).map(({ value, text }) => {
    const x = left + wide * scale.shareOf(value)
    const half = textWidth(text, TICK_SIZE) / 2
    const inside = Math.min(Math.max(x, half), width - half)
    // A number moved in from the edge may meet the next one.
    if (inside - half < taken + 4) return ''
    taken = inside + half
    return `<path stroke="${INK}" d="M${px(x)} ${HEIGHT}v4"/>\n${textAt(inside, HEIGHT + 15, text, { size: TICK_SIZE, anchor: 'middle' })}`
  })
  const lines = [
    ...wrapText(caption, width, CAPTION_SIZE).map((text) => ({ text, size: CAPTION_SIZE })),
    ...beyondLines(scale).flatMap((line) =>
      wrapText(line, width, NOTE_SIZE).map((text) => ({ text, size: NOTE_SIZE })),
    ),
  ]
  const texts = lines.map(({ text, size }, i) =>
    textAt(width / 2, HEIGHT + 32 + 15 * i, text, {
      size,
      anchor: 'middle',
      ...(size === NOTE_SIZE && { fill: SOFT }),
    }),
  )
  return { width, height: HEIGHT + 21 + 15 * lines.length, body: bar + points + ticks.join('') + texts.join('') }
}

function point(beyond: Beyond | null, x: number, towards: number, colour: string): string {
  return beyond === null
    ? ''
    : `<path fill="${colour}" d="M${px(x)} 0l${px(towards)} ${HEIGHT / 2}L${px(x)} ${HEIGHT}z"/>\n`
}

/** What lies beyond the ends of the colours; empty where nothing does. */
export function beyondLines({ below, above, least, greatest }: ColourScale): string[] {
  const cells = (count: number): string => (count === 1 ? '1 cell' : `${count} cells`)
  return [
    ...(below ? [`${cells(below.count)} below ${plainNumber(least)}, down to ${plainNumber(below.farthest)}`] : []),
    ...(above ? [`${cells(above.count)} above ${plainNumber(greatest)}, up to ${plainNumber(above.farthest)}`] : []),
  ]
}
