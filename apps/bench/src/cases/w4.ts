import type { Case } from '../case.ts'
import { batchCase } from './batch.ts'

/** Batch training with many features and no clusters, where nothing can be pruned. */
export const w4: Case = batchCase(
  'w4',
  'Batch training, many features, no clusters',
  { rows: 60_000, features: 784, map: [30, 30], epochs: 5, data: 'uniform' },
  1.5,
)
