import { type Data, openData } from '@som/server'
import { Refusal } from '../refusal.ts'

/** Opens a data folder; ends the command where it cannot be. */
export function openFolder(path: string): Data {
  try {
    return openData(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new Refusal([{ path, message: `expected a folder to keep maps in: ${error.message}` }])
  }
}
