const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const INVERSE_LN2 = Math.LOG2E
const P1 = 0.16666666666666602
const P2 = -0.0027777777777015593
const P3 = 0.00006613756321437934
const P4 = -0.0000016533902205465252
const P5 = 4.1381367970572385e-8

/**
 * e to the x for x of at most 0, error below one unit in the last place; 0 below -708. `Math.exp` may differ in the
 * last bit between engines, and our backends promise the same bits everywhere. Argument reduction x = k ln 2 + r and a
 * rational approximation of e^r by a Remez polynomial in r² (W. J. Cody, W. Waite 1980).
 */
export function expNegative(x: number): number {
  if (x < -708) return 0
  if (x === 0) return 1
  const k = Math.trunc(INVERSE_LN2 * x - 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const t = r * r
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))))
  return (1 - (low - (r * c) / (2 - c) - high)) * powerOfTwo(k)
}

/**
 * The natural logarithm of x for x from 1 to 1e300, made of `expNegative` alone, so that it has the same bits in every
 * engine: E. Halley's steps (1695) towards the y whose exponential is x.
 */
export function logarithm(x: number): number {
  let y = (2 * (x - 1)) / (x + 1)
  for (;;) {
    const e = 1 / expNegative(-y)
    const step = (2 * (x - e)) / (x + e)
    y += step
    // The next step would be its cube.
    if (Math.abs(step) < 1e-6) return y
  }
}

const bits = new DataView(new ArrayBuffer(8))

/** 2 to an integer of -1022 or more, exactly. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}
