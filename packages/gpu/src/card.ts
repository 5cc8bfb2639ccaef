/** The bits of `GPUBufferUsage` and `GPUMapMode`, which Node does not have as globals. */
const USAGE = { mapRead: 1, copySource: 4, copyTarget: 8, uniform: 64, storage: 128 }
const MAP_READ = 1

/** The most bytes of rows in one binding, whatever an adapter allows: what every one has. */
const MOST_BINDING = 2 ** 27

/** Workgroups along x of a dispatch; more continue along y. */
const ACROSS = 32768

type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array
type View<T> = new (buffer: ArrayBuffer) => T

/** A kernel of a shader: `pipeline` is compiled once per card. */
export interface Kernel {
  readonly code: string
  readonly entryPoint: string
}

/** A device, with what sessions do on it. */
export interface Card {
  /** The most bytes of one buffer that a kernel reads. */
  readonly binding: number
  /** Why nothing runs on it any more; null while it does. */
  lost(): string | null
  /** A buffer of `bytes` that kernels read and write. */
  storage(bytes: number): GPUBuffer
  /** A buffer that holds a copy of these numbers. */
  holding(values: Numbers): GPUBuffer
  /** Copies numbers into a buffer, from its start. */
  write(buffer: GPUBuffer, values: Numbers): void
  /**
   * Runs workgroups of a kernel on buffers, in the order of its bindings; binding 0 holds the numbers. With very many
   * groups some have numbers beyond the last one.
   */
  run(kernel: Kernel, numbers: Uint32Array, buffers: readonly GPUBuffer[], groups: number): Promise<void>
  /** Copies the beginning of buffers back, once everything before has run. */
  read<T extends readonly Numbers[]>(
    ...parts: {
      readonly [K in keyof T]: { readonly buffer: GPUBuffer; readonly bytes: number; readonly as: View<T[K]> }
    }
  ): Promise<T>
}

/** Why a card could not do its work: the device is gone, or refuses, for example for want of memory. */
export class CardFailure extends Error {
  override readonly name = 'CardFailure'
}

export function openCard(device: GPUDevice): Card {
  let lost: string | null = null
  void device.lost.then(({ reason, message }) => {
    lost = `the device was lost (${reason === 'destroyed' ? 'destroyed' : message || 'no reason was given'})`
  })
  const pipelines = new Map<string, Promise<GPUComputePipeline>>()
  // What a device refuses is reported beside what it does, and reading would give zeros.
  const refused: Promise<GPUError | null>[] = []
  const scoped = <T>(work: () => T): T => {
    for (const kind of ['validation', 'out-of-memory'] as const) device.pushErrorScope(kind)
    const result = work()
    // A device that is lost has no scopes, and says so elsewhere.
    for (let scope = 0; scope < 2; scope++) refused.push(device.popErrorScope().catch(() => null))
    return result
  }
  const storage = (bytes: number): GPUBuffer =>
    scoped(() =>
      device.createBuffer({ size: roundUp(bytes), usage: USAGE.storage | USAGE.copySource | USAGE.copyTarget }),
    )
  const write = (buffer: GPUBuffer, values: Numbers): void =>
    scoped(() =>
      device.queue.writeBuffer(buffer, 0, values.buffer as ArrayBuffer, values.byteOffset, values.byteLength),
    )
  const pipelineOf = (kernel: Kernel): Promise<GPUComputePipeline> => {
    const compiled = pipelines.get(kernel.code) ?? compile(device, kernel)
    pipelines.set(kernel.code, compiled)
    return compiled
  }

  return {
    binding: Math.min(MOST_BINDING, device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize),
    lost: () => lost,
    storage,
    write,
    holding(values) {
      const buffer = storage(values.byteLength)
      write(buffer, values)
      return buffer
    },
    async run(kernel, numbers, buffers, groups) {
      const pipeline = await pipelineOf(kernel)
      scoped(() => {
        const usage = USAGE.uniform | USAGE.copyTarget
        const uniform = device.createBuffer({ size: roundUp(numbers.byteLength), usage })
        write(uniform, numbers)
        const entries = [uniform, ...buffers].map((buffer, binding) => ({ binding, resource: { buffer } }))
        const encoder = device.createCommandEncoder()
        const pass = encoder.beginComputePass()
        pass.setPipeline(pipeline)
        pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }))
        pass.dispatchWorkgroups(Math.min(groups, ACROSS), Math.ceil(groups / ACROSS))
        pass.end()
        device.queue.submit([encoder.finish()])
        uniform.destroy()
      })
    },
    async read(...parts) {
      const staging = scoped(() => {
        const copies = parts.map(({ bytes }) =>
          device.createBuffer({ size: roundUp(bytes), usage: USAGE.mapRead | USAGE.copyTarget }),
        )
        const encoder = device.createCommandEncoder()
        parts.forEach(({ buffer, bytes }, i) => {
          encoder.copyBufferToBuffer(buffer, 0, copies[i], 0, roundUp(bytes, 4))
        })
        device.queue.submit([encoder.finish()])
        return copies
      })
      try {
        await Promise.all(staging.map((buffer) => buffer.mapAsync(MAP_READ)))
        const [error] = (await Promise.all(refused.splice(0))).filter((each) => each !== null)
        if (error !== undefined) throw new CardFailure(`the device refused its work (${error.message.split('\n')[0]})`)
        return parts.map(({ bytes, as }, i) => new as(staging[i].getMappedRange().slice(0, bytes))) as never // by `as`
      } catch (error) {
        // The promise of a lost device settles after those of its buffers.
        await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, 100))])
        throw lost === null ? error : new CardFailure(lost)
      } finally {
        for (const buffer of staging) buffer.destroy()
      }
    },
  }
}

/** Fails with what the compiler says. */
async function compile(device: GPUDevice, { code, entryPoint }: Kernel): Promise<GPUComputePipeline> {
  const module = device.createShaderModule({ code })
  try {
    return await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint } })
  } catch (error) {
    const { messages } = await module.getCompilationInfo()
    const [wrong] = messages.filter(({ type }) => type === 'error')
    throw wrong === undefined ? error : new Error(`${entryPoint}: line ${wrong.lineNum}: ${wrong.message}`)
  }
}

/** Buffers have sizes in steps of 16 bytes. */
function roundUp(bytes: number, step = 16): number {
  return Math.max(step, Math.ceil(bytes / step) * step)
}
