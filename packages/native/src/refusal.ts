import { isLayered, isOwnMetric, kernelName, metricName } from '@som/core'
import type { Task } from '@som/core/backend'
import type { Addon } from './addon.ts'

/** Why the kernels cannot run a task; null if they can. Without an addon, names are not checked. */
export function refusal(addon: Addon | null, { lattice, metric, kernel }: Task): string | null {
  if (isOwnMetric(metric)) return `the metric ${metricName(metric)} is your own function, which runs on js only`
  if (typeof kernel !== 'string') return `the kernel ${kernelName(kernel)} is your own function, which runs on js only`
  if (addon === null) return null
  const metrics = isLayered(metric) ? metric.layers.map((layer) => layer.metric) : [metric]
  const things = { cell: [lattice.cell], shape: [lattice.shape], metric: metrics, kernel: [kernel] }
  for (const thing of ['cell', 'shape', 'metric', 'kernel'] as const) {
    const lacking = things[thing].find((name) => !addon.knows(thing, name))
    if (lacking !== undefined) return `this addon has no ${thing} ${lacking}`
  }
  return null
}
