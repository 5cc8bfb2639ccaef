//! NEON of arm64: four registers for sixteen f32. Every arm64 processor has it.

use super::{Vectors, Work};
use std::arch::aarch64::*;

pub(super) fn run<W: Work>(work: W) -> W::Output {
    work.run(Neon(()))
}

#[derive(Clone, Copy)]
pub(crate) struct Neon(());

type Four = [float32x4_t; 4];
type Four64 = [float64x2_t; 4];
type Mask = [uint32x4_t; 4];

/// A method that is the same instruction on each of four registers. SAFETY of them all: NEON is part of the target, and
/// references to arrays are good for their length.
macro_rules! each {
    ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty { |$i:ident| $body:expr })*) => {
        $(
            #[inline(always)]
            fn $name(self, $($arg: $type),*) -> $out {
                // SAFETY: as the macro says.
                unsafe {
                    [
                        { const $i: usize = 0; $body },
                        { const $i: usize = 1; $body },
                        { const $i: usize = 2; $body },
                        { const $i: usize = 3; $body },
                    ]
                }
            }
        )*
    };
}

impl Vectors for Neon {
    type F32 = Four;
    type F64 = Four64;
    type Mask = Mask;
    const REGISTERS: usize = 8;

    each! {
        load(from: &[f32; 16]) -> Four { |I| vld1q_f32(from.as_ptr().add(4 * I)) }
        add(a: Four, b: Four) -> Four { |I| vaddq_f32(a[I], b[I]) }
        sub(a: Four, b: Four) -> Four { |I| vsubq_f32(a[I], b[I]) }
        mul(a: Four, b: Four) -> Four { |I| vmulq_f32(a[I], b[I]) }
        abs(a: Four) -> Four { |I| vabsq_f32(a[I]) }
        min(a: Four, b: Four) -> Four { |I| vminq_f32(a[I], b[I]) }
        max(a: Four, b: Four) -> Four { |I| vmaxq_f32(a[I], b[I]) }
        less(a: Four, b: Four) -> Mask { |I| vcltq_f32(a[I], b[I]) }
        not_above(a: Four, b: Four) -> Mask { |I| vmvnq_u32(vcgtq_f32(a[I], b[I])) }
        choose(mask: Mask, a: Four, b: Four) -> Four { |I| vbslq_f32(mask[I], a[I], b[I]) }
        load64(from: &[f64; 8]) -> Four64 { |I| vld1q_f64(from.as_ptr().add(2 * I)) }
        add64(a: Four64, b: Four64) -> Four64 { |I| vaddq_f64(a[I], b[I]) }
        mul64(a: Four64, b: Four64) -> Four64 { |I| vmulq_f64(a[I], b[I]) }
    }
    #[inline(always)]
    fn splat(self, x: f32) -> Four {
        // SAFETY: NEON is part of the target.
        unsafe { [vdupq_n_f32(x); 4] }
    }
    #[inline(always)]
    fn splat64(self, x: f64) -> Four64 {
        // SAFETY: NEON is part of the target.
        unsafe { [vdupq_n_f64(x); 4] }
    }
    #[inline(always)]
    fn store(self, x: Four, to: &mut [f32; 16]) {
        for (i, x) in x.into_iter().enumerate() {
            // SAFETY: the array is good for sixteen numbers.
            unsafe { vst1q_f32(to.as_mut_ptr().add(4 * i), x) }
        }
    }
    #[inline(always)]
    fn store64(self, x: Four64, to: &mut [f64; 8]) {
        for (i, x) in x.into_iter().enumerate() {
            // SAFETY: the array is good for eight numbers.
            unsafe { vst1q_f64(to.as_mut_ptr().add(2 * i), x) }
        }
    }
    #[inline(always)]
    fn bits(self, mask: Mask) -> u32 {
        const BITS: [u32; 4] = [1, 2, 4, 8];
        (0..4).fold(0, |bits, i| {
            // SAFETY: NEON is part of the target.
            bits | unsafe { vaddvq_u32(vandq_u32(mask[i], vld1q_u32(BITS.as_ptr()))) } << (4 * i)
        })
    }
}
