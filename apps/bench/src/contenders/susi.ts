import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** SuSi's online training. */
export const susi: Contender = pythonContender({
  name: 'SuSi',
  kind: 'package',
  licence: 'BSD-3-Clause',
  script: 'susi_online.py',
  environment: 'peers',
  needs: 'susi',
})
