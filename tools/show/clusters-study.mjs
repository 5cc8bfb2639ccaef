// Counts the groups that `clusterRows` finds where the right answer is known: `npm run bench:clusters -- 3` makes the
// table of docs/measurements/clusters.md, with three seeds a set. Shapes are fixtures of core or drawn here, most after
// the Fundamental Clustering Problems (A. Ultsch, 2005); four real sets are those of scikit-learn. Ward with three
// indices, the default without rows, stands beside.
import { readFileSync } from 'node:fs'
import { run } from '../lib/process.mjs'
import { pythonEnvironment } from '../python/environment.mjs'

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { clusterRows, firstOf, js, match, random, samplesOf, train } = await import('../../packages/core/src/index.ts')
const { native } = await import('../../packages/native/src/index.ts')

const SEEDS = Number(process.argv[2] ?? 1)
const ONLY = new RegExp(process.argv[3] ?? '')
const backend = firstOf(native(), js())

const draw = random(1, 'clusters study')
const between = (least, most) => least + (most - least) * draw()
const gaussian = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
const student = () => gaussian() / Math.sqrt((gaussian() ** 2 + gaussian() ** 2 + gaussian() ** 2) / 3)
const times = (count, one) => Array.from({ length: count }, (_, i) => one(i))
const cloud = (rows, columns, one) => times(rows, () => [...times(columns, one), 0])

const sets = {
  ...Object.fromEntries(['TwoDiamonds', 'Tetra', 'Lsun', 'Atom'].map((name) => [name, fixture(name)])),
  Hepta: times(212, (i) => {
    const [group, axis] = [i % 7, Math.floor((i % 7) / 2)]
    const centre = times(3, (f) => (group < 6 && f === axis ? (group % 2 === 0 ? 4 : -4) : 0))
    return [...centre.map((x) => x + (group === 6 ? 0.25 : 0.5) * gaussian()), group]
  }),
  Chainlink: times(1000, (i) => {
    const at = between(0, 2 * Math.PI)
    const ring = i % 2 === 0 ? [Math.cos(at), Math.sin(at), 0] : [1 + Math.cos(at), 0, Math.sin(at)]
    return [...ring.map((x) => x + between(-0.1, 0.1)), i % 2]
  }),
  WingNut: times(1000, (i) => {
    const [x, y] = [2 * draw() ** 0.6, draw()]
    return i % 2 === 0 ? [x + y, y + 0.15, 0] : [1 - x + y, y - 1.15, 1]
  }),
  Target: times(812, (i) => {
    const at = between(0, 2 * Math.PI)
    if (i >= 800) return [i % 2 ? 3 : -3, i % 4 < 2 ? 3 : -3, -1].map((x, f) => (f < 2 ? x + 0.05 * gaussian() : x))
    const radius = i % 2 === 0 ? 0.8 * Math.sqrt(draw()) : 2.6 + between(-0.1, 0.1)
    return [radius * Math.cos(at), radius * Math.sin(at), i % 2]
  }),
  'moons, noise 0.05': moons(0.05),
  'moons, noise 0.1': moons(0.1),
  ...(await realSets(['iris', 'wine', 'breast_cancer', 'digits'])),
  GolfBall: times(2000, () => {
    const at = times(3, gaussian)
    return [...at.map((x) => x / Math.hypot(...at)), 0]
  }),
  ...Object.fromEntries(
    [2, 5, 10, 50].flatMap((columns) => [
      [`uniform, ${columns} columns`, cloud(600, columns, draw)],
      [`Gaussian, ${columns} columns`, cloud(600, columns, gaussian)],
    ]),
  ),
  't of 3 degrees, 5 columns': cloud(600, 5, student),
  'lognormal, 3 columns': cloud(600, 3, () => Math.exp(gaussian())),
  'exponential, 3 columns': cloud(600, 3, () => -Math.log(1 - draw())),
  'whole numbers 1 to 5, 3 columns': cloud(600, 3, () => 1 + Math.floor(5 * draw())),
  'one ring': times(600, () => {
    const at = between(0, 2 * Math.PI)
    return [Math.cos(at) + between(-0.1, 0.1), Math.sin(at) + between(-0.1, 0.1), 0]
  }),
}

console.log('| rows | rows x columns | groups | conductance: groups | adjusted Rand | seconds | Ward: groups |')
console.log('| --- | --- | --- | --- | --- | --- | --- |')
for (const [name, table] of Object.entries(sets)) {
  if (!ONLY.test(name)) continue
  const truth = table.map((row) => row[row.length - 1])
  const samples = samplesOf(table.map((row) => row.slice(0, -1)))
  const groups = new Set(truth.filter((group) => group >= 0)).size
  const found = []
  for (let seed = 1; seed <= SEEDS; seed++) found.push(await measured(samples, truth, seed))
  const several = (values) => [...new Set(values)].join(', ')
  const rand = found.map((one) => one.rand.toFixed(groups === 1 ? 0 : 3))
  const seconds = (found.reduce((sum, one) => sum + one.seconds, 0) / SEEDS).toFixed(1)
  console.log(
    `| ${name} | ${samples.rows} x ${samples.features.length} | ${groups} | ${several(found.map((one) => one.count))} | ${groups === 1 ? '' : several(rand)} | ${seconds} | ${several(found.map((one) => one.ward))} |`,
  )
}

async function measured(samples, truth, seed) {
  const som = ok(await train({ samples, seed }, { backend }))
  const begun = performance.now()
  const { clusters } = ok(await clusterRows(som, samples, { seed }, { backend }))
  const seconds = (performance.now() - begun) / 1000
  const ward = ok(await clusterRows(som, samples, { method: 'ward' }, { backend })).clusters.count
  const { unit } = ok(await match(som, samples, { backend }))
  const of = Array.from(unit, (at) => clusters.of[at])
  return { count: clusters.count, rand: adjustedRand(truth, of), seconds, ward }
}

/** Over the rows that are in a group. */
function adjustedRand(truth, of) {
  const known = [...truth.keys()].filter((row) => truth[row] >= 0)
  const pairs = (keys) => {
    const sizes = new Map()
    for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1)
    return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  }
  const both = pairs(known.map((row) => `${truth[row]} ${of[row]}`))
  const [one, other] = [pairs(known.map((row) => truth[row])), pairs(known.map((row) => of[row]))]
  const chance = (one * other) / ((known.length * (known.length - 1)) / 2)
  return one + other === 2 * chance ? 1 : (both - chance) / ((one + other) / 2 - chance)
}

function ok(result) {
  return result.unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
}

function fixture(name) {
  const text = readFileSync(new URL(`../../packages/core/fixtures/clusters/${name}.csv`, import.meta.url), 'utf8')
  const [, ...lines] = text.trim().split('\n')
  return lines.map((line) => line.split(',').map(Number))
}

function moons(noise) {
  return times(1000, (i) => {
    const at = between(0, Math.PI)
    const moon = i % 2 === 0 ? [Math.cos(at), Math.sin(at)] : [1 - Math.cos(at), 0.5 - Math.sin(at)]
    return [...moon.map((x) => x + noise * gaussian()), i % 2]
  })
}

async function realSets(names) {
  const { python } = pythonEnvironment('segments')
  const program = `
import json
from sklearn import datasets
def rows(name):
    found = getattr(datasets, 'load_' + name)()
    return [[*map(float, x), int(y)] for x, y in zip(found.data, found.target)]
print(json.dumps({name: rows(name) for name in ${JSON.stringify(names)}}))`
  const { output } = await run(python, ['-c', program])
  return JSON.parse(output)
}
