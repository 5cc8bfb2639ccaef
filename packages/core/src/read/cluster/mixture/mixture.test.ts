import { describe, expect, it, test } from 'vitest'
import { random } from '../../../random.ts'
import { matrix } from '../../../rows/matrix.ts'
import { clusterUnits } from '../cluster-units.ts'
import { gaussianMixture } from './gaussian-mixture.ts'
import { mix } from './mix.ts'

const draw = random(4, 'mixtures')
const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
const ones = new Float64Array(300).fill(1)
/** Three long clouds that cross none of the others, each turned. */
const turned = matrix(
  300,
  2,
  Float32Array.from({ length: 300 }, (_, i) => i).reduce((all, i) => {
    const [along, across] = [3 * gaussian(), 0.2 * gaussian()]
    const angle = (i % 3) * 0.5
    all[2 * i] = Math.cos(angle) * along - Math.sin(angle) * across
    all[2 * i + 1] = Math.sin(angle) * along + Math.cos(angle) * across + 5 * (i % 3)
    return all
  }, new Float32Array(600)),
)

/** By definition, with `Math.exp` and an inverse of 2 x 2. */
function criterion(groups: Uint32Array, count: number): number {
  const parts = Array.from({ length: count }, (_, k) => {
    const own = [...groups.keys()]
      .filter((i) => groups[i] === k)
      .map((i) => [turned.data[2 * i], turned.data[2 * i + 1]])
    const mean = [0, 1].map((f) => own.reduce((sum, x) => sum + x[f], 0) / own.length)
    const [a, b, c] = [
      [0, 0],
      [0, 1],
      [1, 1],
    ].map(([f, g]) => own.reduce((sum, x) => sum + (x[f] - mean[f]) * (x[g] - mean[g]), 0) / own.length)
    return { share: own.length / groups.length, mean, a, b, c, determinant: a * c - b * b }
  })
  let likelihood = 0
  for (let i = 0; i < groups.length; i++) {
    const [x, y] = [turned.data[2 * i], turned.data[2 * i + 1]]
    const sum = parts.reduce((all, { share, mean, a, b, c, determinant }) => {
      const [dx, dy] = [x - mean[0], y - mean[1]]
      const squared = (c * dx * dx - 2 * b * dx * dy + a * dy * dy) / determinant
      return all + (share * Math.exp(-squared / 2)) / (2 * Math.PI * Math.sqrt(determinant))
    }, 0)
    likelihood += Math.log(sum)
  }
  return -2 * likelihood + (6 * count - 1) * Math.log(groups.length)
}

describe('a mixture of Gaussians', () => {
  const found = mix(turned, ones, [1, 2, 3, 4, 5], 1)

  it('finds as many clouds as there are, and how they are turned', () => {
    const best = found.mixtures.reduce((one, other) => (other.bic < one.bic ? other : one))
    expect(best).toMatchObject({ count: 3, covariances: 'full' })
    const pairs = new Set(Array.from(found.groups, (group, i) => `${group} ${i % 3}`))
    expect(pairs.size).toBe(3)
  })

  test('its criterion is that of the definition', () => {
    const apart = Uint32Array.from({ length: 300 }, (_, i) => i % 3)
    const { bic } = gaussianMixture(turned, ones, apart, 3, 'full')
    // The clouds are so far apart that likely groups are certain; the floor under variances is what differs.
    expect(Math.abs(bic / criterion(apart, 3) - 1)).toBeLessThan(2e-3)
  })

  test('weights are repetitions: doubled ones change nothing', () => {
    const start = Uint32Array.from({ length: 300 }, (_, i) => i % 2)
    const twice = gaussianMixture(
      turned,
      ones.map((x) => 2 * x),
      start,
      2,
      'full',
    )
    expect(twice).toEqual(gaussianMixture(turned, ones, start, 2, 'full'))
  })

  test('of equal points, of one and of two there is an answer', () => {
    for (const units of [1, 2, 9]) {
      const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: units } as const
      const equal = clusterUnits({ lattice, codebook: matrix(units, 3) }, { method: 'gmm' })
      expect(equal.isOk && equal.value.clusters.count).toBe(1)
    }
  })
})
