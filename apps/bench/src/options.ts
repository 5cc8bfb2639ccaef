import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface Options {
  /** Names of cases; all of them where empty. */
  readonly cases: readonly string[]
  readonly threads: number
  readonly repeats: number
  readonly seed: number
  /** Multiplies the rows and updates of every case. */
  readonly scale: number
  /** Sizes in place of the case's own. */
  readonly rows?: number
  readonly features?: number
  readonly map?: readonly [rows: number, columns: number]
  readonly epochs?: number
  readonly updates?: number
  /** Names of contenders to run beside our own; all of the case's where absent. */
  readonly peers?: readonly string[]
  /** Takes peers' times from an earlier run on the same work and processor. */
  readonly reusePeers: boolean
  /** Seconds after which a contender is given up. */
  readonly timeout: number
  /** Writes docs/performance.md. */
  readonly docs: boolean
  readonly help: boolean
}

export const USAGE = `npm run bench -- [case …] [options]

  --threads N      threads of every contender (2)
  --repeats N      repetitions, of which the median counts (3)
  --seed N         decides every number drawn (1)
  --scale X        multiplies the rows and updates of every case (1)
  --rows N  --features N  --map RxC  --epochs N  --updates N
                   sizes in place of the cases' own
  --peers a,b      only these contenders beside our own; "none" for none
  --reuse-peers    takes peers' times from an earlier run of the same work on the same processor
  --timeout S      seconds after which a contender is given up (900)
  --docs           writes docs/performance.md from the results`

/** Reads the command line; throws an Error whose message says what was wrong with it. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      threads: { type: 'string', default: '2' },
      repeats: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      scale: { type: 'string', default: '1' },
      rows: { type: 'string' },
      features: { type: 'string' },
      map: { type: 'string' },
      epochs: { type: 'string' },
      updates: { type: 'string' },
      peers: { type: 'string' },
      'reuse-peers': { type: 'boolean', default: false },
      timeout: { type: 'string', default: '900' },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    cases: positionals,
    threads: integer('threads', values.threads),
    repeats: integer('repeats', values.repeats),
    seed: integer('seed', values.seed, 0),
    scale: positive('scale', values.scale),
    rows: values.rows === undefined ? undefined : integer('rows', values.rows),
    features: values.features === undefined ? undefined : integer('features', values.features),
    map: values.map === undefined ? undefined : sides(values.map),
    epochs: values.epochs === undefined ? undefined : integer('epochs', values.epochs),
    updates: values.updates === undefined ? undefined : integer('updates', values.updates),
    peers: values.peers === undefined ? undefined : values.peers === 'none' ? [] : values.peers.split(','),
    reusePeers: values['reuse-peers'],
    timeout: positive('timeout', values.timeout),
    docs: values.docs,
    help: values.help,
  }
}

function integer(name: string, text: string, least = 1): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new Error(`--${name}: expected an integer of at least ${least}, found ${JSON.stringify(text)}`)
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`--${name}: expected a number above 0, found ${JSON.stringify(text)}`)
}

function sides(text: string): [number, number] {
  const [, rows, columns] = /^(\d+)x(\d+)$/.exec(text) ?? []
  if (rows === undefined) throw new Error(`--map: expected rows x columns such as 50x50, found ${JSON.stringify(text)}`)
  return [integer('map', rows), integer('map', columns)]
}
