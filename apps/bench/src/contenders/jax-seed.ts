import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** The way of the original solution: a jitted update, the unit found by NumPy. */
export const jaxSeed: Contender = pythonContender({
  name: 'jax_seed',
  kind: 'baseline',
  licence: 'MIT',
  script: 'jax_seed.py',
  environment: 'peers',
  needs: 'jax',
})
