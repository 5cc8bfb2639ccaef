import { random } from '@som/core'
import { cached, clusters, uniform } from './draw.ts'
import type { Options } from './options.ts'
import type { Files, Workload } from './workload.ts'

/** Centres of the drawn clusters. */
const CENTRES = 20
const FIRST_RATE = 0.5
const LAST_RATE = 0.01
const LAST_RADIUS = 0.5

/** The sizes of a case, before the command line changes them. */
export interface Sizes {
  readonly rows: number
  readonly features: number
  readonly map: readonly [rows: number, columns: number]
}

/**
 * Batch training on clusters: gaussian, radius from a quarter of the longer side to 0.5 exponentially, from samples
 * drawn as prototypes.
 */
export function batchWorkload(
  sizes: Sizes & { readonly epochs: number; readonly data?: 'clusters' | 'uniform' },
  options: Options,
): Workload {
  const { rows, features, map } = sized(sizes, options)
  const epochs = options.epochs ?? sizes.epochs
  const { seed } = options
  const data = sizes.data ?? 'clusters'
  const samples = cached(data, { rows, features, seed }, [rows, features], () =>
    data === 'clusters' ? clusters(rows, features, CENTRES, seed) : uniform(rows * features, seed, 'samples'),
  )
  const radii = schedule(Math.max(...map) / 4, LAST_RADIUS, epochs)
  return {
    ...common(rows, features, map, radii, options),
    kind: 'batch',
    updates: rows * epochs,
    files: {
      samples,
      codebook: drawnPrototypes(rows, features, map, seed, data, () =>
        data === 'clusters' ? clusters(rows, features, CENTRES, seed) : uniform(rows * features, seed, 'samples'),
      ),
      radius: cached('radius', { from: radii[0], epochs }, [epochs], () => radii),
    },
  }
}

/**
 * Online training: radius and learning rate fall exponentially with each update; samples in a drawn order, from a given
 * file.
 */
export function onlineWorkload(
  run: Sizes & {
    readonly samples: string
    readonly updates: number
    readonly firstRadius: number
    readonly lastRadius: number
    readonly least: number
    readonly most: number
    readonly order: 'shuffled' | 'sequential'
  },
  options: Options,
): Workload {
  const { rows, features, map, updates } = run
  const radii = schedule(run.firstRadius, run.lastRadius, updates)
  const units = map[0] * map[1]
  const { seed } = options
  const order = { rows, updates, seed, order: run.order }
  return {
    ...common(rows, features, map, radii, options),
    kind: 'online',
    updates,
    files: {
      samples: run.samples,
      codebook: cached('initial', { units, features, seed, least: run.least, most: run.most }, [units, features], () =>
        uniform(units * features, seed, 'initial').map((x) => run.least + x * (run.most - run.least)),
      ),
      radius: cached('radius', { from: radii[0], to: run.lastRadius, updates }, [updates], () => radii),
      rate: cached('rate', { updates }, [updates], () => schedule(FIRST_RATE, LAST_RATE, updates)),
      order: cached('order', order, [updates], () => orderOf(rows, updates, run.order, seed)),
    },
  }
}

/** Sparse rows: each of 20 topics favours a tenth of the features, seven in ten of a row's entries are its topic's. */
export function sparseWorkload(
  sizes: Sizes & { readonly epochs: number; readonly perRow: number },
  options: Options,
): Workload {
  const { rows, features, map } = sized(sizes, options)
  const epochs = options.epochs ?? sizes.epochs
  const { seed } = options
  const perRow = Math.min(sizes.perRow, features)
  const parameters = { rows, features, perRow, seed }
  let drawn: ReturnType<typeof sparseRows> | undefined
  const make = (): ReturnType<typeof sparseRows> => {
    drawn ??= sparseRows(rows, features, perRow, seed)
    return drawn
  }
  const units = map[0] * map[1]
  const radii = schedule(Math.max(...map) / 4, LAST_RADIUS, epochs)
  return {
    ...common(rows, features, map, radii, options),
    kind: 'sparse',
    updates: rows * epochs,
    files: {
      offsets: cached('offsets', parameters, [rows + 1], () => make().offsets),
      indices: cached('indices', parameters, [rows * perRow], () => make().indices),
      values: cached('values', parameters, [rows * perRow], () => make().values),
      codebook: cached('sparse-initial', { ...parameters, units }, [units, features], () => {
        const { indices, values } = make()
        const source = random(seed, 'initial')
        const codebook = new Float32Array(units * features)
        for (let unit = 0; unit < units; unit++) {
          const i = Math.floor(source() * rows)
          for (let p = i * perRow; p < (i + 1) * perRow; p++) codebook[unit * features + indices[p]] = values[p]
        }
        return codebook
      }),
      radius: cached('radius', { from: radii[0], epochs }, [epochs], () => radii),
    },
  }
}

