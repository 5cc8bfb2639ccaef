//! AVX2 with FMA, and AVX-512.

use super::kernel::{self, Bounded, Entries, Excess, Op, Pass, Patches, SparseOp, Tile};
use super::{Job, LINE, Lanes, Line, MAX_TILE};
use std::arch::x86_64::*;

/// # Safety
/// The CPU has AVX2 and FMA.
#[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn run_avx2<J: Job>(job: J) -> J::Output {
    job.run::<Avx2>()
}

/// # Safety
/// The CPU has AVX-512 F, DQ, BW and VL besides AVX2 and FMA.
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn run_avx512<J: Job>(job: J) -> J::Output {
    job.run::<Avx512>()
}

/// # Safety
/// The CPU has what `run_avx512` asks for, and AVX-512 VNNI.
#[target_feature(enable = "avx512vnni,avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn run_avx512vnni<J: Job>(job: J) -> J::Output {
    job.run::<Avx512Vnni>()
}

/// Lays eight numbers of each of eight vectors side by side, in eight columns that are `stride` numbers apart.
///
/// # Safety
/// The CPU has AVX; `from` are good for eight numbers each, and `to` for eight in each column.
#[inline(always)]
unsafe fn turn_eight(from: [*const f32; 8], to: *mut f32, stride: usize) {
    // SAFETY: the caller's promise.
    unsafe {
        // Four numbers of a vector, and beside them of the fourth one after it.
        let both = |k: usize, at: usize| {
            let low = _mm256_castps128_ps256(_mm_loadu_ps(from[k].add(at)));
            _mm256_insertf128_ps::<1>(low, _mm_loadu_ps(from[k + 4].add(at)))
        };
        for at in [0, 4] {
            let (a, b, c, d) = (both(0, at), both(1, at), both(2, at), both(3, at));
            let (ab_low, ab_high) = (_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
            let (cd_low, cd_high) = (_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d));
            let to = to.add(at * stride);
            _mm256_storeu_ps(to, _mm256_shuffle_ps::<0b01_00_01_00>(ab_low, cd_low));
            _mm256_storeu_ps(to.add(stride), _mm256_shuffle_ps::<0b11_10_11_10>(ab_low, cd_low));
            _mm256_storeu_ps(to.add(2 * stride), _mm256_shuffle_ps::<0b01_00_01_00>(ab_high, cd_high));
            _mm256_storeu_ps(to.add(3 * stride), _mm256_shuffle_ps::<0b11_10_11_10>(ab_high, cd_high));
        }
    }
}

