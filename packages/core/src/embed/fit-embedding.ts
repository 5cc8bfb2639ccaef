import Result from 'true-myth/result'
import type { Rows } from '../backend/backend.ts'
import { pacer } from '../backend/js/pacer.ts'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkByTable } from '../plan/check-value.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { chooseRows, isSparse, type Matrix } from '../rows/matrix.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'
import { type Affinities, affinitiesByRows, affinitiesByThemselves } from './affinities.ts'
import type { Embedding, Layout } from './embedding.ts'
import { EMBEDDING_OPTIONS, EMBEDDING_RUNTIME, type EmbeddingOptions, type EmbeddingRuntime } from './fit-options.ts'
import { findLandmarks } from './landmarks.ts'
import { latticePlaces } from './lattice-places.ts'
import { layOut } from './lay-out.ts'
import { nearestLandmarks } from './nearest-landmarks.ts'
import { repulsionTable } from './repulsion-table.ts'
import { NEAREST, PERPLEXITY, rowWeights, UNIT_NEAREST, UNIT_PERPLEXITY } from './row-weights.ts'
import { sammonPlaces } from './sammon/sammon-places.ts'

/** At most this many rows take part in a fit, evenly spaced. */
const MOST_ROWS = 40_000
/** Sammon's mapping looks at all pairs of units in each of its steps. */
const MOST_SAMMON = 4096
/** Landmarks by default: half the rows, between these, but never more than rows. */
const [LEAST_LANDMARKS, MOST_LANDMARKS] = [1_600, 4_000]

/**
 * The map with a plane in which `embed` places rows. The map itself stays as it is; an embedding that it already has is
 * replaced. Rejects if the signal aborts.
 *
 * With rows, landmarks among them are laid out so that those that share rows are near. Rows are treated as `match`
 * treats them; weights count as repetitions. With null in their place only the units of the map are laid out, which is
 * plainer. Up to 15 landmarks stay where they lie on the lattice, between the units. No number is drawn: the same map
 * and rows give the same plane, to the bit.
 */
export async function fitEmbedding(
  som: Som,
  rows: RowsInput | null,
  options: EmbeddingOptions = {},
  runtime: EmbeddingRuntime = {},
): Promise<Result<Som, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, EMBEDDING_RUNTIME, issues)
  const areFine = checkByTable(options, EMBEDDING_OPTIONS, issues)
  const { layout = rows === null ? 'units' : 'rows', landmarks } = areFine ? options : {}
  if (layout === 'rows' && rows === null)
    issues.add('layout', 'expected rows, or "units", "sammon" or "lattice" without any, found "rows"')
  if (layout !== 'rows' && landmarks !== undefined)
    issues.add('landmarks', `expected none beside the layout "${layout}", whose landmarks are the units`)
  if (!checkSom(som, issues)) return Result.err(issues.list)
  if (layout === 'sammon' && som.codebook.rows > MOST_SAMMON)
    issues.add('layout', `sammon: expected at most ${MOST_SAMMON} units, found ${som.codebook.rows}; use units`)
  if (layout !== 'rows' || rows === null) {
    if (issues.list.length > 0) return Result.err(issues.list)
    return Result.ok({ ...som, embedding: await ofUnits(som, layout, runtime) })
  }
  const prepared = prepareRows(som, rows)
  if (prepared.isErr) issues.list.push(...prepared.error)
  if (prepared.isErr || issues.list.length > 0) return Result.err(issues.list)
  const embedding = await ofRows(som, prepared.value, landmarks, runtime)
  if (embedding !== null) return Result.ok({ ...som, embedding })
  return Result.err([{ path: 'samples', message: 'expected at least 1 row with a value and a weight, found none' }])
}

/** Null where no row has a value and a weight. */
async function ofRows(
  som: Som,
  all: Rows,
  asked: number | undefined,
  { backend, signal, progress }: EmbeddingRuntime,
): Promise<Embedding | null> {
  const rows = thinned(all)
  const most = asked ?? Math.min(MOST_LANDMARKS, Math.max(LEAST_LANDMARKS, Math.floor(rows.matrix.rows / 2)))
  const landmarks = await findLandmarks(som, rows, Math.min(most, rows.matrix.rows), { backend, signal })
  if (landmarks.rows === 0) return null
  const near = await nearestLandmarks(som, landmarks, rows, NEAREST, { backend, signal })
  const affinities = affinitiesByRows(landmarks.rows, near, rows.weights, rowWeights(PERPLEXITY))
  const start = await latticePlaces(som, landmarks, { backend, signal })
  const pace = pacer({ signal, progress })
  const used = near.unit.filter((unit, at) => at % near.k === 0 && unit >= 0).length
  // Where each is near to all others t-SNE has nothing to tell apart, and draws them into one place.
  const layout = landmarks.rows > NEAREST ? 'rows' : 'lattice'
  const places = layout === 'lattice' ? start : await layOut(affinities, start, pace)
  return embeddingOf(layout, used, landmarks, affinities, places, pace)
}

async function ofUnits(som: Som, layout: Layout, { backend, signal, progress }: EmbeddingRuntime): Promise<Embedding> {
  const landmarks = som.codebook
  const near = await nearestLandmarks(som, landmarks, { matrix: landmarks }, UNIT_NEAREST, { backend, signal })
  const affinities = affinitiesByThemselves(landmarks.rows, near, rowWeights(UNIT_PERPLEXITY))
  const start = await latticePlaces(som, null, { backend, signal })
  const pace = pacer({ signal, progress })
  const stays = layout === 'lattice' || landmarks.rows <= NEAREST
  const places = stays ? start : layout === 'sammon' ? sammonPlaces(som, start) : await layOut(affinities, start, pace)
  return embeddingOf(stays ? 'lattice' : layout, 0, landmarks, affinities, places, pace)
}

async function embeddingOf(
  layout: Layout,
  rows: number,
  landmarks: Matrix,
  { mass }: Affinities,
  laidOut: Float64Array,
  pace: ReturnType<typeof pacer>,
): Promise<Embedding> {
  const places = Float32Array.from(laidOut)
  return { layout, rows, landmarks, places, repulsion: await repulsionTable(places, mass, pace) }
}

/** Every row of a few, or as many evenly spaced ones as take part. */
function thinned({ matrix, weights }: Rows): Rows {
  const step = Math.ceil(matrix.rows / MOST_ROWS)
  if (step <= 1) return { matrix, weights }
  const chosen = Uint32Array.from({ length: Math.ceil(matrix.rows / step) }, (_, i) => i * step)
  return {
    matrix: isSparse(matrix) ? chooseRows(matrix, chosen) : chooseRows(matrix, chosen),
    weights: weights && Float32Array.from(chosen, (i) => weights[i]),
  }
}
