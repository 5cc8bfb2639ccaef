import { parse } from 'node:path'
import type { operands } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { ImputeFlags } from '../command-flags/impute-flags.ts'
import { Flags } from '../flags.ts'
import { answerRowsOf } from '../match/answer-rows.ts'
import { filledBeside } from './filled-beside.ts'

/** Runs `som impute`; gives the exit code. */
export async function runImpute(command: Parameters<typeof operands>[0], flags: ImputeFlags): Promise<number> {
  const read = new Flags()
  const draws = read.integer('--draws', flags.draws, 1, MOST_DRAWS)
  const seed = read.integer('--seed', flags.seed, 0, Number.MAX_SAFE_INTEGER) ?? 0
  if (flags.draws !== undefined && flags.output === undefined) read.add('--draws', 'needs --output, to name the files')
  if (flags.seed !== undefined && flags.draws === undefined)
    read.add('--seed', 'needs --draws: expected values are not random')
  if (flags.mark === '') read.add('--mark', 'expected the name of a column, found nothing')
  const write = (draw: number, output: string | undefined): Promise<number> =>
    answerRowsOf(command, { ...flags, output }, read, {
      doing: 'filling in',
      example: 'som impute map.som holes.csv -o whole.csv',
      refuses: () => [],
      beside: (som, backend, _, onRows, table) => filledBeside(som, backend, table, { draw, seed }, flags.mark, onRows),
    })
  if (draws === undefined || flags.output === undefined) return write(0, flags.output)
  for (let draw = 1; draw <= draws; draw++) {
    const code = await write(draw, numbered(flags.output, draw))
    if (code !== EXIT.done) return code
  }
  return EXIT.done
}

const MOST_DRAWS = 1000

/** `out.csv` as `out-1.csv`. */
function numbered(file: string, draw: number): string {
  const { ext } = parse(file)
  return `${file.slice(0, file.length - ext.length)}-${draw}${ext}`
}
