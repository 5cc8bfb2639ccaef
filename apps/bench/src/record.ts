import { mlflow } from '@som/tracking'
import type { CaseResult } from './case.ts'
import type { Limits } from './limits.ts'
import { type Machine, machineText } from './machine.ts'
import type { Options } from './options.ts'

/**
 * Puts a case on record as a run of the experiment `som-bench` on the server that `MLFLOW_TRACKING_URI` names; returns
 * what could not be sent. Nothing where no server is named.
 */
export async function recordCase(
  result: CaseResult,
  { machine, options, limits }: { readonly machine: Machine; readonly options: Options; readonly limits?: Limits },
): Promise<readonly string[]> {
  if (!process.env.MLFLOW_TRACKING_URI) return []
  const tracker = mlflow()
  const { name, title, setting, rows } = result
  const { threads, repeats, seed, scale } = options
  await tracker.start({
    experiment: 'som-bench',
    name,
    parameters: { setting, threads, repeats, seed, scale },
    tags: {
      'bench.title': title,
      'bench.machine': machineText(machine),
      ...Object.fromEntries(
        rows.flatMap((row) => ('absent' in row ? [[`bench.absent.${metricName(row.name)}`, row.absent]] : [])),
      ),
    },
  })
  for (const row of rows) {
    if (!('absent' in row)) await tracker.log(metricsOf(row, metricName(row.name)), 0)
  }
  if (limits)
    await tracker.log(
      { limit_gflops: limits.arithmetic, limit_read_gbs: limits.read, limit_triad_gbs: limits.triad },
      0,
    )
  await tracker.artefact(
    `${name}.json`,
    new TextEncoder().encode(JSON.stringify({ machine, options, limits, result }, null, 2)),
  )
  return tracker.end('finished')
}

type Present = Exclude<CaseResult['rows'][number], { readonly absent: string }>

function metricsOf(
  { seconds, quality, peakBytes, limitShare, details = {} }: Present,
  name: string,
): Record<string, number> {
  const found: Record<string, number | undefined> = {
    seconds: seconds.median,
    seconds_least: seconds.least,
    seconds_most: seconds.most,
    quantization_error: quality?.quantizationError,
    topographic_error: quality?.topographicError,
    peak_bytes: peakBytes,
    share_of_limit: limitShare,
    ...details,
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, value]) => (value === undefined ? [] : [[`${name}/${key}`, value]])),
  )
}

/** MLflow takes letters, digits and a few marks. */
const metricName = (name: string): string => name.replace(/[^\w.\- ]+/g, '').trim()
