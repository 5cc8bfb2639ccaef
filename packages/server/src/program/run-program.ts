import { CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { chooseColour } from './colour.ts'
import { addCommonOptions } from './common-options.ts'
import { describeCrash } from './crash.ts'
import { EXIT } from './exit.ts'
import { readDashAsStandardOutput } from './standard-output.ts'

/** Runs the program that `programOf` makes, whose commands pass their exit code to `finish`; returns the exit code. */
export async function runProgram(
  args: readonly string[],
  programOf: (finish: (code: number) => void) => CommandUnknownOpts | Promise<CommandUnknownOpts>,
): Promise<number> {
  let code: number = EXIT.done
  const program = await programOf((found) => {
    code = found
  })
  chooseColour('auto')
  for (const command of [program, ...program.commands]) command.exitOverride()
  for (const command of program.commands.length > 0 ? program.commands : [program]) addCommonOptions(command)
  program.hook('preAction', async (_, command) => {
    const { applyConfig } = await import('../command/config.ts')
    applyConfig(command)
    readDashAsStandardOutput(command)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    process.stderr.write(describeCrash(error))
    return EXIT.failed
  }
}

/** Runs `run` with the process's arguments and exits with its code. */
export async function runMain(run: (args: readonly string[]) => Promise<number>): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that stops early, such as `head`, is not an error.
    if (error.code === 'EPIPE') process.exit(EXIT.done)
    process.stderr.write(`error: standard output: ${error.message}\n`)
    process.exit(EXIT.failed)
  })
  // The terminal may be closed while a run still has to write a checkpoint.
  process.stderr.on('error', () => {})
  process.exitCode = await run(process.argv.slice(2))
}
