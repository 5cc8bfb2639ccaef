// Measures what maps predict beside other methods, on tables that ship in Python packages, and what predicting costs.
// Prints JSON for the case `predict` of the bench; the argument is JSON: { splits, scale, only: [names of tables] }.
// Peers' scores are kept under `.cache/prediction`, since they are the same each time.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../lib/process.mjs'
import { pythonEnvironment } from '../python/environment.mjs'

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const core = await import('../../packages/core/src/index.ts')
const { native } = await import('../../packages/native/src/index.ts')
const { evaluate, firstOf, fitTargets, js, orThrow, predict, samplesOf, train } = core

const { splits = 6, scale = 1, only = [] } = JSON.parse(process.argv[2] ?? '{}')
const backend = firstOf(native(), js())
const [COVERAGE, FIT_FEATURES, PREDICTED_FEATURES, REPEATS] = [0.9, 50, 16, 3]

const peers = await peersOf()
const tables = []
for (const table of peers.tables) {
  const found = []
  for (const held of table.heldOut.slice(0, splits)) found.push(await measured(table, held))
  const { group, name, kind, rows, peers } = table
  tables.push({ group, name, kind, rows: rows.length, features: rows[0].length, found, peers })
  console.error(`${name}: ${found.map(({ score }) => score.toFixed(3)).join(' ')}`)
}
const fewLabels = peers.fewLabels && (await withFewLabels(peers.fewLabels))
const cost = only.length > 0 ? null : { fit: await costOfFit(), predict: await costOfPredicting() }
process.stdout.write(JSON.stringify({ tables, fewLabels, cost }))

async function peersOf() {
  const script = join(root, 'tools', 'python', 'predict-peers.py')
  const words = [String(splits), ...only]
  const digest = createHash('sha256').update(readFileSync(script)).update(words.join()).digest('hex').slice(0, 12)
  const path = join(root, '.cache', 'prediction', `${digest}.json`)
  if (!existsSync(path)) {
    const { python } = pythonEnvironment('prediction')
    const { output } = await run(python, ['-W', 'ignore', script, ...words])
    mkdirSync(join(root, '.cache', 'prediction'), { recursive: true })
    writeFileSync(path, output)
  }
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** How good the predictions of held-out rows are, by models of the other rows. */
async function measured({ rows, targets, kind }, held) {
  const of = (values, is) => values.filter((_, i) => held[i] === is)
  const samples = samplesOf(of(rows, false))
  const map = orThrow(await train({ samples }, { backend }))
  const som = orThrow(await fitTargets(map, samples, { y: of(targets, false) }, {}, { backend }))
  const test = { y: of(targets, true) }
  const [figures] = orThrow(await evaluate(som, samplesOf(of(rows, true)), test, { coverage: COVERAGE }, { backend }))
  const error = som.seen.topographicError
  const shared = { rows: figures.rows, topographicError: error, withoutTarget: map.seen.topographicError }
  if (kind === 'class') return { ...shared, score: figures.accuracy, logLoss: figures.logLoss }
  return { ...shared, score: figures.r2, inside: figures.coverage.found }
}

/** Accuracy where a tenth of the training rows have a label, of each draw of them. */
async function withFewLabels({ rows, targets, heldOut, known, peers }) {
  const of = (values, is) => values.filter((_, i) => heldOut[i] === is)
  const samples = samplesOf(of(rows, false))
  const map = orThrow(await train({ samples }, { backend }))
  const scores = []
  for (const one of known) {
    const y = of(targets, false).map((value, i) => (one[i] ? value : null))
    const som = orThrow(await fitTargets(map, samples, { y }, {}, { backend }))
    const [{ accuracy }] = orThrow(
      await evaluate(som, samplesOf(of(rows, true)), { y: of(targets, true) }, {}, { backend }),
    )
    scores.push(accuracy)
  }
  console.error(`few labels: ${scores.map((x) => x.toFixed(3)).join(' ')}`)
  return { scores, peers }
}

/** Seconds of training and of a fit. */
async function costOfFit() {
  const rows = Math.round(100_000 * scale)
  const data = drawn(rows, FIT_FEATURES)
  const samples = { rows, columns: FIT_FEATURES, data }
  const y = Float64Array.from({ length: rows }, (_, i) => data[i * FIT_FEATURES] + data[i * FIT_FEATURES + 1] ** 2)
  const found = { training: [], fit: [] }
  for (let again = 0; again < REPEATS; again++) {
    const map = await timed(found.training, () => train({ samples }, { backend }))
    await timed(found.fit, () => fitTargets(map, samples, { y }, {}, { backend }))
    console.error(`training ${found.training.at(-1).toFixed(2)} s, fit ${found.fit.at(-1).toFixed(2)} s`)
  }
  return { ...found, rows, features: FIT_FEATURES }
}

/** Rows that a map of 20 x 20 units predicts in a second: a number with its interval. */
async function costOfPredicting() {
  const rows = Math.round(500_000 * scale)
  const data = drawn(rows, PREDICTED_FEATURES)
  const part = { rows: 2000, columns: PREDICTED_FEATURES, data: data.slice(0, 2000 * PREDICTED_FEATURES) }
  const y = Array.from({ length: 2000 }, (_, i) => data[PREDICTED_FEATURES * i] + data[PREDICTED_FEATURES * i + 1] ** 2)
  const map = orThrow(await train({ samples: part, lattice: { rows: 20, columns: 20 } }, { backend }))
  const som = orThrow(await fitTargets(map, part, { y }, {}, { backend }))
  const seconds = []
  for (let again = 0; again < REPEATS; again++)
    await timed(seconds, () => predict(som, { rows, columns: PREDICTED_FEATURES, data }, {}, { backend }))
  const speeds = seconds.map((s) => rows / s)
  console.error(`${speeds.map(Math.round).join(' ')} rows a second`)
  return { speeds, rows, features: PREDICTED_FEATURES, nearest: som.targets.of[0].settings.nearest }
}

async function timed(into, work) {
  const started = performance.now()
  const value = orThrow(await work())
  into.push((performance.now() - started) / 1000)
  return value
}

/** Rows in eight groups, drawn by a fixed generator. */
function drawn(rows, features) {
  const next = core.random(7, 'prediction')
  const centres = Float32Array.from({ length: 8 * features }, () => 4 * next())
  const data = new Float32Array(rows * features)
  for (let i = 0; i < rows; i++) {
    const group = Math.floor(8 * next())
    for (let f = 0; f < features; f++) data[i * features + f] = centres[group * features + f] + next() + next() - 1
  }
  return data
}
