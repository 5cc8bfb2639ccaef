import { type Issue, suggest } from '@som/core'

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

const NAMES: readonly string[] = ['colours', 'grid', 'seed'] satisfies (keyof PaletteOptions)[]

/** Decides what the options leave open; every issue at once where they cannot be. */
export function checkPaletteOptions(options: PaletteOptions): CheckedOptions | Issue[] {
  const { colours, grid, seed = 0 } = options
  const issues: Issue[] = Object.keys(options)
    .filter((name) => !NAMES.includes(name))
    .map((name) => ({ path: name, message: `no such option; ${hint(name)}` }))
  const integer = (path: string, found: unknown, least: number, most: number): void => {
    if (Number.isSafeInteger(found) && Number(found) >= least && Number(found) <= most) return
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
    issues.push({ path, message: `expected an integer ${range}, found ${String(found)}` })
  }
  if (colours !== undefined) integer('colours', colours, 1, MOST_COLOURS)
  if (colours !== undefined && grid !== undefined)
    issues.push({ path: 'colours, grid', message: 'expected one of them: a grid has rows x columns colours' })
  const before = issues.length
  if (grid !== undefined) {
    integer('grid.rows', grid.rows, 1, MOST_COLOURS)
    integer('grid.columns', grid.columns, 1, MOST_COLOURS)
    if (issues.length === before && grid.rows * grid.columns > MOST_COLOURS)
      issues.push({
        path: 'grid',
        message: `expected at most ${MOST_COLOURS} colours, found ${grid.rows} x ${grid.columns} = ${grid.rows * grid.columns}`,
      })
  }
  integer('seed', seed, 0, Number.MAX_SAFE_INTEGER)
  if (issues.length > 0) return issues
  const { rows, columns } = grid ?? { rows: 1, columns: colours ?? DEFAULT_COLOURS }
  return { rows, columns, isGrid: grid !== undefined, seed }
}

function hint(name: string): string {
  const near = suggest(name, NAMES)
  return near === undefined ? `there are ${NAMES.join(', ')}` : `did you mean ${near}?`
}
