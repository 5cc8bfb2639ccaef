/**
 * The program that reads SQLite files, in a process of its own: the library ends its process on some files that are
 * damaged. Its words are the library, the file, and the table where it is named. It writes lines of JSON: `{ tables }`,
 * `{ columns }` of the one table that is meant, lists of rows of texts, and `{ end: true }`, or `{ error }`. As text of
 * a program, so that it runs from sources and from a package alike.
 */
export const SQLITE_READER: string = String.raw`
const [library, path, named] = process.argv.slice(1)
const ROWS = 256
const put = (value) =>
  process.stdout.write(JSON.stringify(value) + '\n') ? undefined : new Promise((done) => process.stdout.once('drain', done))
const quoted = (name) => '"' + name.replaceAll('"', '""') + '"'
const decoder = new TextDecoder('utf-8', { fatal: true })
// Texts are read as bytes: the library takes no others than those of UTF-8.
const textOf = (cell) => (cell === null || cell === undefined ? null : typeof cell === 'object' ? decode(cell) : String(cell))
function decode(bytes) {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Error('text that is not UTF-8')
  }
}
async function read() {
  const Sqlite = require(library)
  const db = new Sqlite(path, { readonly: true })
  const found = db
    .prepare("SELECT CAST(name AS BLOB) AS name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .raw(true)
    .all()
  const tables = found.map(([name]) => textOf(name))
  await put({ tables })
  const table = named === undefined ? tables[0] : named
  if (!tables.includes(table) || (named === undefined && tables.length !== 1)) return
  const columns = db.prepare('SELECT * FROM ' + quoted(table)).columns().map(({ name }) => name)
  await put({ columns })
  const cells = columns.map((_, i) => "CASE typeof(c" + i + ") WHEN 'text' THEN CAST(c" + i + " AS BLOB) WHEN 'blob' THEN NULL ELSE c" + i + " END")
  // Names of our own, whatever those of the table are.
  const names = columns.map((_, i) => 'NULL AS c' + i)
  const source = 'SELECT ' + names + ' WHERE 0 UNION ALL SELECT * FROM ' + quoted(table)
  const rows = db.prepare('SELECT ' + cells + ' FROM (' + source + ')')
  let part = []
  for (const row of rows.raw(true).safeIntegers(true).iterate()) {
    if (part.push(row.map(textOf)) < ROWS) continue
    await put(part)
    part = []
  }
  await put(part)
  await put({ end: true })
}
process.stdout.on('error', () => process.exit())
read().catch((error) => put({ error: error.message }))
`
