import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { random, rowDistance } from '../../../packages/core/src/index.ts'
import { rankPreservation } from '../../../packages/core/src/read/quality/rank-preservation.ts'
import { runPython } from './python.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-ranks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('scikit-learn agrees on trustworthiness of rows with missing values, by euclidean distance and by cosine', () => {
  const draw = random(4, 'rows')
  // Three values at least are shared by any two rows: no distances tie.
  const rows = Array.from({ length: 120 }, (_, i) =>
    Array.from({ length: 7 }, (_, f) => (f === i % 7 || f === (i * 3) % 7 ? Number.NaN : draw() * 4 - 2)),
  )
  const map = rows.map((row) => [(row[0] || 0) + draw(), (row[1] || 0) + draw()])
  const nearest = 8
  writeFileSync(join(folder, 'case.json'), JSON.stringify({ rows, map, nearest }))
  const theirs: Record<'euclidean' | 'cosine', number> = JSON.parse(
    runPython('rank-measures.py', join(folder, 'case.json')),
  )
  const onMap = (i: number, j: number): number => Math.hypot(map[i][0] - map[j][0], map[i][1] - map[j][1])
  for (const metric of ['euclidean', 'cosine'] as const) {
    const distance = rowDistance(metric)
    const data = rows.map((row) => Float64Array.from(row))
    const ours = rankPreservation(rows.length, (i, j) => distance(data[i], data[j]), onMap, nearest)
    expect(ours.trustworthiness, metric).toBeCloseTo(theirs[metric], 9)
  }
})
