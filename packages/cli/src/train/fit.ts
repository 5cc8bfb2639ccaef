import { type Backend, fitTargets, type Som } from '@som/core'
import { note, orRefuse } from '@som/server/command'
import type { Interrupt } from '../interrupt.ts'
import type { Ready } from './make-ready.ts'
import { shareOn } from './progress.ts'
import { asFlag } from './settings.ts'

/** The trained map with its targets fitted; an interrupt leaves it as it is. */
export async function withTargets(
  som: Som,
  { samples, targets }: NonNullable<Ready['fit']>,
  backend: Backend,
  { signal }: Interrupt,
): Promise<Som> {
  const progress = shareOn(process.stderr, `fitting ${Object.keys(targets).join(', ')}`)
  try {
    const options = { seed: som.training.seed }
    const fitted = await fitTargets(som, samples, targets, options, { backend, signal, progress: progress.show })
    return orRefuse(fitted.mapErr((issues) => issues.map(asFlag)))
  } catch (error) {
    if (!signal.aborted) throw error
    progress.clear()
    note('interrupted while fitting targets: the map is saved without them, and does not predict')
    return som
  } finally {
    progress.clear()
  }
}
