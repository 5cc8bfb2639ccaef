import type { Contender } from '../contender.ts'
import { nodeContender } from './node.ts'
import { pythonContender } from './python.ts'

/** The command som match, from the start of the process to the end of the file that it writes. */
export const somMatch: Contender = nodeContender({
  name: 'som match',
  kind: 'ours',
  licence: 'MIT',
  program: 'match-table.js',
  timesItself: true,
})

/** FAISS's exact flat index on rows that lie ready in memory: the search alone. */
export const faissRows: Contender = pythonContender({
  name: 'FAISS flat',
  kind: 'package',
  licence: 'MIT',
  script: 'faiss_flat.py',
  environment: 'peers',
  needs: 'faiss-cpu',
  timesItself: true,
})

/** MiniSom's distances of all units, on rows that lie ready in memory. */
export const minisomMatch: Contender = pythonContender({
  name: 'MiniSom',
  kind: 'package',
  licence: 'MIT',
  script: 'minisom_match.py',
  environment: 'peers',
  needs: 'minisom',
  timesItself: true,
})
