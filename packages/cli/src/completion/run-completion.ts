import { complain, optionIssues } from '@som/server/command'
import { EXIT } from '@som/server/program'
import { Flags } from '../flags.ts'
import type { Summary } from '../summary.ts'
import { SCRIPTS } from './scripts.ts'
import { completedCommands } from './words.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

/** Runs `som completion`; gives the exit code. */
export async function runCompletion(
  commands: Readonly<Record<string, Summary>>,
  command: Parameters<typeof optionIssues>[0],
): Promise<number> {
  const read = new Flags()
  const [word, ...rest] = command.args
  read.issues.push(...optionIssues(command))
  const shell = read.choice('som completion', word ?? '', SHELLS)
  if (rest.length > 0) read.add(rest[0], 'expected no more words')
  if (shell === undefined || read.issues.length > 0) {
    complain(read.issues)
    return EXIT.usage
  }
  process.stdout.write(SCRIPTS[shell](await completedCommands(commands)))
  return EXIT.done
}
