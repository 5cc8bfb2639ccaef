// Trains a map of penguins, matches those kept aside, and says where the results are and how well the map kept the
// species apart, which it was never told.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root, run } from '../lib/process.mjs'

/** Every eighth penguin is kept aside, so that each species and island is among them. */
const KEPT_ASIDE_EVERY = 8

const folder = join(root, 'out', 'demo')
const named = (name) => relative(process.cwd(), join(folder, name))
const training = named('training.csv')
const keptAside = named('kept-aside.csv')
const map = named('penguins.som')
const trainingUnits = named('training-units.csv')
const keptAsideUnits = named('kept-aside-units.csv')

/** The rows of a table in which no value holds a comma, each as an object. */
function rowsOf(path) {
  const [header, ...rows] = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))
  return rows.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column]])))
}

function split() {
  const table = readFileSync(join(root, 'examples', 'penguins', 'penguins.csv'), 'utf8')
  const [header, ...rows] = table.trimEnd().split('\n')
  const isKeptAside = (_row, index) => index % KEPT_ASIDE_EVERY === 0
  const write = (path, part) => writeFileSync(path, `${[header, ...part].join('\n')}\n`)
  write(
    training,
    rows.filter((row, index) => !isKeptAside(row, index)),
  )
  write(keptAside, rows.filter(isKeptAside))
}

/** Runs the som command as `npm run -s som --` does; ends the demo where it fails. */
async function som(...args) {
  console.log(`\n> npm run -s som -- ${args.join(' ')}`)
  const { code } = await run(process.execPath, ['--conditions=@som/source', join('tools', 'som.mjs'), ...args], {
    direct: true,
    env: { INIT_CWD: process.cwd() },
  })
  if (code !== 0) process.exit(code)
}

/** The most frequent species of each unit. */
function speciesOfUnits(rows) {
  const counts = new Map()
  for (const { unit, species } of rows) {
    const ofUnit = counts.get(unit) ?? new Map()
    counts.set(unit, ofUnit.set(species, (ofUnit.get(species) ?? 0) + 1))
  }
  const most = (ofUnit) => [...ofUnit].reduce((a, b) => (b[1] > a[1] ? b : a))[0]
  return new Map([...counts].map(([unit, ofUnit]) => [unit, most(ofUnit)]))
}

mkdirSync(folder, { recursive: true })
split()
await som('train', training, '-o', map, '--label', 'species', '--seed', '1')
await som('match', map, training, '-o', trainingUnits)
await som('match', map, keptAside, '-o', keptAsideUnits)
await som('inspect', map)

const species = speciesOfUnits(rowsOf(trainingUnits))
const matched = rowsOf(keptAsideUnits).filter(({ unit }) => unit !== '')
const agreeing = matched.filter((row) => species.get(row.unit) === row.species)

console.log(`
The species took no part in training. Of ${matched.length} penguins kept aside, ${agreeing.length} fell on a unit whose training penguins
are mostly of their own species.

Results:
  ${map}  the trained map
  ${trainingUnits}  each training penguin with its unit and its distance to it
  ${keptAsideUnits}  the same for the penguins kept aside`)
