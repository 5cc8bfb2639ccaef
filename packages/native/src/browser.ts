import type { Backend } from '@som/core'
import { VERSION } from '@som/core'
import { checkShapes } from '@som/core/backend'
import type { Addon } from './addon.ts'
import { refusal } from './refusal.ts'
import { openSession } from './session.ts'
import { wasmAddon } from './wasm.ts'

export interface NativeOptions {
  /** The WebAssembly module: where it is, its bytes, or compiled. By default the file `som-native.wasm` beside this package's folder of modules. */
  readonly module?: URL | BufferSource | WebAssembly.Module
  /** Taken so that the same options do in Node: here everything runs on the calling thread. Use a Worker to keep a page at liberty. */
  readonly threads?: number
}

/**
 * The same kernels as WebAssembly with SIMD, with the same bits as `js()`. A call holds its thread until it ends, and `open` fetches and
 * compiles the module where that has not been done. Samples are copied into the session once.
 */
export function native(options: NativeOptions = {}): Backend {
  const { module = new URL('../som-native.wasm', import.meta.url) } = options
  let addon: Promise<Addon> | undefined
  return {
    name: 'native',
    rejects: (task) => (typeof WebAssembly === 'undefined' ? 'WebAssembly is not here' : refusal(null, task)),
    async open(task, samples, codebook) {
      const reason = this.rejects(task)
      if (reason !== null) throw new Error(`native: ${reason}`)
      checkShapes(task, samples, codebook)
      addon ??= compiled(module).then((ready) => wasmAddon(ready, VERSION))
      return openSession(await addon, task, samples, codebook, 1)
    },
  }
}

async function compiled(module: NonNullable<NativeOptions['module']>): Promise<WebAssembly.Module> {
  if (module instanceof WebAssembly.Module) return module
  if (!(module instanceof URL)) return WebAssembly.compile(module)
  const response = await fetch(module)
  if (!response.ok)
    throw new Error(`native: ${module.href}: expected the WebAssembly module, found status ${response.status}`)
  return WebAssembly.compile(await response.arrayBuffer())
}
