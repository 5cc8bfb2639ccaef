import autocannon from 'autocannon'
import type { Case, Target } from '../case.ts'
import { attack } from '../serving/attack.ts'
import { type HostileRequest, hostileRequests } from '../serving/hostile-requests.ts'
import { type Served, whileServed } from '../serving/served.ts'
import { spreadOf } from '../spread.ts'
import { columnNames } from '../table-file.ts'

/** How many requests of a single row callers who mean no harm send per second. */
const RATE = 200
const CONNECTIONS = 8
/** Connections of the hostile caller: each sends its request again once it is answered. */
const HOSTILE = 2
/** Seconds of each load at scale 1, and those that a hostile caller has begun earlier. */
const SECONDS = 6
const BEFORE = 1
const MOST_P99 = 0.05

interface Beside {
  /** Seconds. */
  readonly p99: number
  readonly longest: number
  readonly failed: number
  /** Answers to the hostile caller, by status. */
  readonly answers: string
}

/** What small requests wait while a hostile caller sends each of the requests that stalled a server once. */
export const hostile: Case = {
  name: 'hostile',
  title: 'som serve beside hostile callers',
  async run(options) {
    const features = options.features ?? 16
    const map = options.map ?? ([50, 50] as const)
    return whileServed({ features, map, seed: options.seed }, async (served) => {
      const seconds = Math.max(2, Math.round(SECONDS * options.scale))
      const requests: (HostileRequest | null)[] = [null, ...hostileRequests(columnNames(features), served.rows)]
      await small(served, 2)
      const rows: { name: string; found: Beside[] }[] = []
      for (const request of requests) {
        const found: Beside[] = []
        for (let i = 0; i < options.repeats; i++) found.push(await beside(served, request, seconds))
        rows.push({ name: request?.name ?? 'nothing', found })
      }
      return {
        name: 'hostile',
        title: hostile.title,
        setting: `p99 of ${RATE} requests/s of one row, ${map.join(' x ')} units, ${features} features, while ${HOSTILE} connections send the request named, again and again; ${seconds} s each, ${options.repeats} times; autocannon on the same ${options.threads} cores`,
        rows: rows.map(({ name, found }) => ({
          ...{ name, kind: 'ours' as const, licence: 'MIT', share: 1, versions: {}, reused: false },
          note: noteOf(found),
          ...{ seconds: spreadOf(found.map(({ p99 }) => p99)), peakBytes: served.peakBytes() },
        })),
        findings: [],
        targets: rows.map(({ name, found }) => targetOf(name, found)),
      }
    })
  },
}

/** Honest requests beside a hostile caller, who is a process of its own, or beside nobody. */
async function beside(served: Served, request: HostileRequest | null, seconds: number): Promise<Beside> {
  const attacked = request && attack(served.address, request, { connections: HOSTILE, seconds: seconds + BEFORE })
  await new Promise((resolve) => setTimeout(resolve, BEFORE * 1000))
  const { latency, non2xx, errors } = await small(served, seconds)
  const codes = Object.entries((await attacked) ?? {}).map(([code, count]) => `${count} x ${code}`)
  return {
    // They are whole milliseconds, rounded down.
    p99: Math.max(1, latency.p99) / 1000,
    longest: Math.max(1, latency.max) / 1000,
    failed: non2xx + errors,
    answers: codes.join(', '),
  }
}

const small = ({ address, rows, features }: Served, duration: number): Promise<autocannon.Result> =>
  Promise.resolve(
    autocannon({
      url: `${address}/v1/match`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ instances: [[...rows.subarray(0, features)]] }),
      ...{ duration, connections: CONNECTIONS, overallRate: RATE },
    }),
  )

function noteOf(found: readonly Beside[]): string {
  const longest = Math.max(...found.map((each) => each.longest * 1000))
  const failed = found.reduce((sum, each) => sum + each.failed, 0)
  const { answers } = found[found.length - 1]
  return `longest ${Math.round(longest)} ms, ${failed} failed${answers && `; hostile: ${answers}`}`
}

function targetOf(name: string, found: readonly Beside[]): Target {
  const { median } = spreadOf(found.map(({ p99 }) => p99))
  const failed = found.reduce((sum, each) => sum + each.failed, 0)
  return {
    what: `p99 of honest requests beside ${name}`,
    wanted: `under ${MOST_P99 * 1000} ms, none failed`,
    found: `${Math.round(median * 1000)} ms, ${failed} failed`,
    reached: median < MOST_P99 && failed === 0,
  }
}
