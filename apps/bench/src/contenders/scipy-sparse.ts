import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** Sparse batch training as strong as SciPy makes it. */
export const scipySparse: Contender = pythonContender({
  name: 'SciPy sparse batch',
  kind: 'baseline',
  licence: 'MIT',
  script: 'scipy_sparse.py',
  environment: 'peers',
  needs: 'scipy',
})
