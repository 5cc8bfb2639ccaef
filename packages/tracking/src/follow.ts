import {
  type Backend,
  type EpochEvent,
  kernelName,
  metricName,
  type Plan,
  type Som,
  type StoredPlan,
  VERSION,
} from '@som/core'
import { errorOnSample, sampledRows } from './error-on-sample.ts'
import type { RunStart, Tracker } from './tracker.ts'

/** The name of a run, and what is recorded besides its parameters. */
export interface About {
  readonly experiment: string
  readonly name?: string
  readonly parameters?: RunStart['parameters']
  readonly tags?: RunStart['tags']
  /** The backend that measures each epoch's topographic error; `js()` by default. */
  readonly backend?: Backend
}

/**
 * Records a training run: its parameters at the start; radius, learning rate, quantization error, topographic error (on
 * a sample of the rows, see `errorOnSample`) and rows per second after each epoch; and the trained map's errors on all
 * rows. Returns the Som. The caller, who may add artefacts, ends the run with `finish`.
 */
export async function follow(
  tracker: Tracker,
  about: About,
  plan: Plan | StoredPlan,
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
  const topographicErrorOf = errorOnSample(plan, about.backend)
  let last = performance.now()
  for (;;) {
    const next = await run.next()
    if (next.done) {
      const som = next.value
      if (som.seen) {
        const { quantizationError, topographicError } = som.seen
        await tracker.log(
          { final_quantization_error: quantizationError, final_topographic_error: topographicError },
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
        topographic_error: await topographicErrorOf(next.value),
        rows_a_second: (1000 * plan.rowCount) / (now - last),
      },
      record.epoch,
    )
    await onEpoch(next.value)
    // Measuring and recording do not count as training time.
    last = performance.now()
  }
}

function parametersOf(plan: Plan | StoredPlan): RunStart['parameters'] {
  const { task, rowCount, features, phases } = plan
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
    topographic_error_rows: sampledRows(plan),
    epochs: phases.reduce((sum, phase) => sum + phase.epochs, 0),
    radius: phases.map(({ radius }) => `${radius.start}:${radius.end}`).join(' '),
  }
}