macro_rules! lanes {
    ($name:ident, $register:ty, $count:literal, $tile:literal, $wide:literal, $near:literal,
     $set1:ident, $loadu:ident, $storeu:ident, $fmadd:ident, $add:ident, $sub:ident, $min:ident, $max:ident,
     abs: $abs:expr, at_most: $at_most:expr,
     mask: $mask:ty, above: $above:expr, above_whole: $above_whole:expr, both: $both:expr, all: $all:expr,
     pairs: $quick:literal, $castsi:ident, $castps:ident, $addwhole:ident, $minwhole:ident, $tofloat:ident, $towhole:ident, add_pairs: $add_pairs:expr) => {
        #[derive(Clone, Copy)]
        pub(crate) struct $name($register);

        impl Lanes for $name {
            const COUNT: usize = $count;
            const TILE: usize = $tile;

            #[inline(always)]
            unsafe fn splat(x: f32) -> Self {
                // SAFETY: the caller promises that the CPU has the instruction; so in all below.
                $name(unsafe { $set1(x) })
            }
            #[inline(always)]
            unsafe fn load(from: *const f32) -> Self {
                // SAFETY: and that the pointer is good for COUNT numbers.
                $name(unsafe { $loadu(from) })
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut f32) {
                // SAFETY: as for load.
                unsafe { $storeu(to, self.0) }
            }
            #[inline(always)]
            unsafe fn multiply_add(self, by: Self, to: Self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $fmadd(self.0, by.0, to.0) })
            }
            #[inline(always)]
            unsafe fn add(self, other: Self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $add(self.0, other.0) })
            }
            #[inline(always)]
            unsafe fn sub(self, other: Self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $sub(self.0, other.0) })
            }
            #[inline(always)]
            unsafe fn abs(self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $abs(self.0) })
            }
            #[inline(always)]
            unsafe fn min(self, other: Self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $min(self.0, other.0) })
            }
            #[inline(always)]
            unsafe fn max(self, other: Self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $max(self.0, other.0) })
            }
            #[inline(always)]
            unsafe fn at_most(self, limit: Self) -> u32 {
                // SAFETY: as for splat.
                unsafe { $at_most(self.0, limit.0) }
            }
            #[inline(always)]
            fn turn<const W: usize>(vectors: &[&[f32; LINE]; W], columns: &mut [[f32; W]; LINE]) {
                const { assert!(W % 8 == 0) };
                for lane in (0..W).step_by(8) {
                    for at in [0, 8] {
                        // SAFETY: `Level::run` has asked the CPU for the instructions; eight numbers are read from
                        // within each of eight vectors, and eight written from a lane on, eight before a column's end
                        // or earlier, in each of eight columns.
                        unsafe {
                            let from = std::array::from_fn(|k| vectors[lane + k].as_ptr().add(at));
                            turn_eight(from, columns[at].as_mut_ptr().add(lane), W);
                        }
                    }
                }
            }
            const QUICK_PAIRS: bool = $quick;

            #[inline(always)]
            unsafe fn add_pairs(self, by: Self, to: Self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $castps($add_pairs($castsi(self.0), $castsi(by.0), $castsi(to.0))) })
            }
            #[inline(always)]
            unsafe fn add_whole(self, other: Self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $castps($addwhole($castsi(self.0), $castsi(other.0))) })
            }
            #[inline(always)]
            unsafe fn min_whole(self, other: Self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $castps($minwhole($castsi(self.0), $castsi(other.0))) })
            }
            #[inline(always)]
            unsafe fn float_to_whole(self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $castps($towhole(self.0)) })
            }
            type Mask = $mask;

            #[inline(always)]
            unsafe fn above(self, limit: Self) -> $mask {
                // SAFETY: as for splat.
                unsafe { $above(self.0, limit.0) }
            }
            #[inline(always)]
            unsafe fn above_whole(self, limit: Self) -> $mask {
                // SAFETY: as for splat.
                unsafe { $above_whole($castsi(self.0), $castsi(limit.0)) }
            }
            #[inline(always)]
            unsafe fn both(a: $mask, b: $mask) -> $mask {
                // SAFETY: as for splat.
                #[allow(unused_unsafe)]
                unsafe {
                    $both(a, b)
                }
            }
            #[inline(always)]
            unsafe fn all(mask: $mask) -> bool {
                // SAFETY: as for splat.
                #[allow(unused_unsafe)]
                unsafe {
                    $all(mask)
                }
            }
            #[inline(always)]
            unsafe fn whole_to_float(self) -> Self {
                // SAFETY: as for splat.
                $name(unsafe { $tofloat($castsi(self.0)) })
            }
            #[inline(always)]
            fn pass<O: Op>(pass: &Pass<'_>, x: &[f32], panels: &[u32], tile: &mut Tile) {
                // SAFETY: `Level::run` has asked the CPU for the instructions.
                unsafe { kernel::pass::<Self, O, $tile, $wide>(pass, x, panels, tile) }
            }
            #[inline(always)]
            fn single<O: Op>(x: &[f32], stride: usize, lines: &[Line], seeds: &Line, scales: &Line) -> Line {
                // SAFETY: `Level::run` has asked the CPU for the instructions.
                unsafe { kernel::single::<Self, O, { 16 / $count }>(x, stride, lines, seeds, scales) }
            }
            #[inline(always)]
            fn within(line: &Line, limit: f32) -> u32 {
                // SAFETY: `Level::run` has asked the CPU for the instructions.
                unsafe { kernel::within::<Self>(line, limit) }
            }
            #[inline(always)]
            fn sparse<O: SparseOp>(entries: &Entries<'_>, lines: &[Line], seeds: &Line) -> Line {
                // SAFETY: `Level::run` has asked the CPU for the instructions.
                unsafe { kernel::sparse::<Self, O, { 16 / $count }>(entries, lines, seeds) }
            }
            #[inline(always)]
            fn centres<O: Op>(patches: &Patches, panel: usize, samples: &Bounded<'_>, out: &mut [Line; MAX_TILE]) {
                // SAFETY: `Level::run` has asked the CPU for the instructions.
                unsafe { kernel::centres::<Self, O, $tile, { 16 / $count }>(patches, panel, samples, out) }
            }
            #[inline(always)]
            fn bounds<O: Op, const OUT: bool>(
                patches: &Patches,
                panel: usize,
                samples: &Bounded<'_>,
                out: &mut [Line; MAX_TILE],
            ) -> Excess {
                // SAFETY: `Level::run` has asked the CPU for the instructions.
                unsafe { kernel::bounds::<Self, O, $near, $tile, { 16 / $count }, OUT>(patches, panel, samples, out) }
            }
        }
    };
}

