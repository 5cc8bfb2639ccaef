import { realpathSync, statSync } from 'node:fs'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { complain, optionIssues, untilEnded } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { McpFlags } from '../command-flags/mcp-flags.ts'
import { Flags } from '../flags.ts'
import { version } from '../version.ts'
import { mcpServer } from './mcp-server.ts'

const SECONDS = 600
const MOST_SECONDS = 86_400

/** Runs `som mcp` until standard input ends or a signal comes; gives the exit code. */
export async function runMcp(command: Parameters<typeof optionIssues>[0], flags: McpFlags): Promise<number> {
  const read = new Flags()
  read.issues.push(...optionIssues(command))
  const [given = '.', ...others] = command.args.filter((word) => !word.startsWith('-'))
  // The values of unknown options are among the words.
  if (read.issues.length === 0) for (const word of others) read.add(word, 'expected one folder, found one more')
  const seconds = read.integer('--limit', flags.limit, 1, MOST_SECONDS) ?? SECONDS
  const folder = folderOf(given)
  if (folder === null) read.add(given, 'expected a folder')
  if (folder === null || read.issues.length > 0) {
    complain(read.issues)
    return EXIT.usage
  }
  const ending = new AbortController()
  const isReadOnly = flags.readOnly ?? false
  const handle = serveStdio(
    () => mcpServer({ folder, version: version(), seconds, isReadOnly, signal: ending.signal }),
    { onerror: ({ message }) => process.stderr.write(`som mcp: ${message}\n`) },
  )
  const closed = new Promise<void>((resolve) => process.stdin.once('end', resolve).once('close', resolve))
  await Promise.race([untilEnded(), closed])
  ending.abort()
  await handle.close()
  return EXIT.done
}

function folderOf(given: string): string | null {
  try {
    const real = realpathSync(given)
    return statSync(real).isDirectory() ? real : null
  } catch {
    return null
  }
}
