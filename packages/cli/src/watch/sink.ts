import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileProblem, syncFolder } from '@som/io'

/** Where verdicts go. */
export interface Sink {
  write(text: string): Promise<void>
  /** Bytes written so far. */
  length(): number
  /** Flushes them to disk. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** A file that already has `length` bytes of verdicts: anything after them was never committed and is removed. */
export async function fileSink(path: string, length: number): Promise<Sink> {
  const told = (error: unknown): never => {
    throw fileProblem(error, path, 'write')
  }
  const file: FileHandle = await open(path, length === 0 ? 'w' : 'r+').catch(told)
  await file.truncate(length).catch(told)
  await syncFolder(dirname(path)).catch(told)
  let at = length
  return {
    async write(text) {
      const bytes = Buffer.from(text)
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at).catch(told)
        done += bytesWritten
        at += bytesWritten
      }
    },
    length: () => at,
    flush: () => file.datasync().catch(told),
    close: () => file.close(),
  }
}

/** Standard output, no faster than it is read. */
export function outputSink(): Sink {
  return {
    async write(text) {
      if (process.stdout.write(text)) return
      const drained = new Promise((resolve) => process.stdout.once('drain', resolve))
      // A stream that is already drained does not emit drain again.
      await Promise.race([drained, process.stdout.writableNeedDrain ? drained : setTimeout(0)])
    },
    length: () => 0,
    flush: async () => undefined,
    close: async () => undefined,
  }
}
