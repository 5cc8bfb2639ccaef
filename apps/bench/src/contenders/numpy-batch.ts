import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** Batch training as strong as plain NumPy makes it. */
export const numpyBatch: Contender = pythonContender({
  name: 'NumPy batch',
  kind: 'baseline',
  licence: 'MIT',
  script: 'numpy_batch.py',
  environment: 'peers',
  needs: 'numpy',
})
