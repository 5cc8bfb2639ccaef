import { checkByTable, type Issue, Issues, OPTIONS, type Option } from '@som/core'

/** PNG's own limit. */
export const MOST_COLOURS = 256
const DEFAULT_COLOURS = 16

export interface PaletteOptions {
  /** The most colours, 1 to 256: 16. */
  readonly colours?: number
  /**
   * A grid instead of a row: neighbours are similar in both directions, and there are rows × columns colours, repeated
   * if the image has fewer.
   */
  readonly grid?: { readonly rows: number; readonly columns: number }
  /** The seed of all random numbers: 0. */
  readonly seed?: number
}

/** Complete options. */
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
  seed: OPTIONS.seed,
}

/** Fills in defaults; returns every issue at once if the options are invalid. */
export function checkPaletteOptions(options: PaletteOptions): CheckedOptions | Issue[] {
  const issues = new Issues()
  checkByTable(options, TABLE, issues)
  const { colours, grid, seed = OPTIONS.seed.default } = options ?? {}
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
