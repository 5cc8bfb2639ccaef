import type { Case } from '../case.ts'
import { batchCase } from './batch.ts'

/** Batch training of a middling map, few features. */
export const w2: Case = batchCase(
  'w2',
  'Batch training, middling map, few features',
  { rows: 100_000, features: 16, map: [50, 50], epochs: 10 },
  8,
)
