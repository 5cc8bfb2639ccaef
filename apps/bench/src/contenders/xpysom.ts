import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** XPySom's batch training by NumPy. */
export const xpysom: Contender = pythonContender({
  name: 'XPySom',
  kind: 'package',
  licence: 'GPL-3.0',
  script: 'xpysom_batch.py',
  environment: 'peers',
  needs: 'xpysom',
})
