import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** Somoclu's batch training, where a compiler builds it. */
export const somoclu: Contender = pythonContender({
  name: 'somoclu',
  kind: 'package',
  licence: 'MIT',
  script: 'somoclu_batch.py',
  environment: 'peers',
  needs: 'somoclu',
})
