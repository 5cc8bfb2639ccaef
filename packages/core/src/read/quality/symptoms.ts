import type { Backend, Matches, Rows, Session, Watch } from '../../backend/backend.ts'
import { js } from '../../backend/js/js.ts'
import { squaredLatticeDistance, unitCount } from '../../map/lattice.ts'
import { kernelForm } from '../../map/neighbourhood.ts'
import { digestOf } from '../../rows/digest.ts'
import type { Som } from '../../som.ts'
import type { MatchRuntime } from '../match.ts'
import { combinedError } from './combined-error.ts'
import { quantizationError, topographicError } from './errors.ts'
import { unitPairsOf } from './unit-pairs.ts'

/** The input of `diagnose`: a few figures of a map on some rows. */
export interface Symptoms {
  readonly rows: number
  /** Rows without a value in any feature. */
  readonly emptyRows: number
  readonly quantizationError: number
  readonly combinedError: number
  /** Share of the rows whose two nearest units are not neighbours. */
  readonly topographicError: number
  /**
   * Share of the rows whose second-best unit is more than a third of the longer side away from their best-matching
   * unit.
   */
  readonly farSeconds: number
  /** Whether the rows differ from the training rows. */
  readonly heldOut: boolean
  /** The quantization error after two more epochs relative to before; NaN if that was not tried. */
  readonly afterMoreEpochs: number
}

/** The figures that need no further training, from prepared rows matched with their second-best units. */
export function symptomsOf(som: Som, rows: Rows, matches: Matches, heldOut: boolean = isHeldOut(som, rows)): Symptoms {
  const { weights } = rows
  return {
    rows: matches.unit.length,
    emptyRows: matches.unit.reduce((count, unit) => (unit < 0 ? count + 1 : count), 0),
    quantizationError: quantizationError(som, matches, { weights }),
    combinedError: combinedError(som, matches, { weights }),
    topographicError: topographicError(som, matches, { weights }),
    farSeconds: shareOfFarSeconds(som, matches),
    heldOut,
    afterMoreEpochs: Number.NaN,
  }
}

/** Whether rows differ from the training rows. */
export const isHeldOut = (som: Som, rows: Rows): boolean => digestOf(rows) !== som.training.digest

/** Tries two more epochs at the last radius if the rows are the training rows, and adds their effect. */
export async function withMoreEpochs(
  som: Som,
  rows: Rows,
  symptoms: Symptoms,
  { backend = js(), signal }: MatchRuntime = {},
): Promise<Symptoms> {
  if (symptoms.heldOut || !canTrainOn(som, backend)) return symptoms
  const { lattice, metric, kernel, codebook } = som
  const session = await backend.open({ lattice, metric, kernel }, rows, codebook)
  try {
    return afterwards(symptoms, await errorAfterMore(som, rows, session, { ...(signal && { signal }) }))
  } finally {
    session.close()
  }
}

/** The radius of the last epoch; undefined for a map whose training is not known. */
function lastRadius({ training }: Som): number | undefined {
  const last = training.history.at(-1)
  return last?.endRadius ?? last?.radius
}

/** Whether a backend can train a map on at its last radius, by the batch rule. */
export const canTrainOn = (som: Som, backend: Backend): boolean =>
  lastRadius(som) !== undefined && !kernelForm(som.kernel).signed && backend.rejects(som) === null

/** The quantization error after two more epochs over the rows of a session, whose codebook moves. */
export async function errorAfterMore(som: Som, rows: Rows, session: Session, watch: Watch): Promise<number> {
  const radius = lastRadius(som) ?? Number.NaN
  for (let epoch = 0; epoch < MORE_EPOCHS; epoch++) await session.epoch({ rule: 'batch', radius }, watch)
  return quantizationError(som, await session.match(undefined, { ...watch, second: false }), rows)
}

export const afterwards = (symptoms: Symptoms, error: number): Symptoms => ({
  ...symptoms,
  afterMoreEpochs: error / symptoms.quantizationError,
})

const MORE_EPOCHS = 2
const FAR = 1 / 3

function shareOfFarSeconds({ lattice }: Som, matches: Matches): number {
  const far = (FAR * Math.max(lattice.rows, lattice.columns)) ** 2
  const { of, best, second } = unitPairsOf(matches, unitCount(lattice))
  const isFar = Uint8Array.from(best, (unit, pair) => {
    // Neighbours are never far, however small the map.
    const squared = squaredLatticeDistance(lattice, unit, second[pair])
    return squared > far && squared > NEXT_TO ? 1 : 0
  })
  let count = 0
  let farther = 0
  for (let i = 0; i < of.length; i++) {
    if (of[i] < 0) continue
    count++
    farther += isFar[of[i]]
  }
  return farther / count
}

/** Squared distance of diagonal neighbours, the most distant adjacent units. */
const NEXT_TO = 2
