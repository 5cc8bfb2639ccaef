import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstOf, js, type Samples } from '../../../packages/core/src/index.ts'
import { native } from '../../../packages/native/src/index.ts'
import { type Derive, learnNormal, openWatcher } from '../../../packages/recipes/src/index.ts'
import { Deriver } from '../../../packages/recipes/src/watch/deriver.ts'
import { runPythonIn } from './python.ts'

/** The document rounds to three digits; another CPU's linear algebra may move the peers' last one. */
const SHOWN = 0.0016
const ALPHA = 0.05

interface Figures {
  readonly ap: number
  readonly auc: number
}

interface Judged {
  readonly figures: Readonly<Record<string, Figures>>
  readonly falseAlarms: {
    readonly normal: number
    readonly found: number
    readonly expected: number
    readonly low: number
    readonly high: number
    readonly heldOut: number
  }
}

const folder = mkdtempSync(join(tmpdir(), 'som-anomalies-'))
const out = fileURLToPath(new URL('../../../out/anomalies/table.md', import.meta.url))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const backend = firstOf(native(), js())
let judged: Readonly<Record<string, Judged>>
let table: Figures[][]
let sets: string[]
let detectors: string[]

beforeAll(async () => {
  const names: { name: string; series: boolean }[] = JSON.parse(
    runPythonIn('anomalies', 'anomalies.py', 'sets', folder),
  )
  for (const { name, series } of names) await judge(name, series)
  judged = JSON.parse(runPythonIn('anomalies', 'anomalies.py', 'judge', folder))
  detectors = Object.keys(Object.values(judged)[0].figures)
  sets = [...new Set(Object.keys(judged).map(setOf))]
  table = sets.map((set) => detectors.map((detector) => meanOf(set, detector)))
  mkdirSync(dirname(out), { recursive: true })
  writeFileSync(out, `${figuresTable()}\n${falseAlarmTable()}`)
}, 600_000)

describe('som watch beside other detectors', () => {
  test('is first or second by its mean rank over all sets', () => {
    const ranks = meanRanks()
    expect(ranks.filter((rank) => rank < ranks[0]).length).toBeLessThanOrEqual(1)
  })

  test('raises no more and no fewer false alarms than its rate says, over all sets together', () => {
    const counts = Object.values(judged)
      .map(({ falseAlarms }) => falseAlarms)
      .filter(({ heldOut }) => heldOut > 0)
    const outside = counts.filter(({ found, low, high }) => found < low || found > high)
    // Of so many intervals of 95 %, this many miss by chance once in a hundred times at most.
    expect(outside.length).toBeLessThanOrEqual(Math.ceil(counts.length * 0.15))
  })

  test('the document says what was found', () => {
    const text = readFileSync(new URL('../../../docs/anomalies.md', import.meta.url), 'utf8')
    for (const [i, set] of sets.entries()) {
      const row = text.split('\n').find((line) => line.startsWith(`| ${set} |`)) ?? ''
      const shown = [...row.matchAll(/(\d\.\d{3}) \/ (\d\.\d{3})/g)].map(([, ap, auc]) => ({
        ap: Number(ap),
        auc: Number(auc),
      }))
      expect(shown, set).toHaveLength(detectors.length)
      shown.forEach(({ ap, auc }, d) => {
        expect(Math.abs(ap - table[i][d].ap), `${set}, ${detectors[d]}: average precision`).toBeLessThan(SHOWN)
        expect(Math.abs(auc - table[i][d].auc), `${set}, ${detectors[d]}: ROC AUC`).toBeLessThan(SHOWN)
      })
    }
  })
})

