import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** SciPy's k-d tree over the prototypes. */
export const scipyTree: Contender = pythonContender({
  name: 'SciPy k-d tree',
  kind: 'package',
  licence: 'BSD-3-Clause',
  script: 'scipy_tree.py',
  environment: 'peers',
  needs: 'scipy',
})
