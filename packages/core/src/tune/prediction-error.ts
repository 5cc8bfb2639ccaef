import type { TargetValues } from '../predict/check-targets.ts'
import { evaluateNumbers } from '../predict/evaluation.ts'
import type { TargetPrediction } from '../predict/predict.ts'

/**
 * How far predictions of held-out rows are from what is known of them, 0 at best, as a mean over the targets: for
 * classes the share of rows whose class is another; for numbers 1 − R², squared errors over squared distances from the
 * mean. Rows weigh as they do in training. Targets that no row can tell, or that are the same in all rows, are left
 * out; NaN where none is left.
 */
export function predictionError(
  found: readonly TargetPrediction[],
  known: TargetValues,
  weights?: Float32Array,
): number {
  const errors = found.map((target) => errorOf(target, known[target.name], weights)).filter((one) => !Number.isNaN(one))
  return errors.reduce((sum, one) => sum + one, 0) / errors.length
}

function errorOf(found: TargetPrediction, known: TargetValues[string], weights?: Float32Array): number {
  if (found.kind === 'class')
    return shareOfOthers(found.place, (row) => known[row] as string | null, found.classes, weights)
  const numbers = Float64Array.from(found.value, (_, row) => Number(known[row] ?? Number.NaN))
  return 1 - evaluateNumbers({ ...found, known: numbers }, weights).r2
}

/** A class that training lacks cannot be predicted, and counts as wrong. */
function shareOfOthers(
  place: Int32Array,
  classAt: (row: number) => string | null,
  classes: readonly string[],
  weights?: Float32Array,
): number {
  let [wrong, total] = [0, 0]
  place.forEach((predicted, row) => {
    const known = classAt(row)
    if (predicted < 0 || known === null || known === '') return
    const weight = weights?.[row] ?? 1
    total += weight
    if (classes[predicted] !== known) wrong += weight
  })
  return wrong / total
}
