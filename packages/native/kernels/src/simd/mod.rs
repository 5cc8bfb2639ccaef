//! Vector registers behind one trait, and the choice among them at run time. The only modules with `unsafe`.
#![allow(unsafe_code)]

/// The masks of a level that keeps one bit a lane, the lowest for lane 0.
macro_rules! masks_of_bits {
    () => {
        type Mask = u32;

        #[inline(always)]
        unsafe fn above(self, limit: Self) -> u32 {
            // SAFETY: the caller's promise.
            Self::ALL_BITS ^ unsafe { self.at_most(limit) }
        }
        #[inline(always)]
        unsafe fn above_whole(self, limit: Self) -> u32 {
            // SAFETY: the caller's promise.
            unsafe { self.bits_above_whole(limit) }
        }
        #[inline(always)]
        unsafe fn both(a: u32, b: u32) -> u32 {
            a & b
        }
        #[inline(always)]
        unsafe fn all(mask: u32) -> bool {
            mask == Self::ALL_BITS
        }
    };
}

pub(crate) mod kernel;
#[cfg(target_arch = "aarch64")]
mod neon;
mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

use kernel::{Bounded, Entries, Excess, Op, Pass, Patches, SparseOp, Tile};

/// Sixteen numbers on one cache line.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Line(pub [f32; LINE]);

pub(crate) const LINE: usize = 16;

/// The most samples that any level takes in one tile.
pub(crate) const MAX_TILE: usize = 16;

/// A register of f32 lanes, and the tile that suits the register file.
///
/// The implementing types cannot be named outside these modules, so that `Level::run`, which has asked the CPU, is the
/// only way to one.
///
/// # Safety
/// The unsafe methods may be called only where the CPU has the instructions of the level, inside `pass`, `bounds`,
/// `centres`, `single` and `sparse`. Pointers must be good for `COUNT` numbers.
pub(crate) trait Lanes: Copy {
    /// Lanes in a register: a divisor of `LINE`.
    const COUNT: usize;
    /// Samples in a tile.
    const TILE: usize;

