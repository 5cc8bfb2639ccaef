import { rankTrials, type Trial, type Tuning } from '@som/core'
import { counted, figure } from '../text.ts'

const NAMES = {
  predictionError: 'prediction error',
  labelError: 'label error',
  combinedError: 'combined error',
} as const

/** Every trial, the least error first and the chosen one marked, and the command that trains that one. */
export function tuningText(tuning: Tuning, command: string): string {
  return `${tableOf(tuning)}\n${closing(tuning)} Train it on all rows by:\n  ${command}\n`
}

/** The same as one JSON object. */
export function tuningJson(tuning: Tuning, command: string): string {
  return `${JSON.stringify({ ...tuning, trials: rankTrials(tuning.trials), command })}\n`
}

/** A trial's radius as `--radius` takes it. */
export const radiusOf = ({ start, end }: Trial): string => `${Number(start.toPrecision(3))}:${end}`

function tableOf({ trials, best, rankedBy }: Tuning): string {
  const others = rankedBy === 'combinedError' ? [] : ['combined error']
  const titles = [
    ...['size', 'epochs', 'radius', NAMES[rankedBy], 'standard error', ...others],
    ...['quantization error', 'topographic error', 'seconds'],
  ]
  const lines = rankTrials(trials).map((trial) => [
    `${trial === best ? '* ' : ''}${trial.rows}x${trial.columns}`,
    String(trial.epochs),
    radiusOf(trial),
    ...[trial.error, trial.standardError, ...(others.length > 0 ? [trial.combinedError] : [])].map(figure),
    ...[trial.quantizationError, trial.topographicError].map(figure),
    trial.seconds.toFixed(2),
  ])
  const widths = titles.map((title, i) => Math.max(title.length, ...lines.map((cells) => cells[i].length)))
  const line = (cells: readonly string[]): string => `${cells.map((cell, i) => cell.padStart(widths[i])).join('  ')}\n`
  return `${line(titles)}${lines.map(line).join('')}`
}

function closing({ trials, best, rankedBy, heldOutRows, repeats }: Tuning): string {
  const [usual] = trials
  const [least] = rankTrials(trials)
  const size = `${best.rows}x${best.columns}`
  const reason =
    best === least
      ? `the least ${NAMES[rankedBy]}`
      : `the smallest map within one standard error of the least ${NAMES[rankedBy]}`
  const beside = best === usual ? 'It is the default.' : `The default has ${errorOf(usual)}.`
  const tried = `${counted(trials.length, 'trial')}, each measured ${repeats} times on ${heldOutRows} rows held out.`
  return `${tried}\n* ${size}: ${reason}, ${errorOf(best)}. ${beside}`
}

const errorOf = ({ error, standardError }: Trial): string => `${figure(error)} ± ${figure(standardError)}`
