import type { Lattice } from '@som/core'
import { displacement } from '../numbers/displacement.ts'
import { join } from './svg.ts'
import { cellCentre, type Tiling } from './tiling.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A straight piece of a way. */
export interface Piece {
  readonly from: Point
  readonly to: Point
}

/**
 * From one unit to another the shorter way: one piece, or two where it crosses a seam, the one that leaves and the one
 * that arrives.
 */
export function wayAcross(lattice: Lattice, tiling: Tiling, from: number, to: number): Piece[] {
  const unit = unitPx(tiling)
  const step = displacement(lattice, from, to)
  const start = cellCentre(tiling, from)
  const end = cellCentre(tiling, to)
  const goal = { x: start.x + step.x * unit.x, y: start.y + step.y * unit.y }
  const origin = { x: end.x - step.x * unit.x, y: end.y - step.y * unit.y }
  const straight = Math.abs(goal.x - end.x) + Math.abs(goal.y - end.y) < 0.01
  if (straight) return [{ from: start, to: end }]
  return [within(tiling, start, goal), reversed(within(tiling, end, origin))]
}

/** A piece as part of a path. */
export function pieceText({ from, to }: Piece): string {
  return `M${join(from.x, from.y)}L${join(to.x, to.y)}`
}

/** px of one lattice distance to the right and down. */
function unitPx(tiling: Tiling): Point {
  return tiling.cell === 'hexagonal'
    ? { x: 2 * tiling.stepX, y: 3 * tiling.stepY * (2 / Math.sqrt(3)) }
    : { x: tiling.stepX, y: tiling.stepY }
}

const reversed = ({ from, to }: Piece): Piece => ({ from: to, to: from })

/** The part of a line, from a point on the map, that is on the map. */
function within({ width, height }: Tiling, from: Point, to: Point): Piece {
  const x = to.x - from.x
  const y = to.y - from.y
  const shares = [
    x > 0 ? (width - from.x) / x : x < 0 ? -from.x / x : 1,
    y > 0 ? (height - from.y) / y : y < 0 ? -from.y / y : 1,
    1,
  ]
  const share = Math.min(...shares)
  return { from, to: { x: from.x + share * x, y: from.y + share * y } }
}
