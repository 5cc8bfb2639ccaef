import type { Lattice } from '../map/lattice.ts'
import { type Blender, blender, type Models, type Near } from './blend.ts'
import type { Inputs } from './inputs.ts'
import { borrowed, type FitRows, globalModel, localModels, type Products, productsOf, without } from './local-models.ts'
import { MOST_SQUARED } from './product-width.ts'
import type { ModelSettings } from './targets.ts'

/** The settings tried, in this order; the first of equals wins. */
const RADII = [0.5, 1, 1.5, 2.5, 4] as const
const RIDGES = [0.1, 1, 10, 100] as const
const NEAREST = [3, 6, 10] as const
/** The most nearest units that a setting needs. */
export const MOST_NEAR: number = Math.max(...NEAREST)

/** A fit: its rows with their folds, and where to find their inputs and their nearest units. */
export interface Fit extends FitRows {
  readonly lattice: Lattice
  readonly outputCount: number
  readonly features: number
  readonly inputs: (squares: boolean) => Inputs
  readonly near: Near
  readonly fold: Uint8Array
  readonly folds: number
}

/** The settings that predict held-out rows best, what they predicted, and the models of all rows by them. */
export interface Chosen {
  readonly settings: ModelSettings
  /** rows × outputs: what models of the other folds say about each row. */
  readonly heldOut: Float64Array
  readonly models: Models
}

/**
 * Tries every setting by cross-validation: the products of a fold are left out of the sums, so nothing is trained
 * again. `score` of the outputs of held-out rows is higher for better ones. `pause` is awaited between steps, with the
 * share that is done.
 */
export async function chooseModels(
  fit: Fit,
  score: (heldOut: Float64Array) => number,
  pause: (share: number) => Promise<void>,
): Promise<Chosen> {
  const forms = fit.features > MOST_SQUARED ? [false] : [false, true]
  let best: (Tried & { readonly parts: readonly Products[] }) | undefined
  for (const [f, squares] of forms.entries()) {
    const inputs = fit.inputs(squares)
    const parts = productsOf(fit.lattice, fit.outputCount, inputs, fit, fit.fold, fit.folds)
    for (const tried of tryEach(fit, inputs, parts, squares)) {
      tried.heldOut.forEach((heldOut, n) => {
        const found = score(heldOut)
        const settings = { ...tried.settings, nearest: NEAREST[n] }
        if (best === undefined || found > best.score) best = { score: found, settings, heldOut, parts }
      })
      await pause((f + tried.share) / forms.length)
    }
  }
  // There is at least one setting.
  const { settings, heldOut, parts } = best as NonNullable<typeof best>
  const all = without(parts, -1)
  const coefficients = localModels(borrowed(fit.lattice, settings.radius, all), globalModel(all), settings.ridge)
  return { settings, heldOut, models: { outputs: fit.outputCount, coefficients } }
}

interface Tried {
  readonly score: number
  readonly settings: ModelSettings
  readonly heldOut: Float64Array
}

/** What models predict of held-out rows, for each radius and ridge: one array per number of nearest units. */
function* tryEach(
  fit: Fit,
  inputs: Inputs,
  parts: readonly Products[],
  squares: boolean,
): Generator<{ settings: Omit<ModelSettings, 'nearest'>; heldOut: Float64Array[]; share: number }> {
  const { lattice, outputCount: outputs, folds } = fit
  const globals = parts.map((_, left) => globalModel(without(parts, left)))
  let tried = 0
  for (const radius of RADII) {
    const smoothed = parts.map((part) => borrowed(lattice, radius, part))
    const others = smoothed.map((_, left) => without(smoothed, left))
    for (const ridge of RIDGES) {
      const heldOut = NEAREST.map(() => new Float64Array(fit.rows.length * outputs))
      for (let left = 0; left < folds; left++) {
        const models = { outputs, coefficients: localModels(others[left], globals[left], ridge) }
        NEAREST.forEach((nearest, n) => {
          predictFold(fit, left, blender(models, inputs, fit.near, nearest), heldOut[n])
        })
      }
      yield { settings: { radius, ridge, squares }, heldOut, share: ++tried / (RADII.length * RIDGES.length) }
    }
  }
}

function predictFold({ rows, fold, outputCount }: Fit, left: number, blend: Blender, into: Float64Array): void {
  for (let at = 0; at < rows.length; at++) {
    if (fold[at] === left) blend(rows[at], into.subarray(at * outputCount, (at + 1) * outputCount))
  }
}
