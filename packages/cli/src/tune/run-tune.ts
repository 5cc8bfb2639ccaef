import { type Trial, type Tuning, tune } from '@som/core'
import { areIssues, backendOf, complain, note, operands, orRefuse, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { TuneFlags } from '../command-flags/tune-flags.ts'
import { Flags } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { figure, shellWord } from '../text.ts'
import { preprocessingFor, readDense } from '../train/read.ts'
import { asFlag, trainSettings } from '../train/settings.ts'

/** Runs `som tune`; gives the exit code. */
export async function runTune(command: Parameters<typeof operands>[0], flags: TuneFlags): Promise<number> {
  const files = operands(command, ['table'], 'som tune data.csv')
  const { budget: _, heldOut: __, ...training } = flags
  const settings = trainSettings(areIssues(files) ? '' : files[0], training)
  const read = new Flags()
  const budget = read.number('--budget', flags.budget)
  const heldOut = read.number('--held-out', flags.heldOut)
  if (areIssues(files) || settings.isErr || read.issues.length > 0) {
    complain([...(areIssues(files) ? files : []), ...(settings.isErr ? settings.error : []), ...read.issues])
    return EXIT.usage
  }
  const interrupt = listenForInterrupts(() => process.stderr.write('\nstopping; once more ends at once\n'))
  try {
    return await untilRefused(async () => {
      const { value } = settings
      const backend = await backendOf(value.backend, value.threads)
      const { samples, leftOut, notes } = await readDense(value)
      for (const { name, reason } of leftOut) note(`left out ${name}: ${reason}`)
      for (const text of notes) note(text)
      interrupt.arm()
      if (!flags.json) process.stdout.write(HEADER)
      const onTrial = flags.json ? undefined : (trial: Trial) => process.stdout.write(lineOf(trial))
      const preprocessing = preprocessingFor(value, samples)
      const options = { ...value.options, ...(preprocessing && { preprocessing }), samples, budget, heldOut }
      const found = await tune(options, { backend, signal: interrupt.signal, onTrial })
      const tuning = orRefuse(
        found.mapErr((issues) =>
          issues.map((issue) => {
            if (issue.path.startsWith('samples')) return { ...issue, path: value.table }
            return OWN[issue.path] ? { ...issue, path: OWN[issue.path] } : asFlag(issue)
          }),
        ),
      )
      const best = commandOf(files[0], flags, tuning.best)
      process.stdout.write(flags.json ? `${JSON.stringify({ ...tuning, command: best })}\n` : closing(tuning, best))
      return EXIT.done
    })
  } finally {
    interrupt.release()
  }
}

const OWN: Readonly<Record<string, string>> = { budget: '--budget', heldOut: '--held-out' }

const TITLES = ['size', 'epochs', 'radius', 'combined error', 'quantization error', 'topographic error', 'seconds']
const WIDTHS = TITLES.map((title) => Math.max(9, title.length))
const HEADER = `${TITLES.map((title, i) => title.padStart(WIDTHS[i])).join('  ')}\n`

function lineOf(trial: Trial): string {
  const cells = [
    `${trial.rows}x${trial.columns}`,
    String(trial.epochs),
    radiusOf(trial),
    ...[trial.combinedError, trial.quantizationError, trial.topographicError].map(figure),
    trial.seconds.toFixed(2),
  ]
  return `${cells.map((cell, i) => cell.padStart(WIDTHS[i])).join('  ')}\n`
}

const radiusOf = ({ start, end }: Trial): string => `${Number(start.toPrecision(3))}:${end}`

function closing({ trials, best, heldOutRows }: Tuning, command: string): string {
  const [usual] = trials
  const gain = 100 * (1 - best.combinedError / usual.combinedError)
  const words =
    best === usual
      ? 'the default did best'
      : `${best.rows}x${best.columns} did best: ${gain.toFixed(0)} % less than the default`
  return `\n${trials.length} tried, measured on ${heldOutRows} rows held out; ${words}. Train it on all rows by:\n  ${command}\n`
}

/** The command that trains a trial on all rows. */
function commandOf(table: string, flags: TuneFlags, best: Trial): string {
  const words = ['som', 'train', table]
  const flag = (name: string, value: string | undefined): void => {
    if (value !== undefined) words.push(name, value)
  }
  for (const value of flags.columns ?? []) flag('--columns', value)
  for (const value of flags.exclude ?? []) flag('--exclude', value)
  flag('--label', flags.label)
  flag('--id', flags.id)
  flag('--weight', flags.weight)
  flag('--size', `${best.rows}x${best.columns}`)
  flag('--lattice', flags.lattice)
  flag('--shape', flags.shape)
  flag('--metric', flags.metric)
  for (const value of flags.preprocessing ?? []) flag('--preprocessing', value)
  flag('--epochs', String(best.epochs))
  flag('--radius', radiusOf(best))
  flag('--seed', flags.seed)
  return words.map(shellWord).join(' ')
}
