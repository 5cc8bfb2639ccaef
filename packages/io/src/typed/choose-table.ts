import { ProblemError } from '../problem.ts'

/**
 * Chooses the table to read from a database. Throws a ProblemError that lists its tables if there is no match or no
 * single table.
 */
export function chooseTable(path: string, names: readonly string[], name: string | undefined): string {
  if (name !== undefined && names.includes(name)) return name
  if (name === undefined && names.length === 1) return names[0]
  const wanted = name === undefined ? 'one table' : `a table named ${JSON.stringify(name)}`
  const shown = names.slice(0, 12).join(', ')
  const hint = name === undefined && names.length > 1 ? `; name one: ${path}#${names[0]}` : ''
  throw new ProblemError('choice', path, `expected ${wanted}, found ${names.length}: ${shown}${hint}`)
}
