import type { Backend, NearestUnits, Rows, Task } from '../backend/backend.ts'
import { inSession } from '../read/in-session.ts'
import type { Matrix } from '../rows/matrix.ts'
import type { Som } from '../som.ts'

type MapOf = Task & { readonly codebook: Matrix }

/** Landmarks as the units of a map in one row: a backend finds the nearest ones as it does for units. */
export function landmarkMap({ metric, kernel }: Pick<Som, 'metric' | 'kernel'>, landmarks: Matrix): MapOf {
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: landmarks.rows } as const
  return { lattice, metric, kernel, codebook: landmarks }
}

/** The `k` nearest landmarks of each row. */
export async function nearestLandmarks(
  som: Pick<Som, 'metric' | 'kernel'>,
  landmarks: Matrix,
  rows: Rows,
  k: number,
  { backend, signal }: { readonly backend?: Backend; readonly signal?: AbortSignal },
): Promise<NearestUnits> {
  return inSession(landmarkMap(som, landmarks), rows, (session) => session.nearest(k, undefined, { signal }), backend)
}
