import { Command } from '@commander-js/extra-typings'
import { beginHelpWith, runProgram } from '@som/server/program'
import { calledAs } from './called-as.ts'
import { COMMANDS } from './commands.ts'
import { version } from './version.ts'

/**
 * Runs the som command with its arguments; gives the exit code: 0 success, 1 a problem with the data or the system, 2
 * wrong usage, 130 interrupted.
 */
export function run(args: readonly string[]): Promise<number> {
  return runProgram(args, async (finish) => {
    const program = new Command('som')
      .description('Self-organising maps of tables.')
      .version(version())
      .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
      .configureOutput({ outputError: (text, write) => write(text) })
    const named = commandOf(args)
    for (const [name, { usage, description, examples, load }] of Object.entries(COMMANDS)) {
      const base = new Command(name).description(description).usage(usage)
      beginHelpWith(
        base,
        examples.map((words) => `${calledAs()} ${name} ${words}`),
      )
      program.addCommand(name === named ? (await load())(base, finish) : base)
    }
    return program
  })
}

/** The command that the arguments name: only its flags are loaded. */
function commandOf(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((word) => !word.startsWith('-'))
  return first === 'help' ? second : first
}
