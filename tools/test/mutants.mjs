// Changes the sources of a folder one small change at a time, and counts the changes that no test of its package
// notices: mutation testing, by Stryker. `npm run test:mutants -- packages/core/src/map` takes minutes; without a
// folder, all of core and io take hours. With `--sample 70` only so many pieces of a few lines are changed in each
// folder that is named, drawn by `--seed`.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { binOf, root, runNode } from '../lib/process.mjs'

const options = { sample: { type: 'string' }, seed: { type: 'string', default: '1' } }
const { values, positionals: named } = parseArgs({ options, allowPositionals: true })
const { seed } = values
const sample = values.sample === undefined ? null : Number(values.sample)
const rooms = named.length > 0 ? named : ['packages/core/src', 'packages/io/src']
const config = join(root, 'tools', 'test', 'stryker.config.mjs')

/** Tests that take minutes once changes can be made in what they run: shapes found by clustering, hostile files. */
const SLOW = [
  'src/arrow/arrow-pieces.test.ts',
  'src/backend/js/js.test.ts',
  'src/backend/js/plain.test.ts',
  'src/browser/open-table.test.ts',
  'src/read/cluster/cluster-rows.node.test.ts',
  'src/read/quality/diagnosis.test.ts',
  'src/read/quality/rank-twin.node.test.ts',
  'src/rows/weights.node.test.ts',
  'src/train/resume-stop.test.ts',
  'src/typed/damaged.test.ts',
  'src/typed/npy-table.test.ts',
  'src/typed/xlsx-table.test.ts',
]

/** Not even for changes of their own room. */
const NEVER = ['src/read/cluster/cluster-rows.node.test.ts']

/** Lines of a piece: a change is made where it lies within one. */
const LINES = 8

const isTest = (file) => file.endsWith('.test.ts') && !file.endsWith('.browser.test.ts')
const isChanged = (file) => /\.ts$/.test(file) && !/(\.test\.ts|\bindex\.ts|\btesting\b.*)$/.test(file)

const isNoCode = (line) => /^\s*($|\/[/*]|\*|[})\]]+,?$|import |export (type|\{))/.test(line)

/** The nearest folder above a file that has tests of its own. */
function roomOf(folder, file) {
  const above = dirname(file)
  return above === 'src' || readdirSync(join(folder, above)).some(isTest) ? above : roomOf(folder, above)
}

/** Pieces of the sources in a folder as Stryker names them, by room: those whose digests with the seed come first. */
function drawn(folder, within) {
  const files = readdirSync(join(folder, within), { recursive: true }).filter(isChanged)
  const pieces = files.flatMap((name) => {
    const file = `${within}/${name.split(sep).join('/')}`
    const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')
    return lines.flatMap((_, i) => {
      if (i % LINES > 0 || lines.slice(i, i + LINES).every(isNoCode)) return []
      const piece = `${file}:${i + 1}-${i + LINES}`
      return [{ file, piece, place: createHash('sha256').update(`${seed} ${piece}`).digest('hex') }]
    })
  })
  const first = pieces.sort((a, b) => (a.place < b.place ? -1 : 1)).slice(0, sample)
  const rooms = new Map()
  for (const { file, piece } of first) {
    const room = roomOf(folder, file)
    rooms.set(room, [...(rooms.get(room) ?? []), piece])
  }
  return rooms
}

/** Changes pieces, or all of a folder, against some tests; the changes with their status, or null if it fails. */
async function mutate(folder, name, tests, pieces) {
  const env = {
    SOM_MUTANTS_OF: pieces.join(','),
    SOM_MUTANTS_NAME: name,
    SOM_MUTANTS_TESTS: tests.join(','),
    SOM_MUTANTS_LEAVE: SLOW.filter((file) => !tests.includes(file)).join(','),
  }
  const args = [binOf('@stryker-mutator/core', 'stryker'), 'run', config]
  const { code } = await runNode(args, { direct: true, cwd: folder, env })
  if (code !== 0) return null
  const { files } = JSON.parse(readFileSync(join(root, 'out', 'mutants', `${name}.json`), 'utf8'))
  return Object.entries(files).flatMap(([file, { mutants }]) => mutants.map((mutant) => ({ file, ...mutant })))
}

const isMissed = ({ status }) => status === 'Survived' || status === 'NoCoverage'
const isNoticed = ({ status }) => status === 'Killed' || status === 'Timeout'

/** A change as Stryker names it, which counts columns from 0 here and from 1 in what it reports. */
const placeOf = ({ file, location: { start, end } }) =>
  `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`
const nameOf = ({ mutatorName, replacement, ...change }) => `${placeOf(change)} ${mutatorName} ${replacement}`

/** Changes a folder, first against the tests of each room, then what those miss against the others of the package. */
async function measure(folder, room) {
  const of = basename(folder)
  const found = []
  const rooms = sample === null ? [[room, [`${room}/**/*.ts`]]] : drawn(folder, room)
  for (const [near, pieces] of rooms) {
    const own = readdirSync(join(folder, near), { recursive: near !== 'src' }).filter(isTest)
    const name = [of, ...near.split('/').slice(1)].join('-')
    const changes = await mutate(
      folder,
      name,
      own.map((test) => `${near}/${test.split(sep).join('/')}`).filter((test) => !NEVER.includes(test)),
      pieces,
    )
    if (changes === null) return null
    found.push(...changes)
  }
  const missed = found.filter(isMissed)
  if (missed.length === 0) return found
  const again = await mutate(folder, `${of}-again`, ['src/**/*.test.ts'], [...new Set(missed.map(placeOf))])
  if (again === null) return null
  const late = new Set(again.filter(isNoticed).map(nameOf))
  return found.map((change) => (late.has(nameOf(change)) ? { ...change, status: 'Killed' } : change))
}

let failed = 0
for (const named of rooms) {
  const [packages, name, ...within] = relative(root, resolve(root, named)).split(sep)
  const folder = join(root, packages, name ?? '')
  const room = within.join('/')
  if (packages !== 'packages' || within[0] !== 'src' || !existsSync(join(folder, room))) {
    console.error(`expected a folder of sources such as packages/core/src/map, found ${named}`)
    failed += 1
    continue
  }
  const found = await measure(folder, room)
  if (found === null) {
    failed += 1
    continue
  }
  const noticed = found.filter(isNoticed).length
  const missed = found.filter(isMissed)
  for (const change of missed) console.log(nameOf(change))
  const all = noticed + missed.length
  console.log(`${named}: ${noticed} of ${all} changes noticed (${((100 * noticed) / all).toFixed(1)} %)`)
}
process.exitCode = failed === 0 ? 0 : 1
