import type { Lattice } from '../map/lattice.ts'
import type { Models, Near } from './blend.ts'
import type { Inputs } from './inputs.ts'
import { type LeftOut, leaveOneOut } from './leave-one-out.ts'
import {
  borrowed,
  type FitRows,
  type GlobalModel,
  globalModel,
  localModels,
  type Products,
  productsOf,
} from './local-models.ts'
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

/** What models learn. */
export interface Lesson {
  /** The rows of the fit, and perhaps more after them. */
  readonly all: FitRows
  /** What they learn to predict the rows of the fit whose place each part `has`, which are left out one at a time. */
  readonly parts: readonly { readonly rows: FitRows; readonly has: (place: number) => boolean }[]
}

/** A fit: lessons to choose from, of rows whose nearest units are `near`. */
export interface Fit {
  readonly lattice: Lattice
  readonly lessons: readonly Lesson[]
  readonly outputCount: number
  readonly features: number
  readonly inputs: (squares: boolean) => Inputs
  readonly near: Near
  /** Places of the rows of the fit in an order drawn by the seed: the first of them are held out. */
  readonly drawn: Uint32Array
}

/** The settings that predict held-out rows best, what they predicted, and the models of all rows by them. */
export interface Chosen {
  readonly settings: ModelSettings
  /** The place of the lesson. */
  readonly lesson: number
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
  const forms = fit.lessons.flatMap((_, lesson) =>
    (fit.features > MOST_SQUARED ? [false] : [false, true]).map((squares) => ({ lesson, squares })),
  )
  const tried = fit.drawn.slice(0, MOST_TRIED).sort()
  let best: Tried | undefined
  for (const [f, { lesson, squares }] of forms.entries()) {
    const trial = trialOf(fit, fit.lessons[lesson], squares)
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
        if (best === undefined || found > best.score) best = { score: found, settings, lesson, heldOut, trial }
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
  const { settings, lesson, heldOut, trial } = best as NonNullable<typeof best>
  const models = { outputs: fit.outputCount, coefficients: Float32Array.from(trial.models(settings)) }
  const places = fit.drawn.slice(0, MOST_HELD_OUT).sort()
  if (places.length === tried.length) return { settings, lesson, places, heldOut, models }
  const [all] = trial.leaveOut(places)(settings.radius, settings.ridge, [settings.nearest])
  return { settings, lesson, places, heldOut: all, models }
}

interface Tried {
  readonly score: number
  readonly settings: ModelSettings
  readonly lesson: number
  readonly heldOut: Float64Array
  readonly trial: Trial
}

/** The models of all rows with one kind of inputs. */
interface Trial {
  readonly models: (settings: Pick<ModelSettings, 'radius' | 'ridge'>) => Float64Array
  readonly leaveOut: (places: Uint32Array) => LeftOut
}

function trialOf(fit: Fit, { all, parts }: Lesson, squares: boolean): Trial {
  const inputs = fit.inputs(squares)
  const learnt = learn(fit, inputs, all)
  return {
    models: ({ radius, ridge }) => localModels(learnt.borrowedAt(radius), learnt.global.model, ridge),
    leaveOut(places) {
      const each = parts.map(({ rows, has }) => {
        const { global, borrowedAt } = rows === all ? learnt : learn(fit, inputs, rows)
        const own = places.filter(has)
        const at = Uint32Array.from(places.keys()).filter((p) => has(places[p]))
        return { at, leave: leaveOneOut({ ...fit, ...rows }, inputs, global, own, MOST_NEAR, borrowedAt) }
      })
      return (radius, ridge, nearest) => {
        const whole = nearest.map(() => new Float64Array(places.length * fit.outputCount))
        for (const { at, leave } of each)
          leave(radius, ridge, nearest).forEach((found, n) => {
            at.forEach((p, q) => {
              whole[n].set(found.subarray(q * fit.outputCount, (q + 1) * fit.outputCount), p * fit.outputCount)
            })
          })
        return whole
      }
    },
  }
}

/** The model of all rows, and what units borrow at a radius. */
function learn(
  { lattice, outputCount }: Fit,
  inputs: Inputs,
  rows: FitRows,
): { readonly global: GlobalModel; readonly borrowedAt: (radius: number) => Products } {
  const products = productsOf(lattice, outputCount, inputs, rows)
  // A climb comes back to the radius that it has just left: two are kept.
  const kept: { readonly radius: number; readonly smoothed: Products }[] = []
  return {
    global: globalModel(products),
    borrowedAt(radius) {
      const known = kept.find((one) => one.radius === radius)
      if (known) return known.smoothed
      if (kept.length === 2) kept.shift()
      const smoothed = borrowed(lattice, radius, products)
      kept.push({ radius, smoothed })
      return smoothed
    },
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
