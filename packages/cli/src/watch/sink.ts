import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** Where verdicts go. */
export interface Sink {
  write(text: string): Promise<void>
  /** Bytes so far. */
  length(): number
  /** Sees to it that all of them are on the disk. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** A file that is `length` bytes of verdicts already: what lies behind them was never committed, and goes. */
export async function fileSink(path: string, length: number): Promise<Sink> {
  const file: FileHandle = await open(path, length === 0 ? 'w' : 'r+')
  await file.truncate(length)
  let at = length
  return {
    async write(text) {
      const bytes = Buffer.from(text)
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at)
        done += bytesWritten
        at += bytesWritten
      }
    },
    length: () => at,
    flush: () => file.datasync(),
    close: () => file.close(),
  }
}

/** Standard output, no faster than it is read. */
export function outputSink(): Sink {
  return {
    async write(text) {
      if (process.stdout.write(text)) return
      const drained = new Promise((resolve) => process.stdout.once('drain', resolve))
      // A stream that is already drained never says so again.
      await Promise.race([drained, process.stdout.writableNeedDrain ? drained : setTimeout(0)])
    },
    length: () => 0,
    flush: async () => undefined,
    close: async () => undefined,
  }
}
