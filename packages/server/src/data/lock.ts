import { join } from 'node:path'
import Sqlite from 'libsql'
import { closeToOthers } from './database.ts'

/**
 * Locks a data folder for this server; null if another process serves it. The lock ends with the process, however that
 * ends.
 */
export function lockFolder(folder: string): { release(): void } | null {
  const path = join(folder, 'lock.sqlite')
  closeToOthers(path)
  const db = new Sqlite(path)
  try {
    db.exec('PRAGMA busy_timeout = 0')
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => db.close() }
  } catch {
    db.close()
    return null
  }
}
