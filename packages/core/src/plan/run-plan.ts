import type { Rows, Task } from '../backend/backend.ts'
import type { Layer } from '../map/layers.ts'
import type { Matrix } from '../rows/matrix.ts'
import type { StoredRows } from '../rows/stored-rows.ts'
import type { Feature } from '../som.ts'
import type { SpreadSamples } from '../spread/spread-samples.ts'
import type { EpochRecord, Rule, TrainingRecord, Unfinished } from '../training-record.ts'
import type { Phase } from './phases.ts'

/** A training run with everything decided and checked, wherever its rows are. */
export interface RunPlan {
  readonly task: Task
  /** Rows to train on. */
  readonly rowCount: number
  readonly features: readonly Feature[]
  readonly layers?: readonly Layer[]
  readonly codebook: Matrix
  readonly rule: Rule
  readonly phases: readonly Phase[]
  readonly batchSize: number
  readonly order: 'shuffled' | 'sequential'
  readonly decayPer: 'step' | 'epoch'
  readonly stop: { readonly patience: number; readonly tolerance: number } | undefined
  readonly seed: number
  readonly initial: string
  readonly digest: string
  readonly leftOut: TrainingRecord['leftOut']
  readonly emptyRows: number
  /** Where to begin: everything 0 except for a resumed run. */
  readonly begin: Unfinished
  readonly history: readonly EpochRecord[]
}

/** A training run over rows in memory; only `plan` makes one. */
export interface Plan extends RunPlan {
  readonly rows: Rows
}

/** A training run over rows that are read again in each pass; only `planStored` makes one. */
export interface StoredPlan extends RunPlan {
  readonly stored: StoredRows
  /** Mean squared distance of the rows from their mean. */
  readonly variance: number
}

/** A training run over rows that workers hold; only `planSpread` makes one. */
export interface SpreadPlan extends RunPlan {
  readonly spread: SpreadSamples
  readonly chunkRows: number
  /** Mean squared distance of the rows from their mean. */
  readonly variance: number
}