/** Matching of rows to a codebook of the given file. */
export function matchWorkload(sizes: Sizes, samples: string, codebook: string, options: Options): Workload {
  return {
    ...common(sizes.rows, sizes.features, sizes.map, Float32Array.of(1), options),
    kind: 'match',
    updates: 0,
    files: { samples, codebook },
  }
}

/** Reading of a table of the given sizes. */
export function readWorkload(sizes: Sizes, table: string, options: Options): Workload {
  return {
    ...common(sizes.rows, sizes.features, sizes.map, Float32Array.of(1), options),
    kind: 'read',
    updates: 0,
    files: { codebook: '', table },
  }
}

/** A case's sizes with what the command line says of them. */
export function sized(sizes: Sizes, options: Options): Sizes {
  return {
    rows: options.rows ?? Math.max(2, Math.round(sizes.rows * options.scale)),
    features: options.features ?? sizes.features,
    map: options.map ?? sizes.map,
  }
}

/** Rows of the clusters of a case, in the cache. */
export function clusterFile(rows: number, features: number, seed: number): string {
  return cached('clusters', { rows, features, seed }, [rows, features], () => clusters(rows, features, CENTRES, seed))
}

function common(
  rows: number,
  features: number,
  map: readonly [number, number],
  radii: Float32Array,
  { threads, repeats }: Options,
): Omit<Workload, 'kind' | 'files' | 'updates'> {
  return {
    rows,
    features,
    mapRows: map[0],
    mapColumns: map[1],
    threads,
    repeats,
    wholeProcess: false,
    firstRadius: radii[0],
    lastRadius: radii[radii.length - 1],
    firstRate: FIRST_RATE,
    lastRate: LAST_RATE,
    part: 0,
    enough: 0,
  }
}

function drawnPrototypes(
  rows: number,
  features: number,
  map: readonly [number, number],
  seed: number,
  data: string,
  make: () => Float32Array,
): Files['codebook'] {
  const units = map[0] * map[1]
  return cached('initial', { rows, features, units, seed, data }, [units, features], () => {
    const samples = make()
    const source = random(seed, 'initial')
    const codebook = new Float32Array(units * features)
    for (let unit = 0; unit < units; unit++) {
      const i = Math.floor(source() * rows)
      codebook.set(samples.subarray(i * features, (i + 1) * features), unit * features)
    }
    return codebook
  })
}

/** `start` to `end` exponentially, one value a step. */
function schedule(start: number, end: number, steps: number): Float32Array {
  return Float32Array.from({ length: steps }, (_, t) => start * (end / start) ** (steps > 1 ? t / (steps - 1) : 0))
}

function orderOf(rows: number, updates: number, order: 'shuffled' | 'sequential', seed: number): Uint32Array {
  const source = random(seed, 'order')
  return Uint32Array.from({ length: updates }, (_, t) =>
    order === 'sequential' ? t % rows : Math.floor(source() * rows),
  )
}

function sparseRows(rows: number, features: number, perRow: number, seed: number) {
  const source = random(seed, 'sparse')
  const topic = Math.max(perRow, Math.floor(features / 10))
  const offsets = Uint32Array.from({ length: rows + 1 }, (_, i) => i * perRow)
  const indices = new Uint32Array(rows * perRow)
  const values = Float32Array.from({ length: rows * perRow }, () => source())
  for (let i = 0; i < rows; i++) {
    const first = Math.floor(source() * CENTRES) * Math.floor((features - topic) / CENTRES)
    const found = new Set<number>()
    while (found.size < perRow) {
      const within = source() < 0.7
      found.add(within ? first + Math.floor(source() * topic) : Math.floor(source() * features))
    }
    indices.set(Uint32Array.from(found).sort(), i * perRow)
  }
  return { offsets, indices, values }
}
