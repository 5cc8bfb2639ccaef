import { type EpochEvent, kernelName, metricName, type Planned, type Som, VERSION } from '@som/core'
import type { RunStart, Tracker } from './tracker.ts'

/** What a run is called, and what is said of it beside its parameters. */
export interface About {
  readonly experiment: string
  readonly name?: string
  readonly parameters?: RunStart['parameters']
  readonly tags?: RunStart['tags']
}

/**
 * Keeps a training run on record: its parameters at the start, radius, learning rate, quantization error and rows a second at each epoch, and the trained map's topographic error.
 * Gives the Som. Ending the run is the caller's, who may have artefacts: `finish` tells how.
 */
export async function follow(
  tracker: Tracker,
  about: About,
  plan: Planned,
  run: AsyncGenerator<EpochEvent, Som, undefined>,
  onEpoch: (event: EpochEvent) => Promise<void> | void = () => {},
): Promise<Som> {
  await tracker.start({
    experiment: about.experiment,
    ...(about.name && { name: about.name }),
    parameters: { ...parametersOf(plan), ...about.parameters },
    tags: {
      'som.version': VERSION,
      'som.machine': `${process.platform} ${process.arch}, Node ${process.versions.node}`,
      ...about.tags,
    },
  })
  let last = performance.now()
  for (;;) {
    const next = await run.next()
    if (next.done) {
      const som = next.value
      if (som.seen) {
        const { quantizationError, topographicError } = som.seen
        await tracker.log(
          { final_quantization_error: quantizationError, topographic_error: topographicError },
          som.training.history.length,
        )
      }
      return som
    }
    const { record } = next.value
    const now = performance.now()
    await tracker.log(
      {
        learning_rate: record.learningRate,
        neighbourhood_radius: record.radius,
        quantization_error: record.quantizationError,
        rows_a_second: (1000 * plan.rowCount) / (now - last),
      },
      record.epoch,
    )
    last = now
    await onEpoch(next.value)
  }
}

function parametersOf({ task, rowCount, features, phases }: Planned): RunStart['parameters'] {
  const { lattice } = task
  return {
    rows: rowCount,
    features: features.length,
    lattice_cell: lattice.cell,
    lattice_shape: lattice.shape,
    lattice_rows: lattice.rows,
    lattice_columns: lattice.columns,
    metric: metricName(task.metric),
    kernel: kernelName(task.kernel),
    epochs: phases.reduce((sum, phase) => sum + phase.epochs, 0),
    radius: phases.map(({ radius }) => `${radius.start}:${radius.end}`).join(' '),
  }
}
