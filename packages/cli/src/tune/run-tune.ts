import { type Trial, tune } from '@som/core'
import { backendOf, complain, issuesIn, note, operands, orRefuse, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import { calledAs } from '../called-as.ts'
import type { TuneFlags } from '../command-flags/tune-flags.ts'
import { Flags } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { counted, shellWord } from '../text.ts'
import { trialsOn, whileSaying } from '../train/progress.ts'
import { preprocessingFor, readDense } from '../train/read.ts'
import { asFlag, trainSettings } from '../train/settings.ts'
import { radiusOf, tuningJson, tuningText } from './report.ts'

/** Runs `som tune`; gives the exit code. */
export async function runTune(command: Parameters<typeof operands>[0], flags: TuneFlags): Promise<number> {
  const files = operands(command, ['table'], 'som tune data.csv')
  const { budget: _, trials: __, heldOut: ___, repeats: ____, ...training } = flags
  const settings = trainSettings(files.isOk ? files.value[0] : '', training)
  const read = new Flags()
  const budget = read.number('--budget', flags.budget)
  const trials = read.integer('--trials', flags.trials, 1)
  const heldOut = read.number('--held-out', flags.heldOut)
  const repeats = read.integer('--repeats', flags.repeats, 2)
  if (files.isErr || settings.isErr || read.issues.length > 0) {
    complain([...issuesIn(files, settings), ...read.issues])
    return EXIT.usage
  }
  const interrupt = listenForInterrupts(() => process.stderr.write('\nstopping; interrupt again to quit at once\n'))
  try {
    return await untilRefused(async () => {
      const { value } = settings
      const backend = await backendOf(value.backend, value.threads)
      const { samples, targets, leftOut, notes } = await readDense(value)
      for (const { name, reason } of leftOut) note(`left out ${name}: ${reason}`)
      for (const text of notes) note(text)
      interrupt.arm()
      const progress = trialsOn(process.stderr)
      const preprocessing = preprocessingFor(value, samples)
      const options = {
        ...value.options,
        ...(preprocessing && { preprocessing }),
        samples,
        ...(targets && { targets }),
        budget,
        trials,
        heldOut,
        repeats,
      }
      const found = await whileSaying(`trying maps of ${counted(samples.rows, 'row')}`, () =>
        tune(options, { backend, signal: interrupt.signal, onTrial: progress.show }),
      )
      progress.clear()
      const tuning = orRefuse(
        found.mapErr((issues) =>
          issues.map((issue) => {
            if (issue.path.startsWith('samples')) return { ...issue, path: value.table }
            return OWN[issue.path] ? { ...issue, path: OWN[issue.path] } : asFlag(issue)
          }),
        ),
      )
      const best = commandOf(files.value[0], flags, tuning.best)
      process.stdout.write(flags.json ? tuningJson(tuning, best) : tuningText(tuning, best))
      return EXIT.done
    })
  } finally {
    interrupt.release()
  }
}

const OWN: Readonly<Record<string, string>> = {
  budget: '--budget',
  trials: '--trials',
  heldOut: '--held-out',
  repeats: '--repeats',
}

/** The command that trains a trial on all rows. */
function commandOf(table: string, flags: TuneFlags, best: Trial): string {
  const words = ['train', table]
  const flag = (name: string, value: string | undefined): void => {
    if (value !== undefined) words.push(name, value)
  }
  flag('--decimal', flags.decimal)
  flag('--delimiter', flags.delimiter)
  for (const value of flags.missing ?? []) flag('--missing', value)
  flag('--first-index', flags.firstIndex)
  flag('--sheet', flags.sheet)
  flag('--file-limit', flags.fileLimit)
  for (const value of flags.columns ?? []) flag('--columns', value)
  for (const value of flags.exclude ?? []) flag('--exclude', value)
  for (const value of flags.categories ?? []) flag('--categories', value)
  for (const value of flags.times ?? []) flag('--times', value)
  for (const value of flags.target ?? []) flag('--target', value)
  flag('--label', flags.label)
  flag('--id', flags.id)
  flag('--weight', flags.weight)
  flag('--size', `${best.rows}x${best.columns}`)
  flag('--lattice', flags.lattice)
  flag('--shape', flags.shape)
  flag('--metric', flags.metric)
  for (const value of flags.layer ?? []) flag('--layer', value)
  for (const value of flags.preprocessing ?? []) flag('--preprocessing', value)
  flag('--epochs', String(best.epochs))
  flag('--radius', radiusOf(best))
  flag('--seed', flags.seed)
  return `${calledAs()} ${words.map(shellWord).join(' ')}`
}
