import * as v from 'valibot'
import { type Database, rowsOf } from './database.ts'
import { type Kept, KeptFiles } from './kept-files.ts'

/** Tables that were uploaded or fetched for training: a folder of files, and which keys they are kept for. */
export class KeptTables {
  private readonly db: Database
  private readonly files: KeptFiles

  constructor(db: Database, folder: string) {
    this.db = db
    this.files = new KeptFiles(folder)
  }

  path(digest: string, extension: string): string {
    return this.files.path(digest, extension)
  }

  has(digest: string, extension: string): boolean {
    return this.files.has(digest, extension)
  }

  aside(): string {
    return this.files.aside()
  }

  /** Keeps a table for a key. A table that several keys sent is one file, and counts for each of them. */
  async keep(parts: AsyncIterable<Uint8Array>, extension: string, owner: string, mostBytes: number): Promise<Kept> {
    const kept = await this.files.keep(parts, extension, mostBytes)
    this.db
      .prepare('INSERT OR IGNORE INTO tables(owner, digest, extension, bytes) VALUES (?, ?, ?, ?)')
      .run(owner, kept.digest, extension, kept.bytes)
    return kept
  }

  /** Counts a table for a key no more. Its file goes with the next sweep, unless a job needs it. */
  disown(owner: string, digest: string): void {
    this.db.prepare('DELETE FROM tables WHERE owner = ? AND digest = ?').run(owner, digest)
  }

  /** The bytes of all tables that are kept for a key. */
  bytesOf(owner: string): number {
    const sum = this.db.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM tables WHERE owner = ?').get(owner)
    return v.parse(v.object({ bytes: v.number() }), sum).bytes
  }

  /** Removes every table that `isWanted` rejects. */
  sweep(isWanted: (digest: string, ageMs: number) => boolean): { files: number; bytes: number } {
    const removed = this.files.sweep(isWanted)
    for (const { digest, extension } of rowsOf(tableRow, this.db.prepare('SELECT * FROM tables').all()))
      if (!this.files.has(digest, extension))
        this.db.prepare('DELETE FROM tables WHERE digest = ? AND extension = ?').run(digest, extension)
    return removed
  }
}

const tableRow = v.object({ digest: v.string(), extension: v.string() })
