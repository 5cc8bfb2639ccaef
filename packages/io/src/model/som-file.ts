import {
  type Calibration,
  isOwnMetric,
  kernelName,
  LAYERED,
  type Matrix,
  type Metric,
  metricName,
  metricOfLayers,
  type Som,
  unitCount,
} from '@som/core'
import Result from 'true-myth/result'
import * as v from 'valibot'
import { type Problem, problem } from '../problem.ts'
import { contentDigest } from './content-digest.ts'
import { describedEmbedding, EMBEDDING_TENSORS, embeddingOf, embeddingTensors } from './embedding-tensors.ts'
import { jsonProblem } from './json-bounds.ts'
import { type Contents, decode, encode, type Tensor } from './safetensors.ts'
import { type Description, descriptionSchema, schemaIssues, toJson } from './schema.ts'
import { describedTargets, isOfTargets, targetsOf, targetTensors } from './target-tensors.ts'

/** The model file version that this package writes. It reads this and all earlier ones. */
export const MODEL_VERSION = 2

/**
 * A Som as the parts of a model file, in order: the safetensors layout with the tensors `codebook` (F32, units ×
 * features), `hits` (F64, units), `distances` (F32), `clusters` (F64, units: the place of each one's cluster, from 0;
 * -1 for none), `calibration` (F32), `calibration_counts` (F64, units) and `epoch_start` (F32, units × features: the
 * codebook at the start of an interrupted epoch), if the Som has them, those of its targets (see `targetTensors`) and
 * of its embedding (see `embeddingTensors`), and in the metadata the rest as JSON under `som` and the `contentDigest`
 * of all of it under `digest`. The same Som gives the same bytes.
 */
export function encodeModel(som: Som): Result<Uint8Array[], Problem> {
  const described = v.safeParse(descriptionSchema, {
    features: som.features,
    lattice: som.lattice,
    metric: metricName(som.metric),
    layers: som.layers,
    kernel: kernelName(som.kernel),
    training: som.training,
    seen: som.seen,
    clusters: som.clusters,
    calibration: som.calibration,
    targets: som.targets && describedTargets(som.targets),
    embedding: som.embedding && describedEmbedding(som.embedding),
  })
  const custom = [
    ...(isOwnMetric(som.metric) ? [{ path: 'metric', message: OWN_FUNCTION }] : []),
    ...(typeof som.kernel === 'string' ? [] : [{ path: 'kernel', message: OWN_FUNCTION }]),
  ]
  if (custom.length > 0) return Result.err({ kind: 'data', issues: custom })
  if (!described.success) return Result.err({ kind: 'data', issues: schemaIssues(described.issues) })
  const { codebook, seen, clusters, calibration, targets, embedding, training } = som
  const epochStart = training.unfinished?.epochStart
  const tensors = new Map<string, Tensor>([
    ['codebook', prototypes(codebook)],
    ...(epochStart === undefined ? [] : [['epoch_start', prototypes(epochStart)] as const]),
    ...(seen === null ? [] : [vector('hits', seen.hits), vector('distances', seen.distances)]),
    ...(clusters === undefined ? [] : [vector('clusters', Float64Array.from(clusters.of))]),
    ...(calibration === undefined
      ? []
      : [
          vector('calibration', calibration.distances),
          vector('calibration_counts', Float64Array.from(calibration.counts)),
        ]),
    ...(targets === undefined ? [] : targetTensors(targets, codebook.rows)),
    ...(embedding === undefined ? [] : embeddingTensors(embedding)),
  ])
  const json = toJson(described.output)
  const digest = contentDigest(json, tensors)
  return Result.ok(encode({ metadata: { format: 'som', version: String(MODEL_VERSION), digest, som: json }, tensors }))
}

function prototypes({ rows, columns, data }: Matrix): Tensor {
  return { shape: [rows, columns], data }
}

function vector(name: string, data: Tensor['data']): [string, Tensor] {
  return [name, { shape: [data.length], data }]
}

const OWN_FUNCTION =
  'expected a name, found your own function, which cannot be stored in a file; store the codebook instead'

/**
 * Reads the Som in the bytes of a model file, named `shown` in messages. The bytes are untrusted: any bytes give a
 * Result. Bytes that are `given` away become part of the Som without copying.
 */
