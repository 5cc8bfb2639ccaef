import { cellText, type TableData } from '../table/table-data.ts'

/** What a number, a time or a truth value can be written with. */
const OF_NUMBERS = /^[\d.+:\-\s]+$|^[-+]?[\d.]*e[-+]?\d*$/
const OF_WORDS = ['true', 'false']

/** Whether a cell of a row has some text in it. Each distinct text is read once, however many rows have it. */
export function searcherOf({ columns }: TableData, text: string): (row: number) => boolean {
  const wanted = text.toLowerCase()
  const tests = columns.flatMap((column): ((row: number) => boolean)[] => {
    const { codes, levels, kind } = column
    if (codes !== null) {
      const has = Uint8Array.from(levels, (level) => (level.toLowerCase().includes(wanted) ? 1 : 0))
      return has.includes(1) ? [(row) => has[codes[row]] === 1] : []
    }
    const can = kind === 'boolean' ? OF_WORDS.some((word) => word.includes(wanted)) : OF_NUMBERS.test(wanted)
    return can ? [(row) => cellText(column, row).toLowerCase().includes(wanted)] : []
  })
  return (row) => tests.some((test) => test(row))
}
