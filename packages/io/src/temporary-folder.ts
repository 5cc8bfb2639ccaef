import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A temporary folder. It is deleted by `discard`, or when the process exits. */
export interface TemporaryFolder {
  readonly path: string
  discard(): void
}

export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'som-'))
  const discard = (): void => {
    rmSync(path, { recursive: true, force: true })
    process.off('exit', discard)
  }
  process.on('exit', discard)
  return { path, discard }
}
