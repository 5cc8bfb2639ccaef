import { type Data, openData } from '../data/data.ts'
import { openShared } from '../shared/open-shared.ts'
import type { SharedAddress } from '../shared/shared-address.ts'
import { Unreachable } from '../shared/unreachable.ts'
import { Refusal } from './refusal.ts'

/** Opens a data folder, with the registry that it shares where there is one; ends the command where it cannot be. */
export async function openFolder(path: string, shared?: SharedAddress): Promise<Data> {
  try {
    return await (shared ? openShared(path, shared) : openData(path))
  } catch (error) {
    if (error instanceof Unreachable) throw new Refusal([{ path: '--registry', message: error.message }])
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new Refusal([{ path, message: `expected a folder to keep maps in: ${error.message}` }])
  }
}
