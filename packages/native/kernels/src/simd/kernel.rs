//! The register tile: a few samples × a few panels of sixteen units, scores kept in registers and never written out.

use super::{LINE, Lanes, Line, MAX_TILE};

/// How one feature adds to a score: smaller scores are nearer.
pub(crate) trait Op {
    /// Numbers of a sample per feature.
    const WIDTH: usize;

    /// # Safety
    /// As for `Lanes`. `x` points at the sample's number, `mask` at its mask where the op is masked.
    unsafe fn step<L: Lanes>(score: L, x: L, mask: L, w: L) -> L;
}

/// score + x·w, the sample's numbers being negated: half the squared distance but for a constant.
pub(crate) struct Dot;
/// score + |x - w|
pub(crate) struct Manhattan;
/// max(score, |x - w|)
pub(crate) struct Chebyshev;
/// As the plain one, with mask 0 where the sample's feature is missing and 1 elsewhere.
pub(crate) struct MaskedManhattan;
pub(crate) struct MaskedChebyshev;

impl Op for Dot {
    const WIDTH: usize = 1;
    #[inline(always)]
    unsafe fn step<L: Lanes>(score: L, x: L, _mask: L, w: L) -> L {
        // SAFETY: the caller's promise; so in all below.
        unsafe { x.multiply_add(w, score) }
    }
}

impl Op for Manhattan {
    const WIDTH: usize = 1;
    #[inline(always)]
    unsafe fn step<L: Lanes>(score: L, x: L, _mask: L, w: L) -> L {
        // SAFETY: as above.
        unsafe { score.add(x.sub(w).abs()) }
    }
}

impl Op for Chebyshev {
    const WIDTH: usize = 1;
    #[inline(always)]
    unsafe fn step<L: Lanes>(score: L, x: L, _mask: L, w: L) -> L {
        // SAFETY: as above.
        unsafe { score.max(x.sub(w).abs()) }
    }
}

impl Op for MaskedManhattan {
    const WIDTH: usize = 2;
    #[inline(always)]
    unsafe fn step<L: Lanes>(score: L, x: L, mask: L, w: L) -> L {
        // SAFETY: as above.
        unsafe { x.sub(w).abs().multiply_add(mask, score) }
    }
}

impl Op for MaskedChebyshev {
    const WIDTH: usize = 2;
    #[inline(always)]
    unsafe fn step<L: Lanes>(score: L, x: L, mask: L, w: L) -> L {
        // SAFETY: as above. 0 + |x - w|·mask is exact.
        unsafe { score.max(x.sub(w).abs().multiply_add(mask, L::splat(0.0))) }
    }
}

/// Panels of sixteen units to go through, `group` at a time.
pub(crate) struct Pass<'a> {
    /// Features.
    pub depth: usize,
    /// Lines in a panel: at least `depth`, one line of sixteen units a feature.
    pub stride: usize,
    pub panels: &'a [Line],
    /// One line a panel: what each score starts from. Infinity for a lane without a unit.
    pub seeds: &'a [Line],
    /// Panels in a group: even, and the last group may be shorter.
    pub group: usize,
    /// The number of the first group.
    pub first_group: usize,
}

/// What is known of a tile's samples while panels go by.
pub(crate) struct Tile {
    /// Scores above this one are of no interest.
    pub limit: [f32; MAX_TILE],
    /// The best score yet and the second best, of different units.
    pub best: [f32; MAX_TILE],
    pub second: [f32; MAX_TILE],
    /// limit = score·factor + slack, score being the best or the second best.
    pub factor: f32,
    pub slack: [f32; MAX_TILE],
    pub want_second: bool,
    /// Groups that hold a score of interest: lane of the sample, number of the group, its lowest score.
    pub hits: Vec<Hit>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub lane: u32,
    pub group: u32,
    pub score: f32,
}

impl Tile {
    pub fn new(want_second: bool, factor: f32) -> Tile {
        Tile {
            limit: [f32::NEG_INFINITY; MAX_TILE],
            best: [f32::INFINITY; MAX_TILE],
            second: [f32::INFINITY; MAX_TILE],
            factor,
            slack: [0.0; MAX_TILE],
            want_second,
            hits: Vec::new(),
        }
    }

