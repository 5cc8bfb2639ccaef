import autocannon from 'autocannon'
import type { Case, PresentRow, Target } from '../case.ts'
import type { Options } from '../options.ts'
import { arrowStream, postArrow } from '../serving/post-arrow.ts'
import { type Served, whileServed } from '../serving/served.ts'
import { spreadOf } from '../spread.ts'
import { short } from '../table.ts'

/** Requests a second that are wanted, and half of them. */
const WANTED = 10_000
const HALF = 5000
const MOST_P99 = 0.02
const WANTED_ROWS = 1_000_000
/** Seconds of each load at scale 1, and those of it before a job is posted. */
const SECONDS = 6
const BEFORE_JOB = 1
const WARMING = 3
const ARROW_ROWS = 2_000_000

interface Load {
  readonly rate: number
  /** Seconds. */
  readonly median: number
  readonly p99: number
  readonly refused: number
}

/** What the server takes, the load generator on the same cores. */
export const serve: Case = {
  name: 'serve',
  title: 'som serve under load on the loopback',
  async run(options) {
    const features = options.features ?? 16
    const map = options.map ?? ([50, 50] as const)
    return whileServed({ features, map, seed: options.seed }, async (served) => {
      const seconds = Math.max(2, Math.round(SECONDS * options.scale))
      await load(served, { seconds: WARMING })
      const full: Load[] = []
      const half: Load[] = []
      const training: Load[] = []
      const epochs: number[] = []
      for (let i = 0; i < options.repeats; i++) {
        full.push(await load(served, { seconds }))
        half.push(await load(served, { seconds, rate: HALF }))
        const begun = later(BEFORE_JOB * 1000).then(() => served.beginJob())
        training.push(await load(served, { seconds: seconds + BEFORE_JOB, rate: HALF }))
        const id = await begun
        epochs.push(await served.epochOf(id))
        await served.endJob(id)
      }
      const count = Math.max(100_000, Math.round(ARROW_ROWS * options.scale))
      const singles = await arrowSeconds(served, options, count, Float32Array)
      const doubles = await arrowSeconds(served, options, count, Float64Array)
      const row = (name: string, values: readonly number[], note: string): PresentRow => ({
        ...{ name, kind: 'ours', licence: 'MIT', share: 1, versions: {}, reused: false, note },
        ...{ seconds: spreadOf(values), peakBytes: served.peakBytes() },
      })
      const rates = spreadOf(full.map(({ rate }) => rate))
      const p99 = (loads: readonly Load[]): number[] => loads.map((each) => each.p99)
      const trained = `${Math.min(...epochs)} to ${Math.max(...epochs)} epochs meanwhile`
      return {
        name: 'serve',
        title: serve.title,
        setting: `${map.join(' x ')} units, ${features} features, the native backend; autocannon on the same ${options.threads} cores, ${seconds} s each, ${options.repeats} times in turns; a job is posted ${BEFORE_JOB} s into its load, so that its start is measured too`,
        rows: [
          row(
            '10,000 requests of one row',
            full.map(({ rate }) => WANTED / rate),
            `as fast as they go, ${noteOf(full)}`,
          ),
          row(`p99 of one row, ${HALF}/s`, p99(half), noteOf(half)),
          row(`p99 of one row, ${HALF}/s while a job trains`, p99(training), `${noteOf(training)}; ${trained}`),
          row('1,000,000 rows by Arrow, f32', singles, `${count} rows a request`),
          row('1,000,000 rows by Arrow, f64', doubles, `${count} rows a request`),
        ],
        findings: [],
        targets: [
          target('one row a request', rates.median, WANTED, 'requests/s'),
          latency(`p99 at ${HALF} requests/s`, p99(half)),
          latency(`p99 at ${HALF} requests/s while a job trains, its start included`, p99(training)),
          target('rows by Arrow, f32', WANTED_ROWS / spreadOf(singles).median, WANTED_ROWS, 'rows/s'),
        ],
      }
    })
  },
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function load(
  { address, rows, features }: Served,
  { seconds, rate }: { readonly seconds: number; readonly rate?: number },
): Promise<Load> {
  const found = await autocannon({
    url: `${address}/v1/match`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ instances: [[...rows.subarray(0, features)]] }),
    duration: seconds,
    ...(rate === undefined ? { connections: 32, pipelining: 4 } : { connections: 16, overallRate: rate }),
  })
  const { requests, latency: times, non2xx, errors } = found
  // They are whole milliseconds, rounded down.
  return {
    rate: requests.average,
    median: times.p50 / 1000,
    p99: Math.max(1, times.p99) / 1000,
    refused: non2xx + errors,
  }
}

async function arrowSeconds(
  served: Served,
  { repeats }: Options,
  count: number,
  Kind: Float32ArrayConstructor | Float64ArrayConstructor,
): Promise<number[]> {
  const body = arrowStream(served, count, Kind)
  await postArrow(served, body)
  const found: number[] = []
  for (let i = 0; i < repeats; i++) found.push(((await postArrow(served, body)).seconds * WANTED_ROWS) / count)
  return found
}

function noteOf(loads: readonly Load[]): string {
  const rates = spreadOf(loads.map(({ rate }) => rate))
  const refused = loads.reduce((sum, each) => sum + each.refused, 0)
  const slowest = Math.max(...loads.map(({ median }) => median * 1000))
  return `${Math.round(rates.least)}-${Math.round(rates.most)} requests/s, medians under ${slowest + 1} ms, ${refused} refused`
}

const target = (what: string, found: number, wanted: number, unit: string): Target => ({
  ...{ what, wanted: `at least ${wanted.toLocaleString('en')} ${unit}`, reached: found >= wanted },
  found: `${Math.round(found).toLocaleString('en')} ${unit}`,
})

function latency(what: string, seconds: readonly number[]): Target {
  const { median, least, most } = spreadOf(seconds)
  const ms = (value: number): string => short(value * 1000)
  return {
    ...{ what, wanted: `under ${ms(MOST_P99)} ms in each run`, reached: most < MOST_P99 },
    found: `${ms(median)} ms (${ms(least)}-${ms(most)})`,
  }
}
