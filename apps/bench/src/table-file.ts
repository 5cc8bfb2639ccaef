import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBDataChunk, DuckDBInstance, FLOAT } from '@duckdb/node-api'
import { readFloats } from './npy.ts'
import { cacheFolder } from './paths.ts'

/** Rows of a part that DuckDB takes at once. */
const PART_ROWS = 2048

/** The rows of an .npy file as a Parquet file of f32 columns `f1`, `f2`, …; made once. Gives its path. */
export async function parquetOf(samples: string, rows: number, features: number): Promise<string> {
  const digest = createHash('sha256').update(samples).digest('hex').slice(0, 16)
  const folder = join(cacheFolder, 'data')
  const path = join(folder, `rows-${digest}.parquet`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run(
      `CREATE TABLE rows (${columnNames(features)
        .map((name) => `${name} FLOAT`)
        .join(', ')})`,
    )
    const appender = await connection.createAppender('rows')
    const data = readFloats(samples)
    for (let from = 0; from < rows; from += PART_ROWS) {
      const count = Math.min(PART_ROWS, rows - from)
      const chunk = DuckDBDataChunk.create(Array(features).fill(FLOAT), count)
      for (let f = 0; f < features; f++) {
        chunk.setColumnValues(
          f,
          Array.from({ length: count }, (_, i) => data[(from + i) * features + f]),
        )
      }
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
    await connection.run(`COPY rows TO '${path}.part' (FORMAT parquet)`)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  renameSync(`${path}.part`, path)
  return path
}

/** What the columns of such a file are called. */
export function columnNames(features: number): string[] {
  return Array.from({ length: features }, (_, f) => `f${f + 1}`)
}
