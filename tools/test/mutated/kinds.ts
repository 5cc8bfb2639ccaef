// What is read in the test of mutated files: by kind, whole files to begin with, and the reader of the product.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fitTargets, js, orThrow, type Som, samplesOf, train } from '../../../packages/core/src/index.ts'
import { openTable as openInPage } from '../../../packages/io/src/browser/open-table.ts'
import { decodeNpy, encodeNpy } from '../../../packages/io/src/codebooks/npy.ts'
import {
  codebookOf,
  decodeMiniSom,
  decodeModel,
  decodeSomPak,
  decodeWeights,
  encodeCodebookNpy,
  encodeModel,
  encodeSomPak,
  encodeWeights,
  openTable,
  readSamples,
  selectColumns,
} from '../../../packages/io/src/index.ts'
import { decode, encode } from '../../../packages/io/src/model/safetensors.ts'
import { type GivenTable, WRITERS } from '../../../packages/io/test/write-as.ts'
import { UNCOUNTED } from '../../../packages/server/src/in-flight.ts'
import { arrowSamples } from '../../../packages/server/src/scoring/arrow-samples.ts'
import { ndjsonSamples } from '../../../packages/server/src/scoring/ndjson.ts'
import { readMatrix, readTensors } from '../../../packages/server/src/scoring/read-body.ts'
import { rowReader } from '../../../packages/server/src/scoring/row-reader.ts'

export interface Kind {
  readonly whole: readonly Uint8Array[]
  /** Bytes that reading may take beside what is in proportion to the file; by default 8 MiB. */
  readonly beside?: number
  /** Reads a file to its end; throws, or rejects, with what it refuses. */
  read(bytes: Buffer): unknown
}

const TABLE: GivenTable = [
  { name: 'a', type: 'number', cells: [1.5, -2, null, 4.25, 5] },
  { name: 'b', type: 'text', cells: ['x', 'y', 'x', null, 'y, "z"'] },
  { name: 'c', type: 'whole', cells: [1n, 2n, 3n, 4n, null] },
  { name: 'd', type: 'time', cells: [0, 1, 2, 3, 4].map((day) => new Date(day * 86_400_000)) },
  { name: 'e', type: 'flag', cells: [true, false, null, true, false] },
]

const ROWS = [[1, 2], [3, 5], [4, 1], [7, 8], [2, 2], [6, 5]] // biome-ignore format: a table

async function trained(options: object = {}): Promise<Som> {
  const samples = samplesOf(ROWS, ['a', 'b'])
  const given = { samples, lattice: { rows: 2, columns: 3 }, epochs: 2, ...options }
  const som = orThrow(await train(given, { backend: js() }))
  return orThrow(await fitTargets(som, samples, { t: ['p', 'q', 'p', 'q', 'q', 'p'], u: [1, 2, 3, 4, 5, 6] }))
}

const modelOf = (som: Som): Buffer => Buffer.concat(encodeModel(som).unwrapOr([]))

/** As version 1 wrote it, without a digest, which would find every change before anything else is read. */
function withoutDigest(bytes: Buffer): Buffer {
  const { metadata, tensors } = decode(bytes).unwrapOrElse((problem) => {
    throw new Error(problem)
  })
  return Buffer.concat(encode({ metadata: { format: 'som', version: '1', som: metadata.som }, tensors }))
}

const settled = (result: { isErr: boolean; error?: unknown }): void => {
  if (result.isErr) throw result.error
}

/** Rows of a table that is open, as `som train` reads them. */
async function readRows(opened: Awaited<ReturnType<typeof openTable>>): Promise<void> {
  if (opened.isErr) throw opened.error
  try {
    const selection = selectColumns(opened.value)
    if (selection.isErr) throw selection.error
    settled(await readSamples(opened.value, selection.value))
  } finally {
    opened.value.close()
  }
}

async function* inParts(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 700) yield bytes.subarray(from, from + 700)
}

async function drained(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source);
}

