import type { ClassEvaluation, EvaluateOptions, NumberEvaluation, TargetEvaluation } from '@som/core'
import { counted, figure, rowsOfText } from '../text.ts'

/** What was measured, target by target, with the confusion of classes. */
export function evaluationText(found: readonly TargetEvaluation[], { folds }: EvaluateOptions): string {
  const how = folds === undefined ? '' : `, each predicted by models of the other ${folds - 1} of ${folds} parts`
  return found
    .map((one) => {
      const head = `${one.name}: ${counted(one.rows, 'row')} with a value${how}\n\n`
      return head + (one.kind === 'class' ? classText(one) : numberText(one))
    })
    .join('\n')
}

function numberText({ r2, rootMeanSquaredError, meanAbsoluteError, coverage, width }: NumberEvaluation): string {
  return rowsOfText([
    ['R²', `${figure(r2)}  (1 is perfect, 0 as good as the mean)`],
    ['root mean squared error', figure(rootMeanSquaredError)],
    ['mean absolute error', figure(meanAbsoluteError)],
    ['in their interval', `${percent(coverage.found)} of rows; the map says ${percent(coverage.stated)}`],
    ['mean width of intervals', figure(width)],
  ])
}

function classText(found: ClassEvaluation): string {
  const { accuracy, majority, macroF1, logLoss, brier, calibrationError } = found
  const figures = rowsOfText([
    ['accuracy', `${percent(accuracy)}  (${percent(majority)} by always saying the most frequent class)`],
    ['mean F1 of classes', figure(macroF1)],
    ['log loss', figure(logLoss)],
    ['Brier score', figure(brier)],
    ['calibration error', `${figure(calibrationError)}  (probabilities are off by this much on average)`],
  ])
  return `${figures}\n${confusionText(found)}`
}

/** Classes with more than this are shown by their figures alone. */
const MOST_COLUMNS = 12

/** A row per class: its rows by the class predicted, and its precision and recall. */
function confusionText({ classes, confusion, byClass }: ClassEvaluation): string {
  const columns = classes.length > MOST_COLUMNS ? [] : classes
  const count = (x: number): string => String(Number(x.toFixed(1)))
  const table = [
    ['class', ...columns.map((name) => `→ ${name}`), 'rows', 'precision', 'recall', 'F1'],
    ...byClass.map(({ name, weight, precision, recall, f1 }, c) => [
      name,
      ...columns.map((_, p) => count(confusion[c * classes.length + p])),
      count(weight),
      ...[precision, recall, f1].map((x) => (Number.isNaN(x) ? 'none' : x.toFixed(3))),
    ]),
  ]
  const widths = table[0].map((_, c) => Math.max(...table.map((row) => row[c].length)))
  return table
    .map((row) => row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

const percent = (share: number): string => (Number.isNaN(share) ? 'none' : `${Number((100 * share).toFixed(1))} %`)

/** Everything as one JSON object; a figure that does not exist is null. */
export function evaluationJson(
  found: readonly TargetEvaluation[],
  { folds }: EvaluateOptions,
  map: string,
  table: string,
): string {
  const targets = found.map((one) => {
    if (one.kind === 'number') return one
    const { classes, confusion } = one
    const rows = classes.map((_, c) => Array.from(confusion.subarray(c * classes.length, (c + 1) * classes.length)))
    return { ...one, confusion: rows }
  })
  return `${JSON.stringify({ map, table, ...(folds !== undefined && { folds }), targets })}\n`
}
