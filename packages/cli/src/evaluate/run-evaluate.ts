import { type EvaluateOptions, evaluate, type Issue, type Samples, type Som, type TargetValues } from '@som/core'
import { findTargets, openTable, readTargets, selectFeatures, type Table, type TargetChoice, writeAside } from '@som/io'
import { complain, issuesIn, note, operands, orRefuse, Refusal, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { EvaluateFlags } from '../command-flags/evaluate-flags.ts'
import { defined } from '../defined.ts'
import { flagged } from '../flagged.ts'
import { Flags } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { newLevels } from '../new-levels.ts'
import { openMap } from '../open-map.ts'
import { predictionIssues } from '../predict/prediction-issues.ts'
import { readRows } from '../read-rows.ts'
import { readingOf } from '../reading.ts'
import { runningOf } from '../running.ts'
import { targetChoices } from '../target-choices.ts'
import { shareOn } from '../train/progress.ts'
import { asFlag } from '../train/settings.ts'
import { evaluationJson, evaluationText } from './report.ts'

/** Runs `som evaluate`; gives the exit code. */
export async function runEvaluate(command: Parameters<typeof operands>[0], flags: EvaluateFlags): Promise<number> {
  const files = operands(command, ['map', 'table'], 'som evaluate map.som test.csv')
  const read = new Flags()
  const running = runningOf(read, flags)
  const targets = targetChoices(read, flags.target)
  const options: EvaluateOptions = defined({
    folds: read.integer('--folds', flags.folds, 2, 255),
    seed: read.integer('--seed', flags.seed, 0),
    coverage: read.number('--coverage', flags.coverage),
  })
  const reading = readingOf(read, flags)
  if (files.isErr || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [map, file] = files.value
  const interrupt = listenForInterrupts(() => {})
  try {
    return await untilRefused(async () => {
      const { som, backend } = await openMap(map, running)
      const wanted = choicesOf(som, targets, map)
      const table = orRefuse(await openTable(file, { ...reading, features: som.features }))
      const { samples, known } = await readKnown(table, som, wanted, flags.weight).finally(() => table.close())
      const progress = shareOn(process.stderr, 'evaluating')
      const runtime = { backend, signal: interrupt.signal, progress: progress.show }
      const found = await evaluate(som, samples, known, options, runtime).finally(progress.clear)
      const measured = orRefuse(found.mapErr((issues) => issues.map((issue) => named(issue, map))))
      const json = evaluationJson(measured, options, map, file)
      if (flags.output !== undefined) orRefuse(await writeAside(flags.output, (put) => put(json)))
      if (measured.some(({ heldOut }) => !heldOut)) note(SEEN_BEFORE)
      process.stdout.write(flags.json ? json : evaluationText(measured, options))
      return EXIT.done
    })
  } finally {
    interrupt.release()
  }
}

const SEEN_BEFORE =
  'the map was trained on these rows, so its predictions of new rows are not as good; measure on other rows, or add --folds 5'

/** The targets to measure: those asked for, or all of the map, each of the kind that it has there. */
function choicesOf(som: Som, asked: readonly TargetChoice[], map: string): readonly TargetChoice[] {
  const own = som.targets?.of ?? []
  if (asked.length === 0) {
    if (own.length === 0) throw new Refusal(predictionIssues([{ path: 'som', message: '' }], map))
    return own
  }
  return asked.map(({ name, kind }) => ({ name, kind: kind ?? own.find((target) => target.name === name)?.kind }))
}

/** The rows, and what is known of them. */
async function readKnown(
  table: Table,
  som: Som,
  wanted: readonly TargetChoice[],
  weight: string | undefined,
): Promise<{ samples: Samples; known: TargetValues }> {
  const columns = orRefuse(findTargets(table, wanted).mapErr((problem) => flagged(problem, '--target')))
  const selection = orRefuse(
    selectFeatures(table, som.features, defined({ weight })).mapErr((problem) => flagged(problem, table.name)),
  )
  for (const text of table.notes) note(text)
  const levels = newLevels()
  const samples = orRefuse(await readRows(table, selection, levels.see))
  for (const text of levels.notes()) note(text)
  return { samples, known: orRefuse(await readTargets(table, columns)) }
}

function named(issue: Issue, map: string): Issue {
  return issue.path.startsWith('targets') ? asFlag(issue) : predictionIssues([issue], map)[0]
}
