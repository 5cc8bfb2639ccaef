import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { duckdbFetch, duckdbScan, somReader } from '../contenders/read-table.ts'
import { parquetOf } from '../table-file.ts'
import { clusterFile, readWorkload, sized } from '../workloads.ts'

/** Reading a Parquet file into a matrix. */
export const parquet: Case = {
  name: 'parquet',
  title: 'Reading Parquet into a matrix',
  async run(options) {
    const sizes = sized({ rows: 1_000_000, features: 16, map: [1, 1] }, options)
    const table = await parquetOf(clusterFile(sizes.rows, sizes.features, options.seed), sizes.rows, sizes.features)
    return compare(
      {
        name: 'parquet',
        title: parquet.title,
        setting: `${sizes.rows} x ${sizes.features} of f32`,
        work: readWorkload(sizes, table, options),
        ours: [somReader],
        peers: [duckdbFetch, duckdbScan],
        targets: [
          { ours: somReader.name, over: [duckdbScan.name], times: 1 / 3 },
          { ours: somReader.name, over: [duckdbFetch.name], times: 1 / 3 },
        ],
        remarks: [
          'All three use the same DuckDB; they differ in what leaves it. They agree where the sums of all numbers do.',
        ],
      },
      options,
    )
  },
}
