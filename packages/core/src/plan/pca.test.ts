import { expect, it } from 'vitest'
import { random } from '../random.ts'
import { chooseRows, matrix } from '../rows/matrix.ts'
import { lookAt } from '../rows/rows-look.ts'
import { principalComponents } from './pca.ts'

/** Rows with standard deviations 5 and 2 along two known directions and 0.1 along the others. */
function stretched(rows: number, columns: number): ReturnType<typeof matrix> {
  const source = random(1, 'stretched')
  const uniform = (): number => (source() - 0.5) * Math.sqrt(12)
  const drawn = matrix(rows, columns)
  for (let i = 0; i < rows; i++) {
    const [a, b] = [5 * uniform(), 2 * uniform()]
    for (let f = 0; f < columns; f++) drawn.data[i * columns + f] = 7 + 0.1 * uniform()
    drawn.data[i * columns] += a * 0.6
    drawn.data[i * columns + 1] += a * 0.8
    drawn.data[i * columns + 2] += b
  }
  return drawn
}

for (const [rows, columns] of [
  [5000, 4],
  [300, 700],
]) {
  it(`finds the two widest directions and their deviations in ${rows} rows of ${columns} features`, () => {
    const { mean, components } = principalComponents(stretched(rows, columns), 0)
    expect(mean[3]).toBeCloseTo(7, 1)
    expect(components[0].direction[0]).toBeCloseTo(0.6, 1)
    expect(components[0].direction[1]).toBeCloseTo(0.8, 1)
    expect(components[1].direction[2]).toBeCloseTo(1, 1)
    expect(components[0].deviation / 5).toBeCloseTo(1, 0)
    expect(components[1].deviation / 2).toBeCloseTo(1, 0)
  })
}

it('one feature has a second component of deviation 0', () => {
  const { components } = principalComponents(matrix(3, 1, Float32Array.of(1, 2, 3)), 0)
  expect(components[0].deviation).toBeCloseTo(Math.sqrt(2 / 3), 6)
  expect(components[1].deviation).toBe(0)
})

it('a missing value counts as the mean of its feature', () => {
  const { mean } = principalComponents(matrix(3, 1, Float32Array.of(1, Number.NaN, 5)), 0)
  expect(mean[0]).toBe(3)
})
/**
 * Rows whose covariance is exactly that of `variances` along the columns of a random rotation: ± the square roots, row
 * by row.
 */
function withVariances(variances: readonly number[], seed: number) {
  const n = variances.length
  const source = random(seed, 'rotation')
  const axes: number[][] = []
  while (axes.length < n) {
    const v = Array.from({ length: n }, () => source() - 0.5)
    for (let twice = 0; twice < 2; twice++) {
      for (const axis of axes) {
        const shared = axis.reduce((sum, x, f) => sum + x * v[f], 0)
        axis.forEach((x, f) => {
          v[f] -= shared * x
        })
      }
    }
    const length = Math.hypot(...v)
    axes.push(v.map((x) => x / length))
  }
  const rows = variances.flatMap((variance, k) =>
    [1, -1].map((sign) => axes[k].map((x) => sign * x * Math.sqrt(variance * n))),
  )
  return { rows: matrix(2 * n, n, Float32Array.from(rows.flat())), axes }
}

it.each([
  ['a few features', [1.03, 1, 0.97, 0.5, 0.1]],
  ['many features, all 3 % apart', Array.from({ length: 120 }, (_, k) => 1.03 ** -k)],
  ['many features that are nearly alike beside the first two', [1.03, 1, ...Array<number>(100).fill(0.97)]],
])('variances that are 3 %% apart are told apart to 1e-6: %s', (_, variances) => {
  const { rows, axes } = withVariances(variances, variances.length)
  const { components } = principalComponents(rows, 3)
  components.forEach(({ direction, deviation }, k) => {
    expect(Math.abs(deviation ** 2 / variances[k] - 1)).toBeLessThan(1e-6)
    const along = axes[k].reduce((sum, x, f) => sum + x * direction[f], 0)
    // Rows are f32, which turns axes whose variances are 3 % apart by about 1e-6.
    expect(1 - Math.abs(along)).toBeLessThan(1e-10)
  })
})

it('a row of weight w counts as w repetitions', () => {
  const rows = matrix(5, 2, Float32Array.of(0, 1, 5, 2, 1, 4, 9, 9, 3, 3))
  const chosen = Uint32Array.of(0, 1, 1, 1, 2, 4, 4)
  const weighted = principalComponents(
    lookAt(chooseRows(rows, Uint32Array.of(0, 1, 2, 4)), Float32Array.of(1, 3, 1, 2)),
    0,
  )
  const repeated = principalComponents(chooseRows(rows, chosen), 0)
  weighted.mean.forEach((x, f) => {
    expect(x).toBeCloseTo(repeated.mean[f], 6)
  })
  weighted.components.forEach(({ deviation }, k) => {
    expect(deviation).toBeCloseTo(repeated.components[k].deviation, 6)
  })
})