    /// Readies a lane for a sample: `bound` is a score that is known to be reached (twice, where the second best is wanted).
    pub fn start(&mut self, lane: usize, slack: f32, bound: f32) {
        self.best[lane] = f32::INFINITY;
        self.second[lane] = f32::INFINITY;
        self.slack[lane] = slack;
        self.limit[lane] = bound * self.factor + slack;
    }

    /// Readies a lane that has no sample.
    pub fn skip(&mut self, lane: usize) {
        self.slack[lane] = 0.0;
        self.limit[lane] = f32::NEG_INFINITY;
    }

    /// Takes the lowest scores of a group, each of another unit, one of them being within the limit.
    #[inline(never)]
    pub fn hit(&mut self, lane: usize, group: usize, scores: &[f32]) {
        let (mut best, mut second) = (self.best[lane], self.second[lane]);
        let mut lowest = f32::INFINITY;
        for &score in scores {
            lowest = lowest.min(score);
            second = second.min(best.max(score));
            best = best.min(score);
        }
        self.hits.push(Hit { lane: lane as u32, group: group as u32, score: lowest });
        (self.best[lane], self.second[lane]) = (best, second);
        let bound = if self.want_second { second } else { best };
        self.limit[lane] = self.limit[lane].min(bound * self.factor + self.slack[lane]);
    }
}

/// Scores of `S` samples × `W` registers of units.
///
/// # Safety
/// As for `Lanes`; `x` is good for depth·S·WIDTH numbers, `w` and `seeds` for the panels that `W` registers span.
#[inline(always)]
unsafe fn tile_scores<L: Lanes, O: Op, const S: usize, const W: usize>(
    depth: usize,
    stride: usize,
    x: *const f32,
    w: *const f32,
    seeds: *const f32,
) -> [[L; W]; S] {
    // SAFETY: the pointers stay within what the caller promises.
    unsafe {
        let mut seed = [L::splat(0.0); W];
        for (j, seed) in seed.iter_mut().enumerate() {
            *seed = L::load(seeds.add(j * L::COUNT));
        }
        let mut scores = [seed; S];
        for d in 0..depth {
            let mut units = [L::splat(0.0); W];
            for (j, units) in units.iter_mut().enumerate() {
                let (panel, lane) = (j * L::COUNT / LINE, j * L::COUNT % LINE);
                *units = L::load(w.add((panel * stride + d) * LINE + lane));
            }
            for (i, scores) in scores.iter_mut().enumerate() {
                let x = x.add((d * S + i) * O::WIDTH);
                let value = L::splat(*x);
                let mask = if O::WIDTH == 2 { L::splat(*x.add(1)) } else { value };
                for (score, units) in scores.iter_mut().zip(&units) {
                    *score = O::step(*score, value, mask, *units);
                }
            }
        }
        scores
    }
}

/// Goes through the panels with one tile of samples, and records the groups that hold a score within a sample's limit.
///
/// # Safety
/// As for `Lanes`.
#[inline(always)]
pub(crate) unsafe fn pass<L: Lanes, O: Op, const S: usize, const W: usize>(
    pass: &Pass<'_>,
    x: &[f32],
    tile: &mut Tile,
) {
    let at_once = W * L::COUNT / LINE;
    let panels = pass.seeds.len();
    assert!(S <= MAX_TILE && at_once >= 1 && pass.depth <= pass.stride);
    assert!(panels.is_multiple_of(at_once) && pass.group.is_multiple_of(at_once));
    assert!(pass.panels.len() == panels * pass.stride && x.len() >= pass.depth * S * O::WIDTH);
    let mut from = 0;
    let mut group = pass.first_group;
    while from < panels {
        let to = (from + pass.group).min(panels);
        // SAFETY: the assertions above keep every pointer within its slice; the caller promises the instructions.
        unsafe {
            let mut lowest = [L::splat(f32::INFINITY); S];
            for panel in (from..to).step_by(at_once) {
                let w = pass.panels.as_ptr().add(panel * pass.stride).cast::<f32>();
                let seeds = pass.seeds.as_ptr().add(panel).cast::<f32>();
                let scores = tile_scores::<L, O, S, W>(pass.depth, pass.stride, x.as_ptr(), w, seeds);
                for (lowest, scores) in lowest.iter_mut().zip(&scores) {
                    *lowest = scores.iter().fold(*lowest, |lowest, &score| lowest.min(score));
                }
            }
            for (i, lowest) in lowest.iter().enumerate() {
                if lowest.at_most(L::splat(tile.limit[i])) != 0 {
                    let mut lanes = [f32::INFINITY; LINE];
                    lowest.store(lanes.as_mut_ptr());
                    tile.hit(i, group, &lanes[..L::COUNT]);
                }
            }
        }
        from = to;
        group += 1;
    }
}

