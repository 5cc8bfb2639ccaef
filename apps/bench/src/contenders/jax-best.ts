import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

const jax = { kind: 'baseline', licence: 'MIT', script: 'jax_online.py', environment: 'peers', needs: 'jax' } as const

/**
 * The online rule as strong as we could write it in JAX: it updates the map and searches it for the next sample in one
 * pass.
 */
export const jaxBest: Contender = pythonContender({ ...jax, name: 'jax_best', args: ['best'] })

/** The same without that trick: one scan, separable tables, planes kept apart. */
export const jaxScan: Contender = pythonContender({ ...jax, name: 'jax_scan', args: ['scan'] })