    unsafe fn splat(x: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn store(self, to: *mut f32);
    /// self · by + to
    unsafe fn multiply_add(self, by: Self, to: Self) -> Self;
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn sub(self, other: Self) -> Self;
    unsafe fn abs(self) -> Self;
    unsafe fn min(self, other: Self) -> Self;
    unsafe fn max(self, other: Self) -> Self;
    /// One bit a lane, the lowest for lane 0: whether it is at most `limit`'s.
    unsafe fn at_most(self, limit: Self) -> u32;

    /// A bit for each lane.
    const ALL_BITS: u32 = (1 << Self::COUNT) - 1;
    /// What of each lane is true, as the level keeps it.
    type Mask: Copy;
    /// Where a lane is not at most `limit`'s.
    unsafe fn above(self, limit: Self) -> Self::Mask;
    /// The same of lanes that hold i32 by their bits.
    unsafe fn above_whole(self, limit: Self) -> Self::Mask;
    unsafe fn both(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// Whether it is true of all lanes.
    unsafe fn all(mask: Self::Mask) -> bool;

    /// Whether products of 16-bit integers are quicker than fused multiply-adds.
    const QUICK_PAIRS: bool = false;

    /// Of lanes that hold two i16 each and sums that are i32, all by their bits: sum + the two products of a lane,
    /// without a care for overflow.
    #[inline(always)]
    unsafe fn add_pairs(self, by: Self, to: Self) -> Self {
        let halves = |bits: u32| (i32::from(bits as i16), i32::from((bits >> 16) as i16));
        // SAFETY: the caller's promise.
        unsafe {
            Self::from_lanes(
                |[a, b, to]| {
                    let ((a, c), (b, d)) = (halves(a), halves(b));
                    to.wrapping_add((a * b).wrapping_add(c * d) as u32)
                },
                [self, by, to],
            )
        }
    }

    /// The sums of two registers of i32, by their bits.
    #[inline(always)]
    unsafe fn add_whole(self, other: Self) -> Self {
        // SAFETY: the caller's promise.
        unsafe { Self::from_lanes(|[a, b, _]| a.wrapping_add(b), [self, other, other]) }
    }

    /// The numbers that lanes hold as the bits of i32.
    #[inline(always)]
    unsafe fn whole_to_float(self) -> Self {
        // SAFETY: the caller's promise.
        unsafe { Self::from_lanes(|[a, ..]| (a as i32 as f32).to_bits(), [self, self, self]) }
    }

    /// The lesser of two i32, by their bits.
    #[inline(always)]
    unsafe fn min_whole(self, other: Self) -> Self {
        // SAFETY: the caller's promise.
        unsafe { Self::from_lanes(|[a, b, _]| (a as i32).min(b as i32) as u32, [self, other, other]) }
    }

    /// The nearest i32, by its bits.
    #[inline(always)]
    unsafe fn float_to_whole(self) -> Self {
        // SAFETY: the caller's promise.
        unsafe { Self::from_lanes(|[a, ..]| f32::from_bits(a).round_ties_even() as i32 as u32, [self, self, self]) }
    }

    /// One bit a lane, the lowest for lane 0: whether its i32 is above `limit`'s. For levels without an instruction.
    #[inline(always)]
    unsafe fn bits_above_whole(self, limit: Self) -> u32 {
        let mut lanes = [[0.0f32; LINE]; 2];
        // SAFETY: the caller's promise; a register has no more lanes than a line.
        unsafe {
            self.store(lanes[0].as_mut_ptr());
            limit.store(lanes[1].as_mut_ptr());
        }
        let [a, b] = lanes;
        (0..Self::COUNT).fold(0, |bits, i| bits | (u32::from(a[i].to_bits() as i32 > b[i].to_bits() as i32) << i))
    }

    /// Lane by lane, by their bits: for levels without an instruction.
    #[inline(always)]
    unsafe fn from_lanes(of: impl Fn([u32; 3]) -> u32, from: [Self; 3]) -> Self {
        let mut lanes = [[0.0f32; LINE]; 3];
        // SAFETY: the caller's promise; a register has no more lanes than a line.
        unsafe {
            lanes.iter_mut().zip(from).for_each(|(lanes, from)| from.store(lanes.as_mut_ptr()));
            let [a, b, c] = lanes;
            let of = |i: usize| f32::from_bits(of([a[i].to_bits(), b[i].to_bits(), c[i].to_bits()]));
            Self::load(std::array::from_fn::<f32, LINE, _>(of).as_ptr())
        }
    }

    /// Lays vectors side by side: the numbers of the k-th in lane k of the columns.
    #[inline(always)]
    fn turn<const W: usize>(vectors: &[&[f32; LINE]; W], columns: &mut [[f32; W]; LINE]) {
        for (lane, vector) in vectors.iter().enumerate() {
            columns.iter_mut().zip(*vector).for_each(|(column, &x)| column[lane] = x);
        }
    }

    /// Asks for a line to be brought near; any address will do.
    #[inline(always)]
    fn prefetch(line: *const Line) {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a hint that reads nothing.
        unsafe {
            std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(line.cast())
        };
        #[cfg(not(target_arch = "x86_64"))]
        let _ = line;
    }

    /// `kernel::pass` with this level's tile.
    fn pass<O: Op>(pass: &Pass<'_>, x: &[f32], panels: &[u32], tile: &mut Tile);
    /// `kernel::single`.
    fn single<O: Op>(x: &[f32], stride: usize, lines: &[Line], seeds: &Line, scales: &Line) -> Line;
    /// One bit a number of a line, the lowest for the first: whether it is at most `limit`.
    fn within(line: &Line, limit: f32) -> u32;
    /// `kernel::sparse`.
    fn sparse<O: SparseOp>(entries: &Entries<'_>, lines: &[Line], seeds: &Line) -> Line;
    /// `kernel::centres` with this level's tile.
    fn centres<O: Op>(patches: &Patches, panel: usize, samples: &Bounded<'_>, out: &mut [Line; MAX_TILE]);
    /// `kernel::bounds` with this level's tile.
    fn bounds<O: Op, const OUT: bool>(
        patches: &Patches,
        panel: usize,
        samples: &Bounded<'_>,
        out: &mut [Line; MAX_TILE],
    ) -> Excess;
}

/// Said in a loop whose turns each work on sixteen numbers side by side: keeps the compiler from working on sixteen
/// turns at once instead, which would gather their numbers from everywhere.
#[inline(always)]
pub(crate) fn turn_by_turn() {
    std::hint::black_box(());
}

/// Lines of a row that are requested: the CPU itself asks for the rest of a long one, more or less.
pub(crate) const LINES_ASKED: usize = 8;

/// Asks for a row of numbers to be brought near: the beginning and the end, a row seldom begins where a line of the
/// cache does.
#[inline(always)]
pub(crate) fn prefetch(row: &[f32]) {
    row.chunks(LINE).take(LINES_ASKED).for_each(|line| portable::Portable::prefetch(line.as_ptr().cast()));
    row.last().into_iter().for_each(|last| portable::Portable::prefetch(std::ptr::from_ref(last).cast()));
}

/// Which instructions to use. Answers are the same on every level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What every target of the compiler has.
    Portable,
    /// 128-bit registers of arm64.
    Neon,
    /// 256-bit registers with fused multiply-add.
    Avx2,
    /// 512-bit registers.
    Avx512,
    /// 512-bit registers with products of 16-bit integers that are added at once.
    Avx512Vnni,
}

impl Level {
    /// The levels that this CPU has, the best last.
    pub fn available() -> Vec<Level> {
        [Level::Portable, Level::Neon, Level::Avx2, Level::Avx512, Level::Avx512Vnni]
            .into_iter()
            .filter(|level| level.is_available())
            .collect()
    }

    /// The best level that this CPU has.
    pub fn best() -> Level {
        Level::available().pop().unwrap_or(Level::Portable)
    }

    pub fn name(self) -> &'static str {
        match self {
            Level::Portable => "portable",
            Level::Neon => "neon",
            Level::Avx2 => "avx2",
            Level::Avx512 => "avx512",
            Level::Avx512Vnni => "avx512vnni",
        }
    }

    fn is_available(self) -> bool {
        match self {
            Level::Portable => true,
            #[cfg(target_arch = "aarch64")]
            Level::Neon => std::arch::is_aarch64_feature_detected!("neon"),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => {
                Level::Avx2.is_available()
                    && std::arch::is_x86_feature_detected!("avx512f")
                    && std::arch::is_x86_feature_detected!("avx512dq")
                    && std::arch::is_x86_feature_detected!("avx512bw")
                    && std::arch::is_x86_feature_detected!("avx512vl")
            }
            #[cfg(target_arch = "x86_64")]
            Level::Avx512Vnni => Level::Avx512.is_available() && std::arch::is_x86_feature_detected!("avx512vnni"),
            #[allow(unreachable_patterns)]
            _ => false,
        }
    }

    /// Whether products of 16-bit integers are quicker than fused multiply-adds.
    pub(crate) fn has_quick_pairs(self) -> bool {
        struct Asked;
        impl Job for Asked {
            type Output = bool;

            #[inline(always)]
            fn run<L: Lanes>(self) -> bool {
                L::QUICK_PAIRS
            }
        }
        self.run(Asked)
    }

    /// Runs `job` with this level's registers, or portably where the CPU lacks them.
    pub(crate) fn run<J: Job>(self, job: J) -> J::Output {
        match if self.is_available() { self } else { Level::Portable } {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: the CPU has the level's instructions, as checked above.
            Level::Avx512Vnni => unsafe { x86::run_avx512vnni(job) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Level::Avx512 => unsafe { x86::run_avx512(job) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Level::Avx2 => unsafe { x86::run_avx2(job) },
            #[cfg(target_arch = "aarch64")]
            // SAFETY: as above.
            Level::Neon => unsafe { neon::run(job) },
            _ => job.run::<portable::Portable>(),
        }
    }
}

/// Work written once for every level. Each function on the way to a method of `L` must be `#[inline(always)]`, so that
/// it is compiled with the level's instructions.
pub(crate) trait Job {
    type Output;

    fn run<L: Lanes>(self) -> Self::Output;
}

/// Runs fused multiply-adds that need no memory, twelve registers a round, and gives how many operations that was:
/// what kernels are measured against.
pub fn peak(level: Level, rounds: usize) -> f64 {
    level.run(kernel::Peak { rounds })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;

    /// Vectors laid side by side, `W` of them.
    struct Turned<'a, const W: usize>(&'a [[f32; LINE]; W]);

    impl<const W: usize> Job for Turned<'_, W> {
        type Output = [[f32; W]; LINE];

        #[inline(always)]
        fn run<L: Lanes>(self) -> Self::Output {
            let mut columns = [[0.0; W]; LINE];
            L::turn(&self.0.each_ref(), &mut columns);
            columns
        }
    }

    fn turns<const W: usize>(random: &mut Random) {
        let vectors: [[f32; LINE]; W] = std::array::from_fn(|_| std::array::from_fn(|_| random.normal()));
        for level in Level::available() {
            let columns = level.run(Turned(&vectors));
            assert!(
                (0..W * LINE).all(|i| columns[i % LINE][i / LINE] == vectors[i / LINE][i % LINE]),
                "{}",
                level.name()
            );
        }
    }

    #[test]
    fn vectors_are_laid_side_by_side_on_every_level() {
        let mut random = Random(7);
        turns::<8>(&mut random);
        turns::<16>(&mut random);
    }
}
