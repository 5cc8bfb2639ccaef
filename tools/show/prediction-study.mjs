// Compares what maps predict with methods of scikit-learn on its own tables: `npm run bench:prediction` makes the table
// of docs/measurements/prediction.md. Every third row is held out first, then thirds that are drawn; the argument is
// the number of splits.
import { run } from '../lib/process.mjs'
import { pythonEnvironment } from '../python/environment.mjs'

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const core = await import('../../packages/core/src/index.ts')
const { native } = await import('../../packages/native/src/index.ts')
const { describeIssues, evaluate, firstOf, fitTargets, js, predict, samplesOf, train } = core

const SPLITS = Number(process.argv[2] ?? 6)
const backend = firstOf(native(), js())
const { python } = pythonEnvironment('oracles')
const { output } = await run(python, ['-W', 'ignore', 'tools/python/predict-peers.py', String(SPLITS)])
const tables = JSON.parse(output)

const lines = []
for (const { name, kind, rows, targets, heldOut, peers } of tables) {
  const found = []
  for (const held of heldOut) found.push(await measured(rows, targets, held))
  const cells = [found.map(({ score }) => score), ...Object.values(peers)].map(fixedAndMean)
  const epochs = mean(found.map(({ error }) => error)).toFixed(3)
  const inside = kind === 'class' ? '-' : coverageOf(found)
  const loss = kind === 'class' ? mean(found.map(({ logLoss }) => logLoss)).toFixed(3) : '-'
  const took = `${mean(found.map(({ fitting }) => fitting)).toFixed(1)} s, ${mean(found.map(({ training }) => training)).toFixed(1)} s`
  lines.push(`| ${[name, ...cells, loss, inside, epochs, took].join(' | ')} |`)
  console.error(lines.at(-1))
}
console.log(
  [
    '| table | Som | 5 nearest rows | logistic or ridge regression | random forest | log loss | in 90 % intervals | topographic error | fit, training |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    await speed(),
  ].join('\n'),
)

async function measured(rows, targets, held) {
  const of = (values, is) => values.filter((_, i) => held[i] === is)
  const samples = samplesOf(of(rows, false))
  const [som, training] = await timed(() => train({ samples }, { backend }))
  const [fitted, fitting] = await timed(() => fitTargets(som, samples, { y: of(targets, false) }, {}, { backend }))
  const [[figures]] = await timed(() =>
    evaluate(fitted, samplesOf(of(rows, true)), { y: of(targets, true) }, {}, { backend }),
  )
  const score = figures.kind === 'class' ? figures.accuracy : figures.r2
  return { score, error: som.seen.topographicError, training, fitting, logLoss: figures.logLoss, ...figures }
}

async function timed(work) {
  const started = performance.now()
  const value = (await work()).unwrapOrElse((issues) => {
    throw new Error(describeIssues(issues))
  })
  return [value, (performance.now() - started) / 1000]
}

/** The first split, then the mean of the others with their standard deviation. */
function fixedAndMean([fixed, ...drawn]) {
  const centre = mean(drawn)
  const deviation = Math.sqrt(mean(drawn.map((x) => (x - centre) ** 2)))
  return `${fixed.toFixed(3)} / ${centre.toFixed(3)} ±${deviation.toFixed(3)}`
}

/** The share of all held-out rows in their intervals, and the 95 % range of that share if 90 % is true. */
function coverageOf(found) {
  const rows = found.reduce((sum, one) => sum + one.rows, 0)
  const inside = found.reduce((sum, one) => sum + one.rows * one.coverage.found, 0) / rows
  const error = 1.96 * Math.sqrt((0.9 * 0.1) / rows)
  return `${(100 * inside).toFixed(1)} % (${(100 * (0.9 - error)).toFixed(1)} to ${(100 * (0.9 + error)).toFixed(1)})`
}

/** Rows a second that a map of 20 x 20 units predicts, of 16 features. */
async function speed() {
  const count = 100_000
  const data = Float32Array.from({ length: count * 16 }, (_, i) => Math.sin(i * 0.37) + Math.cos((i % 16) * i * 0.011))
  const rows = { rows: count, columns: 16, data }
  const part = { rows: 2000, columns: 16, data: data.slice(0, 2000 * 16) }
  const y = Array.from({ length: 2000 }, (_, i) => data[16 * i] + data[16 * i + 1] ** 2)
  const [som] = await timed(() => train({ samples: part, lattice: { rows: 20, columns: 20 } }, { backend }))
  const [fitted] = await timed(() => fitTargets(som, part, { y }, {}, { backend }))
  const times = []
  for (let again = 0; again < 3; again++) times.push((await timed(() => predict(fitted, rows, {}, { backend })))[1])
  return `${Math.round(count / Math.min(...times)).toLocaleString('en-GB')} rows of 16 features a second (best of 3; numbers with intervals, 20 x 20 units)`
}

function mean(values) {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}
