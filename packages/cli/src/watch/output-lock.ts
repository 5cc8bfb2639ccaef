import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileProblem } from '@som/io'
import { Refusal } from '@som/server/command'

/** Makes this process the only one that writes an output; the function given releases it. A lock of a process that has ended does not count. */
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
      const message = `expected an output that no one else writes, found som watch (process ${holder}) writing it; choose another output, or end that process`
      throw new Refusal([{ path: output, message }])
    }
    await rm(path, { force: true })
  }
  throw new Refusal([{ path: output, message: `expected to lock ${path}, found it taken again and again; try again` }])
}

/** Whether another process of this number runs. Our own number in a lock is that of a process before us. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
