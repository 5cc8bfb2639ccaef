// Compares what maps fill in with what scikit-learn does, on its own tables and those whose paths are given:
// `npm run bench:imputation` makes the table of docs/measurements/prediction.md.
import { run } from '../lib/process.mjs'
import { pythonEnvironment } from '../python/environment.mjs'

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { firstOf, impute, js, match, orThrow, samplesOf, train } = await import('../../packages/core/src/index.ts')
const { native } = await import('../../packages/native/src/index.ts')

const DRAWS = 40
const backend = firstOf(native(), js())
const { python } = pythonEnvironment('oracles')
const { output } = await run(python, ['-W', 'ignore', 'tools/python/impute-peers.py', ...process.argv.slice(2)])

const lines = []
for (const { name, rows, hidden, peers } of JSON.parse(output)) {
  const samples = samplesOf(rows)
  const som = orThrow(await train({ samples }, { backend }))
  const truth = hidden.flat()
  const places = truth.flatMap((value, at) => (value === null ? [] : [at]))
  const fill = async (draw) => orThrow(await impute(som, samples, { draw }, { backend })).samples.data
  const started = performance.now()
  const found = await fill(0)
  const took = performance.now() - started
  const { unit } = orThrow(await match(som, samples, { backend }))
  const draws = []
  for (let draw = 1; draw <= DRAWS; draw++) draws.push(await fill(draw))
  const inside = places.filter((at) => {
    const drawn = draws.map((one) => one[at]).sort((a, b) => a - b)
    return drawn[1] <= truth[at] && truth[at] <= drawn[DRAWS - 2]
  })
  const error = (of) => Math.sqrt(places.reduce((sum, at) => sum + (of(at) - truth[at]) ** 2, 0) / places.length)
  const columns = rows[0].length
  const prototype = (at) => {
    const { preprocessing: p } = som.features[at % columns]
    const { data } = som.codebook
    return (data[unit[Math.floor(at / columns)] * columns + (at % columns)] / p.factor) * p.scale + p.centre
  }
  const errors = [error((at) => found[at]), error(prototype), ...Object.values(peers)].map((x) => x.toFixed(3))
  const share = `${((100 * inside.length) / places.length).toFixed(1)} %`
  const perRow = Math.round((1000 * rows.length) / took).toLocaleString('en-GB')
  lines.push(`| ${[`${name} (${rows.length} × ${columns})`, ...errors, share, perRow].join(' | ')} |`)
}
console.log(
  [
    '| table | Som | prototype of the unit | column mean | 5 nearest rows | 10 nearest rows | in 90 % of 40 draws | rows a second |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n'),
)
