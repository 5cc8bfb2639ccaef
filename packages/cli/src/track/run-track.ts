import { complain, operands } from '@som/server/command'
import { EXIT } from '@som/server/program'
import { push, spoolIn } from '@som/tracking'
import { counted } from '../text.ts'

/** Runs `som track push`; gives the exit code. */
export async function runTrack(
  command: Parameters<typeof operands>[0],
  { data }: { readonly data?: string } = {},
): Promise<number> {
  const words = operands(command, ['push'], 'som track push')
  if (words.isErr || words.value[0] !== 'push') {
    complain(words.isErr ? words.error : [{ path: words.value[0], message: 'expected push: som track push' }])
    return EXIT.usage
  }
  const { sent, left, going } = await push(data === undefined ? {} : { spool: spoolIn(data) })
  const also = going > 0 ? `, ${going} still running` : ''
  process.stdout.write(`${counted(sent, 'run')} sent, ${left.length} still to send${also}\n`)
  complain(left.map(({ folder, reason }) => ({ path: folder, message: reason })))
  return left.length > 0 ? EXIT.failed : EXIT.done
}
