//! Four lanes of plain numbers: what a compiler makes 128-bit instructions of on every target that has them.

use super::kernel::{self, Bounded, Entries, Excess, Op, Pass, Patches, SparseOp, Tile};
use super::{Lanes, Line, MAX_TILE};

#[derive(Clone, Copy)]
pub(crate) struct Portable([f32; 4]);

impl Portable {
    #[inline(always)]
    fn zip(self, other: Portable, f: impl Fn(f32, f32) -> f32) -> Portable {
        Portable([
            f(self.0[0], other.0[0]),
            f(self.0[1], other.0[1]),
            f(self.0[2], other.0[2]),
            f(self.0[3], other.0[3]),
        ])
    }
}

impl Lanes for Portable {
    const COUNT: usize = 4;
    const TILE: usize = 2;

    #[inline(always)]
    unsafe fn splat(x: f32) -> Self {
        Portable([x; 4])
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller's pointer is good for COUNT numbers.
        Portable(unsafe { from.cast::<[f32; 4]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller's pointer is good for COUNT numbers.
        unsafe { to.cast::<[f32; 4]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn multiply_add(self, by: Self, to: Self) -> Self {
        // Not fused: without the instruction a fused one is a slow call. Scores may differ between levels, answers
        // cannot.
        self.zip(by, |a, b| a * b).zip(to, |a, b| a + b)
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
    #[inline(always)]
    unsafe fn abs(self) -> Self {
        Portable(self.0.map(f32::abs))
    }
    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        self.zip(other, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    unsafe fn at_most(self, limit: Self) -> u32 {
        (0..4).fold(0, |bits, i| bits | (u32::from(self.0[i] <= limit.0[i]) << i))
    }
    masks_of_bits!();

    #[inline(always)]
    fn pass<O: Op>(pass: &Pass<'_>, x: &[f32], panels: &[u32], tile: &mut Tile) {
        // SAFETY: this level needs nothing of the CPU.
        unsafe { kernel::pass::<Self, O, 2, 4>(pass, x, panels, tile) }
    }
    #[inline(always)]
    fn single<O: Op>(x: &[f32], stride: usize, lines: &[Line], seeds: &Line, scales: &Line) -> Line {
        // SAFETY: this level needs nothing of the CPU.
        unsafe { kernel::single::<Self, O, 4>(x, stride, lines, seeds, scales) }
    }
    #[inline(always)]
    fn within(line: &Line, limit: f32) -> u32 {
        // SAFETY: this level needs nothing of the CPU.
        unsafe { kernel::within::<Self>(line, limit) }
    }
    #[inline(always)]
    fn sparse<O: SparseOp>(entries: &Entries<'_>, lines: &[Line], seeds: &Line) -> Line {
        // SAFETY: this level needs nothing of the CPU.
        unsafe { kernel::sparse::<Self, O, 4>(entries, lines, seeds) }
    }
    #[inline(always)]
    fn centres<O: Op>(patches: &Patches, panel: usize, samples: &Bounded<'_>, out: &mut [Line; MAX_TILE]) {
        // SAFETY: this level needs nothing of the CPU.
        unsafe { kernel::centres::<Self, O, 2, 4>(patches, panel, samples, out) }
    }
    #[inline(always)]
    fn bounds<O: Op, const OUT: bool>(
        patches: &Patches,
        panel: usize,
        samples: &Bounded<'_>,
        out: &mut [Line; MAX_TILE],
    ) -> Excess {
        // SAFETY: this level needs nothing of the CPU.
        unsafe { kernel::bounds::<Self, O, 1, 2, 4, OUT>(patches, panel, samples, out) }
    }
}
