import type { FileMetaData, SchemaElement, SchemaTree } from 'hyparquet'
import { type ArrowDurations, arrowDurations } from '../typed/arrow-durations.ts'
import type { Cell } from './column-of.ts'

/** The columns of a Parquet file whose bytes are in memory, with their cells as those of a table in a file are read. */
export async function parquetColumns(
  file: ArrayBuffer,
): Promise<{ columns: { name: string; cells: Cell[] }[]; pandas?: string }> {
  const [{ parquetMetadataAsync, parquetReadObjects, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ])
  const metadata = await parquetMetadataAsync(file)
  checkColumns(metadata, parquetSchema(metadata))
  const kept = (key: string): string | undefined => metadata.key_value_metadata?.find((pair) => pair.key === key)?.value
  const durations = await arrowDurations(kept('ARROW:schema'))
  const elements = parquetSchema(metadata).children.map(({ element }) => ({ ...element }))
  const rows: readonly Record<string, unknown>[] = await parquetReadObjects({
    file,
    metadata: withoutIntervals(metadata),
    compressors,
    parsers: PARSERS,
  })
  const columns = elements.map((element) => {
    const read = reader(element, durations)
    return { name: element.name, cells: rows.map((row) => cellOf(row[element.name], read)) }
  })
  const pandas = kept('pandas')
  return { columns, ...(pandas !== undefined && { pandas }) }
}

/**
 * Throws unless each group of rows has the columns of the schema, in order. The library reads a column that the schema
 * lacks too, and nobody would hear of what is wrong with it.
 */
function checkColumns({ row_groups }: FileMetaData, schema: SchemaTree): void {
  const wanted = leavesOf(schema).join('\n')
  for (const [i, { columns }] of row_groups.entries()) {
    const found = columns.map(({ meta_data }) => meta_data?.path_in_schema.join('.')).join('\n')
    if (found !== wanted) throw new Error(`row group ${i + 1} has other columns than the schema`)
  }
}

const leavesOf = ({ children, path }: SchemaTree): string[] =>
  children.length === 0 ? [path.join('.')] : children.flatMap(leavesOf)

const seconds = (value: number): Cell => ({ seconds: value })
/** Times as seconds: the library's own parsers cut them to milliseconds. */
const PARSERS = {
  timestampFromMilliseconds: (millis: bigint) => seconds(Number(millis) / 1e3),
  timestampFromMicroseconds: (micros: bigint) => seconds(Number(micros) / 1e6),
  timestampFromNanoseconds: (nanos: bigint) => seconds(Number(nanos / 1000n) / 1e6),
  dateFromDays: (days: number) => seconds(days * 86_400),
} as never // the library's type says that parsers give dates, which it passes on as they are

/** The library refuses intervals; without their mark they are the bytes that they are. */
function withoutIntervals(metadata: FileMetaData): FileMetaData {
  const plain = metadata.schema.map((element) =>
    element.converted_type === 'INTERVAL' ? { ...element, converted_type: undefined } : element,
  )
  return { ...metadata, schema: plain }
}

type Read = (value: unknown) => Cell

/** How values of a column are read that the library does not read as a table in a file is; undefined for the others. */
function reader(element: SchemaElement, durations: ArrowDurations): Read | undefined {
  const { name, converted_type: converted, logical_type: logical, scale = 0 } = element
  const ticks = durations.get(name)
  if (ticks !== undefined) return (value) => Number(value) / ticks
  if (converted === 'INTERVAL') return (value) => (value instanceof Uint8Array ? secondsOfInterval(value) : null)
  // The library multiplies by a power of ten that is not exact.
  if (converted === 'DECIMAL') return (value) => Number(Number(value).toFixed(scale))
  if (converted === 'TIME_MILLIS') return (value) => seconds(Number(value) / 1e3)
  if (converted === 'TIME_MICROS') return (value) => seconds(Number(value) / 1e6)
  if (logical?.type !== 'TIME') return undefined
  const perSecond = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }[logical.unit]
  return (value) => seconds(Number(value) / perSecond)
}

/** Months, days and milliseconds, of 32 bits each. As DuckDB: a month has 30 days, a year 365.25. */
function secondsOfInterval(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [months, days, millis] = [0, 4, 8].map((at) => view.getUint32(at, true))
  const fromMonths = Math.floor(months / 12) * 365.25 + (months % 12) * 30
  return (fromMonths + days) * 86_400 + millis / 1000
}

function cellOf(value: unknown, read: Read | undefined): Cell {
  if (value === null || value === undefined) return null
  if (read) return read(value)
  if (typeof value === 'object')
    return 'seconds' in value && typeof value.seconds === 'number'
      ? { seconds: value.seconds }
      : JSON.stringify(value, plain)
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
  return isPlain || typeof value === 'boolean' ? value : null
}

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)
