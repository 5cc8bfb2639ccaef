import { checkByTable, type Issue, Issues, type Option } from '@som/core'

/** PNG's own limit. */
export const MOST_COLOURS = 256
const DEFAULT_COLOURS = 16

export interface PaletteOptions {
  /** How many colours at most, 1 to 256: 16. */
  readonly colours?: number
  /** A grid in place of a row: then neighbours are alike in both directions, and there are rows × columns colours, repeated where the image has fewer. */
  readonly grid?: { readonly rows: number; readonly columns: number }
  /** Decides everything that is drawn: 0. */
  readonly seed?: number
}

/** Options with everything decided. */
export interface CheckedOptions {
  readonly rows: number
  readonly columns: number
  readonly isGrid: boolean
  readonly seed: number
}

const side: Option = { kind: 'integer', least: 1, most: MOST_COLOURS }

const TABLE: Readonly<Record<keyof PaletteOptions, Option>> = {
  colours: { kind: 'integer', least: 1, most: MOST_COLOURS, default: DEFAULT_COLOURS },
  grid: { kind: 'group', of: { rows: side, columns: side } },
  seed: { kind: 'integer', least: 0, default: 0 },
}

/** Decides what the options leave open; every issue at once where they cannot be. */
export function checkPaletteOptions(options: PaletteOptions): CheckedOptions | Issue[] {
  const issues = new Issues()
  checkByTable(options, TABLE, issues)
  const { colours, grid, seed = 0 } = options ?? {}
  if (colours !== undefined && grid !== undefined)
    issues.add('colours, grid', 'expected one of them: a grid has rows x columns colours')
  if (typeof grid === 'object' && grid !== null) checkSides(grid, issues)
  if (issues.list.length > 0) return [...issues.list]
  const { rows, columns } = grid ?? { rows: 1, columns: colours ?? DEFAULT_COLOURS }
  return { rows, columns, isGrid: grid !== undefined, seed }
}

function checkSides({ rows, columns }: NonNullable<PaletteOptions['grid']>, issues: Issues): void {
  if (rows === undefined) issues.integer('grid.rows', rows, 1, MOST_COLOURS)
  if (columns === undefined) issues.integer('grid.columns', columns, 1, MOST_COLOURS)
  if (
    [rows, columns].every((found) => Number.isInteger(found) && found >= 1 && found <= MOST_COLOURS) &&
    rows * columns > MOST_COLOURS
  )
    issues.add('grid', `expected at most ${MOST_COLOURS} colours, found ${rows} x ${columns} = ${rows * columns}`)
}
