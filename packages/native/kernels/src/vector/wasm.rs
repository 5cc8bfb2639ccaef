//! SIMD of WebAssembly: four registers for sixteen f32. A module with these instructions loads only where they exist.

use super::{Vectors, Work};
use std::arch::wasm32::*;

pub(super) fn run<W: Work>(work: W) -> W::Output {
    work.run(Simd128(()))
}

#[derive(Clone, Copy)]
pub(crate) struct Simd128(());

type Four = [v128; 4];

/// A method that is the same instruction on each of four registers. SAFETY of the loads: references to arrays are good for their length.
macro_rules! each {
    ($($name:ident($($arg:ident: $type:ty),*) { |$i:ident| $body:expr })*) => {
        $(
            #[inline(always)]
            fn $name(self, $($arg: $type),*) -> Four {
                let one = #[inline(always)] |$i: usize| $body;
                [one(0), one(1), one(2), one(3)]
            }
        )*
    };
}

impl Vectors for Simd128 {
    type F32 = Four;
    type F64 = Four;
    type Mask = Four;
    const REGISTERS: usize = 4;

    each! {
        splat(x: f32) { |_i| f32x4_splat(x) }
        load(from: &[f32; 16]) { |i| f32x4(from[4 * i], from[4 * i + 1], from[4 * i + 2], from[4 * i + 3]) }
        add(a: Four, b: Four) { |i| f32x4_add(a[i], b[i]) }
        sub(a: Four, b: Four) { |i| f32x4_sub(a[i], b[i]) }
        mul(a: Four, b: Four) { |i| f32x4_mul(a[i], b[i]) }
        abs(a: Four) { |i| f32x4_abs(a[i]) }
        min(a: Four, b: Four) { |i| f32x4_pmin(b[i], a[i]) }
        max(a: Four, b: Four) { |i| f32x4_pmax(b[i], a[i]) }
        less(a: Four, b: Four) { |i| f32x4_lt(a[i], b[i]) }
        not_above(a: Four, b: Four) { |i| v128_not(f32x4_gt(a[i], b[i])) }
        choose(mask: Four, a: Four, b: Four) { |i| v128_bitselect(a[i], b[i], mask[i]) }
        splat64(x: f64) { |_i| f64x2_splat(x) }
        load64(from: &[f64; 8]) { |i| f64x2(from[2 * i], from[2 * i + 1]) }
        add64(a: Four, b: Four) { |i| f64x2_add(a[i], b[i]) }
        mul64(a: Four, b: Four) { |i| f64x2_mul(a[i], b[i]) }
    }
    #[inline(always)]
    fn store(self, x: Four, to: &mut [f32; 16]) {
        for (x, to) in x.into_iter().zip(to.chunks_exact_mut(4)) {
            to[0] = f32x4_extract_lane::<0>(x);
            to[1] = f32x4_extract_lane::<1>(x);
            to[2] = f32x4_extract_lane::<2>(x);
            to[3] = f32x4_extract_lane::<3>(x);
        }
    }
    #[inline(always)]
    fn store64(self, x: Four, to: &mut [f64; 8]) {
        for (x, to) in x.into_iter().zip(to.chunks_exact_mut(2)) {
            to[0] = f64x2_extract_lane::<0>(x);
            to[1] = f64x2_extract_lane::<1>(x);
        }
    }
    #[inline(always)]
    fn bits(self, mask: Four) -> u32 {
        (0..4).fold(0, |bits, i| bits | u32::from(i32x4_bitmask(mask[i])) << (4 * i))
    }
}
