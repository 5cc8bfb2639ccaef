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

/// A method that is the same instruction on each of four registers. SAFETY of them all: NEON is part of the target, and references to
/// arrays are good for their length.
macro_rules! each {
    ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty { |$i:ident| $body:expr })*) => {
        $(
            #[inline(always)]
            fn $name(self, $($arg: $type),*) -> $out {
                // SAFETY: as the macro says.
                let one = #[inline(always)] |$i: usize| unsafe { $body };
                [one(0), one(1), one(2), one(3)]
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
        splat(x: f32) -> Four { |_i| vdupq_n_f32(x) }
        load(from: &[f32; 16]) -> Four { |i| vld1q_f32(from.as_ptr().add(4 * i)) }
        add(a: Four, b: Four) -> Four { |i| vaddq_f32(a[i], b[i]) }
        sub(a: Four, b: Four) -> Four { |i| vsubq_f32(a[i], b[i]) }
        mul(a: Four, b: Four) -> Four { |i| vmulq_f32(a[i], b[i]) }
        abs(a: Four) -> Four { |i| vabsq_f32(a[i]) }
        min(a: Four, b: Four) -> Four { |i| vminq_f32(a[i], b[i]) }
        max(a: Four, b: Four) -> Four { |i| vmaxq_f32(a[i], b[i]) }
        less(a: Four, b: Four) -> Mask { |i| vcltq_f32(a[i], b[i]) }
        not_above(a: Four, b: Four) -> Mask { |i| vmvnq_u32(vcgtq_f32(a[i], b[i])) }
        choose(mask: Mask, a: Four, b: Four) -> Four { |i| vbslq_f32(mask[i], a[i], b[i]) }
        splat64(x: f64) -> Four64 { |_i| vdupq_n_f64(x) }
        load64(from: &[f64; 8]) -> Four64 { |i| vld1q_f64(from.as_ptr().add(2 * i)) }
        add64(a: Four64, b: Four64) -> Four64 { |i| vaddq_f64(a[i], b[i]) }
        mul64(a: Four64, b: Four64) -> Four64 { |i| vmulq_f64(a[i], b[i]) }
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
