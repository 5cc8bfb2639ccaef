import { join } from 'node:path'
import Sqlite from 'libsql'
import { closeToOthers } from './database.ts'

/** Makes this process the one that serves a data folder; null where another one does. The lock ends with the process, whatever ends that. */
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
