import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Som } from '@som/core'
import type Result from 'true-myth/result'
import { fileProblem } from '../file-problem.ts'
import { type Problem, ProblemError, settle } from '../problem.ts'
import { writeAside } from '../write-aside.ts'
import { headerLength } from './safetensors.ts'
import { decodeModel, encodeModel } from './som-file.ts'

/** Writes a Som as a model file, whole or not at all. */
export async function writeModel(path: string, som: Som): Promise<Result<void, Problem>> {
  const parts = encodeModel(som)
  if (parts.isErr) return parts.map(() => undefined)
  return writeAside(path, async (put) => {
    for (const part of parts.value) await put(part)
  })
}

/** Reads a model file. Any other file is refused by its first bytes, however large it is. */
export async function readModel(path: string): Promise<Result<Som, Problem>> {
  const bytes = await settle(() => readBytes(path))
  return bytes.andThen((read) => decodeModel(read, path, true))
}

/** Whether a file is a map rather than a table: its name ends in `.som`, or it begins as a model file does. */
export async function isModel(path: string): Promise<boolean> {
  if (extname(path).toLowerCase() === '.som') return true
  const file = await open(path).catch(() => null)
  if (file === null) return false
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(new Uint8Array(9), 0, 9, 0)
    return bytesRead === 9 && headerLength(buffer.subarray(0, 8), size).isOk && buffer[8] === '{'.charCodeAt(0)
  } catch {
    return false
  } finally {
    await file.close()
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path)
    try {
      const found = await file.stat()
      if (found.isDirectory()) {
        throw new ProblemError('not-readable', path, 'expected a model file, found a folder; name a file inside it')
      }
      const start = new Uint8Array(Math.min(8, found.size))
      await fill(file, start, 0, path)
      const length = headerLength(start, found.size)
      if (length.isErr) throw new ProblemError('not-a-model', path, length.error)
      const bytes = new Uint8Array(found.size)
      await fill(file, bytes, 0, path)
      return bytes
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileProblem(error, path, 'read')
  }
}

async function fill(
  file: Awaited<ReturnType<typeof open>>,
  into: Uint8Array,
  from: number,
  path: string,
): Promise<void> {
  for (let at = from; at < into.length; ) {
    // At most a gigabyte per call: the system's own limit is 2 GiB.
    const { bytesRead } = await file.read(into, at, Math.min(into.length - at, 2 ** 30), at)
    if (bytesRead === 0)
      throw new ProblemError('not-readable', path, 'the file became shorter while it was read; try again')
    at += bytesRead
  }
}
