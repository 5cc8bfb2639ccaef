import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeColumns } from '../../../packages/cli/src/segment/columns.ts'
import { firstOf, js } from '../../../packages/core/src/index.ts'
import { openTable, readSamples } from '../../../packages/io/src/index.ts'
import { native } from '../../../packages/native/src/index.ts'
import { type Segmentation, segment } from '../../../packages/recipes/src/index.ts'
import { runPythonIn } from './python.ts'

/** The document rounds to two digits; another CPU's linear algebra may move a row of the peers. */
const SHOWN = 0.016

interface Figures {
  readonly rand: number
  readonly stability: number
}

type Judged = Readonly<Record<(typeof METHODS)[number], Figures>> & {
  readonly chosen: { readonly count: number; readonly rand: number }
}

const METHODS = ['som segment', 'k-means', 'Ward'] as const

const folder = mkdtempSync(join(tmpdir(), 'som-segments-'))
const out = fileURLToPath(new URL('../../../out/segments/table.md', import.meta.url))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const backend = firstOf(native(), js())
let judged: Readonly<Record<string, Judged>>
let sets: { readonly name: string; readonly rows: number; readonly columns: number; readonly classes: number }[]

beforeAll(async () => {
  sets = JSON.parse(runPythonIn('segments', 'segments.py', 'sets', folder))
  for (const { name, classes } of sets) await ours(name, classes)
  judged = JSON.parse(runPythonIn('segments', 'segments.py', 'judge', folder))
  mkdirSync(dirname(out), { recursive: true })
  writeFileSync(out, table())
}, 600_000)

describe('som segment beside k-means and Ward of scikit-learn', () => {
  test('agrees with the classes at least as well on average', () => {
    const [own, ...peers] = METHODS.map((method) => meanOf(method, 'rand'))
    expect(own).toBeGreaterThanOrEqual(Math.max(...peers))
  })

  test('the document says what was found', () => {
    const text = readFileSync(new URL('../../../docs/segments.md', import.meta.url), 'utf8')
    for (const { name } of sets) {
      const row = text.split('\n').find((line) => line.startsWith(`| ${name} `)) ?? ''
      const shown = [...row.matchAll(/(-?\d\.\d{2}) \/ (\d\.\d{2})/g)].map(([, rand, stability]) => ({
        rand: Number(rand),
        stability: Number(stability),
      }))
      expect(shown, name).toHaveLength(METHODS.length)
      METHODS.forEach((method, m) => {
        expect(Math.abs(shown[m].rand - judged[name][method].rand), `${name}, ${method}`).toBeLessThan(SHOWN)
        expect(Math.abs(shown[m].stability - judged[name][method].stability), `${name}, ${method}`).toBeLessThan(SHOWN)
      })
      const { count, rand } = judged[name].chosen
      expect(row, name).toContain(`| ${count}: ${rand.toFixed(2)} |`)
    }
  })
})

/**
 * Finds the segments of a set as the command does, with as many as there are classes and with as many as are proposed.
 */
async function ours(name: string, classes: number): Promise<void> {
  const table = (await openTable(join(folder, `${name}.csv`))).unwrapOrElse(fail)
  try {
    const { selection } = (await takeColumns(table, { exclude: ['class'] })).unwrapOrElse(fail)
    const samples = (await readSamples(table, selection)).unwrapOrElse(fail)
    const asked = (await segment(samples, { segments: classes }, { backend })).unwrapOrElse(fail)
    const chosen = (await segment(samples, { draws: 0 }, { backend })).unwrapOrElse(fail)
    const found = {
      asked: [Array.from(asked.of)],
      chosen: [Array.from(chosen.of)],
      count: chosen.segments.length,
      stability: stabilityOf(asked),
    }
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(found))
  } finally {
    table.close()
  }
}

function stabilityOf({ segments }: Segmentation): number {
  return segments.reduce((sum, { share, stability }) => sum + share * stability.mean, 0)
}

function meanOf(method: (typeof METHODS)[number], figure: keyof Figures): number {
  return sets.reduce((sum, { name }) => sum + judged[name][method][figure], 0) / sets.length
}

function table(): string {
  const rows = sets.map(({ name, rows, columns, classes }) => {
    const cells = METHODS.map((method) => pair(judged[name][method].rand, judged[name][method].stability))
    const { count, rand } = judged[name].chosen
    return `| ${name} | ${rows} x ${columns} | ${classes} | ${cells.join(' | ')} | ${count}: ${rand.toFixed(2)} |`
  })
  const means = METHODS.map((method) => `**${pair(meanOf(method, 'rand'), meanOf(method, 'stability'))}**`)
  return [
    `| | rows x columns | classes | ${METHODS.join(' | ')} | proposed by som segment |`,
    `| --- | --- | --- |${' --- |'.repeat(METHODS.length + 1)}`,
    ...rows,
    `| mean | | | ${means.join(' | ')} | |`,
    '',
  ].join('\n')
}

const pair = (rand: number, stability: number): string => `${rand.toFixed(2)} / ${stability.toFixed(2)}`

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
