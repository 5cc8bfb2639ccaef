import { type Lattice, unitCount } from '../map/lattice.ts'

/** A way to lay a lattice upon itself. */
export interface Symmetry {
  /** What it does, in words. */
  readonly name: string
  /** Where each unit comes to lie. */
  readonly to: Int32Array
}

/** A lattice mirrored or rotated upon itself, before it is shifted. */
export interface Flip {
  readonly name: string
  row(row: number, column: number): number
  column(row: number, column: number): number
}

/** Shifts that lay a lattice upon itself: by so many rows and columns, 0 alone where it does not wrap. */
export interface Shifts {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
}

/** What mirrors or rotates a lattice; the first leaves everything where it is. */
export function flipsOf({ rows, columns, cell, shape }: Lattice): Flip[] {
  const lattice = { rows, columns, cell, shape }
  const isSquare = cell === 'rectangular' && rows === columns && shape !== 'cylinder'
  const flips: Flip[] = []
  for (const turned of isSquare ? [false, true] : [false]) {
    for (const upside of [false, true]) {
      for (const sides of [false, true]) {
        if (cell !== 'rectangular' && !isOfHexagons(lattice, upside, sides)) continue
        const along = (row: number): number => (upside ? rows - 1 - row : row)
        const across = (column: number): number => (sides ? columns - 1 - column : column)
        flips.push({
          name: NAMES[`${turned}${upside}${sides}`],
          row: (row, column) => along(turned ? column : row),
          column: (row, column) => across(turned ? row : column),
        })
      }
    }
  }
  return flips
}

export function shiftsOf({ rows, columns, cell, shape }: Lattice): Shifts {
  // A shift by an odd number of rows would move half a column.
  const step = cell === 'hexagonal' ? 2 : 1
  return {
    rows: shape === 'toroid' ? Array.from({ length: rows / step }, (_, k) => k * step) : [0],
    columns: shape === 'sheet' ? [0] : Array.from({ length: columns }, (_, k) => k),
  }
}

/** A flip, and a shift by `down` and `right` after it. */
export function symmetryOf(lattice: Lattice, flip: Flip, down: number, right: number): Symmetry {
  const { rows, columns } = lattice
  const to = Int32Array.from({ length: unitCount(lattice) }, (_, unit) => {
    const [row, column] = [Math.floor(unit / columns), unit % columns]
    return ((flip.row(row, column) + down) % rows) * columns + ((flip.column(row, column) + right) % columns)
  })
  return { name: down + right === 0 ? flip.name : `${flip.name}, shifted`, to }
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