/** Learns from the training rows, judges the test rows, and leaves both and the features of all for the others. */
async function judge(name: string, series: boolean): Promise<void> {
  const train = read(`${name}.train.csv`)
  const labelled = read(`${name}.test.csv`)
  const rows = without(labelled, 'is_anomaly')
  const derive: Derive[] = series ? LAGS.map((steps) => ({ by: 'lag', steps })) : []
  const som = (await learnNormal(train, { derive }, { backend })).unwrapOrElse(fail)
  const watcher = (await openWatcher(som, { alpha: ALPHA, backend })).unwrapOrElse(fail)
  const verdicts = await watcher.watch(Float64Array.from(columns(rows, watcher.columns)), rows.rows)
  watcher.close()
  // By p-value, and by distance where p-values are the same: those beyond every held-out row are.
  const order = Array.from(verdicts.p.keys()).sort(
    (a, b) => verdicts.p[b] - verdicts.p[a] || verdicts.distance[a] - verdicts.distance[b] || a - b,
  )
  const score = new Float64Array(rows.rows)
  let place = 0
  order.forEach((row, i) => {
    const before = order[i - 1] ?? row
    if (verdicts.p[row] !== verdicts.p[before] || verdicts.distance[row] !== verdicts.distance[before]) place = i
    score[row] = place
  })
  write(
    `${name}.scores.csv`,
    Array.from(score, (x, i) => `${x},${verdicts.level[i] === 2 ? 1 : 0}`),
  )
  // Readings of a series are not exchangeable, so that no rate is promised.
  const heldOut = series ? 0 : (som.calibration?.distances.length ?? 0)
  write(`${name}.json`, [JSON.stringify({ heldOut, alpha: ALPHA })])
  for (const [part, samples] of [
    ['train', train],
    ['test', rows],
  ] as const) {
    const derived = som.calibration?.derived ?? []
    const features = new Deriver(watcher.columns.length, derived).features(
      Float64Array.from(columns(samples, watcher.columns)),
      samples.rows,
    )
    const width = derived.length
    const lines = Array.from({ length: samples.rows }, (_, i) => {
      const row = features.subarray(i * width, (i + 1) * width)
      // The peers know no missing values: the first readings have no past, and are given the reading itself.
      return Array.from(row, (x) => (Number.isNaN(x) ? row[0] : x)).join(',')
    })
    write(`${name}.${part}.features.csv`, [derived.map((_, f) => `f${f}`).join(','), ...lines])
  }
}

/** A quarter of a heartbeat, reading by reading of four. */
const LAGS = Array.from({ length: 15 }, (_, i) => 4 * (i + 1))

function setOf(name: string): string {
  const [set, one] = name.split(', not ')
  return one === undefined ? name : `${set}, one class against the others`
}

function meanOf(set: string, detector: string): Figures {
  const all = Object.entries(judged)
    .filter(([name]) => setOf(name) === set)
    .map(([, { figures }]) => figures[detector])
  const mean = (key: keyof Figures): number => all.reduce((sum, figures) => sum + figures[key], 0) / all.length
  return { ap: mean('ap'), auc: mean('auc') }
}

function meanRanks(): number[] {
  const lists = table.flatMap((row) => [row.map(({ ap }) => ap), row.map(({ auc }) => auc)])
  return detectors.map((_, d) => lists.reduce((sum, list) => sum + rankOf(list, d), 0) / lists.length)
}

/** 1 for the largest; those that are the same share their places. */
function rankOf(list: readonly number[], d: number): number {
  const above = list.filter((x) => x > list[d]).length
  const same = list.filter((x) => x === list[d]).length
  return above + (same + 1) / 2
}

function figuresTable(): string {
  const rows = sets.map(
    (set, i) => `| ${set} | ${table[i].map(({ ap, auc }) => `${ap.toFixed(3)} / ${auc.toFixed(3)}`).join(' | ')} |`,
  )
  const ranks = meanRanks().map((rank) => `**${rank.toFixed(2)}**`)
  return [
    `| | ${detectors.join(' | ')} |`,
    `| --- |${' --- |'.repeat(detectors.length)}`,
    ...rows,
    `| mean rank | ${ranks.join(' | ')} |`,
    '',
  ].join('\n')
}

function falseAlarmTable(): string {
  const rows = Object.entries(judged).flatMap(
    ([
      name,
      {
        falseAlarms: { normal, found, expected, low, high, heldOut },
      },
    ]) =>
      heldOut > 0
        ? [
            `| ${name} | ${heldOut} | ${normal} | ${expected.toFixed(1)} | ${low} to ${high} | ${found}${found < low || found > high ? ' (outside)' : ''} |`,
          ]
        : [],
  )
  return [
    '| | held-out rows | normal test rows | expected | 95 % interval | found |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function read(file: string): Samples {
  const [header, ...lines] = readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/)
  return {
    features: header.split(','),
    rows: lines.length,
    data: Float64Array.from(lines.flatMap((line) => line.split(',').map(Number))),
  }
}

function without(samples: Samples, column: string): Samples {
  const features = samples.features.filter((name) => name !== column)
  return { features, rows: samples.rows, data: Float64Array.from(columns(samples, features)) }
}

function* columns({ features, rows, data }: Samples, names: readonly string[]): Generator<number> {
  const places = names.map((name) => features.indexOf(name))
  for (let i = 0; i < rows; i++) for (const place of places) yield data[i * features.length + place]
}

function write(file: string, lines: readonly string[]): void {
  writeFileSync(join(folder, file), `${lines.join('\n')}\n`)
}

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
