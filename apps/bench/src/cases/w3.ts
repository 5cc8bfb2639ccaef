import type { Case } from '../case.ts'
import { batchCase } from './batch.ts'

/** Batch training of a large map. */
export const w3: Case = batchCase(
  'w3',
  'Batch training, large map',
  { rows: 50_000, features: 64, map: [200, 200], epochs: 3 },
  12,
)
