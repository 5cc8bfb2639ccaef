import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** MiniSom's online training. */
export const minisom: Contender = pythonContender({
  name: 'MiniSom',
  kind: 'package',
  licence: 'MIT',
  script: 'minisom_online.py',
  environment: 'peers',
  needs: 'minisom',
})
