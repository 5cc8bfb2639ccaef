import { counted, listed } from './text.ts'

/** Counts cells whose category did not occur in training, so that one note can report them. */
export function newLevels(): { see(column: string, level: string): void; notes(): string[] } {
  const columns = new Map<string, { rows: number; levels: Set<string> }>()
  return {
    see(column, level) {
      const seen = columns.get(column) ?? { rows: 0, levels: new Set() }
      columns.set(column, seen)
      seen.rows++
      if (seen.levels.size < MOST_TOLD) seen.levels.add(level)
    },
    notes() {
      return [...columns].map(([column, { rows, levels }]) => {
        const names = listed([...levels].map((level) => JSON.stringify(level)))
        return `${column}: ${counted(rows, 'row')} with levels that training did not have (${names}), read as missing`
      })
    },
  }
}

const MOST_TOLD = 6
