import { type Cell, neighboursOf } from '@som/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Codebook, somOf } from './codebook.ts'
import { decodeWeights, encodeBestMatches, encodeHeights, encodeWeights } from './esom.ts'
import grids from './fixtures/kohonen-grids.json' with { type: 'json' }
import { decodeNpy, encodeNpy } from './npy.ts'
import { decodeSomPak, encodeSomPak } from './som-pak.ts'
import { decodeKohonen, decodeMiniSom, encodeCodebookCsv, encodeCodebookNpy } from './table.ts'

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const codebooks = fc
  .record({
    rows: fc.integer({ min: 1, max: 5 }),
    columns: fc.integer({ min: 1, max: 5 }),
    width: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ rows, columns, width }) =>
    fc.array(number, { minLength: rows * columns * width, maxLength: rows * columns * width }).map(
      (values): Codebook => ({
        lattice: { cell: 'rectangular', shape: 'sheet', rows, columns },
        features: Array.from({ length: width }, (_, f) => `feature ${f + 1}`),
        values: Float64Array.from(values, (x) => x + 0),
        kernel: 'gaussian',
      }),
    ),
  )

describe('a codebook comes back as it was', () => {
  it('by .cod, with names that have no blanks', () => {
    fc.assert(
      fc.property(codebooks, fc.boolean(), (codebook, isHexagonal) => {
        const cell = isHexagonal ? 'hexagonal' : 'rectangular'
        const named = {
          ...codebook,
          lattice: { ...codebook.lattice, cell },
          features: codebook.features.map((_, f) => `f${f}`),
        } as const
        expect(decodeSomPak(encodeSomPak(named)).unwrapOr(null)).toEqual(named)
      }),
    )
  })

  it('by .wts', () => {
    fc.assert(
      fc.property(codebooks, (codebook) => {
        expect(decodeWeights(encodeWeights(codebook)).unwrapOr(null)).toEqual(codebook)
      }),
    )
  })

  it('by .npy, whatever its cells', () => {
    fc.assert(
      fc.property(codebooks, fc.constantFrom<Cell>('rectangular', 'hexagonal'), (codebook, cell) => {
        const given = { ...codebook, lattice: { ...codebook.lattice, cell } }
        expect(decodeMiniSom(encodeCodebookNpy(given), given.lattice).unwrapOr(null)).toEqual(given)
      }),
    )
  })

  it('by .cod, with names that have blanks', () => {
    const codebook = {
      lattice: { cell: 'hexagonal', shape: 'sheet', rows: 1, columns: 2 },
      features: ['sepal length (cm)', '', 'a\nb'],
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
      kernel: 'gaussian',
    } as const
    expect(decodeSomPak(encodeSomPak(codebook)).unwrapOr(null)).toEqual(codebook)
  })
})

it('.npy is x by y by features: column before row', () => {
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 2, columns: 3 } as const
  const values = Float64Array.of(1, 2, 3, 4, 5, 6)
  const npy = decodeNpy(encodeCodebookNpy({ lattice, features: ['a'], values, kernel: 'gaussian' })).unwrapOr(null)
  expect(npy).toEqual({ shape: [3, 2, 1], data: Float64Array.of(1, 4, 2, 5, 3, 6) })
})

it.each([
  [6, 8],
  [5, 7],
  [8, 6],
])("neighbours on MiniSom's hexagonal grid of %i rows and %i columns are neighbours of ours", (rows, columns) => {
  // MiniSom moves the last row, the last but two, … half a step to the left; each of its units holds its own number.
  const x = (i: number): number => Math.floor(i / rows) - ((rows - 1 - (i % rows)) % 2 === 0 ? 0.5 : 0)
  const y = (i: number): number => ((i % rows) * Math.sqrt(3)) / 2
  const data = Float64Array.from({ length: rows * columns }, (_, i) => i)
  const lattice = { cell: 'hexagonal', shape: 'sheet', rows, columns } as const
  const found = decodeMiniSom(encodeNpy({ shape: [columns, rows, 1], data }), lattice).unwrapOr(null)
  const theirs = Array.from(found?.values ?? [])
  theirs.forEach((their, unit) => {
    const near = theirs.filter((i) => i !== their && Math.hypot(x(i) - x(their), y(i) - y(their)) < 1.01)
    const ours = neighboursOf(lattice, unit, 6).map((i) => theirs[i])
    expect([...ours].sort()).toEqual([...near].sort())
  })
})

it("kohonen's units run from the bottom of its grid", () => {
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 2, columns: 3 } as const
  const codes = [[1], [2], [3], [4], [5], [6]]
  const found = decodeKohonen(['a'], codes, lattice)
  expect(found.isOk && [...found.value.values]).toEqual([4, 5, 6, 1, 2, 3])
})

it.each(grids)(
  "neighbours on kohonen's $cell grid of $rows x $columns, as its somgrid() lays it out, are neighbours of ours",
  ({ cell, rows, columns, points }) => {
    const lattice = { cell: cell as Cell, shape: 'sheet', rows, columns } as const
    // Each unit of kohonen's holds its own number, so that ours say where it went.
    const codes = points.map((_, unit) => [unit])
    const found = decodeKohonen(['a'], codes, lattice).unwrapOr(null)
    const theirs = Array.from(found?.values ?? [])
    const isNear = (a: number[], b: number[]): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) < 1.01
    theirs.forEach((their, unit) => {
      const near = points.flatMap((point, i) => (i !== their && isNear(point, points[their]) ? [i] : []))
      const ours = neighboursOf(lattice, unit, cell === 'hexagonal' ? 6 : 4).map((i) => theirs[i])
      expect([...ours].sort()).toEqual([...near].sort())
    })
  },
)

it('heights, best matches and CSV are written row after row', () => {
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 2 } as const
  expect(encodeHeights({ lattice }, [1.5, 2])).toBe('% 1 2\n1.5\t2\n')
  expect(encodeBestMatches({ lattice }, [1, -1, 0])).toBe('% 1 2\n% 2\n1\t0\t1\n3\t0\t0\n')
  const codebook = {
    lattice,
    features: ['a', 'b, "c"'],
    values: Float64Array.of(1, 2, 3, 4),
    kernel: 'gaussian',
  } as const
  expect(encodeCodebookCsv(codebook)).toBe('unit,unit_row,unit_column,a,"b, ""c"""\n0,0,0,1,2\n1,0,1,3,4\n')
  expect(somOf(codebook, 'elsewhere').codebook).toEqual({ rows: 2, columns: 2, data: Float32Array.of(1, 2, 3, 4) })
})

describe('what is not a codebook is refused with a message', () => {
  it.each(['', '3 hexa 2 2 gaussian', '1 hexa 1 2 gaussian\n1\nx\n', '% 2 2\n% 1\n1\n', 'hello'])('%j', (text) => {
    expect(decodeSomPak(text).isErr).toBe(true)
    expect(decodeWeights(text).isErr).toBe(true)
  })

  it('whatever bytes or text it is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void decodeNpy(bytes)))
    fc.assert(fc.property(fc.string(), (text) => void [decodeSomPak(text), decodeWeights(text)]))
    const whole = encodeNpy({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) })
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        decodeNpy(Uint8Array.from(whole, (byte, i) => (i === at ? value : byte)))
        decodeNpy(whole.subarray(0, at))
      }),
    )
  })
})
