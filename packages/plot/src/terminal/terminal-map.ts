import type { Lattice } from '@som/core'
import { type ColourMap, channelsOf } from '../figure/colour.ts'
import { beyondLines } from '../figure/colour-bar.ts'
import { type ColourScale, colourScale, type ScaleOptions } from '../figure/colour-scale.ts'
import { plainNumber } from '../figure/ticks.ts'

/** What a terminal can show: 24-bit colour, 256 colours, or only characters. */
export const TERMINAL_COLOURS = ['truecolour', '256', 'none'] as const
export type TerminalColours = (typeof TERMINAL_COLOURS)[number]

export interface TerminalOptions extends ScaleOptions {
  /** `truecolour`. */
  readonly terminal?: TerminalColours
  /** The most characters per line: 80. */
  readonly width?: number
  /** `viridis` (`cividis` for the U-matrix). */
  readonly colours?: ColourMap
}

/**
 * One number per unit as text: two rows of the map a line as half blocks, or from light to dark as characters, with a
 * legend beneath.
 */
export function terminalMap(
  title: string,
  lattice: Lattice,
  values: ArrayLike<number>,
  options: TerminalOptions & { readonly colours: ColourMap },
): string {
  const depth = options.terminal ?? 'truecolour'
  const { columns: width, rows: height, unitAt } = raster(lattice, Math.max(8, Math.floor(options.width ?? 80)))
  const scale = colourScale(values, options.colours, {
    scale: options.scale,
    range: options.range,
    name: title,
  })
  const lines = Array.from({ length: Math.ceil(height / 2) }, (_, line) => {
    let text = ''
    let before = ''
    for (let x = 0; x < width; x++) {
      const top = cellAt(values, unitAt(x, 2 * line))
      const bottom = 2 * line + 1 < height ? cellAt(values, unitAt(x, 2 * line + 1)) : null
      if (depth === 'none') {
        text += characterOf(top, bottom, scale)
        continue
      }
      const colour = (value: number | null): string | null => {
        if (value === null) return null
        const level = scale.levelOf(value)
        return level < 0 ? null : scale.palette[level]
      }
      const piece = halves(colour(top), colour(bottom), depth)
      // A colour is set once per run of equal cells, so that lines are short.
      text += piece.set === before ? piece.character : `\u001b[0m${piece.set}${piece.character}`
      before = piece.set
    }
    return depth === 'none' ? text.trimEnd() : `${text}\u001b[0m`
  })
  return [plain(title), ...lines, legend(scale, depth), ''].join('\n')
}

/** Characters from the least value to the greatest, by how much of their place is dark. */
const RAMP = '.:-=+*#%@'

function characterOf(top: number | null, bottom: number | null, scale: ColourScale): string {
  const known = [top, bottom].filter((value): value is number => value !== null && Number.isFinite(value))
  if (known.length === 0) return ' '
  const share = known.reduce((sum, value) => sum + scale.shareOf(value) / known.length, 0)
  return RAMP[Math.min(RAMP.length - 1, Math.floor(share * RAMP.length))]
}

function halves(
  top: string | null,
  bottom: string | null,
  depth: 'truecolour' | '256',
): { set: string; character: string } {
  const code = (colour: string, ground: 38 | 48): string => `\u001b[${ground};${codes[depth](colour)}m`
  if (top === null && bottom === null) return { set: '', character: ' ' }
  if (bottom === null) return { set: code(top ?? '', 38), character: '▀' }
  if (top === null) return { set: code(bottom, 38), character: '▄' }
  if (top === bottom) return { set: code(top, 48), character: ' ' }
  return { set: code(top, 38) + code(bottom, 48), character: '▀' }
}

const codes: Record<'truecolour' | '256', (colour: string) => string> = {
  truecolour: (colour) => `2;${channelsOf(colour).join(';')}`,
  '256': (colour) => `5;${nearestOf256(channelsOf(colour))}`,
}

/** Levels of the 6 × 6 × 6 cube of the 256 colours, from 16 on. */
const CUBE = [0, 95, 135, 175, 215, 255]

/** The nearest of the cube and of the 24 greys (232 on: 8, 18, … 238). */
function nearestOf256(channels: readonly number[]): number {
  const steps = channels.map((channel) =>
    CUBE.reduce((best, level, i) => (Math.abs(level - channel) < Math.abs(CUBE[best] - channel) ? i : best), 0),
  )
  const mean = (channels[0] + channels[1] + channels[2]) / 3
  const grey = Math.min(23, Math.max(0, Math.round((mean - 8) / 10)))
  const away = (levels: readonly number[]): number =>
    levels.reduce((sum, level, i) => sum + (level - channels[i]) ** 2, 0)
  const shade = 8 + 10 * grey
  if (away([shade, shade, shade]) < away(steps.map((step) => CUBE[step]))) return 232 + grey
  return 16 + 36 * steps[0] + 6 * steps[1] + steps[2]
}

function legend(scale: ColourScale, depth: TerminalColours): string {
  if (Number.isNaN(scale.least)) return 'no unit has a value'
  const least = plainNumber(scale.least)
  if (!(scale.least < scale.greatest)) return `all ${least}`
  const ends = (bar: string): string =>
    [`${least} ${bar} ${plainNumber(scale.greatest)}`, ...beyondLines(scale)].join('; ')
  if (depth === 'none') return ends(RAMP)
  const bar = Array.from({ length: 16 }, (_, i) => {
    const colour = scale.palette[Math.round((i * (scale.palette.length - 1)) / 15)]
    return `\u001b[48;${codes[depth](colour)}m `
  })
  return ends(`${bar.join('')}\u001b[0m`)
}

interface Raster {
  readonly columns: number
  readonly rows: number
  /** The unit at a place, or -1 beside the shifted rows of a hexagonal lattice. */
  unitAt(x: number, y: number): number
}

/**
 * Half-block places for the units, which are about square: as many for a unit as fit the width, at most 4 × 4; fewer
 * units than there are where they do not.
 */
function raster(lattice: Lattice, width: number): Raster {
  const shift = lattice.cell === 'hexagonal' && lattice.rows > 1 ? 0.5 : 0
  const across = lattice.columns + shift
  const fitting = Math.min(4, width / across)
  // An even number of places a unit, so that half a unit is a whole number of them.
  const places = fitting >= 2 ? 2 * Math.floor(fitting / 2) : shift === 0 && fitting >= 1 ? 1 : Math.min(fitting, 1)
  const columns = Math.max(1, Math.round(across * places))
  const rows = Math.max(1, Math.round(lattice.rows * places))
  return {
    columns,
    rows,
    unitAt: (x, y) => {
      const row = Math.min(lattice.rows - 1, Math.floor(((y + 0.5) * lattice.rows) / rows))
      const column = Math.floor(((x + 0.5) * across) / columns - (row % 2) * shift)
      return column < 0 || column >= lattice.columns ? -1 : row * lattice.columns + column
    },
  }
}

function cellAt(values: ArrayLike<number>, unit: number): number | null {
  return unit < 0 ? null : values[unit]
}

/** A name from data may contain terminal control characters. */
function plain(text: string): string {
  return Array.from(text, (character) => (isControl(character) ? '\uFFFD' : character)).join('')
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029
}
