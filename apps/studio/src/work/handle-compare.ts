import { type Comparison, compareMaps, type Issue } from '@som/core'
import { decodeModel } from '@som/io'
import Result from 'true-myth/result'
import { pageBackend } from './backend.ts'
import { NO_MAP, rowsOnMap } from './handle-map.ts'
import { need, opened } from './opened.ts'

/** The open map beside another, by the rows of the open table. */
export async function compare(bytes: Uint8Array): Promise<Result<Comparison, readonly Issue[]>> {
  const som = need(opened.som, NO_MAP)
  const samples = need(await rowsOnMap(som), 'expected the rows of the map, found none; open its table')
  const other = decodeModel(bytes, 'the other map')
  if (other.isErr) return Result.err(other.error.issues)
  const { backend } = await pageBackend()
  return compareMaps(som, other.value, samples, { backend })
}
