import { type Data, openData } from '../data/data.ts'
import { postgresRegistry } from '../registry/postgres-registry.ts'
import { ObjectFiles } from './object-files.ts'
import { openPostgres } from './postgres.ts'
import type { SharedAddress } from './shared-address.ts'

/**
 * Opens a data folder whose registry other instances share; keys, jobs and tables stay in the folder. Throws an
 * `Unreachable` if the database or the bucket cannot be reached.
 */
export async function openShared(folder: string, { registry: address, store, keys }: SharedAddress): Promise<Data> {
  const db = openPostgres(address)
  try {
    const files = new ObjectFiles(store, keys)
    await files.check()
    const registry = await postgresRegistry(db, files)
    const data = openData(folder)
    return {
      ...data,
      registry,
      close() {
        data.close()
        void db.close()
      },
    }
  } catch (error) {
    await db.close()
    throw error
  }
}
