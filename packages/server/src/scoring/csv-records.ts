import { firstRecord } from '@som/io'
import { Refused } from '../problem.ts'

/** Characters of a line, as of NDJSON. */
const MOST_LINE = 2 ** 20
/** Cells of a line beyond those of the first one: more are not read, since the line is wrong already. */
const MOST_EXTRA = 1000
/** Names in the first line. */
const MOST_NAMES = 100_000

/** The cells of each line of CSV, empty lines left out: at most `most` lines after the first, counted while they are read. Throws a `Refused`. */
export function csvRecords(text: string, most: number): string[][] {
  const records: string[][] = []
  let cells = MOST_NAMES
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from)
    const end = newline < 0 ? text.length : newline
    const isReturn = newline >= 0 && end > from && text.charCodeAt(end - 1) === RETURN
    const length = end - from - (isReturn ? 1 : 0)
    if (length > 0) {
      if (records.length > most)
        throw new Refused(413, [{ path: 'lines', message: `expected at most ${most} rows, found more` }])
      if (length > MOST_LINE)
        throw new Refused(413, [{ path: 'lines', message: `expected lines of at most ${MOST_LINE} characters` }])
      records.push(firstRecord(text.slice(from, from + length), ',', true, cells) ?? [])
      if (records.length === 1) {
        if (records[0].length >= cells)
          throw new Refused(413, [{ path: 'lines', message: `expected fewer than ${MOST_NAMES} columns` }])
        cells = records[0].length + MOST_EXTRA
      }
    }
    from = end + 1
  }
  return records
}

const RETURN = 13
