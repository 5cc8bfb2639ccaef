import { TICKS } from './arrow-cells.ts'
import { loadArrowLibrary } from './arrow-library.ts'

/** Ticks of a second in columns of durations, by name. */
export type ArrowDurations = ReadonlyMap<string, number>

const NO_DURATIONS: ArrowDurations = new Map()

/**
 * The columns of whole numbers in a Parquet file that are durations, by the Arrow schema that its writer has kept in
 * base64 under `ARROW:schema`.
 */
export async function arrowDurations(schema: string | null | undefined): Promise<ArrowDurations> {
  if (!schema) return NO_DURATIONS
  try {
    const { RecordBatchReader, DataType } = await loadArrowLibrary()
    const bytes = Uint8Array.from(atob(schema), (character) => character.charCodeAt(0))
    const reader = RecordBatchReader.from(bytes).open()
    return new Map(
      reader.schema.fields.flatMap(({ name, type }) =>
        DataType.isDuration(type) ? [[name, TICKS[type.unit]] as const] : [],
      ),
    )
  } catch {
    // A schema that cannot be read says nothing.
    return NO_DURATIONS
  }
}
