import { describe, expect, it } from 'vitest'
import { type Lattice, squaredLatticeDistance } from '../map/lattice.ts'
import { areNeighbours, defaultNeighbours } from '../map/neighbours.ts'
import { random, randomBelow } from '../random.ts'
import { chooseRows } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import { train } from '../train/train.ts'
import { bestSymmetry } from './best-symmetry.ts'
import { compareMaps } from './compare-maps.ts'
import { flipsOf, type Symmetry, shiftsOf, symmetryOf } from './symmetries.ts'

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

/** Every symmetry of a lattice. */
function symmetriesOf(lattice: Lattice): Symmetry[] {
  const shifts = shiftsOf(lattice)
  return flipsOf(lattice).flatMap((flip) =>
    shifts.rows.flatMap((down) => shifts.columns.map((right) => symmetryOf(lattice, flip, down, right))),
  )
}

const rows = Array.from({ length: 200 }, (_, i) => [Math.sin(i * 1.3) * 3, Math.cos(i * 0.7), (i % 9) / 3])
const samples = samplesOf(rows, ['a', 'b', 'c'])

describe.each([
  ['rectangular', 'sheet', 4, 6, 4],
  ['rectangular', 'sheet', 5, 5, 8],
  ['hexagonal', 'sheet', 5, 6, 2],
  ['hexagonal', 'sheet', 6, 5, 2],
  ['rectangular', 'cylinder', 4, 6, 24],
  ['rectangular', 'toroid', 4, 4, 128],
  ['hexagonal', 'toroid', 4, 5, 10],
] as const)('%s %s of %i x %i', (cell, shape, r, columns, count) => {
  const lattice = { cell, shape, rows: r, columns }

  it('is laid upon itself by the first symmetry of which none moves rows less', async () => {
    const units = r * columns
    const draw = random(7, cell, shape, r)
    for (let tried = 0; tried < 20; tried++) {
      const pairs = Array.from({ length: 1 + randomBelow(draw, 12) }, () => ({
        a: randomBelow(draw, units),
        b: randomBelow(draw, units),
        rows: 1 + randomBelow(draw, 3),
      }))
      const moved = ({ to }: Symmetry): number =>
        pairs.reduce((sum, { a, b, rows }) => sum + rows * squaredLatticeDistance(lattice, a, to[b]), 0)
      const all = symmetriesOf(lattice)
      const least = Math.min(...all.map(moved))
      expect(await bestSymmetry(lattice, pairs)).toEqual(all.find((each) => moved(each) === least))
    }
  })

  it('begins with what leaves everything where it is, and names shifts', () => {
    const [first, ...others] = symmetriesOf(lattice)
    expect(first).toEqual({ name: 'as it is', to: Int32Array.from({ length: r * columns }, (_, unit) => unit) })
    const shifts = (shape === 'toroid' ? r / (cell === 'hexagonal' ? 2 : 1) : 1) * (shape === 'sheet' ? 1 : columns)
    const shifted = others.filter(({ name }) => name.endsWith(', shifted'))
    expect(shifted.length).toBe(count - count / shifts)
  })

  it(`has ${count} symmetries, each of which keeps neighbours and no others`, () => {
    const all = symmetriesOf(lattice)
    expect(all.length).toBe(count)
    for (const { to } of all) {
      expect(new Set(to).size).toBe(r * columns)
      for (let one = 0; one < to.length; one++) {
        for (let other = 0; other < one; other++) {
          const neighbours = defaultNeighbours(lattice)
          expect(areNeighbours(lattice, to[one], to[other], neighbours)).toBe(
            areNeighbours(lattice, one, other, neighbours),
          )
        }
      }
    }
  })
})

