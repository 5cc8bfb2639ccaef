import {
  type Backend,
  checkRuntime,
  checkTable,
  clusterPrepared,
  clustersOfRows,
  type Issue,
  Issues,
  isSparse,
  js,
  type Link,
  type Matches,
  type Matrix,
  methodFor,
  OPTIONS,
  plan,
  type Samples,
  type Som,
  type TrainOptions,
  type Tried,
  trainEpochs,
} from '@som/core'
import Result from 'true-myth/result'
import { type Bend, bendsOf } from './bend.ts'
import { figuresOf } from './figures.ts'
import { type Members, membersOf } from './members.ts'
import { proposeNames } from './names.ts'
import { checkSegmentOptions, type SegmentOptions } from './options.ts'
import { type Stability, stabilityOf } from './stability.ts'
import { marksOf, type Trait, traitsOf } from './traits.ts'
import { unitsFor } from './units-for.ts'

export interface SegmentRuntime {
  /** `js()` by default. */
  readonly backend?: Backend
  readonly signal?: AbortSignal
  /** Called now and then with the finished share of the work, 0 to 1. */
  readonly progress?: (share: number) => void
}

/** A group of similar rows. */
export interface Segment extends Members {
  /** Its index among the map's clusters, from 0; users see numbers from 1. */
  readonly cluster: number
  /** A unique name, proposed from its marks. */
  readonly name: string
  readonly rows: number
  /** Its share of the rows with a value, 0 to 1. */
  readonly share: number
  /** How it differs from all rows, the strongest first; `marks` are the ones that set it apart. */
  readonly traits: readonly Trait[]
  readonly marks: readonly Trait[]
  readonly stability: Stability
}

export interface Segmentation {
  /** The map with the segments as its named clusters: everything needed to assign new rows. */
  readonly som: Som
  /** In the order of the clusters, the largest first. */
  readonly segments: readonly Segment[]
  /** The cluster index of each row, from 0; -1 for an unclustered row and for one without any value. */
  readonly of: Int32Array
  /** Rows with a value that are in no segment. */
  readonly unclustered: number
  /** The numbers of segments tried by three indices; empty if `segments` was given. */
  readonly tried: readonly Tried[]
  /** Of `conductance`: how strongly the two most alike of a number of groups are linked. */
  readonly links: readonly Link[]
  /** How each numeric column was transformed for the map. */
  readonly bends: readonly Bend[]
}

/**
 * A map that fits closely separates groups best: the final radius is smaller than the default for maps to look at, and
 * smaller still where groups of rows are given to its units.
 */
const LAST_RADIUS = 0.5
const LAST_RADIUS_OF_ROWS = 0.3
const DRAWS = 50

/**
 * Finds groups of rows and describes them: transforms skewed columns, trains a map, groups its units, resamples rows to
 * test which groups are stable, and describes and names each. Reports every issue at once. New rows belong to the
 * cluster of their unit: use `match` on `som`.
 */
export async function segment(
  given: Samples,
  options: SegmentOptions = {},
  where: SegmentRuntime = {},
): Promise<Result<Segmentation, readonly Issue[]>> {
  const issues = new Issues()
  const samples = checkTable(given, issues, 2)
  checkSegmentOptions(samples, options, issues)
  checkRuntime(where, ['backend', 'signal', 'progress'], issues)
  if (samples === null || issues.list.length > 0) return Result.err(issues.list)
  const { method: wanted, most, seed = OPTIONS.seed.default, epochs, draws = DRAWS } = options
  const { backend = js(), signal, progress } = where
  const runtime = { backend, ...(signal && { signal }) }
  const bends = bendsOf(samples).map((bend) => {
    const given = options.preprocessing?.[bend.feature]
    return given === undefined || given === bend.method ? bend : { ...bend, method: given, after: Number.NaN }
  })
  const planned = methodFor({ method: wanted, count: options.segments }, samples.sources ?? [])
  const training = {
    preprocessing: {
      ...options.preprocessing,
      ...Object.fromEntries(bends.map(({ feature, method }) => [feature, method])),
    },
    ...(options.weights && { featureWeights: options.weights }),
    radius: { end: planned === 'conductance' ? LAST_RADIUS_OF_ROWS : LAST_RADIUS },
  }
  const lattice = options.lattice ?? { units: unitsFor(samples.rows, planned) }
  const trained = await trainedOn(
    { ...training, samples, epochs, seed, lattice },
    { ...runtime, ...part(progress, 0, TRAINED) },
  )
  if (trained.isErr) return Result.err(trained.error)
  const { map, rows, matches } = trained.value
  if (map.seen === null || matches === undefined) return Result.err([INTERRUPTED])
  const used = usedUnits(map)
  // With two units there is no other number to compare: they are two kinds of rows.
  const count = options.segments ?? (used === 2 && wanted !== 'conductance' ? 2 : undefined)
  const asking = {
    ...{ seed, method: count === options.segments ? planned : (wanted ?? 'ward') },
    ...(count !== undefined && { count }),
    ...(most !== undefined && { most }),
    ...(options.noise !== undefined && { noise: options.noise }),
  }
  progress?.(TRAINED)
  const grouped = await clusterPrepared(map, rows, asking, runtime)
  if (grouped.isErr) return Result.err(grouped.error.map((issue) => asked(issue, used, count)))
  const { clusters, tried, links } = grouped.value

  const of = clustersOfRows(clusters, matches)
  const known = matches.unit.reduce((rows, unit) => rows + (unit >= 0 ? 1 : 0), 0)
  const again = {
    ...{ samples, of, count: clusters.count, options: training, method: clusters.method, seed },
    // One segment is found again in any rows.
    draws: clusters.count > 1 ? draws : 0,
  }
  const stability = await stabilityOf(again, { ...runtime, ...part(progress, GROUPED, 1) })
  if (stability === null) return Result.err([INTERRUPTED])
  const segments = described(samples, map, rows.matrix, of, stability, known)
  const names = segments.map(({ name }) => name)
  return Result.ok({
    som: { ...map, clusters: { ...clusters, names } },
    segments,
    of,
    unclustered: known - segments.reduce((sum, { rows }) => sum + rows, 0),
    tried,
    links,
    bends: bends.filter(({ feature }) => map.features.some(({ name }) => name === feature)),
  })
}

