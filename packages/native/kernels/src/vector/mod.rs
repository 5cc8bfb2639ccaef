//! Sixteen f32 or eight f64 numbers at once, whatever the registers' width, and plain IEEE operations on them: no fused
//! ones, so that every level gives the same bits. One of the modules with `unsafe`.
#![allow(unsafe_code)]

#[cfg(target_arch = "aarch64")]
mod neon;
mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;
#[cfg(target_arch = "x86_64")]
mod x86;

use crate::simd::Level;

/// Sixteen f32 numbers on one cache line.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Line(pub [f32; 16]);

impl Line {
    pub const ZERO: Line = Line([0.0; 16]);
}

/// Eight f64 numbers on one cache line.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Line64(pub [f64; 8]);

impl Line64 {
    pub const ZERO: Line64 = Line64([0.0; 8]);
}

/// The instructions of a level. A value is proof that the processor has them: only `run` makes one.
pub(crate) trait Vectors: Copy {
    /// Sixteen f32.
    type F32: Copy;
    /// Eight f64.
    type F64: Copy;
    /// One bit for each of sixteen f32.
    type Mask: Copy;
    /// How many `F32` the register file holds.
    const REGISTERS: usize;

    fn splat(self, x: f32) -> Self::F32;
    fn load(self, from: &[f32; 16]) -> Self::F32;
    fn store(self, x: Self::F32, to: &mut [f32; 16]);
    fn add(self, a: Self::F32, b: Self::F32) -> Self::F32;
    fn sub(self, a: Self::F32, b: Self::F32) -> Self::F32;
    fn mul(self, a: Self::F32, b: Self::F32) -> Self::F32;
    fn abs(self, a: Self::F32) -> Self::F32;
    /// The smaller of each; of equals, either.
    fn min(self, a: Self::F32, b: Self::F32) -> Self::F32;
    /// The larger of each; of equals, either.
    fn max(self, a: Self::F32, b: Self::F32) -> Self::F32;
    fn less(self, a: Self::F32, b: Self::F32) -> Self::Mask;
    /// `!(a > b)`: true where either is NaN.
    fn not_above(self, a: Self::F32, b: Self::F32) -> Self::Mask;
    /// `a` where the mask is set, `b` elsewhere.
    fn choose(self, mask: Self::Mask, a: Self::F32, b: Self::F32) -> Self::F32;
    /// Bit `i` for lane `i`.
    fn bits(self, mask: Self::Mask) -> u32;

    fn splat64(self, x: f64) -> Self::F64;
    fn load64(self, from: &[f64; 8]) -> Self::F64;
    fn store64(self, x: Self::F64, to: &mut [f64; 8]);
    fn add64(self, a: Self::F64, b: Self::F64) -> Self::F64;
    fn mul64(self, a: Self::F64, b: Self::F64) -> Self::F64;
}

/// Work written once for every level. `run`, and each function between it and the methods of `V`, must be
/// `#[inline(always)]`, so that it is compiled with the level's instructions.
pub(crate) trait Work {
    type Output;

    fn run<V: Vectors>(self, v: V) -> Self::Output;
}

/// Runs `work` with the instructions of `level`, or portably where the processor lacks them.
pub(crate) fn run<W: Work>(level: Level, work: W) -> W::Output {
    match level {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 | Level::Avx512Vnni if x86::has_avx512() => {
            // SAFETY: the processor has been asked.
            unsafe { x86::run_avx512(work) }
        }
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 if x86::has_avx2() => {
            // SAFETY: the processor has been asked.
            unsafe { x86::run_avx2(work) }
        }
        #[cfg(target_arch = "aarch64")]
        Level::Neon => neon::run(work),
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        _ => wasm::run(work),
        #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
        _ => work.run(portable::Portable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Everything;

    impl Work for Everything {
        type Output = (Vec<u32>, Vec<u64>);

        #[inline(always)]
        fn run<V: Vectors>(self, v: V) -> Self::Output {
            let a: [f32; 16] = std::array::from_fn(|i| (i as f32 - 7.0) * 1.1);
            let mut b: [f32; 16] = std::array::from_fn(|i| 3.3 - i as f32 * 0.7);
            b[3] = f32::NAN;
            let (va, vb) = (v.load(&a), v.load(&b));
            let less = v.less(va, vb);
            let mut out = vec![v.bits(less), v.bits(v.not_above(va, vb))];
            for x in [
                v.add(va, vb),
                v.sub(va, vb),
                v.mul(va, vb),
                v.abs(va),
                v.choose(less, va, vb),
                v.min(va, v.splat(1.5)),
                v.max(va, v.splat(1.5)),
            ] {
                let mut line = [0.0; 16];
                v.store(x, &mut line);
                // A NaN has no defined payload.
                out.extend(line.map(|x| if x.is_nan() { 1 } else { x.to_bits() }));
            }
            let c: [f64; 8] = std::array::from_fn(|i| i as f64 * 0.1);
            let mut line = [0.0; 8];
            v.store64(v.add64(v.mul64(v.load64(&c), v.load64(&c)), v.splat64(0.3)), &mut line);
            (out, line.iter().map(|x| x.to_bits()).collect())
        }
    }

    #[test]
    fn every_level_gives_the_same_bits() {
        let expected = Everything.run(portable::Portable);
        for level in Level::available() {
            assert_eq!(run(level, Everything), expected, "{}", level.name());
        }
    }
}
