import { open } from 'node:fs/promises'

/**
 * Flushes the names in a folder to disk, so that a file that was created or renamed there is still found by its name
 * after a power cut. Does nothing where folders cannot be flushed, as on Windows.
 */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path).catch(whereImpossible)
  try {
    await folder?.sync().catch(whereImpossible)
  } finally {
    await folder?.close()
  }
}

/** Windows opens no folder (EPERM, EISDIR); a folder may be writable and not readable; some file systems refuse. */
function whereImpossible(error: NodeJS.ErrnoException): null {
  if (IMPOSSIBLE.has(error.code ?? '')) return null
  throw error
}

const IMPOSSIBLE: ReadonlySet<string> = new Set(['EPERM', 'EISDIR', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF'])
