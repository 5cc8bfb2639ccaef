import { closeSync, openSync, rmSync } from 'node:fs'
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type Result from 'true-myth/result'
import { fileProblem } from './file-problem.ts'
import { type Problem, ProblemError, settle } from './problem.ts'
import { syncFolder } from './sync-folder.ts'
import { removeAbandoned, temporaryFor } from './temporary.ts'

/** Appends bytes or UTF-8 text to the file. */
export type Put = (part: Uint8Array | string) => Promise<void>

/**
 * Writes a file atomically: it has either all of the new contents or what was there before. The contents go into a
 * temporary file in the same folder, which is flushed to disk and renamed, and deleted if `write` fails or the process
 * exits; one that a killed process left is deleted by the next write to this path. Once this is done the file outlasts
 * a power cut. A device or a pipe is written directly.
 */
export function writeAside<T>(path: string, write: (put: Put) => Promise<T>): Promise<Result<T, Problem>> {
  return settle(async () => {
    const target = await targetOf(path)
    try {
      return target.replaceable ? await replace(target.path, write) : await writeInto(target.path, 'w', write)
    } catch (error) {
      throw fileProblem(error, path, 'write')
    }
  })
}

/** Checks that a file can be written at `path`, before doing work that would be lost. */
export function checkWritable(path: string): Promise<Result<void, Problem>> {
  return settle(async () => {
    const target = await targetOf(path)
    if (!target.replaceable) return
    try {
      await aside(target.path, async () => undefined)
    } catch (error) {
      throw fileProblem(error, path, 'write')
    }
  })
}

function replace<T>(path: string, write: (put: Put) => Promise<T>): Promise<T> {
  return aside(path, async (temporary) => {
    const value = await writeInto(temporary, 'r+', write)
    await rename(temporary, path)
    await syncFolder(dirname(path))
    return value
  })
}

async function writeInto<T>(path: string, flags: string, write: (put: Put) => Promise<T>): Promise<T> {
  const file = await open(path, flags)
  try {
    const value = await write(putInto(file))
    if (flags === 'r+') await file.sync()
    return value
  } finally {
    await file.close()
  }
}

/** Passes `use` an empty temporary file next to `path`, and makes sure that it is removed. */
async function aside<T>(path: string, use: (temporary: string) => Promise<T>): Promise<T> {
  const temporary = temporaryFor(path)
  // A handled signal ends the process through `exit`.
  const remove = (): void => rmSync(temporary, { force: true })
  process.on('exit', remove)
  try {
    removeAbandoned(path)
    // Synchronously: a file created meanwhile could appear after `remove` has looked for it.
    closeSync(openSync(temporary, 'wx'))
    return await use(temporary)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
    process.off('exit', remove)
  }
}

function putInto(file: FileHandle): Put {
  return async (part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    for (let at = 0; at < bytes.length; ) {
      // At most a gigabyte per call: the system's own limit is 2 GiB.
      const { bytesWritten } = await file.write(bytes, at, Math.min(bytes.length - at, 2 ** 30))
      at += bytesWritten
    }
  }
}

/** Where the file really goes: the target of a link. Devices and pipes must not be replaced by a file. */
async function targetOf(path: string): Promise<{ path: string; replaceable: boolean }> {
  const found = await stat(path).catch(() => null)
  if (found === null) return { path, replaceable: true }
  if (found.isDirectory()) {
    throw new ProblemError('not-writable', path, 'expected a file name, found a folder; name a file inside it')
  }
  return { path: await realpath(path), replaceable: found.isFile() }
}
