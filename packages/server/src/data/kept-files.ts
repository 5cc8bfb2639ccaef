import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '@som/io'
import { Refused } from '../problem.ts'

/** A file named after its contents. */
export interface Kept {
  /** SHA-256 in hexadecimal. */
  readonly digest: string
  readonly bytes: number
}

const PIECE_BYTES = 2 ** 20
const DIGEST = /^[0-9a-f]{64}$/
/** Partial files older than this were left by a crash. */
const ABANDONED_MS = 86_400_000

/** A folder of files named by their SHA-256 and an extension, so that no path comes from user input. */
export class KeptFiles {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Where the file of a digest is, or would be. Throws if the digest is not valid. */
  path(digest: string, extension: string): string {
    if (!DIGEST.test(digest) || !/^\.[a-z]+$/.test(extension)) throw new TypeError('expected a digest and an extension')
    return join(this.folder, digest + extension)
  }

  has(digest: string, extension: string): boolean {
    return DIGEST.test(digest) && existsSync(this.path(digest, extension))
  }

  /** A path for a temporary file: a sweep removes it when it is a day old. */
  aside(): string {
    return join(this.folder, `.${randomUUID()}.part`)
  }

  /**
   * Stores a stream of at most `most` bytes: written to a temporary file, flushed, renamed. The extension may depend on
   * the contents.
   */
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
          // A large part would be hashed at one stretch.
          for (let at = 0; at < part.length; at += PIECE_BYTES) {
            const piece = part.subarray(at, at + PIECE_BYTES)
            hash.update(piece)
            await file.writeFile(piece)
          }
        }
        await file.sync()
      } finally {
        await file.close()
      }
      const digest = hash.digest('hex')
      await rename(aside, this.path(digest, extension))
      await syncFolder(this.folder)
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

  /** Removes every file that `isWanted` rejects, and abandoned partial files. */
  sweep(isWanted: (digest: string, ageMs: number) => boolean): { files: number; bytes: number } {
    let [files, bytes] = [0, 0]
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name)
      const found = statSync(path, { throwIfNoEntry: false })
      // A temporary file disappears when it is renamed.
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

/** Whether an error, from a file or from SQLite, means that the disk or the user's quota is full. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.has(String(error.code))
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])

/** The message for a full disk. */
export const NO_ROOM = { path: '', message: 'disk full' } as const

/** The answer if the disk is full. */
export const noRoom = (): Refused => new Refused(507, [NO_ROOM])
