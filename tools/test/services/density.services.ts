import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { clusterUnits, firstOf, js, random, type Som, samplesOf, train } from '../../../packages/core/src/index.ts'
import { native } from '../../../packages/native/src/index.ts'
import { runPython } from './python.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-density-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LEAST = 40
/** Rows of several clouds in some columns, with others between them. */
function rowsOf(columns: number, groups: number): number[][] {
  const draw = random(columns, 'dense rows')
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  const centres = Array.from({ length: groups }, () => Array.from({ length: columns }, () => 20 * draw()))
  return Array.from({ length: 2000 }, (_, i) =>
    Array.from({ length: columns }, (_, f) => (i % 20 === 0 ? 24 * draw() - 2 : centres[i % groups][f] + gaussian())),
  )
}

async function codebookOf(columns: number, groups: number): Promise<Som> {
  const runtime = { backend: firstOf(native(), js()) }
  const trained = await train({ samples: samplesOf(rowsOf(columns, groups)), seed: 1 }, runtime)
  return trained.unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
}

test.each([
  [2, 4],
  [3, 6],
  [8, 5],
])(
  'scikit-learn finds the same groups of a codebook whose units are repeated as rows hit them, %i columns',
  async (columns, groups) => {
    const { codebook, lattice, seen } = await codebookOf(columns, groups)
    const found = clusterUnits({ lattice, codebook, ...(seen && { seen }) }, { method: 'hdbscan', least: LEAST })
    const ours = Array.from(found.isOk ? found.value.clusters.of : [])
    writeFileSync(
      join(folder, 'codebook.json'),
      JSON.stringify({ columns, codebook: [...codebook.data], hits: [...(seen?.hits ?? [])], least: LEAST, ours }),
    )
    const {
      rand,
      groups: theirs,
      decided,
    } = JSON.parse(runPython('hdbscan-codebook.py', join(folder, 'codebook.json')))
    expect(theirs).toBeGreaterThan(1)
    expect(decided).toBeGreaterThan(0.95)
    expect(found.isOk && found.value.clusters.count).toBe(theirs)
    expect(rand).toBe(1)
  },
)
