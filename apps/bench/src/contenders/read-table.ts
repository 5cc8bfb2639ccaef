import type { Contender } from '../contender.ts'
import { nodeContender } from './node.ts'

const reader = { licence: 'MIT', program: 'read-table.js' } as const

/** Our reader, from opening the file to a matrix. */
export const somReader: Contender = nodeContender({ ...reader, name: 'readSamples', kind: 'ours', args: ['som'] })

/** DuckDB's own fetch of all rows through its Node client. */
export const duckdbFetch: Contender = nodeContender({
  ...reader,
  name: 'DuckDB fetch',
  kind: 'package',
  args: ['fetch'],
})

/** DuckDB's scan of the same file for the sums of its columns. */
export const duckdbScan: Contender = nodeContender({
  ...reader,
  name: 'DuckDB scan',
  kind: 'package',
  args: ['scan'],
})
