import { Command, CommanderError } from '@commander-js/extra-typings'
import { COMMANDS } from './commands.ts'
import { EXIT } from './exit.ts'
import { version } from './version.ts'

/** Runs the som command with its arguments; gives the exit code: 0 done, 1 the data or the world is wrong, 2 wrong usage, 130 interrupted. */
export async function run(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done
  const finish = (found: number): void => {
    code = found
  }
  const program = new Command('som')
    .description('Self-organising maps of tables.')
    .version(version())
    .exitOverride()
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .configureOutput({ outputError: (text, write) => write(text) })
  const named = commandOf(args)
  for (const [name, { usage, description, load }] of Object.entries(COMMANDS)) {
    const base = new Command(name).description(description).usage(usage)
    program.addCommand((name === named ? (await load())(base, finish) : base).exitOverride())
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    const { describeCrash } = await import('./crash.ts')
    process.stderr.write(describeCrash(error))
    return EXIT.failed
  }
}

/** The command that arguments are for, by its name: only that one is loaded with its flags. */
function commandOf(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((word) => !word.startsWith('-'))
  return first === 'help' ? second : first
}
