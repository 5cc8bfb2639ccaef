import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Som, train } from '@som/core'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readModel, writeModel } from './files.ts'
import { decode, encode } from './safetensors.ts'
import { decodeModel, encodeModel, MODEL_VERSION } from './som-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-model-'))
afterAll(() => rmSync(folder, { recursive: true }))

const samples = {
  features: ['a', 'b "quoted", é'],
  rows: 6,
  data: Float64Array.from([1, 2, 3, Number.NaN, -5, 6, 7, 8, 1e9, -1, 0, 0.1]),
}
const options = {
  samples,
  lattice: { rows: 4, columns: 3, cell: 'hexagonal', shape: 'toroid' },
  epochs: 3,
  stop: {},
} as const
const trained = (await train(options)).unwrapOrElse((issues) => {
  throw new Error(JSON.stringify(issues))
})
const checkpoint = (await train(options, { signal: AbortSignal.abort() })).unwrapOr(trained)

function bytesOf(som: Som): Uint8Array {
  return Buffer.concat(
    encodeModel(som).unwrapOrElse((error) => {
      throw new Error(JSON.stringify(error))
    }),
  )
}

const whole = bytesOf(trained)
const opened = decode(whole).unwrapOrElse((error) => {
  throw new Error(error)
})
const { tensors } = opened
/** As version 1 wrote it, without a digest: what is changed in it must be found by what it says. */
const metadata = { format: 'som', version: '1', som: opened.metadata.som }
const undigested = Buffer.concat(encode({ metadata, tensors }))

const golden = (version: number): Buffer => readFileSync(join(import.meta.dirname, 'golden', `version-${version}.som`))

/** What is reported for a file whose header or tensors were changed. */
function refusal(bytes: Uint8Array): string {
  const read = decodeModel(bytes)
  if (read.isOk) throw new Error('expected a problem, found a Som')
  return read.error.issues.map(({ path, message }) => `${path}: ${message}`).join('\n')
}

function withHeader(change: (header: Record<string, unknown>) => unknown): Uint8Array {
  const length = Number(new DataView(undigested.buffer, undigested.byteOffset).getBigUint64(0, true))
  const header = JSON.parse(Buffer.from(undigested.subarray(8, 8 + length)).toString())
  const json = Buffer.from(JSON.stringify(change(header)))
  const start = Buffer.alloc(8)
  start.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([start, json, undigested.subarray(8 + length)])
}

function withDescription(change: (description: Record<string, unknown>) => void): Uint8Array {
  const description = JSON.parse(metadata.som)
  change(description)
  return Buffer.concat(encode({ metadata: { ...metadata, som: JSON.stringify(description) }, tensors }))
}

const withTensors = (changed: Record<string, Float32Array | Float64Array>): Uint8Array =>
  Buffer.concat(
    encode({
      metadata,
      tensors: new Map([...tensors].map(([name, tensor]) => [name, { ...tensor, data: changed[name] ?? tensor.data }])),
    }),
  )

test('a file that version 1 wrote is read, with everything in it', () => {
  const som = decodeModel(golden(1), 'map').unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem))
  })
  expect(som.lattice).toEqual({ cell: 'hexagonal', shape: 'toroid', rows: 2, columns: 3 })
  expect(som.codebook.data[1]).toBe(-0.1832268387079239)
  expect(som.seen?.hits).toEqual(Float64Array.of(2, 3, 6, 5, 4, 0))
  expect(som.seen?.quantizationError).toBe(0.552436426281929)
  expect(som.training.digest).toBe('224fa9ed45b0617d')
  expect(som.clusters?.names?.[som.clusters.of[2]]).toBe('rough')
  expect(som.features.map(({ name, preprocessing, source }) => [name, preprocessing.method, source])).toEqual([
    ['width', 'z-score', undefined],
    ['length', 'robust', undefined],
    ['kind=a', 'none', { column: 'kind', level: 'a' }],
  ])
})

test('the file of version 1 becomes that of version 2 when it is written again', () => {
  const again = (bytes: Uint8Array): Uint8Array | null => decodeModel(bytes).map(bytesOf).unwrapOr(null)
  expect(again(golden(1))).toEqual(golden(2))
  expect(again(golden(2))).toEqual(golden(2))
})

