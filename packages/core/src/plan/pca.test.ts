import { expect, it } from 'vitest'
import { random } from '../random.ts'
import { matrix } from '../rows/matrix.ts'
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
