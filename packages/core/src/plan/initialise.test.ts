import { expect, it } from 'vitest'
import { rowOf } from '../rows/matrix.ts'
import { drawClusters, drawMatrix } from '../testing/draw.ts'
import { INITIALS } from './initial-name.ts'
import { initialise } from './initialise.ts'
import { principalComponents } from './pca.ts'

const lattice = { cell: 'rectangular', shape: 'sheet', rows: 4, columns: 6 } as const

for (const name of INITIALS) {
  it(`${name}: one seed gives one codebook, finite where values are missing, and more units than rows are fine`, () => {
    const rows = drawMatrix(15, 3, 1, 0.2)
    const codebook = initialise(name, lattice, rows, 7)
    expect(codebook).toEqual(initialise(name, lattice, rows, 7))
    expect(codebook.rows).toBe(24)
    expect(codebook.data.every(Number.isFinite)).toBe(true)
  })
}

it('linear: corners lie one standard deviation out along both components, the wider one along the columns', () => {
  const rows = drawMatrix(500, 3, 2)
  for (let i = 0; i < 500; i++) rows.data[3 * i] *= 4
  const { mean, components } = principalComponents(rows, 0)
  const codebook = initialise('linear', lattice, rows, 0)
  const corner = rowOf(codebook, 23)
  const along = corner.map((w, f) => (w - mean[f]) * components[0].direction[f]).reduce((a, b) => a + b)
  const across = corner.map((w, f) => (w - mean[f]) * components[1].direction[f]).reduce((a, b) => a + b)
  expect(along).toBeCloseTo(components[0].deviation, 4)
  expect(across).toBeCloseTo(components[1].deviation, 4)
})

it('random stays within the range of each feature, sampled repeats rows', () => {
  const rows = drawMatrix(50, 2, 3)
  const most = Math.max(...rows.data.filter((_, i) => i % 2 === 0))
  expect(Math.max(...initialise('random', lattice, rows, 1).data.filter((_, i) => i % 2 === 0))).toBeLessThanOrEqual(
    most,
  )
  const known = new Set(Array.from({ length: 50 }, (_, i) => rowOf(rows, i).join()))
  const codebook = initialise('sampled', lattice, rows, 1)
  const drawn = Array.from({ length: 24 }, (_, k) => rowOf(codebook, k).join())
  expect(drawn.every((row) => known.has(row))).toBe(true)
  expect(new Set(drawn).size).toBe(24)
})

it('k-means++ finds every one of a few far clusters', () => {
  const rows = drawClusters(300, 2, 4, 1)
  const codebook = initialise('k-means++', { ...lattice, rows: 2, columns: 4 }, rows, 3)
  const nearest = (i: number): number =>
    Math.min(
      ...Array.from({ length: 8 }, (_, k) => Math.hypot(...rowOf(rows, i).map((x, f) => x - rowOf(codebook, k)[f]))),
    )
  expect(Math.max(...Array.from({ length: 300 }, (_, i) => nearest(i)))).toBeLessThan(1.5)
})

it('rows that are all the same give prototypes that are all the same', () => {
  const rows = { rows: 5, columns: 2, data: new Float32Array(10).fill(3) }
  for (const name of INITIALS) expect(new Set(initialise(name, lattice, rows, 0).data)).toEqual(new Set([3]))
})
