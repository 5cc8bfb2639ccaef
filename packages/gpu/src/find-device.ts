import type { GpuOptions } from './options.ts'

/** Names by which adapters that compute on the CPU are known. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i

const TAKEN = 'set "software: true", or SOM_GPU_SOFTWARE=1 for commands, to use it all the same'

/** A device of the first adapter that will do, with all of its limits; else the reason why there is none. */
export async function findDevice(options: GpuOptions, find: () => Promise<GPU | string>): Promise<GPUDevice | string> {
  const gpu = options.gpu ?? (await find())
  if (typeof gpu === 'string') return gpu
  try {
    const adapter = await gpu.requestAdapter(options.adapter)
    if (adapter === null) return 'WebGPU found no adapter on this machine'
    const name = softwareName(adapter)
    if (name !== null && !options.software) return `${name} computes on the CPU; ${TAKEN}`
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits
    return await adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } })
  } catch (error) {
    return `WebGPU gave no device: ${error instanceof Error ? error.message : String(error)}`
  }
}

function softwareName({ info }: GPUAdapter): string | null {
  const { description, architecture, vendor, isFallbackAdapter } = info
  const named = [description, architecture, vendor].find((text) => text && SOFTWARE.test(text))
  return named ?? (isFallbackAdapter ? 'the fallback adapter' : null)
}
