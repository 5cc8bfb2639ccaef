// Changes the sources of a folder one small change at a time, and counts the changes that no test of that folder
// notices: mutation testing, by Stryker. `npm run test:mutants -- packages/core/src/map` takes minutes; without a
// folder, all of core and io take hours. With `--sample 100` only so many pieces of a few lines are changed in each
// folder that is named, drawn by `--seed`, against the tests of the nearest folder that has some.
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

/** Lines of a piece: a change is made where it lies within one. */
const LINES = 8

const isTest = (file) => file.endsWith('.test.ts')
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
  const chosen = pieces.sort((a, b) => (a.place < b.place ? -1 : 1)).slice(0, sample)
  const rooms = new Map()
  for (const { file, piece } of chosen) {
    const room = roomOf(folder, file)
    rooms.set(room, [...(rooms.get(room) ?? []), piece])
  }
  return rooms
}

/** Changes pieces, or all of a folder, against its tests. */
async function mutate(folder, room, tests, pieces) {
  const env = {
    SOM_MUTANTS_OF: pieces.join(','),
    SOM_MUTANTS_TESTS: tests,
    SOM_MUTANTS_NAME: [basename(folder), ...room.split('/').slice(1)].join('-'),
  }
  const args = [binOf('@stryker-mutator/core', 'stryker'), 'run', config]
  const { code } = await runNode(args, { direct: true, cwd: folder, env })
  return code === 0
}

let failed = 0
for (const named of rooms) {
  const [packages, name, ...within] = relative(root, resolve(root, named)).split(sep)
  const folder = join(root, packages, name ?? '')
  const room = within.join('/')
  if (packages !== 'packages' || within[0] !== 'src' || !existsSync(join(folder, room))) {
    console.error(`expected a folder of sources such as packages/core/src/map, found ${named}`)
    failed += 1
  } else if (sample === null) {
    if (!(await mutate(folder, room, `${room}/**/*.test.ts`, [`${room}/**/*.ts`]))) failed += 1
  } else {
    for (const [near, pieces] of drawn(folder, room)) {
      // Beside a file of `src` itself lie tests of the whole, of which those of all rooms would make hours.
      const tests = near === 'src' ? 'src/*.test.ts' : `${near}/**/*.test.ts`
      const ok = await mutate(folder, near, tests, pieces)
      if (!ok) failed += 1
    }
  }
}
process.exitCode = failed === 0 ? 0 : 1
