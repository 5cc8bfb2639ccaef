import type { Backend } from '@som/core'
import { VERSION } from '@som/core'
import { checkShapes } from '@som/core/backend'
import type { Addon } from './addon.ts'
import { refusal } from './refusal.ts'
import { openSession } from './session.ts'
import { wasmAddon } from './wasm.ts'

/**
 * The kernels as WebAssembly with SIMD, with the same bits as `js()`. A call blocks its thread until it ends. Samples
 * are copied into the session once. `module` returns the compiled module, once; `absent` says why there is none.
 */
export function wasmBackend(
  module: () => Promise<WebAssembly.Module>,
  absent: () => string | null = () => null,
): Backend {
  let addon: Promise<Addon> | undefined
  const unusable = (): string | null =>
    typeof WebAssembly === 'undefined' ? 'WebAssembly is switched off here' : absent()
  return {
    name: 'wasm',
    rejects: (task) => refusal(null, task) ?? unusable(),
    async open(task, samples, codebook) {
      const reason = this.rejects(task)
      if (reason !== null) throw new Error(`wasm: ${reason}`)
      checkShapes(task, samples, codebook)
      addon ??= module().then((compiled) => wasmAddon(compiled, VERSION))
      return openSession(await addon, task, samples, codebook, 1)
    },
  }
}
