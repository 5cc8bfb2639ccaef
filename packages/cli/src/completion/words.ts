import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { PICTURES } from '@som/plot'
import { addCommonOptions } from '@som/server/program'
import type { Summary } from '../summary.ts'

/** A command as a shell completes it. */
export interface CompletedCommand {
  readonly name: string
  readonly description: string
  /** Words that may come first, where it is not a file. */
  readonly first: readonly string[]
  readonly options: readonly CompletedOption[]
}

export interface CompletedOption {
  readonly long: string
  readonly short?: string
  readonly description: string
  /** Whether a value comes after it: a file, as far as a shell knows. */
  readonly takesValue: boolean
}

/** Every command with its options, from the very tables that arguments are read by. */
export function completedCommands(commands: Readonly<Record<string, Summary>>): Promise<CompletedCommand[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, { usage, description, load }]) => {
      const command = (await load())(new Command(name), () => {})
      addCommonOptions(command)
      return { name, description, first: firstWords(name, usage), options: optionsOf(command) }
    }),
  )
}

/** `make|list|revoke [id]`: the words between the bars. */
function firstWords(name: string, usage: string): readonly string[] {
  if (name === 'plot') return Object.keys(PICTURES)
  const [first] = usage.split(' ')
  return /^[a-z|]+$/.test(first) ? first.split('|') : []
}

function optionsOf(command: CommandUnknownOpts): CompletedOption[] {
  const own = command.options.flatMap(({ long, short, description, required }) =>
    long === undefined ? [] : [{ long, ...(short && { short }), description, takesValue: required }],
  )
  return [...own, { long: '--help', short: '-h', description: 'show this help', takesValue: false }]
}
