import { literalGlob, quoted } from '../duckdb.ts'
import type { Table } from '../table.ts'
import { openTyped } from './typed-table.ts'

/** Opens Parquet files, one after another and called `shown` in messages. What pandas wrote about the first says which columns are its index. */
export function openParquet(files: readonly string[], shown: string): Promise<Table> {
  const paths = files.map((file) => quoted(literalGlob(file)))
  return openTyped(`read_parquet([${paths.join(', ')}])`, shown, {
    async metadata(db) {
      const [found = []] = await db.columns(
        `SELECT decode(value) FROM parquet_kv_metadata(${paths[0]}) WHERE decode(key) = 'pandas' LIMIT 1`,
      )
      return found.length > 0 ? String(found[0]) : null
    },
  })
}
