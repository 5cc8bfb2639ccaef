import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** Batch training in JAX, one jitted epoch. */
export const jaxBatch: Contender = pythonContender({
  name: 'JAX batch',
  kind: 'baseline',
  licence: 'MIT',
  script: 'jax_batch.py',
  environment: 'peers',
  needs: 'jax',
})
