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
  /** Takes peers' times from an earlier run of the same work on the same machine. */
  readonly reusePeers: boolean
  /** Seconds after which a slow peer's work is not repeated again. */
  readonly enough: number
  /** Seconds after which a contender is given up. */
  readonly timeout: number
  /** Cases drawn by fast-check. */
  readonly drawn: number
  /** Whether the machine's own limits are probed first. */
  readonly limits: boolean
  /** Whether idle processors are kept from sleeping. */
  readonly awake: boolean
  /** Writes docs/performance.md. */
  readonly docs: boolean
  readonly help: boolean
}

/** Seconds after which a slow peer is not repeated again, by default. */
export const ENOUGH: number = 40

export const USAGE: string = `npm run bench -- [case …] [options]

Every case by default; the case "own" alone where sizes are given and no case is named.

  --threads N      threads of every contender (2)
  --repeats N      repetitions, of which the median counts (3)
  --seed N         decides every number drawn (1)
  --scale X        multiplies the rows and updates of every case (1)
  --rows N  --features N  --units RxC or N  --epochs N  --updates N
                   sizes in place of the cases' own; --map is another name of --units
  --drawn N        so many cases drawn by fast-check; with the same --seed the same ones
  --peers a,b      only these contenders beside our own; "none" for none
  --reuse-peers    takes peers' times from an earlier run of the same work by the same programs, on this machine since it was started; not with --docs
  --enough S       seconds after which a slow peer's work is not repeated again (${ENOUGH})
  --timeout S      seconds after which a contender is given up (900)
  --no-limits      does not probe the machine's own limits (without them there is no share of the limit)
  --awake          keeps idle processors from sleeping (Linux): steadier times in a virtual machine; not where two processors share a core
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
      units: { type: 'string' },
      drawn: { type: 'string', default: '0' },
      'no-limits': { type: 'boolean', default: false },
      epochs: { type: 'string' },
      updates: { type: 'string' },
      peers: { type: 'string' },
      'reuse-peers': { type: 'boolean', default: false },
      enough: { type: 'string', default: String(ENOUGH) },
      timeout: { type: 'string', default: '900' },
      awake: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const units = values.units ?? values.map
  if (values.docs && values['reuse-peers'])
    throw new Error('--docs: all of its times are of one run; leave out --reuse-peers')
  return {
    cases: positionals,
    threads: integer('threads', values.threads),
    repeats: integer('repeats', values.repeats),
    seed: integer('seed', values.seed, 0),
    scale: positive('scale', values.scale),
    rows: values.rows === undefined ? undefined : integer('rows', values.rows),
    features: values.features === undefined ? undefined : integer('features', values.features),
    map: units === undefined ? undefined : sides(values.units === undefined ? '--map' : '--units', units),
    epochs: values.epochs === undefined ? undefined : integer('epochs', values.epochs),
    updates: values.updates === undefined ? undefined : integer('updates', values.updates),
    peers: values.peers === undefined ? undefined : values.peers === 'none' ? [] : values.peers.split(','),
    reusePeers: values['reuse-peers'],
    enough: positive('enough', values.enough),
    timeout: positive('timeout', values.timeout),
    drawn: integer('drawn', values.drawn, 0),
    limits: !values['no-limits'],
    awake: values.awake,
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

/** `50x40`, or a number of units as sides that are as near to each other as they can be with no unit more or less. */
function sides(flag: string, text: string): [number, number] {
  const [, rows, columns] = /^(\d+)x(\d+)$/.exec(text) ?? []
  if (rows !== undefined) return [integer(flag.slice(2), rows), integer(flag.slice(2), columns)]
  const units = Number(text)
  if (!Number.isSafeInteger(units) || units < 1)
    throw new Error(`${flag}: expected rows x columns such as 50x50, or a number, found ${JSON.stringify(text)}`)
  let side = Math.floor(Math.sqrt(units))
  while (units % side !== 0) side--
  return [side, units / side]
}