const text = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`)

/** Every kind, its whole files made in `folder`. */
export async function kindsIn(folder: string): Promise<Record<string, Kind>> {
  const written: Record<string, Uint8Array> = {}
  for (const [name, write] of Object.entries(WRITERS)) written[name] = readFileSync(await write(TABLE, folder))
  const som = await trained()
  const layered = await trained({
    layers: [
      { name: 'one', features: ['a'] },
      { name: 'two', features: ['b'], metric: 'manhattan', weight: 2 },
    ],
  })
  const models = [som, layered].map(modelOf)
  const codebook = codebookOf(som, 'user')
  const features = som.features
  const bounds = { depth: 64, containers: 100_000, names: 100_000 }
  const body = { features, most: 100_000, bounds }

  const page = (extension: string): Kind['read'] => {
    return async (bytes) => readRows((await openInPage({ name: `rows.${extension}`, contents: bytes })) as never)
  }
  const file = (extension: string): Kind['read'] => {
    const path = join(folder, `mutated.${extension}`)
    return async (bytes) => {
      writeFileSync(path, bytes)
      await readRows(await openTable(path))
    }
  }
  const columns = (name: string, ...more: Uint8Array[]): Uint8Array[] => [written[name], ...more]
  const numbers = text('a,b', '1,2', '3.5,4e1', '-5,6', ',8')
  const libsvm = text('1 1:0.5 3:2', '0 2:1 3:-4', '1 1:1')
  const npy = encodeNpy({ shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) })

  return {
    model: { whole: models.map(withoutDigest), read: (bytes) => settled(decodeModel(bytes)) },
    'model with a digest': { whole: models, read: (bytes) => settled(decodeModel(bytes)) },
    'weights of SOM_PAK': {
      whole: [Buffer.from(encodeSomPak(codebook))],
      read: (bytes) => settled(decodeSomPak(bytes.toString())),
    },
    'weights of ESOM': {
      whole: [Buffer.from(encodeWeights(codebook))],
      read: (bytes) => settled(decodeWeights(bytes.toString())),
    },
    'codebook of npy': { whole: [encodeCodebookNpy(codebook), npy], read: (bytes) => settled(decodeNpy(bytes)) },
    'weights of MiniSom': {
      whole: [encodeNpy({ shape: [2, 3, 2], data: Float64Array.from({ length: 12 }, (_, i) => i) })],
      read: (bytes) => settled(decodeMiniSom(bytes)),
    },
    'page csv': { whole: columns('csv', numbers), read: page('csv') },
    // Its library takes a page for as large as it says.
    'page parquet': { whole: columns('parquet'), read: page('parquet'), beside: 2 ** 28 },
    'page arrow': { whole: columns('arrow', written.arrows), read: page('arrow') },
    'page xlsx': { whole: columns('xlsx'), read: page('xlsx') },
    'body csv': { whole: [numbers], read: (bytes) => readMatrix({ ...body, type: 'csv', bytes }) },
    'body json': {
      whole: [
        text('{"instances":[[1,2],[3,4.5],[7,6]]}'),
        text('{"dataframe_records":[{"a":1,"b":2},{"a":-3e2,"b":0}]}'),
      ],
      read: (bytes) => readMatrix({ ...body, type: 'json', bytes }),
    },
    'body of tensors': {
      whole: [text('{"inputs":[{"name":"rows","datatype":"FP32","shape":[2,2],"data":[1,2,3,4]}]}')],
      read: (bytes) => readTensors({ ...body, type: 'json', bytes }),
    },
    'body ndjson': {
      whole: [text('[1,2]', '{"a":3,"b":4}', '[null,5]')],
      read: (bytes) => drained(ndjsonSamples(inParts(bytes), rowReader(som))),
    },
    'body arrow': {
      whole: [
        readFileSync(
          await WRITERS.arrows(
            [
              { name: 'a', type: 'number', cells: [1, 2, null] },
              { name: 'b', type: 'whole', cells: [1n, 2n, 3n] },
            ],
            folder,
          ),
        ),
      ],
      read: (bytes) => drained(arrowSamples(inParts(bytes), rowReader(som), UNCOUNTED)),
    },
    npy: { whole: [npy], read: file('npy') },
    libsvm: { whole: [libsvm], read: file('libsvm') },
    dat: { whole: [text('2', '# a table', '1 2 x', '3 4 y', 'x 6')], read: file('dat') },
    lrn: { whole: [text('% 3', '% 3', '% 9 1 1', '% Key a b', '1 1 2', '2 3 4', '3 5 6')], read: file('lrn') },
    xlsx: { whole: columns('xlsx'), read: file('xlsx') },
    arrow: { whole: columns('arrow', written.arrows), read: file('arrow') },
    csv: { whole: columns('csv', numbers), read: file('csv') },
    json: { whole: columns('json'), read: file('json') },
    ndjson: { whole: columns('ndjson'), read: file('ndjson') },
    parquet: { whole: columns('parquet'), read: file('parquet') },
    sqlite: { whole: columns('sqlite'), read: file('sqlite') },
    'csv.gz': { whole: columns('csv.gz'), read: file('csv.gz') },
    // A frame of zstd may ask for a window of 128 MiB.
    'csv.zst': { whole: columns('csv.zst'), read: file('csv.zst'), beside: 2 ** 28 },
  }
}
