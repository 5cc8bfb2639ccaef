import { ANSWERS, type AnswerName, answersOf, type CellColumn } from '../read/answers.ts'
import type { Som } from '../som.ts'
import type { Predictions } from './predict.ts'
import type { Target } from './targets.ts'

/** A column of predictions, and what its cells are, for people. */
export type PredictionColumn = CellColumn<Predictions> & { readonly help: string }

/**
 * The columns of what a map predicts, under the same names in every format: for each target `<target>_predicted`, and
 * `<target>_probability` and `<target>_probability_<class>`, or `<target>_low` and `<target>_high`; then the reason:
 * `unit`, `distance` and `p_value`, as in `ANSWERS`.
 */
export function predictionColumns(som: Pick<Som, 'lattice' | 'clusters' | 'seen' | 'targets'>): PredictionColumn[] {
  const reasons = answersOf(som).filter(({ name }) => REASONS.includes(name))
  return [
    ...(som.targets?.of ?? []).flatMap((target, place) =>
      target.kind === 'class' ? ofClasses(target, place) : ofNumbers(target, place),
    ),
    ...reasons.map((column) => ({ ...column, help: ANSWERS.find(({ name }) => name === column.name)?.help ?? '' })),
  ]
}

const REASONS: readonly AnswerName[] = ['unit', 'distance', 'p_value']

type OfKind<K extends Target['kind']> = Extract<Target, { kind: K }>

function ofClasses({ name, classes }: OfKind<'class'>, place: number): PredictionColumn[] {
  const probability = (into: Int32Array | Float64Array, found: Predictions, classAt: (row: number) => number): void => {
    const of = predictionOf(found, place, 'class')
    for (let i = 0; i < into.length; i++)
      into[i] = of.place[i] < 0 ? Number.NaN : of.probabilities[i * classes.length + classAt(i)]
  }
  return [
    {
      name: `${name}_predicted`,
      kind: 'text',
      help: `most probable class of ${name}`,
      levels: classes,
      fill: (found, into) => into.set(predictionOf(found, place, 'class').place),
    },
    {
      name: `${name}_probability`,
      kind: 'number',
      help: 'probability of that class, 0 to 1',
      fill: (found, into) => probability(into, found, (i) => predictionOf(found, place, 'class').place[i]),
    },
    ...classes.map(
      (one, c): PredictionColumn => ({
        name: `${name}_probability_${one}`,
        kind: 'number',
        help: `probability of ${JSON.stringify(one)}, 0 to 1`,
        fill: (found, into) => probability(into, found, () => c),
      }),
    ),
  ]
}

function ofNumbers({ name }: OfKind<'number'>, place: number): PredictionColumn[] {
  const numbers = (suffix: string, help: string, which: 'value' | 'low' | 'high'): PredictionColumn => ({
    name: `${name}_${suffix}`,
    kind: 'number',
    help,
    fill: (found, into) => into.set(predictionOf(found, place, 'number')[which]),
  })
  return [
    numbers('predicted', `predicted value of ${name}`, 'value'),
    numbers('low', 'lower end of the interval that holds the true value as often as its coverage says', 'low'),
    numbers('high', 'upper end of that interval', 'high'),
  ]
}

function predictionOf<K extends Target['kind']>({ targets }: Predictions, place: number, kind: K) {
  const found = targets[place]
  if (found?.kind !== kind) throw new RangeError('predictions: expected those of the same map, found others')
  // Its kind was just compared.
  return found as Extract<Predictions['targets'][number], { kind: K }>
}
