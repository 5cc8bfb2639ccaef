import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileProblem } from '@som/io'
import { Refusal } from '@som/server/command'

/**
 * Locks an output for this process; returns the function that releases it. A lock of a process that has ended does not
 * count.
 */
export async function lockOutput(output: string): Promise<() => Promise<void>> {
  const path = `${output}.lock`
  for (let tries = 0; tries < 3; tries++) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' })
      return () => rm(path, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
        throw fileProblem(error, path, 'write')
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (isAlive(holder)) {
      const message = `som watch (process ${holder}) is writing it; choose another output, or end that process`
      throw new Refusal([{ path: output, message }])
    }
    await rm(path, { force: true })
  }
  throw new Refusal([{ path: output, message: `cannot lock ${path}: other processes keep taking it; try again` }])
}

/** Whether another process with this id is running. Our own id in a lock is from an earlier process. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
