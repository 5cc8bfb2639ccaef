import { logarithm } from '../../map/exponential.ts'
import type { RandomSource } from '../../random.ts'

/** A standard normal number by the polar method (G. Marsaglia, T. A. Bray 1964), the same in every engine. */
export function normal(source: RandomSource): number {
  for (;;) {
    const x = 2 * source() - 1
    const y = 2 * source() - 1
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((2 * logarithm(1 / square)) / square)
  }
}
