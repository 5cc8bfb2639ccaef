import type { Backend } from '@som/core'
import { gpuBackend } from './gpu.ts'
import type { GpuOptions } from './options.ts'

export type { GpuOptions } from './options.ts'

/** The backend on the page's `navigator.gpu`: see `gpuBackend`. Works in a Worker too. */
export function gpu(options: GpuOptions = {}): Promise<Backend> {
  return gpuBackend(options, async () => globalThis.navigator?.gpu ?? 'this browser has no WebGPU (navigator.gpu)')
}
