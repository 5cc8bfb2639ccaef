import { constants } from 'node:fs'
import { type FileHandle, open, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { isWithin } from '../is-within.ts'
import { Refused } from '../problem.ts'

/**
 * Opens a file under one of the allowed roots: a path relative to a root, or an absolute one. Nothing leads outside: no
 * `..`, no link, no device, and no file swapped between check and open. Throws a `Refused` that gives no further
 * details.
 */
export async function openAllowed(path: string, roots: readonly string[]): Promise<{ file: FileHandle; real: string }> {
  const refused = new Refused(403, [
    { path: 'table.path', message: 'expected a file under an allowed root (--allow-root)' },
  ])
  if (path.includes('\0') || path.split(/[/\\]/).includes('..')) throw refused
  for (const root of roots) {
    const base = await realpath(root).catch(() => null)
    const real = await realpath(isAbsolute(path) ? path : join(root, path)).catch(() => null)
    if (base === null || real === null || !isWithin(base, real)) continue
    const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
    if (file === null) continue
    // A folder on the path may have become a link since: the opened file must be the one that the path names now.
    const [held, again] = [await file.stat(), await realpath(real).catch(() => null)]
    const named = again === null || !isWithin(base, again) ? null : await stat(again).catch(() => null)
    if (held.isFile() && named?.dev === held.dev && named.ino === held.ino) return { file, real }
    await file.close()
  }
  throw refused
}
