import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** The online rule as strong as JAX makes it: one scan, separable tables, planes kept apart. */
export const jaxBest: Contender = pythonContender({
  name: 'jax_best',
  kind: 'baseline',
  licence: 'MIT',
  script: 'jax_best.py',
  environment: 'peers',
  needs: 'jax',
})
