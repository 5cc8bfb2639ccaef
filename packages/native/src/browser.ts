import type { Backend } from '@som/core'
import { wasmBackend } from './wasm-backend.ts'

export interface NativeOptions {
  /**
   * The WebAssembly module: its address, its bytes, or compiled. By default the file `som-native.wasm` next to this
   * package's modules.
   */
  readonly module?: URL | BufferSource | WebAssembly.Module
  /**
   * Accepted so that the same options work as in Node, but everything runs on the calling thread. Use a Worker to keep
   * a page responsive.
   */
  readonly threads?: number
}

/**
 * The same kernels as WebAssembly: see `wasmBackend`. `open` fetches and compiles the module if that has not been done
 * yet.
 */
export function native(options: NativeOptions = {}): Backend {
  const { module = new URL('../som-native.wasm', import.meta.url) } = options
  return wasmBackend(() => compiled(module))
}

async function compiled(module: NonNullable<NativeOptions['module']>): Promise<WebAssembly.Module> {
  if (module instanceof WebAssembly.Module) return module
  if (!(module instanceof URL)) return WebAssembly.compile(module)
  const response = await fetch(module)
  if (!response.ok)
    throw new Error(`native: ${module.href}: expected the WebAssembly module, found status ${response.status}`)
  return WebAssembly.compile(await response.arrayBuffer())
}
