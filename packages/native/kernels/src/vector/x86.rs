//! AVX2 (two registers for sixteen f32) and AVX-512 (one).

use super::{Vectors, Work};
use std::arch::is_x86_feature_detected as has;
use std::arch::x86_64::*;

pub(super) fn has_avx2() -> bool {
    has!("avx2")
}

pub(super) fn has_avx512() -> bool {
    has!("avx2") && has!("avx512f") && has!("avx512dq") && has!("avx512bw") && has!("avx512vl")
}

/// # Safety
/// The processor has AVX2.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn run_avx2<W: Work>(work: W) -> W::Output {
    work.run(Avx2(()))
}

/// # Safety
/// The processor has AVX2 and AVX-512 F, DQ, BW and VL.
#[target_feature(enable = "avx2,avx512f,avx512dq,avx512bw,avx512vl")]
pub(super) unsafe fn run_avx512<W: Work>(work: W) -> W::Output {
    work.run(Avx512(()))
}

#[derive(Clone, Copy)]
pub(crate) struct Avx512(());

#[derive(Clone, Copy)]
pub(crate) struct Avx2(());

/// A method that is one instruction. SAFETY of them all: `self` exists only where the processor has the instructions,
/// and references to arrays are good for their length.
macro_rules! one {
    ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty { $body:expr })*) => {
        $(
            #[inline(always)]
            fn $name(self, $($arg: $type),*) -> $out {
                // SAFETY: as the macro says.
                unsafe { $body }
            }
        )*
    };
}

impl Vectors for Avx512 {
    type F32 = __m512;
    type F64 = __m512d;
    type Mask = __mmask16;
    const REGISTERS: usize = 32;

    one! {
        splat(x: f32) -> __m512 { _mm512_set1_ps(x) }
        load(from: &[f32; 16]) -> __m512 { _mm512_loadu_ps(from.as_ptr()) }
        store(x: __m512, to: &mut [f32; 16]) -> () { _mm512_storeu_ps(to.as_mut_ptr(), x) }
        add(a: __m512, b: __m512) -> __m512 { _mm512_add_ps(a, b) }
        sub(a: __m512, b: __m512) -> __m512 { _mm512_sub_ps(a, b) }
        mul(a: __m512, b: __m512) -> __m512 { _mm512_mul_ps(a, b) }
        abs(a: __m512) -> __m512 { _mm512_abs_ps(a) }
        min(a: __m512, b: __m512) -> __m512 { _mm512_min_ps(a, b) }
        max(a: __m512, b: __m512) -> __m512 { _mm512_max_ps(a, b) }
        less(a: __m512, b: __m512) -> __mmask16 { _mm512_cmp_ps_mask::<_CMP_LT_OQ>(a, b) }
        not_above(a: __m512, b: __m512) -> __mmask16 { _mm512_cmp_ps_mask::<_CMP_NGT_UQ>(a, b) }
        choose(mask: __mmask16, a: __m512, b: __m512) -> __m512 { _mm512_mask_blend_ps(mask, b, a) }
        splat64(x: f64) -> __m512d { _mm512_set1_pd(x) }
        load64(from: &[f64; 8]) -> __m512d { _mm512_loadu_pd(from.as_ptr()) }
        store64(x: __m512d, to: &mut [f64; 8]) -> () { _mm512_storeu_pd(to.as_mut_ptr(), x) }
        add64(a: __m512d, b: __m512d) -> __m512d { _mm512_add_pd(a, b) }
        mul64(a: __m512d, b: __m512d) -> __m512d { _mm512_mul_pd(a, b) }
    }
    #[inline(always)]
    fn bits(self, mask: __mmask16) -> u32 {
        u32::from(mask)
    }
}

type Pair = [__m256; 2];
type Pair64 = [__m256d; 2];

impl Vectors for Avx2 {
    type F32 = Pair;
    type F64 = Pair64;
    type Mask = Pair;
    const REGISTERS: usize = 8;

    one! {
        splat(x: f32) -> Pair { [_mm256_set1_ps(x); 2] }
        load(from: &[f32; 16]) -> Pair { [_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))] }
        store(x: Pair, to: &mut [f32; 16]) -> () {{
            _mm256_storeu_ps(to.as_mut_ptr(), x[0]);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), x[1])
        }}
        add(a: Pair, b: Pair) -> Pair { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
        sub(a: Pair, b: Pair) -> Pair { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
        mul(a: Pair, b: Pair) -> Pair { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
        abs(a: Pair) -> Pair {
            [_mm256_andnot_ps(_mm256_set1_ps(-0.0), a[0]), _mm256_andnot_ps(_mm256_set1_ps(-0.0), a[1])]
        }
        min(a: Pair, b: Pair) -> Pair { [_mm256_min_ps(a[0], b[0]), _mm256_min_ps(a[1], b[1])] }
        max(a: Pair, b: Pair) -> Pair { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
        less(a: Pair, b: Pair) -> Pair {
            [_mm256_cmp_ps::<_CMP_LT_OQ>(a[0], b[0]), _mm256_cmp_ps::<_CMP_LT_OQ>(a[1], b[1])]
        }
        not_above(a: Pair, b: Pair) -> Pair {
            [_mm256_cmp_ps::<_CMP_NGT_UQ>(a[0], b[0]), _mm256_cmp_ps::<_CMP_NGT_UQ>(a[1], b[1])]
        }
        choose(mask: Pair, a: Pair, b: Pair) -> Pair {
            [_mm256_blendv_ps(b[0], a[0], mask[0]), _mm256_blendv_ps(b[1], a[1], mask[1])]
        }
        bits(mask: Pair) -> u32 { (_mm256_movemask_ps(mask[0]) | _mm256_movemask_ps(mask[1]) << 8) as u32 }
        splat64(x: f64) -> Pair64 { [_mm256_set1_pd(x); 2] }
        load64(from: &[f64; 8]) -> Pair64 { [_mm256_loadu_pd(from.as_ptr()), _mm256_loadu_pd(from.as_ptr().add(4))] }
        store64(x: Pair64, to: &mut [f64; 8]) -> () {{
            _mm256_storeu_pd(to.as_mut_ptr(), x[0]);
            _mm256_storeu_pd(to.as_mut_ptr().add(4), x[1])
        }}
        add64(a: Pair64, b: Pair64) -> Pair64 { [_mm256_add_pd(a[0], b[0]), _mm256_add_pd(a[1], b[1])] }
        mul64(a: Pair64, b: Pair64) -> Pair64 { [_mm256_mul_pd(a[0], b[0]), _mm256_mul_pd(a[1], b[1])] }
    }
}
