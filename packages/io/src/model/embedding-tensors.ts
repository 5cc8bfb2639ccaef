import type { Embedding } from '@som/core'
import type { Contents, Tensor } from './safetensors.ts'
import type { DescribedEmbedding } from './schema.ts'

const [LANDMARKS, PLACES, REPULSION] = ['embedding_landmarks', 'embedding_places', 'embedding_repulsion']

/** The names of an embedding's tensors. */
export const EMBEDDING_TENSORS: readonly string[] = [LANDMARKS, PLACES, REPULSION]

/** What a file describes of an embedding. */
export function describedEmbedding({ layout, rows, repulsion }: Embedding): DescribedEmbedding {
  const { x, y, cell } = repulsion
  return { layout, rows, repulsion: { x, y, cell } }
}

/**
 * The arrays of an embedding, all F32: `embedding_landmarks` (landmarks × features), `embedding_places` (landmarks × 2)
 * and `embedding_repulsion` (rows × columns of its grid × 3).
 */
export function embeddingTensors({ landmarks, places, repulsion }: Embedding): [string, Tensor][] {
  return [
    [LANDMARKS, { shape: [landmarks.rows, landmarks.columns], data: landmarks.data }],
    [PLACES, { shape: [landmarks.rows, 2], data: places }],
    [REPULSION, { shape: [repulsion.rows, repulsion.columns, 3], data: repulsion.values }],
  ]
}

/** The embedding described, with its tensors; undefined, and messages in `issues`, where these do not fit. */
export function embeddingOf(
  described: DescribedEmbedding,
  tensors: Contents['tensors'],
  features: number,
  issues: string[],
): Embedding | undefined {
  const before = issues.length
  const take = (name: string, fits: (shape: readonly number[]) => boolean, what: string): Tensor | undefined => {
    const tensor = tensors.get(name)
    if (tensor?.data instanceof Float32Array && fits(tensor.shape) && tensor.data.every(Number.isFinite)) return tensor
    issues.push(`${name}: expected ${what} finite numbers of type F32`)
    return undefined
  }
  const landmarks = take(
    LANDMARKS,
    (shape) => shape.length === 2 && shape[0] > 0 && shape[1] === features,
    `landmarks x ${features}`,
  )
  const count = landmarks?.shape[0] ?? 0
  const isPlaces = ([rows, two, ...more]: readonly number[]): boolean =>
    rows === count && two === 2 && more.length === 0
  const places = landmarks && take(PLACES, isPlaces, `${count} x 2`)
  const isGrid = ([rows, columns, three, ...more]: readonly number[]): boolean =>
    rows > 1 && columns > 1 && three === 3 && more.length === 0
  const repulsion = take(REPULSION, isGrid, 'at least 2 x 2 x 3')
  // Places are divided by the first of each three.
  if (repulsion?.data.some((value, at) => at % 3 === 0 && !(value > 0)))
    issues.push(`${REPULSION}: expected numbers above 0 as the first of each three`)
  if (landmarks === undefined || places === undefined || repulsion === undefined || issues.length > before)
    return undefined
  const [rows, columns] = repulsion.shape
  const f32 = ({ data }: Tensor): Float32Array => data as Float32Array // `take` gives no other
  return {
    ...described,
    landmarks: { rows: count, columns: features, data: f32(landmarks) },
    places: f32(places),
    repulsion: { ...described.repulsion, rows, columns, values: f32(repulsion) },
  }
}
