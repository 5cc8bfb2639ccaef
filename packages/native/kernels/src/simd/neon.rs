//! NEON of arm64: 32 registers of four lanes.

use super::kernel::{self, Bounded, Entries, Excess, Op, Pass, Patches, SparseOp, Tile};
use super::{Job, Lanes, Line, MAX_TILE};
use std::arch::aarch64::*;

/// # Safety
/// The CPU has NEON.
#[target_feature(enable = "neon")]
pub(crate) unsafe fn run<J: Job>(job: J) -> J::Output {
    job.run::<Neon>()
}

#[derive(Clone, Copy)]
pub(crate) struct Neon(float32x4_t);

impl Lanes for Neon {
    const COUNT: usize = 4;
    const TILE: usize = 6;

    #[inline(always)]
    unsafe fn splat(x: f32) -> Self {
        // SAFETY: the caller promises that the CPU has the instruction; so in all below.
        Neon(unsafe { vdupq_n_f32(x) })
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: and that the pointer is good for COUNT numbers.
        Neon(unsafe { vld1q_f32(from) })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as for load.
        unsafe { vst1q_f32(to, self.0) }
    }
    #[inline(always)]
    unsafe fn multiply_add(self, by: Self, to: Self) -> Self {
        // SAFETY: as for splat.
        Neon(unsafe { vfmaq_f32(to.0, self.0, by.0) })
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: as for splat.
        Neon(unsafe { vaddq_f32(self.0, other.0) })
    }
    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        // SAFETY: as for splat.
        Neon(unsafe { vsubq_f32(self.0, other.0) })
    }
    #[inline(always)]
    unsafe fn abs(self) -> Self {
        // SAFETY: as for splat.
        Neon(unsafe { vabsq_f32(self.0) })
    }
    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        // SAFETY: as for splat.
        Neon(unsafe { vminq_f32(self.0, other.0) })
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        // SAFETY: as for splat.
        Neon(unsafe { vmaxq_f32(self.0, other.0) })
    }
    #[inline(always)]
    unsafe fn at_most(self, limit: Self) -> u32 {
        const BITS: [u32; 4] = [1, 2, 4, 8];
        // SAFETY: as for splat.
        unsafe { vaddvq_u32(vandq_u32(vcleq_f32(self.0, limit.0), vld1q_u32(BITS.as_ptr()))) }
    }
    masks_of_bits!();

    #[inline(always)]
    fn pass<O: Op>(pass: &Pass<'_>, x: &[f32], panels: &[u32], tile: &mut Tile) {
        // SAFETY: `Level::run` has asked the CPU for the instructions.
        unsafe { kernel::pass::<Self, O, 6, 4>(pass, x, panels, tile) }
    }
    #[inline(always)]
    fn single<O: Op>(x: &[f32], stride: usize, lines: &[Line], seeds: &Line, scales: &Line) -> Line {
        // SAFETY: `Level::run` has asked the CPU for the instructions.
        unsafe { kernel::single::<Self, O, 4>(x, stride, lines, seeds, scales) }
    }
    #[inline(always)]
    fn within(line: &Line, limit: f32) -> u32 {
        // SAFETY: `Level::run` has asked the CPU for the instructions.
        unsafe { kernel::within::<Self>(line, limit) }
    }
    #[inline(always)]
    fn sparse<O: SparseOp>(entries: &Entries<'_>, lines: &[Line], seeds: &Line) -> Line {
        // SAFETY: `Level::run` has asked the CPU for the instructions.
        unsafe { kernel::sparse::<Self, O, 4>(entries, lines, seeds) }
    }
    #[inline(always)]
    fn centres<O: Op>(patches: &Patches, panel: usize, samples: &Bounded<'_>, out: &mut [Line; MAX_TILE]) {
        // SAFETY: `Level::run` has asked the CPU for the instructions.
        unsafe { kernel::centres::<Self, O, 6, 4>(patches, panel, samples, out) }
    }
    #[inline(always)]
    fn bounds<O: Op, const OUT: bool>(
        patches: &Patches,
        panel: usize,
        samples: &Bounded<'_>,
        out: &mut [Line; MAX_TILE],
    ) -> Excess {
        // SAFETY: `Level::run` has asked the CPU for the instructions.
        unsafe { kernel::bounds::<Self, O, 2, 6, 4, OUT>(patches, panel, samples, out) }
    }
}
