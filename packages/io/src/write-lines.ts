import { ahead } from './ahead.ts'
import { csvCell } from './csv/record.ts'
import { featureChunks, type Input } from './features.ts'
import { changed } from './read-samples.ts'
import { mostRows, numbersLike } from './sample-parts.ts'
import type { Chunk, Relation, Table } from './table.ts'
import type { Put } from './write-aside.ts'
import { type Beside, csvLine, textsOf } from './write-beside.ts'

/**
 * As `writeBeside`, for a table in a database: it makes the text of a row of its own cells, while the cells of the rows
 * before are computed and written.
 */
export async function writeLines(
  table: Table,
  relation: Relation,
  inputs: readonly Input[],
  beside: Beside,
  put: Put,
): Promise<number> {
  await put(csvLine([...table.columns.map(({ name }) => name), ...beside.names]))
  const line = lineOf(relation)
  const lined: Table = {
    ...table,
    chunks: (asNumbers, asText = []) => relation.textChunks(asNumbers, [...asText.map((i) => `c${i}`), line]),
  }
  const chunks = ahead(featureChunks(lined, inputs, [], beside.onNewLevel))
  let row = 0
  for await (const text of ahead(linesOf(chunks, Math.max(inputs.length, table.columns.length), beside))) {
    await put(text.lines)
    row += text.rows
  }
  if (row !== table.rows) throw changed(table)
  return row
}

/** Rows and their lines, with the cells beside them. */
async function* linesOf(chunks: AsyncIterable<Chunk>, width: number, beside: Beside) {
  let row = 0
  for await (const { rows, numbers, text } of gathered(chunks, width)) {
    const [own] = text
    const added = (await beside.cells({ rows, numbers, text: [] }, row)).map((cells, k) => {
      const texts = textsOf(cells)
      return beside.types[k] === 'VARCHAR' ? texts.map((text) => csvCell(text)) : texts
    })
    let lines = ''
    for (let i = 0; i < rows; i++) {
      // A single empty cell would be an empty line, which readers skip.
      lines += own[i] || (added.length > 0 ? '' : '""')
      for (let k = 0; k < added.length; k++) lines += `,${added[k][i]}`
      lines += '\n'
    }
    yield { rows, lines: Buffer.from(lines) }
    row += rows
  }
}

/** Merges small chunks with one text each into larger ones. */
async function* gathered(chunks: AsyncIterable<Chunk>, width: number): AsyncGenerator<Chunk> {
  const most = mostRows(width)
  let parts: Chunk[] = []
  let rows = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    rows += chunk.rows
    if (rows < most) continue
    yield merged(parts, rows)
    parts = []
    rows = 0
  }
  if (rows > 0) yield merged(parts, rows)
}

function merged(parts: readonly Chunk[], rows: number): Chunk {
  const numbers = numbersLike(
    parts[0].numbers,
    parts.reduce((length, part) => length + part.numbers.length, 0),
  )
  let at = 0
  for (const part of parts) {
    numbers.set(part.numbers, at)
    at += part.numbers.length
  }
  return { rows, numbers, text: [parts.flatMap(({ text: [lines] }) => lines)] }
}

/** SQL for a record of CSV from the texts of a row, which are quoted as by `csvCell`. */
function lineOf({ isPlain }: Relation): string {
  const cells = isPlain.map((plain, i) => {
    const quoted = `CASE WHEN regexp_matches(c${i}, '[",\\r\\n]') THEN '"' || replace(c${i}, '"', '""') || '"' ELSE c${i} END`
    return `coalesce(${plain ? `c${i}` : quoted}, '')`
  })
  return `concat_ws(',', ${cells.join(', ')})`
}
