import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** fastersom on the CPU. */
export const fastersom: Contender = pythonContender({
  name: 'fastersom',
  kind: 'package',
  licence: 'Apache-2.0',
  script: 'fastersom_batch.py',
  environment: 'torch',
  needs: 'fastersom',
})
