import type { Backend } from '../backend/backend.ts'
import { unitPosition } from '../map/lattice.ts'
import { inSession } from '../read/in-session.ts'
import type { Matrix } from '../rows/matrix.ts'
import type { Som } from '../som.ts'
import { squaredDistances } from './affinities.ts'
import { NEAREST, PERPLEXITY, rowWeights } from './row-weights.ts'

/** Where landmarks lie on the lattice of a map, between its units: landmarks × 2. Null stands for the units. */
export async function latticePlaces(
  som: Som,
  landmarks: Matrix | null,
  { backend, signal }: { readonly backend?: Backend; readonly signal?: AbortSignal },
): Promise<Float64Array> {
  const { lattice, codebook } = som
  const units = Array.from({ length: codebook.rows }, (_, unit) => unitPosition(lattice, unit))
  if (landmarks === null) return Float64Array.from(units.flatMap(({ x, y }) => [x, y]))
  const near = await inSession(
    som,
    { matrix: landmarks },
    (session) => session.nearest(NEAREST, undefined, { signal }),
    backend,
  )
  const weigh = rowWeights(PERPLEXITY)
  const [squared, weights] = [new Float64Array(near.k), new Float64Array(near.k)]
  const places = new Float64Array(2 * landmarks.rows)
  for (let i = 0; i < landmarks.rows; i++) {
    const count = squaredDistances(near, i, squared)
    weigh(squared, count, weights)
    for (let j = 0; j < count; j++) {
      const { x, y } = units[near.unit[i * near.k + j]]
      places[2 * i] += weights[j] * x
      places[2 * i + 1] += weights[j] * y
    }
  }
  return places
}
