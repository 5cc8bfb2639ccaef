import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** The challenge's loops of Python over the units. */
export const naiveLoops: Contender = pythonContender({
  name: 'naive loops',
  kind: 'baseline',
  licence: 'MIT',
  script: 'naive_loops.py',
  environment: 'peers',
  needs: 'numpy',
})
