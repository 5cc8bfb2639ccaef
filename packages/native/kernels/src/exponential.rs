//! e to the x with the same bits on every machine: `Math.exp` and the libraries' `exp` differ in the last bit.

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
#[allow(clippy::approx_constant)]
const INVERSE_LN2: f64 = 1.4426950408889634;
const P1: f64 = 0.16666666666666602;
const P2: f64 = -0.0027777777777015593;
const P3: f64 = 0.00006613756321437934;
const P4: f64 = -0.0000016533902205465252;
const P5: f64 = 4.1381367970572385e-8;

/// Adding it to an integer of less than 2⁵¹ leaves that integer in the low bits of the sum.
const INTEGER_BITS: f64 = 6755399441055744.0;

/// e to the x for x of at most 0, error below one unit in the last place; 0 below -708. The operations of core's
/// `expNegative`, one for one: argument reduction x = k ln 2 + r and a rational approximation of e^r by a Remez
/// polynomial in r² (W. J. Cody, W. Waite 1980). No branch, so that a loop over it becomes vector code.
#[inline(always)]
pub fn exp_negative(x: f64) -> f64 {
    let k = (INVERSE_LN2 * x - 0.5).trunc();
    let high = x - k * LN2_HIGH;
    let low = k * LN2_LOW;
    let r = high - low;
    let t = r * r;
    let c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
    let power = f64::from_bits((k + INTEGER_BITS).to_bits().wrapping_add(1023) << 52);
    let e = (1.0 - (low - (r * c) / (2.0 - c) - high)) * power;
    if x < -708.0 { 0.0 } else { e }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::cases;

    /// Half a unit in the last place of the true value is 1.1e-16; the method's own error comes on top.
    const RELATIVE_ERROR: f64 = 2.3e-16;

    #[test]
    fn agrees_with_the_library_to_a_unit_in_the_last_place() {
        let count = cases(200_000);
        for i in 0..count {
            let x = -708.0 * (i as f64 / count as f64).powi(3);
            let (found, expected) = (exp_negative(x), x.exp());
            assert!((found - expected).abs() <= RELATIVE_ERROR * expected, "{x}: {found}, {expected}");
        }
    }

    #[test]
    fn is_exact_at_0_and_0_far_below() {
        assert_eq!(exp_negative(0.0), 1.0);
        assert_eq!(exp_negative(-0.0), 1.0);
        assert_eq!(exp_negative(-709.0), 0.0);
        assert_eq!(exp_negative(f64::NEG_INFINITY), 0.0);
    }

    #[test]
    fn has_the_bits_of_the_typescript_twin() {
        // expNegative(-1), (-0.1), (-34.657359), (-707.9) as core computes them.
        for (x, bits) in [(-1.0, EXPECTED[0]), (-0.1, EXPECTED[1]), (-34.657359, EXPECTED[2]), (-707.9, EXPECTED[3])] {
            assert_eq!(exp_negative(x).to_bits(), bits, "{x}");
        }
    }

    const EXPECTED: [u64; 4] =
        [0x3FD7_8B56_362C_EF38, 0x3FEC_F46D_99D5_2B3A, 0x3CD0_0000_0783_F51E, 0x001A_4904_F434_2894];
}
