import { type Lattice, unitCount } from '../map/lattice.ts'

/** A way to lay a lattice upon itself. */
export interface Symmetry {
  /** What it does, in words. */
  readonly name: string
  /** Where each unit comes to lie. */
  readonly to: Int32Array
}

/**
 * The symmetries of a lattice that keep neighbours neighbours: mirrored, rotated and, where it wraps, shifted ones; the
 * first leaves everything where it is. A hexagonal sheet has those that its shifted rows allow.
 */
export function symmetriesOf(lattice: Lattice): Symmetry[] {
  const { rows, columns, cell, shape } = lattice
  const isSquare = cell === 'rectangular' && rows === columns && shape !== 'cylinder'
  const flips: [string, boolean, boolean, boolean][] = []
  for (const turned of isSquare ? [false, true] : [false]) {
    for (const upside of [false, true]) {
      for (const sides of [false, true]) {
        if (cell === 'rectangular' || isOfHexagons(lattice, upside, sides))
          flips.push([NAMES[`${turned}${upside}${sides}`], turned, upside, sides])
      }
    }
  }
  const [down, right] = [shape === 'toroid' ? rows : 1, shape === 'sheet' ? 1 : columns]
  // A shift by an odd number of rows would move half a column.
  const step = cell === 'hexagonal' ? 2 : 1
  const found: Symmetry[] = []
  for (const [name, turned, upside, sides] of flips) {
    for (let dr = 0; dr < down; dr += step) {
      for (let dc = 0; dc < right; dc++) {
        const to = Int32Array.from({ length: unitCount(lattice) }, (_, unit) => {
          const [r, c] = [Math.floor(unit / columns), unit % columns]
          const [row, column] = turned ? [c, r] : [r, c]
          const across = sides ? columns - 1 - column : column
          const along = upside ? rows - 1 - row : row
          return ((along + dr) % rows) * columns + ((across + dc) % columns)
        })
        found.push({ name: dr + dc === 0 ? name : `${name}, shifted`, to })
      }
    }
  }
  return found
}

const NAMES: Readonly<Record<string, string>> = {
  falsefalsefalse: 'as it is',
  falsefalsetrue: 'mirrored left to right',
  falsetruefalse: 'mirrored top to bottom',
  falsetruetrue: 'rotated by 180°',
  truefalsefalse: 'mirrored along a diagonal',
  truefalsetrue: 'rotated by 90°',
  truetruefalse: 'rotated by 270°',
  truetruetrue: 'mirrored along the other diagonal',
}

/**
 * Whether a flip lays hexagons upon hexagons. Odd rows stand half a column to the right: mirrored top to bottom they
 * come to lie on odd rows if the number of rows is odd; rotated they do so if it is even, and stand to the right again.
 */
function isOfHexagons({ rows, shape }: Lattice, upside: boolean, sides: boolean): boolean {
  if (!upside && !sides) return true
  return shape === 'sheet' && upside && sides === (rows % 2 === 0)
}
