import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RawChunk } from '@som/core/spread'
import type { ChunkShape } from './chunk-pieces.ts'

/**
 * Chunks on this machine's disk, a file of each, so that a later pass needs their numbers alone. What is not there, or
 * not whole, is null: whoever asks then sends it again.
 */
export interface ChunkSpool {
  get(index: number): Promise<RawChunk | null>
  /** Keeps a chunk where there is room for it. */
  put(chunk: RawChunk): Promise<void>
}

export function chunkSpool(folder: string, { rows, chunkRows, width }: ChunkShape): ChunkSpool {
  const fileOf = (index: number): string => join(folder, `${index}.f64`)
  let isFull = false
  return {
    async get(index) {
      const own = Math.min(chunkRows, rows - index * chunkRows)
      const bytes = await readFile(fileOf(index)).catch(() => null)
      if (bytes === null || bytes.length !== own * width * Float64Array.BYTES_PER_ELEMENT) return null
      const data = new Float64Array(own * width)
      new Uint8Array(data.buffer).set(bytes)
      return { index, rows: own, data }
    },
    async put({ index, data }) {
      if (isFull || (await sizeOf(fileOf(index))) === data.byteLength) return
      // Aside and then into place: a worker that is killed leaves no half of a chunk.
      const aside = join(folder, `${index}.${process.pid}.part`)
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(aside, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
        await rename(aside, fileOf(index))
      } catch {
        // Such as a full disk: the chunk is sent again in each pass.
        isFull = true
        await rm(aside, { force: true }).catch(() => undefined)
      }
    },
  }
}

/** Bytes of a file; none where it is not there. */
const sizeOf = async (path: string): Promise<number | undefined> => (await stat(path).catch(() => undefined))?.size
