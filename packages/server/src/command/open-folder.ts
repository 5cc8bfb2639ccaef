import { type Data, openData } from '../data/data.ts'
import { openShared } from '../shared/open-shared.ts'
import type { SharedAddress } from '../shared/shared-address.ts'
import { Unreachable } from '../shared/unreachable.ts'
import { Refusal } from './refusal.ts'

/** Opens a data folder, with its shared registry if there is one. Ends the command if it cannot be opened. */
export async function openFolder(path: string, shared?: SharedAddress): Promise<Data> {
  try {
    return await (shared ? openShared(path, shared) : openData(path))
  } catch (error) {
    if (error instanceof Unreachable) throw new Refusal([{ path: '--registry', message: error.message }])
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new Refusal([{ path, message: `cannot open the data folder: ${error.message}` }])
  }
}
