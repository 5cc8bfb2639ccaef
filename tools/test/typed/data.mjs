// What the reader of a page has in the folder: the tables and images that pages name, real ones where an example has
// them.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lib/process.mjs'

const PENGUINS = 'penguins/penguins.csv'
const CUSTOMERS = 'segments/customers.csv'
const FLOW = 'sensors/flow.csv'

/** Lines of a table, after its header. */
const rowsOf = (example, from, to) => {
  const [header, ...rows] = read(example).trimEnd().split('\n')
  return `${[header, ...rows.slice(from, to)].join('\n')}\n`
}
const read = (example) => readFileSync(join(root, 'examples', example), 'utf8')

/** A table as NDJSON. */
function ndjsonOf(text) {
  const [header, ...rows] = text.trimEnd().split('\n')
  const names = header.split(',')
  const objects = rows.map((row) => {
    const cells = row.split(',').map((cell, i) => [names[i], cell !== '' && Number.isFinite(+cell) ? +cell : cell])
    return JSON.stringify(Object.fromEntries(cells))
  })
  return `${objects.join('\n')}\n`
}

/** Rows of an invented table. */
const made = (header, count, row) => `${header}\n${Array.from({ length: count }, (_, i) => row(i)).join('\n')}\n`
const day = (i) => new Date(Date.UTC(2026, 0, 1 + (i % 365), i % 24)).toISOString()

const FILES = {
  'penguins.csv': () => read(PENGUINS),
  'data.csv': () => rowsOf(PENGUINS, 0, 301),
  'new.csv': () => rowsOf(PENGUINS, 301),
  'held-out.csv': () => rowsOf(FLOW, 0, 200),
  'rows.csv': () => read(PENGUINS),
  // Two of its rows lack all measurements, and a few lack the sex.
  'holes.csv': () => read(PENGUINS),
  'customers.csv': () => read(CUSTOMERS),
  'new-customers.csv': () => rowsOf(CUSTOMERS, 0, 50),
  'members.csv': () =>
    made('email,joined,visits,spent,plan', 300, (i) =>
      [
        `m${i}@example.org`,
        day(i * 7),
        (i * 7) % 40,
        (i % 3) * 100 + (i % 11),
        ['free', 'basic', 'gold'][i % 3],
      ].join(),
    ),
  'normal.csv': () => read('sensors/normal.csv'),
  'flow.csv': () => read(FLOW),
  'new.ndjson': () => ndjsonOf(rowsOf(FLOW, 0, 200)),
  'sensors.ndjson': () => ndjsonOf(rowsOf(FLOW, 0, 100)),
  'orders.csv': () =>
    made('kind,when,amount', 400, (i) => [['book', 'disc', 'tape'][i % 3], day(i), 20 + Math.sin(i)].join()),
}
const PICTURES = {
  'coffee.jpg': 'coffee.jpg',
  'photo.jpg': 'coffee.jpg',
  'a.jpg': 'coffee.jpg',
  'b.png': 'coffee-8.png',
}

/** Puts all of it into a folder. */
export function putData(folder) {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text())
  for (const [name, picture] of Object.entries(PICTURES))
    copyFileSync(join(root, 'examples', 'palette', picture), join(folder, name))
  mkdirSync(join(folder, 'tables'), { recursive: true })
}
