import { inkOn } from './colour.ts'
import type { ColourScale } from './colour-scale.ts'
import { textAt } from './svg.ts'
import { textWidth } from './text-width.ts'
import { plainNumber } from './ticks.ts'
import { cellCentre, cellWidth, type Tiling } from './tiling.ts'

const SIZES = [13, 11, 9]

/** Each cell's value written on it in a readable colour; nothing if the cells are too small for the longest. */
export function numbersOver(tiling: Tiling, values: ArrayLike<number>, scale: ColourScale): string {
  const texts = Array.from(values, (value) => (Number.isFinite(value) ? plainNumber(value) : ''))
  const widest = texts.reduce((most, text) => Math.max(most, textWidth(text, 1)), 0)
  const room = Math.min(0.86 * cellWidth(tiling), 2.4 * tiling.stepY * (tiling.cell === 'hexagonal' ? 2 : 0.4))
  const size = SIZES.find((candidate) => widest * candidate <= room)
  if (size === undefined) return ''
  return texts
    .map((text, i) => {
      if (text === '') return ''
      const { x, y } = cellCentre(tiling, i)
      const fill = inkOn(scale.palette[scale.levelOf(values[i])])
      return textAt(x, y + 0.36 * size, text, { size, anchor: 'middle', fill })
    })
    .join('')
}
