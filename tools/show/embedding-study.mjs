// Compares places of rows with those of UMAP and openTSNE: `npm run bench:embedding` makes the table of
// docs/measurements/embedding.md. Arguments: names of tables (default: those that scikit-learn has or draws), and a
// folder with the IDX files of MNIST for the table `mnist`. All figures are of the same 2,000 rows or fewer.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../lib/process.mjs'
import { pythonEnvironment } from '../python/environment.mjs'

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const core = await import('../../packages/core/src/index.ts')
const { native } = await import('../../packages/native/src/index.ts')
const { chooseRows, describeIssues, embed, firstOf, fitEmbedding, js, matrix, train } = core

const NEIGHBOURS = 10
const MOST_QUERIES = 2000
const backend = firstOf(native(), js())
const names = (process.argv[2] ?? 'digits,swiss,curved,mixture').split(',')
const folder = mkdtempSync(join(tmpdir(), 'som-embedding-'))
try {
  const { python } = pythonEnvironment('embedding')
  const images = process.argv[3] === undefined ? [] : [process.argv[3]]
  const peers = ['-W', 'ignore', 'tools/python/embed-peers.py', folder, names.join(','), ...images]
  const { code, output } = await run(python, peers, { show: true })
  if (code !== 0) throw new Error(output)
  console.log(
    '| table | method | trustworthiness | continuity | accuracy | fitting | placing |\n|---|---|---|---|---|---|---|',
  )
  for (const name of names) await compare(name)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function compare(name) {
  const { rows, columns, peers } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const read = (file, Type) => new Type(new Uint8Array(readFileSync(join(folder, `${name}.${file}`))).buffer)
  const [data, labels, held] = [read('rows', Float64Array), read('labels', Int32Array), read('held', Uint8Array)]
  const table = { data, columns, labels, held }
  for (const [peer, { fit, place }] of Object.entries(peers))
    say(name, peer, scoresOf(table, read(`${peer}.f32`, Float32Array)), fit, place)

  const all = matrix(rows, columns, Float32Array.from(data))
  const samples = chooseRows(
    all,
    Uint32Array.from(held.keys()).filter((i) => held[i] === 0),
  )
  const [som, training] = await timed(() => train({ samples, preprocessing: 'none' }, { backend }))
  const [fitted, fitting] = await timed(() => fitEmbedding(som, samples, {}, { backend }))
  const [{ place }, placing] = await timed(() => embed(fitted, all, { backend }))
  say(name, 'Som', scoresOf(table, place), training + fitting, placing)
}

function say(name, method, scores, fitting, placing) {
  const cells = [...scores.map((score) => score.toFixed(3)), `${fitting.toFixed(1)} s`, `${placing.toFixed(1)} s`]
  console.log(`| ${[name, method, ...cells].join(' | ')} |`)
}

async function timed(work) {
  const started = process.cpuUsage()
  const value = (await work()).unwrapOrElse((issues) => {
    throw new Error(describeIssues(issues))
  })
  const { user, system } = process.cpuUsage(started)
  return [value, (user + system) / 1e6]
}

/**
 * Trustworthiness and continuity (J. Venna, S. Kaski 2001) with 10 neighbours, and the accuracy of the vote of the 10
 * nearest in the plane: of held-out rows among those of the fit, or of all rows, each left out in turn.
 */
function scoresOf({ data, columns, labels, held }, places) {
  const fitted = [...held.keys()].filter((i) => held[i] === 0)
  const asked = fitted.length < held.length ? [...held.keys()].filter((i) => held[i] === 1) : fitted
  const queries = asked.filter((_, i) => i % Math.ceil(asked.length / MOST_QUERIES) === 0)
  let [intruders, missed, right] = [0, 0, 0]
  for (const query of queries) {
    const high = distancesTo(data, columns, query, fitted)
    const low = distancesTo(places, 2, query, fitted)
    const [highNear, lowNear] = [nearest(high), nearest(low)]
    for (const j of lowNear) intruders += Math.max(0, rankOf(high, j) - NEIGHBOURS)
    for (const j of highNear) missed += Math.max(0, rankOf(low, j) - NEIGHBOURS)
    if (voteOf(lowNear.map((j) => labels[fitted[j]])) === labels[query]) right++
  }
  const share = 2 / (queries.length * NEIGHBOURS * (2 * fitted.length - 3 * NEIGHBOURS - 1))
  return [1 - share * intruders, 1 - share * missed, right / queries.length]
}

function distancesTo(data, columns, query, others) {
  return Float64Array.from(others, (other) => {
    if (other === query) return Number.POSITIVE_INFINITY
    let sum = 0
    for (let f = 0; f < columns; f++) sum += (data[query * columns + f] - data[other * columns + f]) ** 2
    return sum
  })
}

function nearest(distances) {
  const found = []
  for (let j = 0; j < distances.length; j++) {
    if (found.length === NEIGHBOURS && !(distances[j] < distances[found[NEIGHBOURS - 1]])) continue
    if (found.length === NEIGHBOURS) found.pop()
    const at = found.findIndex((other) => distances[other] > distances[j])
    found.splice(at < 0 ? found.length : at, 0, j)
  }
  return found
}

function rankOf(distances, j) {
  return distances.reduce((rank, distance) => (distance < distances[j] ? rank + 1 : rank), 1)
}

/** The most frequent label, the least of those in a tie. */
function voteOf(labels) {
  const counts = new Map()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].sort(([a, many], [b, more]) => more - many || a - b)[0][0]
}
