import { kernelName, metricName } from '@som/core'
import type { Task } from '@som/core/backend'
import type { Addon } from './addon.ts'

/** Why the kernels cannot run a task; null if they can. Without an addon, names are not checked. */
export function refusal(addon: Addon | null, { lattice, metric, kernel }: Task): string | null {
  if (typeof metric !== 'string') return `the metric ${metricName(metric)} is your own function, which runs on js only`
  if (typeof kernel !== 'string') return `the kernel ${kernelName(kernel)} is your own function, which runs on js only`
  const things = { cell: lattice.cell, shape: lattice.shape, metric, kernel }
  for (const thing of ['cell', 'shape', 'metric', 'kernel'] as const) {
    if (addon && !addon.knows(thing, things[thing])) return `this addon has no ${thing} ${things[thing]}`
  }
  return null
}