describe('a model file', () => {
  test('gives back the Som that was put into it', () => {
    expect(decodeModel(whole).unwrapOr(null)).toEqual(trained)
    expect(decodeModel(bytesOf(checkpoint)).unwrapOr(null)).toEqual(checkpoint)
    expect(checkpoint.training.unfinished).toBeDefined()
  })

  test('keeps where an epoch that was cut began, so that a resumed run ends with the same bytes', async () => {
    const run = {
      samples,
      lattice: { rows: 2, columns: 3 },
      rule: 'mini-batch',
      batchSize: 2,
      epochs: 3,
      stop: {},
    } as const
    const stop = new AbortController()
    const progress = (share: number): void => {
      if (share > 0.4) stop.abort()
    }
    const fail = (): never => {
      throw new Error('not trained')
    }
    const cut = (await train(run, { signal: stop.signal, progress })).unwrapOrElse(fail)
    expect(cut.training.unfinished).toMatchObject({ epoch: 1, step: 2, epochStart: { rows: 6, columns: 2 } })
    const resume = decodeModel(bytesOf(cut)).unwrapOr(trained)
    expect(resume).toEqual(cut)
    const resumed = (await train({ samples, resume })).unwrapOrElse(fail)
    expect(Buffer.compare(bytesOf(resumed), bytesOf((await train(run)).unwrapOrElse(fail)))).toBe(0)
    const start = cut.training.unfinished?.epochStart?.data.map(() => Number.NaN)
    const broken = { ...cut.training.unfinished, epochStart: { rows: 6, columns: 2, data: start } }
    expect(refusal(bytesOf({ ...cut, training: { ...cut.training, unfinished: broken } } as Som))).toMatch(
      /epoch_start: expected finite numbers/,
    )
  })

  test('keeps clusters, and refuses such as cannot be', () => {
    const clusters = { method: 'ward', count: 2, of: Int32Array.from({ length: 12 }, (_, i) => i % 2), seed: 1 }
    const som = { ...trained, clusters: { ...clusters, names: ['calm', 'rough, <b>'] } }
    expect(decodeModel(bytesOf(som)).unwrapOr(null)).toEqual(som)
    expect(refusal(bytesOf({ ...trained, clusters: { ...clusters, count: 1 } }))).toMatch(
      /clusters: expected 12 integers/,
    )
    const misnamed = encodeModel({ ...trained, clusters: { ...clusters, names: ['calm'] } })
    expect(misnamed.isErr).toBe(true)
    const noise = { ...clusters, of: clusters.of.map((place) => place - 1), count: 1, reach: [0.75] }
    expect(decodeModel(bytesOf({ ...trained, clusters: noise })).unwrapOr(null)?.clusters).toEqual(noise)
    expect(encodeModel({ ...trained, clusters: { ...noise, reach: [1, 2] } }).isErr).toBe(true)
    expect(encodeModel({ ...trained, clusters: { ...noise, reach: [-1] } }).isErr).toBe(true)
    const below = { ...noise, of: noise.of.map((place) => place - 1) }
    expect(refusal(bytesOf({ ...trained, clusters: below }))).toMatch(/clusters: expected 12 integers/)
  })

  test('keeps what normal rows look like, and refuses such as cannot be', () => {
    const units = trained.codebook.rows
    const calibration = {
      columns: trained.features.map(({ name }) => name),
      derived: trained.features.map((_, column) => ({ column, by: 'value' as const, steps: 0 })),
      time: 'when',
      heldOut: 'rows' as const,
      distances: Float32Array.from([0.5, 1, 0.25]),
      counts: Uint32Array.from({ length: units }, (_, unit) => (unit === 1 ? 2 : unit === 3 ? 1 : 0)),
      drift: { farther: 3, nearer: 0 },
      runs: trained.features.map(() => ({ same: 2, missing: 1 })),
    }
    const som = { ...trained, calibration }
    expect(decodeModel(bytesOf(som)).unwrapOr(null)).toEqual(som)
    const counts = new Uint32Array(units)
    expect(refusal(bytesOf({ ...som, calibration: { ...calibration, counts } }))).toMatch(
      /calibration: expected as many/,
    )
    expect(refusal(bytesOf({ ...som, calibration: { ...calibration, derived: [] } }))).toMatch(/one per feature/)
    expect(encodeModel({ ...som, calibration: { ...calibration, runs: [] } }).isErr).toBe(true)
  })

  test('of the same Som has the same bytes, after reading it back too', () => {
    const again = decodeModel(whole).unwrapOr(checkpoint)
    expect(Buffer.compare(bytesOf(again), whole)).toBe(0)
  })

  const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, Number.POSITIVE_INFINITY))

  test('keeps every number as it was', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), number, (seed, error) => {
        const som = {
          ...trained,
          training: {
            ...trained.training,
            seed,
            history: [{ epoch: 1, radius: 1, learningRate: 1, quantizationError: error }],
          },
        }
        expect(decodeModel(bytesOf(som)).unwrapOr(null)).toEqual(som)
      }),
    )
  })

  test('begins its numbers at a multiple of eight bytes', () => {
    expect(new DataView(whole.buffer, whole.byteOffset).getBigUint64(0, true) % 8n).toBe(0n)
  })

  test('cannot keep a function of the user', () => {
    const som = { ...trained, metric: { name: 'mine', distance: () => 0 } }
    expect(encodeModel(som).isErr).toBe(true)
  })

  test('is written whole or not at all', async () => {
    const path = join(folder, 'map.som')
    expect((await writeModel(path, trained)).isOk).toBe(true)
    expect(Buffer.compare(readFileSync(path), whole)).toBe(0)
    expect((await readModel(path)).unwrapOr(null)).toEqual(trained)
    expect(readdirSync(folder)).toEqual(['map.som'])
  })

  test('that is absent, a folder or a table is reported', async () => {
    const table = join(folder, 'table.csv')
    writeFileSync(table, 'a,b\n1,2\n3,4\n')
    const told = async (path: string): Promise<string> => {
      const read = await readModel(path)
      return read.isErr ? `${read.error.kind}: ${read.error.issues[0].message}` : ''
    }
    expect(await told(join(folder, 'absent.som'))).toContain('not-found: no such file')
    expect(await told(folder)).toContain('found a folder')
    expect(await told(table)).toContain('not-a-model: expected a model file, found other contents')
  })
})

