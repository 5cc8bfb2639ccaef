import type { Contender } from '../contender.ts'
import { pythonContender } from './python.ts'

/** FAISS's exact flat index. */
export const faissFlat: Contender = pythonContender({
  name: 'FAISS flat',
  kind: 'package',
  licence: 'MIT',
  script: 'faiss_flat.py',
  environment: 'peers',
  needs: 'faiss-cpu',
})
