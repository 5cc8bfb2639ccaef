import { type Backend, js } from '@som/core'
import { checkShapes } from '@som/core/backend'
import { type Card, openCard } from './card.ts'
import { findDevice } from './find-device.ts'
import type { GpuOptions } from './options.ts'
import { refusal } from './refusal.ts'
import { selfTest } from './self-test.ts'
import { GpuSession } from './session.ts'

/**
 * A backend on WebGPU, with the same bits as `js()`. It does not throw where there is no usable adapter: `rejects` says
 * why, and `firstOf(await gpu(), js())` continues.
 */
export async function gpuBackend(options: GpuOptions, find: () => Promise<GPU | string>): Promise<Backend> {
  const { rest = js(), onRest, whenLost = 'fail' } = options
  const said = new Set<string>()
  const card = await openTested(options, find)
  const backend: Backend = {
    name: 'gpu',
    rejects: (task) => (typeof card === 'string' ? card : (card.lost() ?? refusal(task) ?? rest.rejects(task))),
    async open(task, samples, codebook) {
      checkShapes(task, samples, codebook)
      const reason = backend.rejects(task)
      if (typeof card === 'string' || reason !== null) throw new Error(`gpu: ${reason}`)
      const name = rest.choose?.(task)?.backend.name ?? rest.name
      const say = (what: string, why: string): void => {
        if (!said.has(what)) onRest?.(`${what} on ${name}: ${why}`)
        said.add(what)
      }
      const { columns } = codebook
      return new GpuSession({
        card,
        task,
        samples,
        features: columns,
        rest: await rest.open(task, samples, codebook),
        say,
        whenLost,
      })
    },
  }
  return backend
}

/** A card that has computed known numbers; else the reason why there is none. */
async function openTested(options: GpuOptions, find: () => Promise<GPU | string>): Promise<Card | string> {
  const device = options.device ?? (await findDevice(options, find))
  if (typeof device === 'string') return device
  const card = openCard(device)
  return (await selfTest(card)) ?? card
}
