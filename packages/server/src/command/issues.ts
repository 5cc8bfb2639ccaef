import { firstIssues, type Issue, suggest } from '@som/core'

/** The first issues as lines of their own on stderr, and how many more there are. */
export function complain(issues: readonly Issue[]): void {
  for (const { path, message } of firstIssues(issues))
    process.stderr.write(`error: ${path === '' ? '' : `${path}: `}${message}\n`)
}

/** What the reader should know though nothing is wrong. */
export function note(message: string): void {
  process.stderr.write(`note: ${message}\n`)
}

interface Parsed {
  readonly args: readonly string[]
  readonly options: readonly { readonly long?: string; readonly short?: string }[]
  /** Values of options; `sql` stands in for the table, which comes last. */
  opts(): object
}

/** Options that the command does not have, each with the one that may be meant. */
export function unknownOptions({ args, options }: Pick<Parsed, 'args' | 'options'>): Issue[] {
  const known = [...options.flatMap(({ long }) => (long === undefined ? [] : [long])), '--help']
  return args.filter(isOption).map((arg) => {
    const name = arg.split('=')[0]
    const near = suggest(name, known)
    return {
      path: name,
      message: near === undefined ? 'no such option; see --help' : `no such option; did you mean ${near}?`,
    }
  })
}

/** The files that a command takes, in order; too few or too many are issues. */
export function operands(command: Parsed, names: readonly string[], example: string): string[] | Issue[] {
  const given: { readonly sql?: unknown } = command.opts()
  const { sql } = given
  const args = typeof sql === 'string' ? [...command.args, sql] : command.args
  const unknown = unknownOptions(command)
  // The values of unknown options stand among the files, so that no more can be said of those.
  if (unknown.length > 0) return unknown
  const missing = names
    .slice(args.length)
    .map((name) => ({ path: name, message: `expected a file, found none: ${example}` }))
  const more = args
    .slice(names.length)
    .map((arg) => ({ path: arg, message: `expected ${names.length} file(s), found one more` }))
  return missing.length + more.length > 0 ? [...missing, ...more] : [...args]
}

const isOption = (arg: string): boolean => arg.startsWith('-') && arg !== '-'

/** Whether `found` is a list of issues. */
export function areIssues(found: readonly string[] | readonly Issue[]): found is readonly Issue[] {
  return found.length > 0 && typeof found[0] !== 'string'
}
