import Result from 'true-myth/result'
import type { Backend, Rows } from '../../backend/backend.ts'
import { js } from '../../backend/js/js.ts'
import { checkRuntime } from '../../check-runtime.ts'
import { checkSom } from '../../check-som.ts'
import { type Issue, Issues } from '../../issue.ts'
import { checkByTable } from '../../plan/check-value.ts'
import type { RowsInput } from '../../rows/check-samples.ts'
import { prepareRows } from '../../rows/prepare.ts'
import type { Som } from '../../som.ts'
import { matchPrepared } from '../match.ts'
import {
  CLUSTER_METHODS,
  type Clustering,
  type ClusterOptions,
  checkNoise,
  clusterUnits,
  methodFor,
  NO_FIGURES,
  optionsFor,
} from './cluster-units.ts'
import { bySize } from './clusters.ts'
import { drawRows, takeRows } from './conductance/draw-rows.ts'
import { groupRows, groupsOfUnits, spread } from './conductance/group-rows.ts'
import { leaveOut } from './leave-out.ts'

/** More rows than these are drawn from, so that the cost is bounded. */
const MOST_ROWS = 10_000

/** Where rows are grouped. */
export interface ClusterRuntime {
  /** `js()` by default. */
  readonly backend?: Backend
  /** When it aborts, the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Groups a map's units by rows on it. By default it finds groups of any shape and how many there are (`conductance`):
 * one where no groups are worth having. If a number is given, or a method that looks at prototypes alone, it does as
 * `clusterUnits`. With `noise`, rows far from all others are in no cluster. Rows are treated like the training rows.
 */
export async function clusterRows(
  som: Som,
  rows: RowsInput,
  options: ClusterOptions = {},
  runtime: ClusterRuntime = {},
): Promise<Result<Clustering, readonly Issue[]>> {
  const prepared = prepareRows(som, rows)
  return prepared.isErr ? Result.err(prepared.error) : clusterPrepared(som, prepared.value, options, runtime)
}

/** As `clusterRows`, for rows prepared by `prepareRows`. */
export async function clusterPrepared(
  som: Som,
  given: Rows,
  options: ClusterOptions = {},
  runtime: ClusterRuntime = {},
): Promise<Result<Clustering, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], issues)
  if (!checkSom(som, issues)) return Result.err(issues.list)
  const { noise } = options ?? {}
  checkNoise(noise, issues)
  const found = await grouped(som, given, options ?? {}, runtime, issues)
  if (found.isErr || noise !== true) return found
  const { backend = js(), signal } = runtime
  const clusters = await leaveOut(som, given, found.value.clusters, { backend, ...(signal && { signal }) })
  return Result.ok({ ...found.value, clusters })
}

/** As `clusterPrepared`, without noise. */
async function grouped(
  som: Som,
  given: Rows,
  options: ClusterOptions,
  runtime: ClusterRuntime,
  issues: Issues,
): Promise<Result<Clustering, readonly Issue[]>> {
  const { backend = js(), signal } = runtime
  const { count, most, checks, seed = 1 } = options
  const sources = som.features.map(({ source }) => source)
  const method = methodFor(options, sources)
  if (issues.list.length === 0 && method !== 'conductance')
    return clusterUnits(som, { ...options, method, noise: false })
  checkByTable(options, optionsFor(som.codebook.rows, CLUSTER_METHODS, method), issues)
  if (issues.list.length > 0) return Result.err(issues.list)

  const drawn = drawRows(given, MOST_ROWS)
  const matched = await matchPrepared(som, drawn, { backend, signal, second: false })
  const known = takeRows(drawn, (row) => matched.unit[row] >= 0)
  const unit = matched.unit.filter((of) => of >= 0)
  const { codebook, metric } = som
  const groups = await groupRows(
    known,
    {
      ...{ metric, seed },
      fill: (row, feature) => codebook.data[unit[row] * codebook.columns + feature],
      ...(count !== undefined && { count }),
      ...(most !== undefined && { most }),
      ...(checks !== undefined && { checks }),
    },
    { backend, signal },
  )
  if (count !== undefined && groups.count < count) {
    const message = `expected at most ${groups.count}, the parts that conductance finds in these rows, found ${count}; use ward for more`
    return Result.err([{ path: 'count', message }])
  }
  const ofUnit = spread(groupsOfUnits(unit, groups.votes, codebook.rows, groups.count, known.weights), codebook)
  const of = bySize(ofUnit, som.seen?.hits)
  const clusters = { method, count: of.reduce((all, group) => Math.max(all, group + 1), 1), of, seed }
  return Result.ok({ clusters, ...NO_FIGURES, links: groups.joins.map(({ count, link }) => ({ count, link })) })
}
