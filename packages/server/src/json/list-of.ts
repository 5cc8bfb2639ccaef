import * as v from 'valibot'

/** A list of at most `most` entries. The length is checked before any entry: a body may have millions. */
export function listOf<T>(entry: v.GenericSchema<unknown, T>, most: number): v.GenericSchema<unknown, T[]> {
  return v.pipe(
    v.unknown(),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed || !Array.isArray(dataset.value) || dataset.value.length <= most) return
      addIssue({ message: `expected a list of at most ${most} entries, found ${dataset.value.length}` })
    }),
    v.array(entry),
    v.maxLength(most),
  )
}
