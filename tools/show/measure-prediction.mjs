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
const kohonen = only.length > 0 ? null : await ofKohonen()
process.stdout.write(JSON.stringify({ tables, fewLabels, kohonen, cost }))

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

/** The shares of nir and the missing cells of yeast, tables of the R package kohonen; or why they cannot be had. */
async function ofKohonen() {
  const { python, absent } = pythonEnvironment('prediction')
  if (absent.rdata) return { absent: absent.rdata }
  const folder = join(root, '.cache', 'prediction')
  const script = join(root, 'tools', 'python', 'kohonen-tables.py')
  const { code, output } = await run(python, ['-W', 'ignore', script, join(folder, 'kohonen')])
  if (code !== 0) return { absent: output.trim().split('\n').at(-1) }
  const { nir, yeast } = JSON.parse(output)
  const missing = (row) => row.map((cell) => cell ?? '').join()
  const path = join(folder, 'yeast.csv')
  const names = yeast.rows[0].map((_, f) => `time ${f + 1}`).join()
  writeFileSync(path, [names, ...yeast.rows.map(missing), ''].join('\n'))
  const { output: found } = await run(python, ['-W', 'ignore', join(root, 'tools', 'python', 'impute-peers.py'), path])
  const shares = { ownTraining: await errorOfShares(nir, true), otherWayRound: await errorOfShares(nir, false) }
  return { nir: shares, yeast: { missing: yeast.missing, ...(await filledIn(JSON.parse(found).at(-1))) } }
}

/** The root mean squared error of the three shares, predicted from 200 wavelengths. */
async function errorOfShares({ rows, shares, training }, learnt) {
  const of = (values, is) => values.filter((_, i) => training[i] === is)
  const samples = samplesOf(of(rows, learnt))
  const map = orThrow(await train({ samples }, { backend }))
  const known = of(shares, learnt)
  const y = Object.fromEntries(known[0].map((_, share) => [`share ${share + 1}`, known.map((row) => row[share])]))
  const som = orThrow(await fitTargets(map, samples, y, {}, { backend }))
  const { targets } = orThrow(await predict(som, samplesOf(of(rows, !learnt)), {}, { backend }))
  const errors = of(shares, !learnt).flatMap((row, i) => row.map((share, s) => targets[s].value[i] - share))
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
}

/** Rows that a map has taken, and the error of hidden cells beside that of other methods, in standard deviations. */
async function filledIn({ rows, hidden, peers }) {
  const samples = samplesOf(rows)
  const som = orThrow(await train({ samples }, { backend }))
  const { unit } = orThrow(await core.match(som, samples, { backend }))
  const { data } = orThrow(await core.impute(som, samples, {}, { backend })).samples
  const errors = hidden.flat().flatMap((truth, at) => (truth === null ? [] : [data[at] - truth]))
  const error = Math.sqrt(errors.reduce((sum, off) => sum + off * off, 0) / errors.length)
  return { rows: rows.length, kept: unit.filter((u) => u >= 0).length, error, peers }
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
