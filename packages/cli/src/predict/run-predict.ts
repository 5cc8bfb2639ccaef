import { checkPredictOptions, type PredictOptions, type PreparedRows, predictIn, predictionColumns } from '@som/core'
import type { Session } from '@som/core/backend'
import type { operands } from '@som/server/command'
import type { PredictFlags } from '../command-flags/predict-flags.ts'
import { Flags } from '../flags.ts'
import { answerRowsOf } from '../match/answer-rows.ts'
import { answersBeside } from '../match/units-beside.ts'
import { predictionIssues } from './prediction-issues.ts'

/** Runs `som predict`; gives the exit code. */
export function runPredict(command: Parameters<typeof operands>[0], flags: PredictFlags): Promise<number> {
  const read = new Flags()
  const coverage = read.number('--coverage', flags.coverage)
  const options: PredictOptions = coverage === undefined ? {} : { coverage }
  return answerRowsOf(command, flags, read, {
    doing: 'predicting',
    example: 'som predict map.som new.csv -o predicted.csv',
    refuses: (som, map) => predictionIssues(checkPredictOptions(som, options), map),
    beside: (som, backend, prefix, onRows) => {
      const find = (session: Session, rows: PreparedRows) => predictIn(session, som, rows, options)
      return answersBeside(som, backend, prefix, predictionColumns(som), find, onRows)
    },
  })
}