export function decodeModel(bytes: Uint8Array, shown = 'model', given = false): Result<Som, Problem> {
  const contents = decode(bytes, given)
  if (contents.isErr) return problem('not-a-model', shown, contents.error)
  const { metadata, tensors, names } = contents.value
  if (metadata.format !== 'som' || metadata.som === undefined) {
    return problem('not-a-model', shown, 'expected a self-organising map, found tensors of something else')
  }
  if (!/^[1-9][0-9]{0,8}$/.test(metadata.version ?? '')) {
    return problem(
      'not-a-model',
      shown,
      `version: expected a number, found ${JSON.stringify(metadata.version ?? null)}`,
    )
  }
  if (Number(metadata.version) > MODEL_VERSION) {
    const found = `expected model file version ${MODEL_VERSION} or older, found ${metadata.version}`
    return problem('newer-version', shown, `${found}: a newer release wrote it; update som to read it`)
  }
  const other = names.find((name) => !TENSORS.has(name) && !isOfTargets(name))
  if (other !== undefined)
    return problem('not-a-model', shown, `expected only tensors of a map, found ${JSON.stringify(other.slice(0, 60))}`)
  const changed = damage(metadata, tensors)
  if (changed !== null) return problem('not-a-model', shown, changed)
  const wrong = jsonProblem(metadata.som, DESCRIPTION_BOUNDS)
  if (wrong !== null) return problem('not-a-model', shown, `expected the description of a map, found ${wrong}`)
  const described = checkDescription(parse(metadata.som), metadata.som.length)
  if (!described.success) {
    const issues = schemaIssues(described.issues).slice(0, MOST_ISSUES)
    return Result.err({
      kind: 'not-a-model',
      issues: issues.map((issue) => ({ ...issue, path: `${shown}: ${issue.path}` })),
    })
  }
  return assemble(described.output, tensors, shown)
}

/** Why these are not the contents that were written; null if they are, and for version 1, which has no digest. */
function damage({ version, som, digest }: Contents['metadata'], tensors: Contents['tensors']): string | null {
  if (digest === undefined && version === '1') return null
  const found = contentDigest(som, tensors)
  if (digest === found) return null
  const expected = digest === undefined ? 'a digest' : `contents with the SHA-256 ${digest.slice(0, 64)}`
  return `expected ${expected}, found ${digest === undefined ? 'none' : found}; the file is damaged`
}

/** Every issue of a short description, or the first of a long one, which may have millions. */
function checkDescription(given: unknown, length: number): v.SafeParseResult<typeof descriptionSchema> {
  return v.safeParse(descriptionSchema, given, { abortEarly: length > SHORT })
}

/** Up to this many characters a description is searched for every issue; and the most issues reported. */
const [SHORT, MOST_ISSUES] = [2 ** 18, 10]
/** Its lists are features, epochs and clusters, with objects of numbers and texts. */
const DESCRIPTION_BOUNDS = { depth: 16, entries: 2 ** 22 }
const TENSORS: ReadonlySet<string> = new Set([
  ...['codebook', 'hits', 'distances', 'clusters', 'calibration', 'calibration_counts', 'epoch_start'],
  ...EMBEDDING_TENSORS,
])

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function assemble(description: Description, tensors: Contents['tensors'], shown: string): Result<Som, Problem> {
  const units = unitCount(description.lattice)
  const width = description.features.length
  const issues: string[] = []
  const codebook = prototypesOf('codebook', tensors, units, width, issues)
  const { unfinished } = description.training
  const start = unfinished && tensors.has('epoch_start') && prototypesOf('epoch_start', tensors, units, width, issues)
  const arrays = description.seen === null ? null : seenArrays(tensors, units, issues)
  const groups = description.clusters && clustersOf(tensors, units, description.clusters.count, issues)
  const normal = description.calibration && calibrationOf(tensors, units, description.calibration, width, issues)
  const predicted = description.targets && targetsOf(description.targets, tensors, units, width, issues)
  const plane = description.embedding && embeddingOf(description.embedding, tensors, width, issues)
  const metric = metricIn(description, issues)
  if (codebook === null || metric === null || issues.length > 0) {
    return Result.err({ kind: 'not-a-model', issues: issues.map((message) => ({ path: shown, message })) })
  }
  const { clusters, calibration: _, targets: __, embedding: ___, training, ...rest } = description
  return Result.ok({
    ...rest,
    metric,
    training: unfinished && start ? { ...training, unfinished: { ...unfinished, epochStart: start } } : training,
    ...(clusters && groups && { clusters: { ...clusters, of: groups } }),
    ...(normal && { calibration: normal }),
    ...(predicted && { targets: predicted }),
    ...(plane && { embedding: plane }),
    codebook,
    seen: description.seen && arrays && { ...arrays, ...description.seen },
  })
}

