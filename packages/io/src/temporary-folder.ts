import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for what is kept only while something is open. It goes with `discard`, or when the process exits. */
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
