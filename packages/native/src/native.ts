import type { Backend } from '@som/core'
import { matrix } from '@som/core'
import { checkShapes } from '@som/core/backend'
import { loadNative } from './load.ts'
import { refusal } from './refusal.ts'
import { openSession } from './session.ts'

export interface NativeOptions {
  /** Threads of the session's own pool: one a core where none is given. The result is the same with any number. */
  readonly threads?: number
}

/**
 * The Rust backend: multithreaded, SIMD, off the event loop, with the same bits as `js()`. Never throws where its addon is absent:
 * `rejects` then says why, and `firstOf(native(), js())` goes on. Samples are not copied: leave them unchanged while a session is open.
 */
export function native(options: NativeOptions = {}): Backend {
  const { threads = 0 } = options
  if (!Number.isInteger(threads) || threads < 0 || threads > MOST_THREADS) {
    throw new RangeError(`threads: expected an integer from 1 to ${MOST_THREADS}, found ${threads}`)
  }
  return {
    name: 'native',
    rejects(task) {
      return loadOnce().match({ Ok: ({ addon }) => refusal(addon, task), Err: (reason) => reason })
    },
    async open(task, samples, codebook) {
      const reason = this.rejects(task)
      if (reason !== null) throw new Error(`native: ${reason}`)
      checkShapes(task, samples, codebook)
      const { addon } = loadOnce().unwrapOrElse((why) => {
        throw new Error(`native: ${why}`)
      })
      return openSession(addon, task, samples, matrix(codebook.rows, codebook.columns, codebook.data), threads)
    },
  }
}

const MOST_THREADS = 1024

let loaded: ReturnType<typeof loadNative> | undefined

function loadOnce(): ReturnType<typeof loadNative> {
  loaded ??= loadNative()
  return loaded
}
