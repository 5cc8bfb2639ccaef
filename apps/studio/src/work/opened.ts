import type { PreparedRows, Samples, Som } from '@som/core'
import type { Table } from '@som/io'

/** What is open in this worker. */
export const opened: {
  table: Table | null
  som: Som | null
  samples: Samples | null
  prepared: PreparedRows | null
} = { table: null, som: null, samples: null, prepared: null }

/** A message to a reader who has asked for what needs something first. */
export function need<T>(value: T | null, message: string): T {
  if (value === null) throw new Error(message)
  return value
}
