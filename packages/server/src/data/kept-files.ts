import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from '../problem.ts'

/** A file that is called by what is in it. */
export interface Kept {
  /** SHA-256 in hexadecimal. */
  readonly digest: string
  readonly bytes: number
}

const DIGEST = /^[0-9a-f]{64}$/
/** Parts of files whose writing a crash ended are older than this. */
const ABANDONED_MS = 86_400_000

/** A folder of files named by their SHA-256 and an extension: nobody's words become a path. */
export class KeptFiles {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Where the file of a digest is, or would be. Throws for what is no digest. */
  path(digest: string, extension: string): string {
    if (!DIGEST.test(digest) || !/^\.[a-z]+$/.test(extension)) throw new TypeError('expected a digest and an extension')
    return join(this.folder, digest + extension)
  }

  has(digest: string, extension: string): boolean {
    return DIGEST.test(digest) && existsSync(this.path(digest, extension))
  }

  /** A path for a file that is not kept under this name: a sweep takes it away when it is a day old. */
  aside(): string {
    return join(this.folder, `.${randomUUID()}.part`)
  }

  /** Keeps what comes, at most `most` bytes: written aside, flushed, renamed. The extension may be decided by what came. */
  async keep(
    parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    extension: string,
    most: number = Number.POSITIVE_INFINITY,
  ): Promise<Kept> {
    const aside = this.aside()
    const hash = createHash('sha256')
    let bytes = 0
    try {
      const file = await open(aside, 'wx', 0o600)
      try {
        for await (const part of parts) {
          bytes += part.length
          if (bytes > most)
            throw new Refused(413, [{ path: '', message: `expected at most ${most} bytes, found more` }])
          hash.update(part)
          await file.writeFile(part)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      const digest = hash.digest('hex')
      await rename(aside, this.path(digest, extension))
      return { digest, bytes }
    } catch (error) {
      throw isFull(error) ? noRoom() : error
    } finally {
      await rm(aside, { force: true })
    }
  }

  /** The file part by part. */
  read(digest: string, extension: string): ReturnType<typeof createReadStream> {
    return createReadStream(this.path(digest, extension))
  }

  /** Takes away every file that `isWanted` does not want, and parts that nobody writes any more. */
  sweep(isWanted: (digest: string, ageMs: number) => boolean): { files: number; bytes: number } {
    let [files, bytes] = [0, 0]
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name)
      const found = statSync(path, { throwIfNoEntry: false })
      // A file that is written aside goes when it is renamed.
      if (found === undefined) continue
      const { size, mtimeMs } = found
      const ageMs = Date.now() - mtimeMs
      if (name.endsWith('.part') ? ageMs < ABANDONED_MS : isWanted(name.split('.')[0], ageMs)) continue
      rmSync(path, { force: true })
      files++
      bytes += size
    }
    return { files, bytes }
  }
}

/** Whether the disk, or the caller's share of it, is full: as files say it, and as SQLite does. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.has(String(error.code))
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])

/** What is said of it. */
export const NO_ROOM = { path: '', message: 'there is no room left on the disk' } as const

/** What is answered then. */
export const noRoom = (): Refused => new Refused(507, [NO_ROOM])
