import { ProblemError } from '../problem.ts'

/** The table to read of those that a database has. Throws a ProblemError that names them where there is none or more than one. */
export function chooseTable(path: string, names: readonly string[], name: string | undefined): string {
  if (name !== undefined && names.includes(name)) return name
  if (name === undefined && names.length === 1) return names[0]
  const wanted = name === undefined ? 'one table' : `a table named ${JSON.stringify(name)}`
  const shown = names.slice(0, 12).join(', ')
  const hint = name === undefined && names.length > 1 ? `; name one: ${path}#${names[0]}` : ''
  throw new ProblemError('choice', path, `expected ${wanted}, found ${names.length}: ${shown}${hint}`)
}
