//! Plain arrays: what a compiler makes of them. The readable form of every level, and the oracle of their tests.

use super::{Vectors, Work};

#[derive(Clone, Copy)]
pub(crate) struct Portable;

#[inline(always)]
fn zip(a: [f32; 16], b: [f32; 16], f: impl Fn(f32, f32) -> f32) -> [f32; 16] {
    let mut out = [0.0; 16];
    for i in 0..16 {
        out[i] = f(a[i], b[i]);
    }
    out
}

impl Vectors for Portable {
    type F32 = [f32; 16];
    type F64 = [f64; 8];
    type Mask = [bool; 16];
    const REGISTERS: usize = 4;

    #[inline(always)]
    fn splat(self, x: f32) -> [f32; 16] {
        [x; 16]
    }
    #[inline(always)]
    fn load(self, from: &[f32; 16]) -> [f32; 16] {
        *from
    }
    #[inline(always)]
    fn store(self, x: [f32; 16], to: &mut [f32; 16]) {
        *to = x;
    }
    #[inline(always)]
    fn add(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn abs(self, a: [f32; 16]) -> [f32; 16] {
        a.map(f32::abs)
    }
    #[inline(always)]
    fn min(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn max(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn less(self, a: [f32; 16], b: [f32; 16]) -> [bool; 16] {
        std::array::from_fn(|i| a[i] < b[i])
    }
    #[inline(always)]
    #[allow(clippy::neg_cmp_op_on_partial_ord)] // NaN counts as not above.
    fn not_above(self, a: [f32; 16], b: [f32; 16]) -> [bool; 16] {
        std::array::from_fn(|i| !(a[i] > b[i]))
    }
    #[inline(always)]
    fn choose(self, mask: [bool; 16], a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        std::array::from_fn(|i| if mask[i] { a[i] } else { b[i] })
    }
    #[inline(always)]
    fn bits(self, mask: [bool; 16]) -> u32 {
        (0..16).fold(0, |bits, i| bits | u32::from(mask[i]) << i)
    }
    #[inline(always)]
    fn splat64(self, x: f64) -> [f64; 8] {
        [x; 8]
    }
    #[inline(always)]
    fn load64(self, from: &[f64; 8]) -> [f64; 8] {
        *from
    }
    #[inline(always)]
    fn store64(self, x: [f64; 8], to: &mut [f64; 8]) {
        *to = x;
    }
    #[inline(always)]
    fn add64(self, a: [f64; 8], b: [f64; 8]) -> [f64; 8] {
        std::array::from_fn(|i| a[i] + b[i])
    }
    #[inline(always)]
    fn mul64(self, a: [f64; 8], b: [f64; 8]) -> [f64; 8] {
        std::array::from_fn(|i| a[i] * b[i])
    }
}

#[allow(dead_code)] // Every target but WebAssembly with SIMD, and its tests.
pub(super) fn run<W: Work>(work: W) -> W::Output {
    work.run(Portable)
}
