import type { Backend } from '@som/core'
import { gpuBackend } from './gpu.ts'
import type { GpuOptions } from './options.ts'

/** The backend on what the npm package `webgpu` finds, which is loaded now and only if it is installed. */
export function gpu(options: GpuOptions = {}): Promise<Backend> {
  // For tests, and for machines without a card.
  const software = options.software ?? process.env.SOM_GPU_SOFTWARE === '1'
  return gpuBackend({ ...options, software }, async () => globalThis.navigator?.gpu ?? (await gpuOfPackage()))
}

/** Kept while the process runs: when the last reference is collected, the package's library ends the process. */
let created: GPU | undefined

async function gpuOfPackage(): Promise<GPU | string> {
  try {
    const { create } = await import('webgpu')
    created ??= create([])
    return created
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return NOT_INSTALLED
    return `the package webgpu does not load: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
  }
}

const NOT_INSTALLED = 'the package webgpu is not installed; npm install webgpu'