/** The metric that is described, which is that of the layers if there are some. */
function metricIn({ metric, layers, features }: Description, issues: string[]): Metric | null {
  if (layers === undefined) {
    if (metric !== LAYERED) return metric
    issues.push(`layers: expected those of a ${LAYERED} metric, found none`)
    return null
  }
  const named = layers.flatMap((layer) => layer.features)
  const each = new Set(named)
  const isWhole = named.length === features.length && features.every(({ name }) => each.has(name))
  const ofLayers = metricOfLayers(isWhole ? layers : [], isWhole ? features.map(({ name }) => name) : [])
  if (isWhole && metricName(ofLayers) === metric) return ofLayers
  issues.push(
    isWhole
      ? `metric: expected ${metricName(ofLayers)} as its layers are, found ${metric}`
      : `layers: expected each of ${features.length} features in one layer, found others`,
  )
  return null
}

/** A tensor of units × features, or an issue. */
function prototypesOf(
  name: string,
  tensors: Contents['tensors'],
  units: number,
  width: number,
  issues: string[],
): Matrix | null {
  const data = floats(tensors.get(name), [units, width])
  if (data === null) issues.push(`${name}: expected ${units} x ${width} numbers of type F32`)
  else if (!allFinite(data)) issues.push(`${name}: expected finite numbers`)
  return data && { rows: units, columns: width, data }
}

function clustersOf(
  tensors: Contents['tensors'],
  units: number,
  count: number,
  issues: string[],
): Int32Array | undefined {
  const of = doubles(tensors.get('clusters'), [units])
  if (of?.every((cluster) => Number.isInteger(cluster) && cluster >= -1 && cluster < count)) return Int32Array.from(of)
  issues.push(`clusters: expected ${units} integers of type F64 from -1 to ${count - 1}`)
  return undefined
}

function calibrationOf(
  tensors: Contents['tensors'],
  units: number,
  described: NonNullable<Description['calibration']>,
  width: number,
  issues: string[],
): Calibration | undefined {
  const distances = floats(tensors.get('calibration'))
  const counts = doubles(tensors.get('calibration_counts'), [units])
  if (described.derived.length !== width)
    issues.push(`calibration: expected ${width} features, one per feature of the map`)
  if (!counts?.every((count) => Number.isInteger(count) && count >= 0)) {
    issues.push(`calibration_counts: expected ${units} integers of at least 0 of type F64`)
  } else if (distances?.length !== counts.reduce((sum, count) => sum + count, 0)) {
    issues.push('calibration: expected as many numbers of type F32 as calibration_counts says')
  }
  if (!distances?.every((d) => d >= 0 && d < Infinity))
    issues.push('calibration: expected finite numbers of at least 0')
  if (distances === null || counts === null) return undefined
  return { ...described, distances, counts: Uint32Array.from(counts) }
}

function seenArrays(
  tensors: Contents['tensors'],
  units: number,
  issues: string[],
): { hits: Float64Array; distances: Float32Array } | null {
  const hits = doubles(tensors.get('hits'), [units])
  const distances = floats(tensors.get('distances'))
  if (hits === null) issues.push(`hits: expected ${units} numbers of type F64`)
  else if (!hits.every((hit) => hit >= 0 && hit < Infinity)) issues.push('hits: expected finite numbers of at least 0')
  if (distances === null) issues.push('distances: expected numbers of type F32 in one row')
  else if (!distances.every((d, i) => d >= (i === 0 ? 0 : distances[i - 1]) && d < Infinity)) {
    issues.push('distances: expected finite numbers of at least 0, ascending')
  }
  return hits && distances && { hits, distances }
}

/** As `every(Number.isFinite)`, but several times faster: the codebook is most of a file. */
function allFinite(numbers: Float32Array): boolean {
  let zero = 0
  for (let i = 0; i < numbers.length; i++) zero += numbers[i] * 0
  return zero === 0
}

function floats(tensor: Tensor | undefined, shape?: readonly number[]): Float32Array | null {
  return tensor?.data instanceof Float32Array && hasShape(tensor, shape) ? tensor.data : null
}

function doubles(tensor: Tensor | undefined, shape: readonly number[]): Float64Array | null {
  return tensor?.data instanceof Float64Array && hasShape(tensor, shape) ? tensor.data : null
}

function hasShape(tensor: Tensor, shape: readonly number[] = [tensor.data.length]): boolean {
  return tensor.shape.length === shape.length && shape.every((side, i) => side === tensor.shape[i])
}
