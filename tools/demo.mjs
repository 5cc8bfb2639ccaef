// Trains a map of 344 penguins, matches the ones kept aside, and says where the results are.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root, run } from './process.mjs'

const table = join(root, 'examples', 'penguins', 'penguins.csv')
const folder = join(root, 'out', 'demo')
const results = {
  training: join(folder, 'penguins.csv'),
  keptAside: join(folder, 'kept-aside.csv'),
  map: join(folder, 'penguins.som'),
  matched: join(folder, 'matched.csv'),
}

/** Every eighth penguin is kept aside, so that each species and island is among them. */
const keptAsideEvery = 8

const shown = (path) => relative(process.cwd(), path)

function split() {
  const [header, ...rows] = readFileSync(table, 'utf8').trimEnd().split('\n')
  const isKeptAside = (_row, index) => index % keptAsideEvery === 0
  const write = (path, part) => writeFileSync(path, `${[header, ...part].join('\n')}\n`)
  write(
    results.training,
    rows.filter((row, index) => !isKeptAside(row, index)),
  )
  write(results.keptAside, rows.filter(isKeptAside))
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

mkdirSync(folder, { recursive: true })
split()
await som('train', shown(results.training), '-o', shown(results.map), '--label', 'species', '--seed', '1')
await som('match', shown(results.map), shown(results.keptAside), '-o', shown(results.matched))
await som('inspect', shown(results.map))

console.log(`
The results:
  ${shown(results.map)}  the trained map
  ${shown(results.matched)}  the penguins kept aside, each with its unit and its distance to it`)
