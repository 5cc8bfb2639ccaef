import { describe, expect, it } from 'vitest'
import { random } from '../../../random.ts'
import { matrix } from '../../../rows/matrix.ts'
import { clusterUnits } from '../cluster-units.ts'
import { basinsOf, groupsOfBasins, levelsOfBasins } from './watershed.ts'

const line = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 7 } as const
const ones = (count: number): Float64Array => new Float64Array(count).fill(1)

describe('basins of heights on a line', () => {
  const heights = Float64Array.from([1, 3, 9, 2, 6, 1, 1])
  const basins = basinsOf(line, heights, ones(7), 1)

  it('a unit drains to its lowest neighbour, and passes are the lowest ways between basins', () => {
    // The ridge of 9 drains to the side where its neighbour is lower.
    expect([...basins.basin]).toEqual([0, 0, 3, 3, 5, 5, 5])
    // 9 over the mean of 1 and 3, or of 2, 6, 1 and 1, is less over the latter; 6 over 2 less than over 1.
    expect(basins.passes.map(({ depth }) => depth)).toEqual([9 / 2.5, 6 / 2])
  })

  it('closing the deepest passes gives one group more each', () => {
    expect(new Set(groupsOfBasins(basins, 0)).size).toBe(1)
    expect([...groupsOfBasins(basins, 1)].map((group, _, all) => all.indexOf(group))).toEqual([0, 0, 2, 2, 2, 2, 2])
    expect(new Set(groupsOfBasins(basins, 2)).size).toBe(3)
  })

  it('levels say over which depths there are as many groups', () => {
    expect(levelsOfBasins(basins)).toEqual([
      { count: 1, from: 3.6, to: Number.POSITIVE_INFINITY },
      { count: 2, from: 3, to: 3.6 },
      { count: 3, from: 0, to: 3 },
    ])
  })

  it('a side with too few rows has no border', () => {
    expect(basinsOf(line, heights, ones(7), 2.5).passes.map(({ depth }) => depth)).toEqual([0, 0])
  })
})

describe.each(['watershed', 'u-star'] as const)('%s', (method) => {
  const lattice = { cell: 'hexagonal', shape: 'sheet', rows: 14, columns: 14 } as const
  const found = (codebook: ReturnType<typeof matrix>, options = {}) =>
    clusterUnits({ lattice, codebook }, { method, ...options })
  const draw = random(3, 'basins')
  const columnOf = (unit: number): number => unit % 14
  /** Two halves of an even lattice with a gap between them. */
  const halves = matrix(
    196,
    2,
    Float32Array.from({ length: 392 }, (_, at) => {
      const unit = at >> 1
      const along = at % 2 === 0 ? columnOf(unit) + (columnOf(unit) > 6 ? 20 : 0) : Math.floor(unit / 14)
      return along + 0.1 * draw()
    }),
  )

  it('a ridge parts two groups', () => {
    const { clusters, levels } = found(halves).unwrapOr({ clusters: { count: 0, of: new Int32Array() }, levels: [] })
    expect(clusters.count).toBe(2)
    expect([...clusters.of].every((of, unit) => of === (columnOf(unit) > 6 ? 1 : 0))).toBe(true)
    expect(levels.map(({ count }) => count)).toContain(2)
  })

  it('where there is none the map is one group', () => {
    const even = matrix(
      196,
      2,
      Float32Array.from({ length: 392 }, (_, at) => (at % 2 ? at >> 1 : 14 * (at >> 1)) % 14),
    )
    for (const codebook of [even, matrix(196, 2)]) {
      const one = found(codebook)
      expect(one.isOk && one.value.clusters.count).toBe(1)
    }
  })

  it('more groups than basins are refused', () => {
    const many = found(halves, { count: 150 })
    expect(many.isErr && many.error).toEqual([
      { path: 'count', message: expect.stringMatching(/^expected at most \d+, the basins of this map, found 150$/) },
    ])
  })
})
