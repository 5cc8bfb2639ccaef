import Result from 'true-myth/result'
import type { NearestUnits, Rows, Session, Watch } from '../backend/backend.ts'
import { pacer } from '../backend/js/pacer.ts'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { inSession } from '../read/in-session.ts'
import type { MatchRuntime } from '../read/match.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'
import type { Embedding, Layout } from './embedding.ts'
import { landmarkMap } from './nearest-landmarks.ts'
import { placer } from './placer.ts'
import { NEAREST } from './row-weights.ts'

/** Rows in the plane of a map. */
export interface Embedded {
  readonly layout: Layout
  /** Rows × 2: x to the right, y down. NaN for a row without a value in any feature. */
  readonly place: Float32Array
  /** The nearest landmark of each row; -1 for a row without a value in any feature. */
  readonly landmark: Int32Array
}

/**
 * The places of rows in the plane of a map (see `fitEmbedding`). Each row is placed independently of the others: in any
 * order and in any parts they get the same places, to the bit, on every backend. Rows are treated as `match` treats
 * them.
 */
export async function embed(
  som: Som,
  rows: RowsInput,
  runtime: Omit<MatchRuntime, 'second'> = {},
): Promise<Result<Embedded, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], issues)
  if (!checkSom(som, issues)) return Result.err(issues.list)
  const { embedding } = som
  if (embedding === undefined)
    issues.add('som', 'expected a map with an embedding, found one without; give it one with fitEmbedding')
  const prepared = prepareRows(som, rows)
  if (prepared.isErr) issues.list.push(...prepared.error)
  if (prepared.isErr || embedding === undefined || issues.list.length > 0) return Result.err(issues.list)
  return Result.ok(await embedPrepared({ ...som, embedding }, prepared.value, runtime))
}

/** A map that can place rows. */
export type EmbeddingSom = Som & { readonly embedding: Embedding }

/** As `embed`, for rows prepared by `prepareRows`. */
export async function embedPrepared(
  som: EmbeddingSom,
  rows: Rows,
  { backend, signal }: Omit<MatchRuntime, 'second'> = {},
): Promise<Embedded> {
  const map = landmarkMap(som, som.embedding.landmarks)
  const find = (session: Session): Promise<Placed> => embedIn(session, som, rows, { signal })
  const { unit: landmark, ...placed } = await inSession(map, rows, find, backend)
  return { ...placed, landmark }
}

/** As `Embedded`, of a map whose units are the landmarks (see `landmarkMap`). */
export type Placed = Omit<Embedded, 'landmark'> & { readonly unit: Int32Array }

/** As `embedPrepared`, in an open session of the landmarks. */
export async function embedIn(
  session: Pick<Session, 'nearest'>,
  { embedding }: EmbeddingSom,
  rows: Rows,
  { signal }: Pick<Watch, 'signal'> = {},
): Promise<Placed> {
  const near = await session.nearest(NEAREST, rows, { signal })
  return { layout: embedding.layout, ...(await placeAll(embedding, near, signal)) }
}

async function placeAll(
  embedding: Embedding,
  near: NearestUnits,
  signal: AbortSignal | undefined,
): Promise<Pick<Placed, 'place' | 'unit'>> {
  const count = near.unit.length / near.k
  const place = new Float32Array(2 * count)
  const unit = new Int32Array(count)
  const put = placer(embedding)
  const pace = pacer({ signal })
  for (let i = 0; i < count; i++) {
    put(near, i, place, 2 * i)
    unit[i] = near.unit[i * near.k]
    if (pace.due(ROW_WORK)) await pace.pause(0)
  }
  return { place, unit }
}

/** About as many multiply-adds as a row takes. */
const ROW_WORK = 2000