describe('a model file is refused with a message', () => {
  test.each([0, 1, 7, 8, 9, 100, whole.length - 1])('when cut to %i bytes', (length) => {
    expect(refusal(whole.subarray(0, length))).toMatch(/cut short/)
  })

  test('when bytes follow it', () => {
    expect(refusal(Buffer.concat([whole, Buffer.alloc(4)]))).toMatch(/damaged/)
  })

  test('when a newer release wrote it', () => {
    const newer = Buffer.concat(encode({ metadata: { ...metadata, version: String(MODEL_VERSION + 1) }, tensors }))
    expect(refusal(newer)).toMatch(/expected model file version 2 or older, found 3.*update/)
  })

  test('whichever bit of it changes', () => {
    fc.assert(
      fc.property(fc.nat(8 * whole.length - 1), (bit) => {
        const flipped = Uint8Array.from(whole)
        flipped[bit >> 3] ^= 1 << (bit & 7)
        expect(decodeModel(flipped).isErr).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('when a number of it changes to another that could be, with both digests', () => {
    const changed = Uint8Array.from(whole)
    changed[whole.length - 1] ^= 1
    expect(refusal(changed)).toMatch(
      /^model: expected contents with the SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}; the file is damaged$/,
    )
  })

  test('when its digest was taken out, unless the version has none', () => {
    const { digest, ...rest } = opened.metadata
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    const without = (version: string): Uint8Array => Buffer.concat(encode({ metadata: { ...rest, version }, tensors }))
    expect(refusal(without('2'))).toBe('model: expected a digest, found none; the file is damaged')
    expect(decodeModel(without('1')).unwrapOr(null)).toEqual(trained)
  })

  test('when its header claims to be huge', () => {
    const huge = Buffer.from(whole)
    huge.writeBigUInt64LE(2n ** 63n)
    expect(refusal(huge)).toMatch(/expected a model file, found other contents/)
    huge.writeBigUInt64LE(50_000_000n)
    expect(refusal(huge)).toMatch(/cut short/)
  })

  test.each([
    ['overlap', [0, 1000], /expected to start at byte/],
    ['leave a hole', [8, 104], /expected to start at byte/],
    ['run backwards', [0, -8], /expected dtype, shape and data_offsets/],
    ['are not integers', [0, 1.5], /expected dtype, shape and data_offsets/],
    ['are beyond all numbers', [0, 1e308], /expected dtype, shape and data_offsets/],
  ])('when its places %s', (_, data_offsets, message) => {
    const changed = withHeader((header) => ({ ...header, hits: { dtype: 'F64', shape: [12], data_offsets } }))
    expect(refusal(changed)).toMatch(message)
  })

  test.each([
    ['a type of other numbers', { dtype: 'I32', shape: [24] }, /codebook: expected 12 x 2 numbers of type F32/],
    ['another shape', { dtype: 'F32', shape: [24] }, /codebook: expected 12 x 2 numbers of type F32/],
    ['a shape that does not agree', { dtype: 'F32', shape: [2 ** 40, 2 ** 40] }, /shape and length do not agree/],
  ])('when the codebook has %s', (_, entry, message) => {
    // The header we wrote ourselves has an object here.
    const changed = withHeader((header) => ({ ...header, codebook: { ...(header.codebook as object), ...entry } }))
    expect(refusal(changed)).toMatch(message)
  })

  test('when a tensor is missing', () => {
    const bytes = Buffer.concat(
      encode({ metadata, tensors: new Map([...tensors].filter(([name]) => name !== 'hits')) }),
    )
    expect(refusal(bytes)).toMatch(/hits: expected 12 numbers of type F64/)
  })

  test('when its numbers cannot be: every issue at once', () => {
    const bytes = withTensors({
      codebook: new Float32Array(24).fill(Number.NaN),
      hits: new Float64Array(12).fill(-1),
      distances: Float32Array.from([3, 2, 1, 0, 0, 0]),
    })
    expect(refusal(bytes).split('\n')).toHaveLength(3)
  })

  test('when its description does not fit: every issue at once, with its place', () => {
    const bytes = withDescription((description) => {
      description.metric = 'euclid'
      description.lattice = { cell: 'hexagonal', shape: 'sheet', rows: 0, columns: 3 }
    })
    expect(refusal(bytes)).toMatch(/lattice.rows: expected/)
    expect(refusal(bytes)).toMatch(/metric: expected/)
  })

  test('when two features have one name', () => {
    const bytes = withDescription((description) => {
      description.features = [trained.features[0], trained.features[0]]
    })
    expect(refusal(bytes)).toMatch(/names must be unique/)
  })

  test('when it holds tensors of something else', () => {
    expect(refusal(Buffer.concat(encode({ metadata: {}, tensors })))).toMatch(/found tensors of something else/)
  })
})

describe('no bytes make reading throw', () => {
  test('whatever they are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeModel(bytes)))
  })

  test('wherever a model is changed', () => {
    fc.assert(
      fc.property(fc.nat(undigested.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        const bytes = Uint8Array.from(cut ? undigested.subarray(0, at + 1) : undigested)
        bytes[at] = value
        decodeModel(bytes)
      }),
      { numRuns: 500 },
    )
  })

  test('whatever JSON its header and its description hold', () => {
    fc.assert(
      fc.property(fc.json(), fc.dictionary(fc.string(), fc.jsonValue()), (json, header) => {
        decodeModel(Buffer.concat(encode({ metadata: { ...metadata, som: json }, tensors })))
        decodeModel(withHeader(() => header))
      }),
      { numRuns: 500 },
    )
  })

  test('and no name of a key reaches a prototype', () => {
    const bytes = withDescription((description) => {
      Object.defineProperty(description, '__proto__', { value: { polluted: true }, enumerable: true })
      Object.assign(description, { constructor: { prototype: { polluted: true } } })
    })
    const som = decodeModel(bytes).unwrapOr(null)
    expect(som).toEqual(trained)
    expect(som).not.toHaveProperty('polluted')
    decodeModel(
      withHeader((header) => JSON.parse(`{"__proto__": {"dtype": "F32"}, ${JSON.stringify(header).slice(1)}`)),
    )
    expect({}).not.toHaveProperty('polluted')
  })
})
