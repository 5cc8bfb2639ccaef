import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** The batch rule of sparse-som, on OpenMP. */
export const sparseSom: Contender = pythonContender({
  name: 'sparse-som',
  kind: 'package',
  licence: 'GPL-3.0',
  script: 'sparse_som_batch.py',
  environment: 'peers',
  needs: 'sparse-som',
})
