import { type Diagnosis, heldOutRows, kernelName, metricName, type Som, type Target } from '@som/core'
import { calledAs } from '../called-as.ts'
import { counted, duration, figure, listed, rowsOfText, shellWord } from '../text.ts'

/** The report on a finished run. */
export interface Outcome {
  readonly som: Som
  readonly table: string
  readonly output: string
  /** Columns that the reader and the preprocessing left out. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
  readonly notes: readonly string[]
  readonly passedOver: readonly { readonly name: string; readonly reason: string }[]
  /** What stands out about the map. */
  readonly findings: readonly Diagnosis[]
  readonly seconds: number
}

export function summaryText(outcome: Outcome): string {
  const { som, table, output, leftOut, notes, passedOver, findings } = outcome
  const { lattice, training, seen } = som
  const features = som.features.map(({ name }) => name)
  const done = training.history.length
  const ended = training.ended === 'still' ? `, stopped after ${done} because the map no longer moved` : ''
  const empty = training.emptyRows > 0 ? `, ${counted(training.emptyRows, 'row')} without any value` : ''
  const why = passedOver.map(({ name, reason }) => ` (not ${name}: ${reason})`).join('')
  const rows: [string, string][] = [
    ['rows', `${training.rows}${empty}`],
    ['features', `${features.length}: ${listed(features)}`],
    ...leftOut.map(({ name, reason }): [string, string] => ['left out', `${name}: ${reason}`]),
    ...notes.map((text): [string, string] => ['note', text]),
    ['map', `${lattice.rows} x ${lattice.columns} units, ${lattice.cell} ${lattice.shape}`],
    ['training', `${ruleOf(som)}, ${counted(epochsOf(som), 'epoch')}${ended}, seed ${training.seed}`],
    ...layerRows(som),
    ['backend', `${training.backend}${why}`],
    ['quantization error', `${figure(seen?.quantizationError ?? Number.NaN)} (in preprocessed units)`],
    ['topographic error', `${figure(seen?.topographicError ?? Number.NaN)} (${seen?.neighbours} neighbours)`],
    ...(som.targets?.of ?? []).map((target): [string, string] => ['predicts', predictsOf(target)]),
    ...findings.map((found): [string, string] => [found.kind, `${found.finding}; ${found.advice}`]),
    ['time', duration(outcome.seconds)],
    ['map file', output],
  ]
  const own = ['standard input', 'query'].includes(table) ? 'new.csv' : shellWord(table)
  const map = shellWord(output)
  const answers = som.targets ? `predict ${map} new.csv -o predicted.csv` : `match ${map} ${own} -o matched.csv`
  const next = [answers, `report ${map} ${own}`, `plot u-matrix ${map} -o u-matrix.png`]
  return `${rowsOfText(rows)}\nNext:\n${next.map((words) => `  ${calledAs()} ${words}\n`).join('')}`
}

export function summaryJson(outcome: Outcome): string {
  const { som, table, output, leftOut, notes, passedOver, findings, seconds } = outcome
  const { features, lattice, metric, kernel, training, seen } = som
  return `${JSON.stringify({
    output,
    table,
    rows: training.rows,
    emptyRows: training.emptyRows,
    features: features.map(({ name }) => name),
    leftOut,
    notes,
    lattice,
    metric: metricName(metric),
    ...(som.layers && { layers: som.layers }),
    kernel: kernelName(kernel),
    rule: training.rule,
    epochs: training.history.length,
    ended: training.ended,
    seed: training.seed,
    backend: training.backend,
    passedOver,
    quantizationError: seen?.quantizationError,
    topographicError: seen?.topographicError,
    neighbours: seen?.neighbours,
    findings,
    ...(som.targets && { targets: som.targets.of.map(targetFigures) }),
    seconds,
  })}\n`
}

/** A target without its models, for JSON. */
export function targetFigures(target: Target): object {
  const { name, kind, rows, heldOut, settings } = target
  const ofClasses = kind === 'class' && {
    classes: target.classes,
    ...(target.unlabelled && { unlabelled: target.unlabelled }),
  }
  return { name, kind, rows, heldOut, settings, ...ofClasses }
}

/** What a target is and how well rows held out in the fit were predicted. */
export function predictsOf(target: Target): string {
  const { name, kind, heldOut } = target
  const what = kind === 'class' ? `${counted(target.classes.length, 'class', 'classes')}` : 'a number'
  const score = kind === 'class' ? `${figure(100 * heldOut)} % right` : `R² ${figure(heldOut)}`
  const more =
    kind === 'class' && target.unlabelled
      ? `, learnt from ${counted(target.unlabelled, 'row')} without a class too`
      : ''
  return `${name}: ${what}, ${score} on rows held out (${counted(heldOutRows(target), 'row')} in turn)${more}`
}

/** How a Som was trained, in words. */
export function ruleOf({ training, kernel, metric }: Som): string {
  return `${training.rule} rule, ${kernelName(kernel)} kernel, ${metricName(metric)} distance`
}

/** The planned number of epochs. */
export function epochsOf({ training }: Som): number {
  return training.phases.reduce((sum, { epochs }) => sum + epochs, 0)
}

/** The layers of a map, one row each. */
export function layerRows({ layers = [] }: Som): [string, string][] {
  return layers.map(({ name, features, metric, weight, scale }) => [
    'layer',
    `${name}: ${metric}, weight ${figure(weight)}, scale ${figure(scale)}, ${counted(features.length, 'feature')}: ${listed(features)}`,
  ])
}
