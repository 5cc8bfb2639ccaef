import { type DecayName, type Lattice, OPTIONS, type Rule, type Schedule, type TrainOptions } from '@som/core'
import type { ColumnChoice } from '@som/io'

/** What the reader of the page chose to train; what is undefined is left to the rows. */
export interface Chosen {
  /** Names of the features: numbers, and texts as categories. */
  readonly columns: readonly string[]
  readonly label: string | null
  readonly rows?: number
  readonly across?: number
  readonly cell: 'rectangular' | 'hexagonal'
  readonly shape: 'sheet' | 'cylinder' | 'toroid'
  readonly kernel: (typeof OPTIONS.kernel.of)[number]
  readonly rule: Rule
  readonly epochs: number
  readonly radiusStart?: number
  readonly radiusEnd?: number
  readonly radiusDecay?: DecayName
  readonly rateStart?: number
  readonly rateEnd?: number
  readonly rateDecay?: DecayName
  readonly preprocessing: (typeof OPTIONS.preprocessing.each.of)[number]
  readonly weights: Readonly<Record<string, number>>
  readonly seed: number
}

export const USUAL: Omit<Chosen, 'columns' | 'label'> = {
  cell: 'hexagonal',
  shape: 'sheet',
  kernel: OPTIONS.kernel.default,
  rule: 'batch',
  epochs: OPTIONS.epochs.default,
  preprocessing: OPTIONS.preprocessing.each.default,
  weights: {},
  seed: OPTIONS.seed.default,
}

/** The options of core that a choice is. */
export function trainOptionsOf(chosen: Chosen): Omit<TrainOptions, 'samples'> {
  const { rows, across, cell, shape, kernel, rule, epochs, preprocessing, seed } = chosen
  const weights = Object.entries(chosen.weights).filter(
    ([name, weight]) => weight !== 1 && chosen.columns.includes(name),
  )
  const radius = given({ start: chosen.radiusStart, end: chosen.radiusEnd, decay: chosen.radiusDecay })
  const learningRate =
    rule === 'batch' ? {} : given({ start: chosen.rateStart, end: chosen.rateEnd, decay: chosen.rateDecay })
  return {
    lattice: { cell, shape, ...(rows !== undefined && { rows }), ...(across !== undefined && { columns: across }) },
    kernel,
    rule,
    epochs,
    ...(Object.keys(radius).length > 0 && { radius }),
    ...(Object.keys(learningRate).length > 0 && { learningRate }),
    ...(preprocessing !== OPTIONS.preprocessing.each.default && { preprocessing }),
    ...(weights.length > 0 && { featureWeights: Object.fromEntries(weights) }),
    seed,
  }
}

/** The columns as `som train` names them. */
export function columnsOf(
  { columns: all }: { readonly columns: readonly { readonly name: string; readonly kind: string }[] },
  { columns, label }: Chosen,
): ColumnChoice {
  const kinds = new Map(all.map(({ name, kind }) => [name, kind]))
  const of = (kind: string): string[] => columns.filter((name) => kinds.get(name) === kind)
  const [times, texts] = [of('time'), of('text')]
  return {
    columns: columns.filter((name) => !times.includes(name) && !texts.includes(name)),
    ...(texts.length > 0 && { categories: texts }),
    ...(times.length > 0 && { times: Object.fromEntries(times.map((name) => [name, ['number'] as const])) }),
    ...(label !== null && { label }),
  }
}

/** What of a schedule was chosen. */
function given(schedule: { [K in keyof Schedule]?: Schedule[K] | undefined }): Partial<Schedule> {
  return Object.fromEntries(Object.entries(schedule).filter(([, value]) => value !== undefined))
}

/** Units of a map whose size is left to the rows, about: five times the root of their number. */
const UNITS_A_ROOT = 5
/** Fewer rows than this end with a smaller radius. */
const FEW_ROWS = 200

/**
 * The schedules of a choice, as they will be: what is left to the rows by the last map where there is one, else by a
 * square of about as many units.
 */
export function schedulesOf(
  chosen: Chosen,
  lattice: Lattice | undefined,
  rows: number,
): { readonly radius: Schedule; readonly learningRate: Schedule } {
  const side = Math.sqrt(UNITS_A_ROOT * Math.sqrt(rows))
  const longer = Math.max(chosen.rows ?? lattice?.rows ?? side, chosen.across ?? lattice?.columns ?? side)
  const end = chosen.radiusEnd ?? (rows < FEW_ROWS ? 0.7 : 0.8)
  const { start, end: last, decay } = OPTIONS.learningRate.of
  return {
    radius: {
      start: chosen.radiusStart ?? Math.max(1, longer / 4, end),
      end,
      decay: chosen.radiusDecay ?? OPTIONS.radius.of.decay.default,
    },
    learningRate: {
      start: chosen.rateStart ?? start.default,
      end: chosen.rateEnd ?? last.default,
      decay: chosen.rateDecay ?? decay.default,
    },
  }
}