lanes!(
    Avx2, __m256, 8, 6, 2, 3,
    _mm256_set1_ps, _mm256_loadu_ps, _mm256_storeu_ps, _mm256_fmadd_ps, _mm256_add_ps, _mm256_sub_ps, _mm256_min_ps, _mm256_max_ps,
    abs: |a| _mm256_andnot_ps(_mm256_set1_ps(-0.0), a),
    at_most: |a, b| _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_LE_OQ>(a, b)) as u32,
    mask: __m256,
    above: |a, limit| _mm256_cmp_ps::<_CMP_NLE_UQ>(a, limit),
    above_whole: |a, limit| _mm256_castsi256_ps(_mm256_cmpgt_epi32(a, limit)),
    both: |a, b| _mm256_and_ps(a, b),
    all: |mask| _mm256_movemask_ps(mask) == 0xff,
    pairs: true, _mm256_castps_si256, _mm256_castsi256_ps, _mm256_add_epi32, _mm256_min_epi32, _mm256_cvtepi32_ps, _mm256_cvtps_epi32,
    add_pairs: |a, b, to| _mm256_add_epi32(to, _mm256_madd_epi16(a, b))
);

macro_rules! lanes_512 {
    ($name:ident, pairs: $quick:literal, add_pairs: $add_pairs:expr) => {
        lanes!(
            $name, __m512, 16, 14, 2, 7,
            _mm512_set1_ps, _mm512_loadu_ps, _mm512_storeu_ps, _mm512_fmadd_ps, _mm512_add_ps, _mm512_sub_ps, _mm512_min_ps, _mm512_max_ps,
            abs: |a| _mm512_abs_ps(a),
            at_most: |a, b| u32::from(_mm512_cmp_ps_mask::<_CMP_LE_OQ>(a, b)),
            mask: __mmask16,
            above: |a, limit| _mm512_cmp_ps_mask::<_CMP_NLE_UQ>(a, limit),
            above_whole: |a, limit| _mm512_cmpgt_epi32_mask(a, limit),
            both: |a: __mmask16, b: __mmask16| a & b,
            all: |mask: __mmask16| mask == 0xffff,
            pairs: $quick, _mm512_castps_si512, _mm512_castsi512_ps, _mm512_add_epi32, _mm512_min_epi32, _mm512_cvtepi32_ps, _mm512_cvtps_epi32,
            add_pairs: $add_pairs
        );
    };
}

lanes_512!(Avx512, pairs: false, add_pairs: |a, b, to| _mm512_add_epi32(to, _mm512_madd_epi16(a, b)));
lanes_512!(Avx512Vnni, pairs: true, add_pairs: |a, b, to| add_pairs_vnni(to, a, b));

/// `_mm512_dpwssd_epi32`, which the compiler takes apart into a product and a sum wherever it thinks that a sum waits
/// for another: matching took a quarter longer (`docs/measurements/matching.md`).
///
/// # Safety
/// The CPU has AVX-512 VNNI.
#[inline]
#[target_feature(enable = "avx512vnni,avx512f")]
unsafe fn add_pairs_vnni(mut to: __m512i, a: __m512i, b: __m512i) -> __m512i {
    // SAFETY: the instruction reads and writes these registers alone.
    unsafe {
        std::arch::asm!(
            "vpdpwssd {to}, {a}, {b}",
            to = inout(zmm_reg) to,
            a = in(zmm_reg) a,
            b = in(zmm_reg) b,
            options(pure, nomem, nostack, preserves_flags)
        );
    }
    to
}
