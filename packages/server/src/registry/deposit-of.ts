import { kernelName, metricName, type Som } from '@som/core'
import type { Deposit } from './registry.ts'

/** What the registry stores with a map: its origin by its own record, and its quality. */
export function depositOf(
  name: string,
  som: Som,
  beside: { readonly metrics?: Deposit['metrics']; readonly tags?: Deposit['tags'] } = {},
): Deposit {
  const { digest, history, leftOut: _, ...training } = som.training
  const { quantizationError, topographicError } = som.seen ?? {}
  return {
    name,
    lineage: {
      rows: digest,
      parameters: {
        ...training,
        lattice: som.lattice,
        metric: metricName(som.metric),
        kernel: kernelName(som.kernel),
        epochsDone: history.length,
      },
    },
    metrics: {
      ...finite({ quantizationError, topographicError }),
      ...beside.metrics,
    },
    tags: beside.tags ?? {},
  }
}

function finite(metrics: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metrics).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  )
}