it('a map and its mirror image are the same: no row moves, and all keep their neighbours', async () => {
  for (const lattice of [
    { rows: 5, columns: 7, cell: 'rectangular' },
    { rows: 6, columns: 5, cell: 'hexagonal' },
  ] as const) {
    const som = (await train({ samples, lattice, epochs: 5 })).unwrapOrElse(fail)
    const { to, name } = symmetriesOf(som.lattice)[1]
    const from = new Uint32Array(to.length)
    to.forEach((unit, other) => {
      from[unit] = other
    })
    const mirrored = { ...som, codebook: chooseRows(som.codebook, from) }
    const found = (await compareMaps(som, mirrored, samples)).unwrapOrElse(fail)
    // Each of these is its own opposite.
    expect(found.alignment).toBe(name)
    expect(Math.max(...found.moved)).toBe(0)
    expect(found.meanKept).toBe(1)
  }
})

it('neighbours kept are those counted row by row', async () => {
  const [a, b] = await Promise.all(
    [
      { rows: 4, columns: 5 },
      { rows: 3, columns: 7 },
    ].map(async (lattice, seed) => (await train({ samples, lattice, seed, epochs: 3 })).unwrapOrElse(fail)),
  )
  const found = (await compareMaps(a, b, samples)).unwrapOrElse(fail)
  expect(found.alignment).toBe('by rows')
  const near = (som: typeof a, unit: Int32Array, i: number, j: number): boolean =>
    unit[i] === unit[j] || areNeighbours(som.lattice, unit[i], unit[j], defaultNeighbours(som.lattice))
  for (const row of [0, 17, 99]) {
    const others = rows.map((_, i) => i).filter((i) => i !== row)
    const both = others.filter((i) => near(a, found.unitA, row, i) && near(b, found.unitB, row, i)).length
    const either = others.filter((i) => near(a, found.unitA, row, i) || near(b, found.unitB, row, i)).length
    expect(found.kept[row]).toBeCloseTo(both / either, 12)
  }
  expect(found.meanKept).toBeLessThan(1)
  const moved = Math.sqrt(squaredLatticeDistance(a.lattice, found.unitA[3], found.toFirst[found.unitB[3]]))
  expect(found.moved[3]).toBe(moved)
})

it('maps of other features are refused, with the features', async () => {
  const a = (await train({ samples, epochs: 1 })).unwrapOrElse(fail)
  const b = (await train({ samples: samplesOf(rows, ['a', 'b', 'd']), epochs: 1 })).unwrapOrElse(fail)
  const found = await compareMaps(a, b, samples)
  expect(found.isErr && found.error).toEqual([
    {
      path: 'b',
      message:
        'expected two maps of the same features: only the first has c; only the second has d; train both on the same columns',
    },
  ])
})

it('maps of one unit, and rows without a value, have an answer', async () => {
  const lattice = { rows: 1, columns: 1 }
  const som = (await train({ samples, lattice, epochs: 1 })).unwrapOrElse(fail)
  const given = samplesOf([[1, 2, 3], [Number.NaN, Number.NaN, Number.NaN]], ['a', 'b', 'c']) // biome-ignore format: a table
  const found = (await compareMaps(som, som, given)).unwrapOrElse(fail)
  expect([found.moved[0], found.kept[0], found.moved[1], found.kept[1]]).toEqual([
    0,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ])
})

it('maps of a large toroid are compared without every one of its symmetries at once', async () => {
  const lattice = { rows: 100, columns: 100, shape: 'toroid' as const }
  const som = (await train({ samples, lattice, epochs: 1 })).unwrapOrElse(fail)
  const units = Int32Array.from({ length: 10_000 }, (_, unit) => unit)
  const shifted = chooseRows(
    som.codebook,
    Uint32Array.from(units, (unit) => Math.floor(unit / 100) * 100 + ((unit + 37) % 100)),
  )
  const found = (await compareMaps(som, { ...som, codebook: shifted }, samples)).unwrapOrElse(fail)
  expect([found.alignment, Math.max(...found.moved)]).toEqual(['as it is, shifted', 0])
})
