import { firstRecord, likelyDelimiter } from '@som/io'
import { Refused } from '../problem.ts'

/** The most characters of a line, as for NDJSON. */
const MOST_LINE = 2 ** 20
/** How many extra cells of a line are read: the line is wrong already. */
const MOST_EXTRA = 1000
/** The most names in the first line. */
const MOST_NAMES = 100_000

/** CSV lines and their delimiter: `,`, `;`, a tab or `|`, whichever splits the first line into most cells. */
export interface CsvRecords {
  readonly delimiter: string
  readonly records: readonly CsvRecord[]
}

export interface CsvRecord {
  /** Counted from 1, including empty lines. */
  readonly line: number
  /** Null if a quote is not closed. */
  readonly cells: readonly string[] | null
}

/**
 * The cells of each CSV line, without empty lines: at most `most` lines after the first, counted while reading. Throws
 * a `Refused`.
 */
export function csvRecords(text: string, most: number): CsvRecords {
  const records: CsvRecord[] = []
  let number = 0
  let cells = MOST_NAMES
  let delimiter = ','
  for (let from = 0; from < text.length; ) {
    number++
    const newline = text.indexOf('\n', from)
    const end = newline < 0 ? text.length : newline
    const isReturn = newline >= 0 && end > from && text.charCodeAt(end - 1) === RETURN
    const length = end - from - (isReturn ? 1 : 0)
    if (length > 0) {
      if (records.length > most)
        throw new Refused(413, [{ path: 'lines', message: `expected at most ${most} rows, found more` }])
      if (length > MOST_LINE)
        throw new Refused(413, [{ path: 'lines', message: `expected lines of at most ${MOST_LINE} characters` }])
      const line = text.slice(from, from + length)
      if (records.length === 0) delimiter = likelyDelimiter(line, true, cells)
      const found = firstRecord(line, delimiter, true, cells)
      records.push({ line: number, cells: found })
      if (records.length === 1) {
        const width = found?.length ?? 0
        if (width >= cells)
          throw new Refused(413, [{ path: 'lines', message: `expected fewer than ${MOST_NAMES} columns` }])
        cells = width + MOST_EXTRA
      }
    }
    from = end + 1
  }
  return { delimiter, records }
}

const RETURN = 13
