import type { Lattice } from '../map/lattice.ts'
import type { Models, Near } from './blend.ts'
import type { Inputs } from './inputs.ts'
import { type LeftOut, leaveOneOut } from './leave-one-out.ts'
import { borrowed, type FitRows, globalModel, localModels, productsOf } from './local-models.ts'
import { MOST_SQUARED } from './product-width.ts'
import { MOST_HELD_OUT, type ModelSettings } from './targets.ts'

/** The settings that may be chosen; the first tried of equals wins. */
const RADII: readonly number[] = [0.5, 1, 1.5, 2.5, 4]
const RIDGES: readonly number[] = [0.1, 1, 10, 100]
const NEAREST = [3, 6, 10] as const
/** The most nearest units that a setting needs. */
export const MOST_NEAR: number = Math.max(...NEAREST)

/** Rows by which settings are chosen, at most. */
const MOST_TRIED = 4000

/** A fit: its rows, in the order in which they are drawn to be held out, and where to find their nearest units. */
export interface Fit extends FitRows {
  readonly lattice: Lattice
  readonly outputCount: number
  readonly features: number
  readonly inputs: (squares: boolean) => Inputs
  readonly near: Near
  /** Places in `rows`, all of them, in an order drawn by the seed: the first of them are held out. */
  readonly drawn: Uint32Array
}

/** The settings that predict held-out rows best, what they predicted, and the models of all rows by them. */
export interface Chosen {
  readonly settings: ModelSettings
  /** Places in the rows of the fit, ascending: those that were held out, one at a time. */
  readonly places: Uint32Array
  /** places × outputs: what models of the other rows say about each. */
  readonly heldOut: Float64Array
  readonly models: Models
}

/**
 * Looks for the setting that predicts each row best from all others. Leaving a row out has a closed form, so that
 * nothing is fitted again. It climbs from the middle of the grid of radii and ridges to the better one among its
 * neighbours until there is none. `score` of the outputs of the rows at some places is higher for better ones. `pause`
 * is awaited between steps, with the share that is done at least.
 */
export async function chooseModels(
  fit: Fit,
  score: (heldOut: Float64Array, places: Uint32Array) => number,
  pause: (share: number) => Promise<void>,
): Promise<Chosen> {
  const forms = fit.features > MOST_SQUARED ? [false] : [false, true]
  const tried = fit.drawn.slice(0, MOST_TRIED).sort()
  let best: Tried | undefined
  for (const [f, squares] of forms.entries()) {
    const trial = trialOf(fit, squares)
    const leave = trial.leaveOut(tried)
    // The second form begins where the first ended.
    let place = best ? placeOf(best.settings) : START
    const scores = new Map<string, number>()
    const tryAt = async (at: Place): Promise<void> => {
      const key = at.join()
      if (scores.has(key)) return
      const [radius, ridge] = [RADII[at[0]], RIDGES[at[1]]]
      let most = Number.NEGATIVE_INFINITY
      leave(radius, ridge, NEAREST).forEach((heldOut, n) => {
        const found = score(heldOut, tried)
        most = Math.max(most, found)
        const settings = { radius, ridge, squares, nearest: NEAREST[n] }
        if (best === undefined || found > best.score) best = { score: found, settings, heldOut, trial }
      })
      scores.set(key, most)
      await pause((f + scores.size / (RADII.length * RIDGES.length)) / forms.length)
    }
    await tryAt(place)
    for (;;) {
      const near = neighboursOf(place)
      for (const one of near) await tryAt(one)
      const scoreOf = (at: Place): number => scores.get(at.join()) ?? Number.NEGATIVE_INFINITY
      const next = near.reduce((most, one) => (scoreOf(one) > scoreOf(most) ? one : most), place)
      if (next === place) break
      place = next
    }
  }
  // There is at least one setting.
  const { settings, heldOut, trial } = best as NonNullable<typeof best>
  const models = { outputs: fit.outputCount, coefficients: Float32Array.from(trial.models(settings)) }
  const places = fit.drawn.slice(0, MOST_HELD_OUT).sort()
  if (places.length === tried.length) return { settings, places, heldOut, models }
  const [all] = trial.leaveOut(places)(settings.radius, settings.ridge, [settings.nearest])
  return { settings, places, heldOut: all, models }
}

interface Tried {
  readonly score: number
  readonly settings: ModelSettings
  readonly heldOut: Float64Array
  readonly trial: Trial
}

/** The models of all rows with one kind of inputs. */
interface Trial {
  readonly models: (settings: Pick<ModelSettings, 'radius' | 'ridge'>) => Float64Array
  readonly leaveOut: (places: Uint32Array) => LeftOut
}

function trialOf(fit: Fit, squares: boolean): Trial {
  const { lattice, outputCount } = fit
  const inputs = fit.inputs(squares)
  const products = productsOf(lattice, outputCount, inputs, fit)
  const global = globalModel(products)
  // A climb comes back to the radius that it has just left: two are kept.
  const kept: { readonly radius: number; readonly smoothed: typeof products }[] = []
  const smoothedAt = (radius: number): typeof products => {
    const known = kept.find((one) => one.radius === radius)
    if (known) return known.smoothed
    if (kept.length === 2) kept.shift()
    const smoothed = borrowed(lattice, radius, products)
    kept.push({ radius, smoothed })
    return smoothed
  }
  return {
    models: ({ radius, ridge }) => localModels(smoothedAt(radius), global.model, ridge),
    leaveOut: (places) => leaveOneOut(fit, inputs, global, places, MOST_NEAR, smoothedAt),
  }
}

/** Places in `RADII` and in `RIDGES`. */
type Place = readonly [radius: number, ridge: number]
const START: Place = [2, 1]

const placeOf = ({ radius, ridge }: ModelSettings): Place => [RADII.indexOf(radius), RIDGES.indexOf(ridge)]

/** The places beside one, those of the same radius first: they share what is borrowed. */
function neighboursOf([radius, ridge]: Place): Place[] {
  const beside: Place[] = [[radius, ridge - 1], [radius, ridge + 1], [radius - 1, ridge], [radius + 1, ridge]] // biome-ignore format: a table
  return beside.filter(([r, l]) => r >= 0 && r < RADII.length && l >= 0 && l < RIDGES.length)
}
