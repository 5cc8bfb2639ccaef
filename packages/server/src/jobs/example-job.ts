import { createHash } from 'node:crypto'

/** A table to try jobs with: three groups of rows, of two columns. */
export const EXAMPLE_TABLE: string = `length,width\n${Array.from({ length: 60 }, (_, i) => {
  const group = i % 3
  return `${(10 * group + 2 * Math.sin(i)).toFixed(2)},${(5 + 4 * (group % 2) + Math.cos(3 * i)).toFixed(2)}\n`
}).join('')}`

/** A job that trains on that table, once it is uploaded. */
export const EXAMPLE_JOB: object = {
  map: 'tried',
  table: { upload: createHash('sha256').update(EXAMPLE_TABLE).digest('hex') },
  options: { lattice: { rows: 4, columns: 6 }, epochs: 20, seed: 1 },
}
