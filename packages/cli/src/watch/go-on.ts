import { stat } from 'node:fs/promises'
import type { Issue } from '@som/core'
import { note, orRefuse, refuseAny } from '@som/server/command'
import { NONE } from './counts.ts'
import type { Watching } from './settings.ts'
import { type Committed, headOf, readState, stateFileOf } from './state-file.ts'

/** The state to continue from; an empty one if the output is new. */
export async function goOnFrom(settings: Watching, output: string, judge: string): Promise<Committed> {
  const { rows: input } = settings
  const found = orRefuse(await readState(output))
  const written = await stat(output).catch(() => null)
  if (found === null) {
    if (written !== null)
      refuseAny([
        {
          path: output,
          message: `already exists without its state file ${stateFileOf(output)}; remove it or choose another output`,
        },
      ])
    const fresh: Committed = {
      version: 1,
      judge,
      input,
      offset: 0,
      head: '',
      length: 0,
      reader: { line: 0, format: null },
      clock: null,
      counts: NONE,
      watcher: null,
    }
    return fresh
  }
  refuseAny(await mismatches(settings, output, judge, found, written?.size ?? 0))
  if (found.offset > 0) {
    const where = input === '-' ? `; send the lines after ${found.reader.line}` : ''
    note(`${output} continues after line ${found.reader.line}${where}`)
  }
  return found
}

async function mismatches(
  { rows: input }: Watching,
  output: string,
  judge: string,
  found: Committed,
  size: number,
): Promise<Issue[]> {
  const issues: Issue[] = []
  const again = `remove ${output} and ${stateFileOf(output)} to start again, or choose another output`
  if (found.judge !== judge)
    issues.push({ path: output, message: `was made with another map or other options; ${again}` })
  if (found.input !== input)
    issues.push({ path: output, message: `was made from ${found.input}, not from ${input}; ${again}` })
  if (size < found.length)
    issues.push({
      path: output,
      message: `is shorter than when it was written (${size} bytes instead of ${found.length}); ${again}`,
    })
  if (input !== '-' && found.input === input) {
    const { size: length } = await stat(input)
    // Before the first commit nothing of the input is judged, so any file will do.
    if (length < found.offset || (found.offset > 0 && (await headOf(input, found.offset)) !== found.head)) {
      issues.push({
        path: input,
        message: `is not the file that was judged up to byte ${found.offset}; ${again}`,
      })
    }
  }
  return issues
}
