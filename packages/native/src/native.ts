import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Backend } from '@som/core'
import { chooseBackend, matrix } from '@som/core'
import { checkShapes } from '@som/core/backend'
import { loadNative } from './load.ts'
import { refusal } from './refusal.ts'
import { openSession } from './session.ts'
import { wasmBackend } from './wasm-backend.ts'

export interface NativeOptions {
  /** Threads of the session's own pool; one per core by default. The number does not affect the result. */
  readonly threads?: number
}

/**
 * The Rust backend, with the same bits as `js()`: the addon (threads, SIMD, off the event loop), else the same kernels
 * as WebAssembly (one thread, which a call blocks until it ends). `choose` says which of the two runs, and why. If
 * neither can, it does not throw: `rejects` says why, and `firstOf(native(), js())` falls back. The addon does not copy
 * samples: leave them unchanged while a session is open.
 */
export function native(options: NativeOptions = {}): Backend {
  const { threads = 0 } = options
  if (!Number.isInteger(threads) || threads < 0 || threads > MOST_THREADS) {
    throw new RangeError(`threads: expected an integer from 1 to ${MOST_THREADS}, found ${threads}`)
  }
  const addon = addonBackend(threads)
  const backends = [addon, wasm]
  return {
    name: addon.name,
    rejects: (task) => (chooseBackend(backends, task) === null ? addon.rejects(task) : null),
    choose: (task) => chooseBackend(backends, task),
    async open(task, samples, codebook) {
      const choice = chooseBackend(backends, task)
      if (choice === null) throw new Error(`native: ${addon.rejects(task)}`)
      return choice.backend.open(task, samples, codebook)
    },
  }
}

const MOST_THREADS = 1024

function addonBackend(threads: number): Backend {
  return {
    name: 'native',
    rejects: (task) => loadOnce().match({ Ok: ({ addon }) => refusal(addon, task), Err: (reason) => reason }),
    async open(task, samples, codebook) {
      checkShapes(task, samples, codebook)
      const { addon } = loadOnce().unwrapOrElse((why) => {
        throw new Error(`native: ${why}`)
      })
      return openSession(addon, task, samples, matrix(codebook.rows, codebook.columns, codebook.data), threads)
    },
  }
}

let loaded: ReturnType<typeof loadNative> | undefined

function loadOnce(): ReturnType<typeof loadNative> {
  loaded ??= loadNative()
  return loaded
}

const wasmFile = new URL('../som-native.wasm', import.meta.url)

/** The WebAssembly module of this package, compiled once. */
const wasm = wasmBackend(
  async () => WebAssembly.compile(await readFile(wasmFile)),
  () => (existsSync(wasmFile) ? null : 'the WebAssembly module of @som/native is absent'),
)
