/**
 * The cells of the first record of CSV `text` (RFC 4180: quotes around cells, doubled within). Null if the record does
 * not end within `text`; if `text` is `whole`, its end also ends the record, but not a quoted cell. At most `mostCells`
 * cells are read.
 */
export function firstRecord(
  text: string,
  delimiter: string,
  whole: boolean,
  mostCells: number = Number.POSITIVE_INFINITY,
): string[] | null {
  const cells: string[] = []
  let at = 0
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter)
    if (cell === null) return null
    cells.push(cell.text)
    at = cell.end
    if (at >= text.length) return whole ? cells : null
    if (text[at] !== delimiter || cells.length >= mostCells) return cells
    at++
  }
}

/** A cell as CSV: quoted if it contains the delimiter, a quote or a line break. */
export function csvCell(text: string, delimiter = ','): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function plainCell(text: string, from: number, delimiter: string): { text: string; end: number } {
  let end = from
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++
  return { text: text.slice(from, end), end }
}

function quotedCell(text: string, from: number): { text: string; end: number } | null {
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return null
    if (text[quote + 1] !== '"') return { text: text.slice(from + 1, quote).replaceAll('""', '"'), end: quote + 1 }
    at = quote + 2
  }
}
