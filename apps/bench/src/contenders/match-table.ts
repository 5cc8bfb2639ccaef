import type { Contender } from '../contender.ts'
import { nodeContender } from './node.ts'
import { pythonContender } from './python.ts'

const ours = { kind: 'ours', licence: 'MIT', timesItself: true } as const

/** The command som match, from the start of the process to the end of the Parquet file that it writes. */
export const matchToParquet: Contender = nodeContender({
  ...ours,
  name: 'som match to Parquet',
  program: 'match-table.js',
  args: ['parquet'],
})

/** The same to the end of a CSV file. */
export const matchToCsv: Contender = nodeContender({
  ...ours,
  name: 'som match to CSV',
  program: 'match-table.js',
  args: ['csv'],
})

/** The matching alone, of rows that lie ready in memory. */
export const nativeRows: Contender = nodeContender({
  ...ours,
  name: 'native, rows in memory',
  program: 'ours.js',
  args: ['native', 'gaussian', '-'],
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