/// Writes the scores of the sample at `lane` of a tile for each panel of the pass.
///
/// # Safety
/// As for `Lanes`.
#[inline(always)]
pub(crate) unsafe fn scores<L: Lanes, O: Op, const W: usize>(
    pass: &Pass<'_>,
    x: &[f32],
    lane: usize,
    out: &mut [Line],
) {
    let at_once = W * L::COUNT / LINE;
    let panels = pass.seeds.len();
    assert!(lane < L::TILE && at_once >= 1 && pass.depth <= pass.stride && out.len() == panels);
    assert!(pass.panels.len() == panels * pass.stride && x.len() >= pass.depth * L::TILE * O::WIDTH);
    let mut panel = 0;
    while panel < panels {
        let count = at_once.min(panels - panel);
        // SAFETY: the assertions above keep every pointer within its slice: registers beyond the last panel read the last one again,
        // and are not stored. The caller promises the instructions.
        unsafe {
            let w = pass.panels.as_ptr().add(panel * pass.stride).cast::<f32>();
            let seeds = pass.seeds.as_ptr().add(panel).cast::<f32>();
            let place = |j: usize| ((j * L::COUNT / LINE).min(count - 1), j * L::COUNT % LINE);
            let mut scores = [L::splat(0.0); W];
            for (j, score) in scores.iter_mut().enumerate() {
                let (panel, at) = place(j);
                *score = L::load(seeds.add(panel * LINE + at));
            }
            for d in 0..pass.depth {
                let x = x.as_ptr().add((d * L::TILE + lane) * O::WIDTH);
                let value = L::splat(*x);
                let mask = if O::WIDTH == 2 { L::splat(*x.add(1)) } else { value };
                for (j, score) in scores.iter_mut().enumerate() {
                    let (panel, at) = place(j);
                    let units = L::load(w.add((panel * pass.stride + d) * LINE + at));
                    *score = O::step(*score, value, mask, units);
                }
            }
            for (j, score) in scores.iter().enumerate() {
                if j * L::COUNT / LINE < count {
                    score.store(out.as_mut_ptr().add(panel).cast::<f32>().add(j * L::COUNT));
                }
            }
        }
        panel += count;
    }
}

/// Multiplies and adds in registers alone, `rounds` times; gives the number of operations.
pub(crate) struct Peak {
    pub rounds: usize,
}

impl super::Job for Peak {
    type Output = f64;

    #[inline(always)]
    fn run<L: Lanes>(self) -> f64 {
        const CHAINS: usize = 12;
        // SAFETY: `Level::run` has asked the CPU for the instructions; the array is good for a register.
        let total = unsafe {
            let (by, to) = (L::splat(std::hint::black_box(0.999)), L::splat(std::hint::black_box(0.001)));
            let mut chains = [to; CHAINS];
            for _ in 0..self.rounds {
                for chain in &mut chains {
                    *chain = chain.multiply_add(by, to);
                }
            }
            let mut lanes = [0.0; LINE];
            chains.iter().fold(to, |sum, &chain| sum.add(chain)).store(lanes.as_mut_ptr());
            lanes[0]
        };
        std::hint::black_box(total);
        2.0 * (self.rounds * CHAINS * L::COUNT) as f64
    }
}
