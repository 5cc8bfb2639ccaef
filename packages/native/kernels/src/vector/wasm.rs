//! SIMD of WebAssembly: four registers for sixteen f32. A module with these instructions loads only where they exist.

use super::{Vectors, Work};
use std::arch::wasm32::*;

pub(super) fn run<W: Work>(work: W) -> W::Output {
    work.run(Simd128(()))
}

#[derive(Clone, Copy)]
pub(crate) struct Simd128(());

type Four = [v128; 4];

/// A method that is the same instruction on each of four registers. SAFETY of the loads: references to arrays are good
/// for their length.
macro_rules! each {
    ($($name:ident($($arg:ident: $type:ty),*) { |$i:ident| $body:expr })*) => {
        $(
            #[inline(always)]
            fn $name(self, $($arg: $type),*) -> Four {
                [
                    { const $i: usize = 0; $body },
                    { const $i: usize = 1; $body },
                    { const $i: usize = 2; $body },
                    { const $i: usize = 3; $body },
                ]
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
        load(from: &[f32; 16]) { |I| f32x4(from[4 * I], from[4 * I + 1], from[4 * I + 2], from[4 * I + 3]) }
        add(a: Four, b: Four) { |I| f32x4_add(a[I], b[I]) }
        sub(a: Four, b: Four) { |I| f32x4_sub(a[I], b[I]) }
        mul(a: Four, b: Four) { |I| f32x4_mul(a[I], b[I]) }
        abs(a: Four) { |I| f32x4_abs(a[I]) }
        min(a: Four, b: Four) { |I| f32x4_pmin(b[I], a[I]) }
        max(a: Four, b: Four) { |I| f32x4_pmax(b[I], a[I]) }
        less(a: Four, b: Four) { |I| f32x4_lt(a[I], b[I]) }
        not_above(a: Four, b: Four) { |I| v128_not(f32x4_gt(a[I], b[I])) }
        choose(mask: Four, a: Four, b: Four) { |I| v128_bitselect(a[I], b[I], mask[I]) }
        load64(from: &[f64; 8]) { |I| f64x2(from[2 * I], from[2 * I + 1]) }
        add64(a: Four, b: Four) { |I| f64x2_add(a[I], b[I]) }
        mul64(a: Four, b: Four) { |I| f64x2_mul(a[I], b[I]) }
    }
    #[inline(always)]
    fn splat(self, x: f32) -> Four {
        [f32x4_splat(x); 4]
    }
    #[inline(always)]
    fn splat64(self, x: f64) -> Four {
        [f64x2_splat(x); 4]
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
