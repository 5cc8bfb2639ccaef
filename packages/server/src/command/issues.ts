import { firstIssues, type Issue, suggest } from '@som/core'
import Result from 'true-myth/result'
import { styled } from '../program/colour.ts'
import { issuesOfConfig } from './config.ts'

/** Prints the first issues on stderr, one per line, and how many more there are. */
export function complain(issues: readonly Issue[]): void {
  for (const { path, message } of firstIssues(issues))
    process.stderr.write(
      `${styled(process.stderr, ['bold', 'red'], 'error:')} ${path === '' ? '' : `${path}: `}${message}\n`,
    )
}

/** Prints what the user should know although nothing is wrong. */
export function note(message: string): void {
  process.stderr.write(`${styled(process.stderr, 'yellow', 'note:')} ${message}\n`)
}

interface Parsed {
  readonly args: readonly string[]
  readonly options: readonly { readonly long?: string; readonly short?: string }[]
  /** Values of options; `sql` replaces the table, which comes last. */
  opts(): object
}

/**
 * What is wrong with the options of a command whatever it does: those that it does not have, each with the one that may
 * be meant, and its file of settings.
 */
export function optionIssues(command: Pick<Parsed, 'args' | 'options'>): Issue[] {
  const { args, options } = command
  const known = [...options.flatMap(({ long }) => (long === undefined ? [] : [long])), '--help']
  const unknown = args.filter(isOption).map((arg) => {
    const name = arg.split('=')[0]
    const near = suggest(name, known)
    return {
      path: name,
      message: near === undefined ? 'no such option; see --help' : `no such option; did you mean ${near}?`,
    }
  })
  return [...unknown, ...issuesOfConfig(command)]
}

/** The files that a command takes, in order. Too few or too many are issues. */
export function operands(
  command: Parsed,
  names: readonly string[],
  example: string,
): Result<readonly string[], readonly Issue[]> {
  const given: { readonly sql?: unknown } = command.opts()
  const { sql } = given
  const args = typeof sql === 'string' ? [...command.args, sql] : command.args
  const wrong = optionIssues(command)
  // The values of unknown options are among the files, so the files cannot be checked further.
  if (command.args.some(isOption)) return Result.err(wrong)
  const missing = names
    .slice(args.length)
    .map((name) => ({ path: name, message: `expected a file, found none: ${example}` }))
  const more = args.slice(names.length).map((arg) => ({
    path: arg,
    message: `expected ${names.length} file${names.length === 1 ? '' : 's'}, found one more`,
  }))
  const issues = [...wrong, ...missing, ...more]
  return issues.length > 0 ? Result.err(issues) : Result.ok(args)
}

const isOption = (arg: string): boolean => arg.startsWith('-') && arg !== '-'

/** The issues of all that went wrong, in order. */
export function issuesIn(...results: readonly Result<unknown, readonly Issue[]>[]): readonly Issue[] {
  return results.flatMap((result) => (result.isErr ? result.error : []))
}
