import { literalGlob, quoted } from '../duckdb.ts'
import type { Table } from '../table.ts'
import { arrowDurations } from './arrow-durations.ts'
import { openTyped, type TypedReading } from './typed-table.ts'

/**
 * Opens Parquet files, one after another and called `shown` in messages. What pandas and Arrow wrote about the first
 * says which columns are an index, and which durations.
 */
export function openParquet(files: readonly string[], shown: string, reading: TypedReading): Promise<Table> {
  const paths = files.map((file) => quoted(literalGlob(file)))
  return openTyped(`read_parquet([${paths.join(', ')}])`, shown, {
    reading,
    whole: 'Parquet file',
    async metadata(db) {
      const kept = async (key: string): Promise<string | null> => {
        const [found = []] = await db.columns(
          `SELECT decode(value) FROM parquet_kv_metadata(${paths[0]}) WHERE decode(key) = ${quoted(key)} LIMIT 1`,
        )
        return found.length > 0 ? String(found[0]) : null
      }
      return { pandas: await kept('pandas'), durations: await arrowDurations(await kept('ARROW:schema')) }
    },
  })
}
