import type { Lattice } from '../map/lattice.ts'
import { type Blender, blender, type Models, type Near } from './blend.ts'
import type { Inputs } from './inputs.ts'
import { borrowed, type FitRows, globalModel, localModels, type Products, productsOf, without } from './local-models.ts'
import { MOST_SQUARED } from './product-width.ts'
import type { ModelSettings } from './targets.ts'

/** The settings that may be chosen; the first tried of equals wins. */
const RADII: readonly number[] = [0.5, 1, 1.5, 2.5, 4]
const RIDGES: readonly number[] = [0.1, 1, 10, 100]
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
 * Looks for the best setting by cross-validation: the products of a fold are left out of the sums, so nothing is
 * trained again. It climbs from the middle of the grid of radii and ridges to the better one among its neighbours until
 * there is none. `score` of the outputs of held-out rows is higher for better ones. `pause` is awaited between steps,
 * with the share that is done at least.
 */
export async function chooseModels(
  fit: Fit,
  score: (heldOut: Float64Array) => number,
  pause: (share: number) => Promise<void>,
): Promise<Chosen> {
  const forms = fit.features > MOST_SQUARED ? [false] : [false, true]
  let best: (Tried & { readonly all: Products }) | undefined
  for (const [f, squares] of forms.entries()) {
    const inputs = fit.inputs(squares)
    const { all, others } = leftOut(productsOf(fit.lattice, fit.outputCount, inputs, fit, fit.fold, fit.folds))
    const predicted = held(fit, inputs, others)
    // The second form begins where the first ended.
    let place = best ? placeOf(best.settings) : START
    const tried = new Map<string, number>()
    const tryAt = async (at: Place): Promise<void> => {
      const key = at.join()
      if (tried.has(key)) return
      const [radius, ridge] = [RADII[at[0]], RIDGES[at[1]]]
      let most = Number.NEGATIVE_INFINITY
      predicted(radius, ridge).forEach((heldOut, n) => {
        const found = score(heldOut)
        most = Math.max(most, found)
        const settings = { radius, ridge, squares, nearest: NEAREST[n] }
        if (best === undefined || found > best.score) best = { score: found, settings, heldOut, all }
      })
      tried.set(key, most)
      await pause((f + tried.size / (RADII.length * RIDGES.length)) / forms.length)
    }
    await tryAt(place)
    for (;;) {
      const near = neighboursOf(place)
      for (const one of near) await tryAt(one)
      const scoreOf = (at: Place): number => tried.get(at.join()) ?? Number.NEGATIVE_INFINITY
      const next = near.reduce((most, one) => (scoreOf(one) > scoreOf(most) ? one : most), place)
      if (next === place) break
      place = next
    }
  }
  // There is at least one setting.
  const { settings, heldOut, all } = best as NonNullable<typeof best>
  const models = localModels(borrowed(fit.lattice, settings.radius, all), globalModel(all), settings.ridge)
  return { settings, heldOut, models: { outputs: fit.outputCount, coefficients: Float32Array.from(models) } }
}

interface Tried {
  readonly score: number
  readonly settings: ModelSettings
  readonly heldOut: Float64Array
}

/** The products of all rows, and those of all but each fold. */
const leftOut = (parts: readonly Products[]): { all: Products; others: Products[] } => ({
  all: without(parts, -1),
  others: parts.map((_, left) => without(parts, left)),
})

/** Places in `RADII` and in `RIDGES`. */
type Place = readonly [radius: number, ridge: number]
const START: Place = [2, 1]

const placeOf = ({ radius, ridge }: ModelSettings): Place => [RADII.indexOf(radius), RIDGES.indexOf(ridge)]

/** The places beside one, those of the same radius first: they share what is borrowed. */
function neighboursOf([radius, ridge]: Place): Place[] {
  const beside: Place[] = [[radius, ridge - 1], [radius, ridge + 1], [radius - 1, ridge], [radius + 1, ridge]] // biome-ignore format: a table
  return beside.filter(([r, l]) => r >= 0 && r < RADII.length && l >= 0 && l < RIDGES.length)
}

/** What models predict of held-out rows, by radius and ridge: one array per number of nearest units. */
function held(
  fit: Fit,
  inputs: Inputs,
  others: readonly Products[],
): (radius: number, ridge: number) => readonly Float64Array[] {
  const { lattice, outputCount: outputs } = fit
  const globals = others.map(globalModel)
  // A climb comes back to the radius that it has just left: two are kept.
  const kept: { readonly radius: number; readonly smoothed: readonly Products[] }[] = []
  const smoothedAt = (radius: number): readonly Products[] => {
    const known = kept.find((one) => one.radius === radius)
    if (known) return known.smoothed
    if (kept.length === 2) kept.shift()
    const smoothed = others.map((products) => borrowed(lattice, radius, products))
    kept.push({ radius, smoothed })
    return smoothed
  }
  return (radius, ridge) => {
    const heldOut = NEAREST.map(() => new Float64Array(fit.rows.length * outputs))
    smoothedAt(radius).forEach((products, left) => {
      const coefficients = Float32Array.from(localModels(products, globals[left], ridge))
      predictFold(fit, left, blender({ outputs, coefficients }, inputs, fit.near, NEAREST), heldOut)
    })
    return heldOut
  }
}

function predictFold(
  { rows, fold, outputCount }: Fit,
  left: number,
  blend: Blender,
  into: readonly Float64Array[],
): void {
  for (let at = 0; at < rows.length; at++) if (fold[at] === left) blend(rows[at], into, at * outputCount)
}
