import { complain, note, optionIssues, orRefuse, Refusal, untilEnded, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import { pageFiles } from '@som/studio'
import type { StudioFlags } from '../command-flags/studio-flags.ts'
import { Flags } from '../flags.ts'
import { openBrowser } from './open-browser.ts'
import { type Session, sessionOf } from './session.ts'
import { startStudio } from './studio-server.ts'

const NOT_BUILT = 'the page of the studio is missing from @som/studio: in a checkout, run "npm run build" first'

/** Runs `som studio` until it is interrupted; gives the exit code. */
export async function runStudio(command: Parameters<typeof optionIssues>[0], flags: StudioFlags): Promise<number> {
  const read = new Flags()
  const port = read.integer('--port', flags.port, 0, 65_535) ?? 0
  read.issues.push(...optionIssues(command))
  const words = command.args.filter((word) => !word.startsWith('-'))
  const maps = words.filter((word) => /\.som$/i.test(word))
  const tables = words.filter((word) => !maps.includes(word))
  for (const [one, rest] of [
    ['table', tables.slice(1)],
    ['map', maps.slice(1)],
  ] as const)
    for (const word of rest) read.add(word, `expected at most one ${one}, found one more`)
  if (read.issues.length > 0) {
    complain(read.issues)
    return EXIT.usage
  }
  return untilRefused(async () => {
    const session = orRefuse(await sessionOf(tables[0], maps[0]))
    try {
      const files = pageFiles()
      if (files === null) throw new Refusal([{ path: '', message: NOT_BUILT }])
      return await serve({ files, session, port }, flags.open)
    } finally {
      session.close()
    }
  })
}

interface Served {
  readonly files: NonNullable<ReturnType<typeof pageFiles>>
  readonly session: Session
  readonly port: number
}

async function serve(served: Served, isOpened: boolean): Promise<number> {
  const started = await startStudio(served)
  if (started.isErr) {
    complain([started.error])
    return EXIT.failed
  }
  const { address, stop } = started.value
  process.stdout.write(`studio at ${address}\n`)
  // A program that reads the output opens the address itself.
  if (isOpened && process.stdout.isTTY && !(await openBrowser(address))) note('open this address in a browser')
  if (process.stdout.isTTY) process.stdout.write('Ctrl-C ends it.\n')
  await untilEnded()
  await stop()
  return EXIT.done
}