/** About which share of the time training ends at, and finding groups. */
const [TRAINED, GROUPED] = [0.4, 0.5]

/** Progress of a part of the work. */
const part = (progress: SegmentRuntime['progress'], from: number, to: number): Pick<SegmentRuntime, 'progress'> =>
  progress === undefined ? {} : { progress: (share) => progress(from + (to - from) * share) }

/** A map with its training rows, as it has prepared and matched them. */
interface TrainedOn {
  readonly map: Som
  readonly rows: { readonly matrix: Matrix }
  /** Undefined if the signal aborted. */
  readonly matches: Matches | undefined
}

/** As `train`, without preparing and matching the rows another time. */
async function trainedOn(
  options: TrainOptions,
  runtime: SegmentRuntime & { readonly backend: Backend },
): Promise<Result<TrainedOn, readonly Issue[]>> {
  const planned = plan(options)
  if (planned.isErr) return Result.err(planned.error)
  const { task, rows } = planned.value
  const refusal = runtime.backend.rejects(task)
  if (refusal !== null) return Result.err([{ path: 'backend', message: refusal }])
  if (isSparse(rows.matrix)) throw new Error('expected dense rows from a table')
  let matches: Matches | undefined
  const onMatches = (found: Matches): void => {
    matches = found
  }
  const epochs = trainEpochs(planned.value, { ...runtime, onMatches })
  for (;;) {
    const next = await epochs.next()
    if (next.done) return Result.ok({ map: next.value, rows: { matrix: rows.matrix }, matches })
  }
}

/** Each segment, in the order of the clusters. */
function described(
  samples: Samples,
  { features }: Som,
  rows: Matrix,
  of: Int32Array,
  stability: readonly Stability[],
  known: number,
): Segment[] {
  const sizes = sizesOf(of, stability.length)
  const figures = figuresOf(samples, features, rows, of, sizes.length)
  const traits = figures.groups.map((own) => traitsOf(features, figures.all, own))
  const marks = traits.map((found, cluster) => marksOf(found, sizes[cluster]))
  const names = proposeNames(marks)
  const means = figures.groups.map((own) => own.means)
  return membersOf(rows, of, means).map((members, cluster) => ({
    cluster,
    name: names[cluster],
    rows: sizes[cluster],
    share: sizes[cluster] / known,
    traits: traits[cluster],
    marks: marks[cluster],
    stability: stability[cluster],
    ...members,
  }))
}

/** The number of rows in each cluster. */
function sizesOf(of: Int32Array, clusters: number): number[] {
  const sizes: number[] = Array(clusters).fill(0)
  for (let row = 0; row < of.length; row++) if (of[row] >= 0) sizes[of[row]]++
  return sizes
}

/** Units with a row. */
function usedUnits({ seen }: Som): number {
  return seen?.hits.reduce((sum, hits) => sum + (hits > 0 ? 1 : 0), 0) ?? 0
}

function asked({ path, message }: Issue, used: number, count: number | undefined): Issue {
  if (path !== 'count' || (count !== undefined && count <= used))
    return { path: path === 'count' ? 'segments' : path, message }
  return {
    path: 'segments',
    message: `expected at most ${used}, the number of units with a row, found ${count}`,
  }
}

const INTERRUPTED = { path: '', message: 'training was interrupted' }
