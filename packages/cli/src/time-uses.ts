import { TIME_USES, type TimeUse } from '@som/core'
import type { ColumnChoice } from '@som/io'
import type { Flags } from './flags.ts'

/** The features that `--times when=day+week` requests, by column. */
export function timeUses(read: Flags, texts: readonly string[] | undefined): ColumnChoice['times'] {
  const uses = read.assignments('--times', texts).map(([name, text]): [string, TimeUse[]] => {
    const found = text.split('+').map((use) => read.choice(`--times ${name}`, use, TIME_USES))
    return [name, [...new Set(found.filter((use) => use !== undefined))]]
  })
  return uses.length > 0 ? Object.fromEntries(uses) : undefined
}
