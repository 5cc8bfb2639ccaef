//! The register tile: a few samples × a few panels of sixteen units, scores kept in registers and never written out.

use super::{LINE, Lanes, Line, MAX_TILE};

/// How one feature adds to a score: smaller scores are nearer.
pub(crate) trait Op {
    /// Numbers of a sample per feature.
    const WIDTH: usize;

    /// # Safety
    /// As for `Lanes`. `x` points at the sample's number, `mask` at its mask where the op is masked.
    unsafe fn step<L: Lanes>(score: L, x: L, mask: L, w: L) -> L;

    /// Where the sum of a score starts, and how the sum becomes the score: `seed` is the unit's, `scale` the sample's.
    ///
    /// # Safety
    /// As for `Lanes`.
    #[inline(always)]
    unsafe fn start<L: Lanes>(seed: L) -> L {
        seed
    }

    /// # Safety
    /// As for `Lanes`.
    #[inline(always)]
    unsafe fn finish<L: Lanes>(sum: L, _seed: impl Fn() -> L, _scale: impl Fn() -> L) -> L {
        sum
    }

    /// As the start of a sum above, in the units that a pass counts in: `seed` is the unit's, `inverse` is 1 / the
    /// tile's step.
    ///
    /// # Safety
    /// As for `Lanes`.
    #[inline(always)]
    unsafe fn begin<L: Lanes>(seed: L, _inverse: L) -> L {
        seed
    }

    /// The lesser of two scores of a pass.
    ///
    /// # Safety
    /// As for `Lanes`.
    #[inline(always)]
    unsafe fn lesser<L: Lanes>(a: L, b: L) -> L {
        // SAFETY: the caller's promise; so in all below.
        unsafe { a.min(b) }
    }

    /// Where a score of a pass is above its limit.
    ///
    /// # Safety
    /// As for `Lanes`.
    #[inline(always)]
    unsafe fn above<L: Lanes>(score: L, limit: L) -> L::Mask {
        // SAFETY: as above.
        unsafe { score.above(limit) }
    }

    /// The score of all features from two scores, each of a part of the features.
    ///
    /// # Safety
    /// As for `Lanes`.
    #[inline(always)]
    unsafe fn join<L: Lanes>(a: L, b: L) -> L {
        // SAFETY: as above.
        unsafe { a.add(b) }
    }
}

/// score + x·w, the sample's numbers being negated: half the squared distance except for a constant.
pub(crate) struct Dot;
/// As `Dot`, by integers: a step takes two features of a sample and of a unit, as i16 in the bits of one number. The
/// sum of the products times the sample's scale is x·w. In a pass all samples of a tile have one scale, the tile's
/// step, and scores are whole numbers of steps.
pub(crate) struct Pairs;

/// In steps: above every score, and the largest f32 that fits i32.
const NO_SCORE: f32 = 2_147_483_520.0;
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

impl Op for Pairs {
    const WIDTH: usize = 1;
    #[inline(always)]
    unsafe fn step<L: Lanes>(score: L, x: L, _mask: L, w: L) -> L {
        // SAFETY: as above.
        unsafe { x.add_pairs(w, score) }
    }
    #[inline(always)]
    unsafe fn start<L: Lanes>(_seed: L) -> L {
        // SAFETY: as above. Its bits are those of the integer 0.
        unsafe { L::splat(0.0) }
    }
    #[inline(always)]
    unsafe fn finish<L: Lanes>(sum: L, seed: impl Fn() -> L, scale: impl Fn() -> L) -> L {
        // SAFETY: as above.
        unsafe { sum.whole_to_float().multiply_add(scale(), seed()) }
    }
    #[inline(always)]
    unsafe fn begin<L: Lanes>(seed: L, inverse: L) -> L {
        // SAFETY: as above. Where there is no unit: more than any score.
        unsafe { seed.multiply_add(inverse, L::splat(0.0)).min(L::splat(NO_SCORE)).float_to_whole() }
    }
    #[inline(always)]
    unsafe fn lesser<L: Lanes>(a: L, b: L) -> L {
        // SAFETY: as above.
        unsafe { a.min_whole(b) }
    }
    #[inline(always)]
    unsafe fn above<L: Lanes>(score: L, limit: L) -> L::Mask {
        // SAFETY: as above.
        unsafe { score.above_whole(limit) }
    }
    #[inline(always)]
    unsafe fn join<L: Lanes>(a: L, b: L) -> L {
        // SAFETY: as above.
        unsafe { a.add_whole(b) }
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
    #[inline(always)]
    unsafe fn join<L: Lanes>(a: L, b: L) -> L {
        // SAFETY: as above.
        unsafe { a.max(b) }
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

/// Panels of sixteen units.
pub(crate) struct Pass<'a> {
    /// Features.
    pub depth: usize,
    /// Lines in a panel: at least `depth`, one line of sixteen units a feature.
    pub stride: usize,
    pub lines: &'a [Line],
    /// One line a panel: what each score starts from. Infinity for a lane without a unit.
    pub seeds: &'a [Line],
}

/// The state of a tile's samples during a pass over panels.
pub(crate) struct Tile {
    /// Scores above this are ignored.
    limit: [f32; MAX_TILE],
    /// The same in the units that scores are counted in, in every lane of a register.
    limits: [Line; MAX_TILE],
    /// Where scores are whole numbers of steps: the size of a step, in every lane of a register, and its inverse.
    step: Option<(Line, f32)>,
    /// The best score so far and the second best, of different units.
    best: [f32; MAX_TILE],
    second: [f32; MAX_TILE],
    /// limit = score·factor + slack, score being the best or the second best.
    factor: f32,
    slack: [f32; MAX_TILE],
    /// How many units are wanted for each sample: 1, 2 or more.
    wanted: usize,
    /// Where more than two are wanted: for each sample the best scores so far, `wanted` of them in ascending order.
    kept: Vec<f32>,
    /// Panels in which a score was within the limit when they were passed.
    pub hits: Vec<Hit>,
    /// Where registers are written out.
    scores: [Line; 2 * MAX_TILE],
}

/// The scores of a sample, given by its lane of the tile, with the units of a panel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub scores: Line,
    pub lane: u32,
    pub panel: u32,
}

impl Default for Tile {
    fn default() -> Tile {
        Tile {
            limit: [f32::NEG_INFINITY; MAX_TILE],
            limits: [Line([f32::NEG_INFINITY; LINE]); MAX_TILE],
            step: None,
            best: [f32::INFINITY; MAX_TILE],
            second: [f32::INFINITY; MAX_TILE],
            factor: 1.0,
            slack: [0.0; MAX_TILE],
            wanted: 1,
            kept: Vec::new(),
            hits: Vec::new(),
            scores: [Line([0.0; LINE]); 2 * MAX_TILE],
        }
    }
}

impl Tile {
    /// Prepares the tile for the samples of the next call.
    pub fn ready(&mut self, wanted: usize, factor: f32) {
        (self.wanted, self.factor) = (wanted, factor);
        self.kept.clear();
        if wanted > 2 {
            self.kept.resize(MAX_TILE * wanted, f32::INFINITY);
        }
        self.step = None;
        self.hits.clear();
    }

    /// Prepares a lane for a sample. At least one unit (two, if the second best is wanted) must have a score of at most
    /// `bound`.
    pub fn start(&mut self, lane: usize, slack: f32, bound: f32) {
        self.best[lane] = f32::INFINITY;
        self.second[lane] = f32::INFINITY;
        self.slack[lane] = slack;
        if self.wanted > 2 {
            self.kept[lane * self.wanted..][..self.wanted].fill(f32::INFINITY);
        }
        // Not infinity: infinity less infinity is not a number.
        self.set_limit(lane, (bound * self.factor + slack).min(f32::MAX));
    }

    /// Makes scores whole numbers of `step`. To be called before lanes are prepared.
    pub fn set_step(&mut self, step: f32) {
        self.step = Some((Line([step; LINE]), 1.0 / step));
    }

    /// The size of a step, in every lane of a register.
    pub fn step(&self) -> Line {
        self.step.map_or(Line([1.0; LINE]), |(step, _)| step)
    }

    pub fn limit(&self, lane: usize) -> f32 {
        self.limit[lane]
    }

    /// Lowers the limit of a sample to one that is known to hold, if that is lower.
    pub fn lower_limit(&mut self, lane: usize, limit: f32) {
        self.set_limit(lane, least(limit, self.limit[lane]));
    }

    #[inline(always)]
    fn set_limit(&mut self, lane: usize, limit: f32) {
        self.limit[lane] = limit;
        let own = match self.step {
            Some((_, inverse)) => f32::from_bits(whole_limit(limit * inverse) as u32),
            None => limit,
        };
        self.limits[lane] = Line([own; LINE]);
    }

    pub fn slack(&self, lane: usize) -> f32 {
        self.slack[lane]
    }

    /// Prepares a lane without a sample.
    pub fn skip(&mut self, lane: usize) {
        self.slack[lane] = 0.0;
        self.set_limit(lane, f32::NEG_INFINITY);
    }

    /// Takes the scores written out, for the samples whose bits are set: `at_once` panels each, of which those given
    /// count. None may have been taken before.
    #[inline(never)]
    fn take(&mut self, mut samples: u32, at_once: usize, panels: &[u32]) {
        while samples != 0 {
            let lane = samples.trailing_zeros() as usize;
            samples &= samples - 1;
            for (j, &panel) in panels.iter().enumerate() {
                let mut scores = self.scores[lane * at_once + j];
                if let Some((Line([step, ..]), _)) = self.step {
                    scores.0.iter_mut().for_each(|score| *score = score_of(*score, step));
                }
                let lowest = lowest_of(&scores);
                if lowest <= self.limit[lane] {
                    self.hits.push(Hit { scores, lane: lane as u32, panel });
                    let bound = match self.wanted {
                        1 => lowest,
                        2 => self.second_of(lane, &scores),
                        _ => self.last_of(lane, &scores),
                    };
                    self.set_limit(lane, self.limit[lane].min(bound * self.factor + self.slack[lane]));
                }
            }
        }
    }

    /// The `wanted`-th best score so far.
    fn last_of(&mut self, lane: usize, scores: &Line) -> f32 {
        let kept = &mut self.kept[lane * self.wanted..][..self.wanted];
        for &score in &scores.0 {
            if score < kept[kept.len() - 1] {
                let place = kept.partition_point(|&before| before <= score);
                kept[place..].rotate_right(1);
                kept[place] = score;
            }
        }
        kept[kept.len() - 1]
    }

    /// The second best score so far.
    fn second_of(&mut self, lane: usize, scores: &Line) -> f32 {
        (self.best[lane], self.second[lane]) = merged((self.best[lane], self.second[lane]), scores);
        self.second[lane]
    }
}

/// The smallest whole number that no score within `limit` exceeds, rounding included.
#[inline(always)]
fn whole_limit(limit: f32) -> i32 {
    // Not infinity: infinity less infinity is not a number.
    let limit = limit.clamp(f32::MIN, f32::MAX);
    (limit + limit.abs() * (4.0 * f32::EPSILON) + 2.0) as i32
}

/// A score in steps, by its bits.
#[inline(always)]
fn score_of(whole: f32, step: f32) -> f32 {
    let whole = whole.to_bits() as i32 as f32;
    if whole < NO_SCORE { whole * step } else { f32::INFINITY }
}

/// The two best scores of those given and a line.
fn merged(two: (f32, f32), scores: &Line) -> (f32, f32) {
    let mut best: [f32; 8] = std::array::from_fn(|i| least(scores.0[i], scores.0[i + 8]));
    let mut second: [f32; 8] = std::array::from_fn(|i| most(scores.0[i], scores.0[i + 8]));
    for half in [4, 2, 1] {
        for i in 0..half {
            let loser = most(best[i], best[i + half]);
            best[i] = least(best[i], best[i + half]);
            second[i] = least(loser, least(second[i], second[i + half]));
        }
    }
    (least(best[0], two.0), least(most(best[0], two.0), least(second[0], two.1)))
}

/// The `wanted`-th lowest score of a line; infinity if it has fewer units.
#[inline(always)]
pub(crate) fn reached(scores: &Line, wanted: usize) -> f32 {
    match wanted {
        1 => lowest_of(scores),
        2 => merged((f32::INFINITY, f32::INFINITY), scores).1,
        _ => {
            let mut sorted = scores.0;
            sorted.sort_unstable_by(f32::total_cmp);
            sorted.get(wanted - 1).copied().unwrap_or(f32::INFINITY)
        }
    }
}

/// The scores of one sample with the units of one panel. Its numbers lie `stride` apart; `scales` are what the scores
/// of pairs are in steps of.
///
/// # Safety
/// As for `Lanes`.
#[inline(always)]
pub(crate) unsafe fn single<L: Lanes, O: Op, const V: usize>(
    x: &[f32],
    stride: usize,
    lines: &[Line],
    seeds: &Line,
    scales: &Line,
) -> Line {
    let depth = lines.len();
    assert!(V * L::COUNT == LINE && O::WIDTH == 1 && (depth == 0 || x.len() > (depth - 1) * stride));
    let mut out = Line([0.0; LINE]);
    // SAFETY: the assertion keeps x within its slice, V registers fill a line; the caller promises the instructions.
    unsafe {
        let of = |line: &Line, j: usize| L::load(line.0.as_ptr().add(j * L::COUNT));
        // Four sums, so that no addition waits for the one before.
        let mut scores = [[L::splat(0.0); V]; 4];
        for (j, score) in scores[0].iter_mut().enumerate() {
            *score = O::start(of(seeds, j));
        }
        let mut x = x.as_ptr();
        let (fours, rest) = lines.as_chunks::<4>();
        for lines in fours {
            for (scores, line) in scores.iter_mut().zip(lines) {
                let value = L::splat(*x);
                x = x.wrapping_add(stride);
                for (j, score) in scores.iter_mut().enumerate() {
                    *score = O::step(*score, value, value, of(line, j));
                }
            }
        }
        for line in rest {
            let value = L::splat(*x);
            x = x.wrapping_add(stride);
            for (j, score) in scores[0].iter_mut().enumerate() {
                *score = O::step(*score, value, value, of(line, j));
            }
        }
        let [a, b, c, d] = scores;
        for (j, (((a, b), c), d)) in a.into_iter().zip(b).zip(c).zip(d).enumerate() {
            let score = O::finish(O::join(O::join(a, b), O::join(c, d)), || of(seeds, j), || of(scales, j));
            score.store(out.0.as_mut_ptr().add(j * L::COUNT));
        }
    }
    out
}

/// One bit a number of a line, the lowest for the first: whether it is at most `limit`.
///
/// # Safety
/// As for `Lanes`.
#[inline(always)]
pub(crate) unsafe fn within<L: Lanes>(line: &Line, limit: f32) -> u32 {
    // SAFETY: a line holds whole registers; the caller promises the instructions.
    unsafe {
        let of = |j: usize| L::load(line.0.as_ptr().add(j * L::COUNT)).at_most(L::splat(limit)) << (j * L::COUNT);
        (0..LINE / L::COUNT).fold(0, |bits, j| bits | of(j))
    }
}

/// The state of one sample during a pass over panels: a tile of one.
pub(crate) struct Standing {
    /// Scores above this are ignored.
    pub limit: f32,
    two: (f32, f32),
    slack: f32,
    factor: f32,
    want_second: bool,
}

impl Standing {
    pub fn new(slack: f32, factor: f32, want_second: bool) -> Standing {
        Standing { limit: f32::MAX, two: (f32::INFINITY, f32::INFINITY), slack, factor, want_second }
    }

    /// Takes the scores of a panel, each panel once; gives whether one is within the current limit.
    #[inline(always)]
    pub fn take(&mut self, scores: &Line) -> bool {
        let lowest = lowest_of(scores);
        if lowest > self.limit {
            return false;
        }
        let bound = if self.want_second {
            self.two = merged(self.two, scores);
            self.two.1
        } else {
            lowest
        };
        self.limit = least(bound * self.factor + self.slack, self.limit);
        true
    }
}

/// The stored entries of a sparse sample.
#[derive(Clone, Copy)]
pub(crate) struct Entries<'a> {
    pub indices: &'a [u32],
    pub values: &'a [f32],
    /// Whether a stored value is NaN: then the feature is missing.
    pub missing: bool,
}

/// What a stored entry adds to a score that starts from that of an all-zero sample.
pub(crate) trait SparseOp {
    /// # Safety
    /// As for `Lanes`.
    unsafe fn step<L: Lanes>(score: L, x: L, w: L) -> L;
    /// For a missing feature.
    ///
    /// # Safety
    /// As for `Lanes`.
    unsafe fn missing<L: Lanes>(score: L, w: L) -> L;
}

/// score + x·w, the sample's numbers being negated; a missing feature takes w²/2 away.
pub(crate) struct SparseDot;
/// score + |x - w| - |w|
pub(crate) struct SparseManhattan;

impl SparseOp for SparseDot {
    #[inline(always)]
    unsafe fn step<L: Lanes>(score: L, x: L, w: L) -> L {
        // SAFETY: the caller's promise; so in all below.
        unsafe { x.multiply_add(w, score) }
    }
    #[inline(always)]
    unsafe fn missing<L: Lanes>(score: L, w: L) -> L {
        // SAFETY: as above.
        unsafe { w.multiply_add(L::splat(-0.5), L::splat(0.0)).multiply_add(w, score) }
    }
}

impl SparseOp for SparseManhattan {
    #[inline(always)]
    unsafe fn step<L: Lanes>(score: L, x: L, w: L) -> L {
        // SAFETY: as above.
        unsafe { score.add(x.sub(w).abs().sub(w.abs())) }
    }
    #[inline(always)]
    unsafe fn missing<L: Lanes>(score: L, w: L) -> L {
        // SAFETY: as above.
        unsafe { score.sub(w.abs()) }
    }
}

/// The scores of a sparse sample with the units of one panel, in two interleaved sums.
///
/// # Safety
/// As for `Lanes`.
#[inline(always)]
pub(crate) unsafe fn sparse<L: Lanes, O: SparseOp, const V: usize>(
    entries: &Entries<'_>,
    lines: &[Line],
    seeds: &Line,
) -> Line {
    assert!(V * L::COUNT == LINE);
    let mut out = Line([0.0; LINE]);
    // SAFETY: V registers fill a line, and a line is looked up by its checked index; the caller promises the
    // instructions.
    unsafe {
        let mut sums = [[L::splat(0.0); V]; 2];
        for (j, sum) in sums[0].iter_mut().enumerate() {
            *sum = L::load(seeds.0.as_ptr().add(j * L::COUNT));
        }
        if entries.missing {
            for (&f, &x) in entries.indices.iter().zip(entries.values) {
                let line = lines[f as usize].0.as_ptr();
                for (j, sum) in sums[0].iter_mut().enumerate() {
                    let w = L::load(line.add(j * L::COUNT));
                    *sum = if x.is_nan() { O::missing(*sum, w) } else { O::step(*sum, L::splat(x), w) };
                }
            }
        } else {
            let (indices, last_index) = entries.indices.as_chunks::<2>();
            let (values, last_value) = entries.values.as_chunks::<2>();
            for (f, x) in indices.iter().zip(values) {
                for ((sums, &f), &x) in sums.iter_mut().zip(f).zip(x) {
                    let line = lines[f as usize].0.as_ptr();
                    let x = L::splat(x);
                    for (j, sum) in sums.iter_mut().enumerate() {
                        *sum = O::step(*sum, x, L::load(line.add(j * L::COUNT)));
                    }
                }
            }
            for (&f, &x) in last_index.iter().zip(last_value) {
                let line = lines[f as usize].0.as_ptr();
                let x = L::splat(x);
                for (j, sum) in sums[0].iter_mut().enumerate() {
                    *sum = O::step(*sum, x, L::load(line.add(j * L::COUNT)));
                }
            }
        }
        for (j, (a, b)) in sums[0].iter().zip(&sums[1]).enumerate() {
            a.add(*b).store(out.0.as_mut_ptr().add(j * L::COUNT));
        }
    }
    out
}

#[inline(always)]
pub(crate) fn lowest_of(scores: &Line) -> f32 {
    let mut lowest: [f32; 8] = std::array::from_fn(|i| least(scores.0[i], scores.0[i + 8]));
    for half in [4, 2, 1] {
        for i in 0..half {
            lowest[i] = least(lowest[i], lowest[i + half]);
        }
    }
    lowest[0]
}

/// `min` of two numbers, wrong for NaN: one instruction.
#[inline(always)]
fn least(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn most(a: f32, b: f32) -> f32 {
    if a < b { b } else { a }
}

/// Lines that are requested ahead of their use: panels lie pages apart, where the CPU does not look ahead on its own.
const AHEAD: usize = 32;

/// Compares one tile of samples with the given panels, and keeps the scores of each panel in which one is within its
/// sample's limit.
///
/// # Safety
/// As for `Lanes`.
#[inline(always)]
pub(crate) unsafe fn pass<L: Lanes, O: Op, const S: usize, const W: usize>(
    pass: &Pass<'_>,
    x: &[f32],
    panels: &[u32],
    tile: &mut Tile,
) {
    let at_once = W * L::COUNT / LINE;
    let (depth, stride, count) = (pass.depth, pass.stride, pass.seeds.len());
    assert!(S <= MAX_TILE && (1..=2).contains(&at_once) && depth <= stride);
    assert!(pass.lines.len() == count * stride && x.len() >= depth * S * O::WIDTH);
    assert!(panels.iter().all(|&panel| (panel as usize) < count));
    let inverse = tile.step.map_or(1.0, |(_, inverse)| inverse);
    let mut rest = panels;
    while !rest.is_empty() {
        let (panels, more) = rest.split_at(at_once.min(rest.len()));
        rest = more;
        let next = if more.is_empty() { panels } else { &more[..at_once.min(more.len())] };
        // SAFETY: the assertions keep every pointer within its slice: registers beyond the last panel read that panel
        // again. The caller promises the instructions.
        unsafe {
            let mut scores = [[L::splat(0.0); W]; S];
            for j in 0..W {
                let panel = panels[(j * L::COUNT / LINE).min(panels.len() - 1)] as usize;
                let lane = j * L::COUNT % LINE;
                let seed = L::load(pass.seeds.as_ptr().cast::<f32>().add(panel * LINE + lane));
                let begun = O::begin(seed, L::splat(inverse));
                for scores in &mut scores {
                    scores[j] = begun;
                }
            }
            let line = |panel: u32| pass.lines.as_ptr().add(panel as usize * stride);
            let mut at = Cursor { x: x.as_ptr(), lines: [line(panels[0]), line(panels[panels.len() - 1])] };
            let next = [line(next[0]), line(next[next.len() - 1])];
            if depth > AHEAD {
                let ahead = at.lines.map(|line| line.wrapping_add(AHEAD));
                add_lines::<L, O, S, W>(&mut scores, &mut at, depth - AHEAD, ahead);
            }
            add_lines::<L, O, S, W>(&mut scores, &mut at, depth.min(AHEAD), next);
            // Nearly always every score is above its limit, so one test covers all of them, and only if it fails are
            // registers written out. In two halves, so that no comparison waits for the one before.
            let mut above = [None; 2];
            for (i, (scores, limit)) in scores.iter().zip(&tile.limits).enumerate() {
                let mut lowest = scores[0];
                for &score in &scores[1..] {
                    lowest = O::lesser(lowest, score);
                }
                let here = O::above(lowest, L::load(limit.0.as_ptr()));
                above[i % 2] = match above[i % 2] {
                    Some(above) => Some(L::both(above, here)),
                    None => Some(here),
                };
            }
            let all_above = match above {
                [Some(a), Some(b)] => L::all(L::both(a, b)),
                [Some(above), None] | [None, Some(above)] => L::all(above),
                [None, None] => true,
            };
            if !all_above {
                let out = tile.scores.as_mut_ptr().cast::<f32>();
                for (i, scores) in scores.iter().enumerate() {
                    for (j, score) in scores.iter().enumerate() {
                        score.store(out.add((i * W + j) * L::COUNT));
                    }
                }
                // Read back from memory, or the compiler would keep every minimum from above in registers for this rare
                // case.
                let out = std::hint::black_box(out);
                let mut samples = 0u32;
                for (i, limit) in tile.limits.iter().enumerate().take(S) {
                    let mut lowest = L::load(out.add(i * W * L::COUNT));
                    for j in 1..W {
                        lowest = O::lesser(lowest, L::load(out.add((i * W + j) * L::COUNT)));
                    }
                    let above = O::above(lowest, L::load(limit.0.as_ptr()));
                    samples |= u32::from(!L::all(above)) << i;
                }
                tile.take(samples, at_once, panels);
            }
        }
    }
}

/// How far a pass has come: the numbers of the samples, and the lines of two panels.
struct Cursor {
    x: *const f32,
    lines: [*const Line; 2],
}

/// Adds to the scores what the next `features` add, and asks for as many lines ahead.
///
/// # Safety
/// As for `Lanes`. The samples' numbers and the units' lines are there for all of the features.
#[inline(always)]
unsafe fn add_lines<L: Lanes, O: Op, const S: usize, const W: usize>(
    scores: &mut [[L; W]; S],
    at: &mut Cursor,
    features: usize,
    mut ahead: [*const Line; 2],
) {
    // SAFETY: the caller's promise.
    unsafe {
        // Two at a time, because the loop itself costs time too.
        for _ in 0..features / 2 {
            add_line::<L, O, S, W, 0>(scores, at, &ahead);
            add_line::<L, O, S, W, 1>(scores, at, &ahead);
            at.x = at.x.add(2 * S * O::WIDTH);
            at.lines = at.lines.map(|line| line.wrapping_add(2));
            ahead = ahead.map(|line| line.wrapping_add(2));
        }
        if features % 2 == 1 {
            add_line::<L, O, S, W, 0>(scores, at, &ahead);
            at.x = at.x.add(S * O::WIDTH);
            at.lines = at.lines.map(|line| line.wrapping_add(1));
        }
    }
}

/// As `add_lines`, for the feature that is `NTH` from where the pass has come to.
///
/// # Safety
/// As for `add_lines`.
#[inline(always)]
unsafe fn add_line<L: Lanes, O: Op, const S: usize, const W: usize, const NTH: usize>(
    scores: &mut [[L; W]; S],
    at: &Cursor,
    ahead: &[*const Line; 2],
) {
    // SAFETY: the caller's promise.
    unsafe {
        let mut w = [L::splat(0.0); W];
        for (j, w) in w.iter_mut().enumerate() {
            let (panel, lane) = (j * L::COUNT / LINE, j * L::COUNT % LINE);
            *w = L::load(at.lines[panel].add(NTH).cast::<f32>().add(lane));
        }
        L::prefetch(ahead[0].wrapping_add(NTH));
        if W * L::COUNT / LINE == 2 {
            L::prefetch(ahead[1].wrapping_add(NTH));
        }
        for (i, scores) in scores.iter_mut().enumerate() {
            let x = at.x.add((NTH * S + i) * O::WIDTH);
            let value = L::splat(*x);
            let mask = if O::WIDTH == 2 { L::splat(*x.add(1)) } else { value };
            for (score, w) in scores.iter_mut().zip(&w) {
                *score = O::step(*score, value, mask, *w);
            }
        }
    }
}

/// Patches of the codebook, sixteen a panel: `centre + a·u + b·v + e` with |a| ≤ α, |b| ≤ β, |e| ≤ ε holds all units of
/// a patch.
pub(crate) struct Patches {
    /// Lines of a vector: one a feature, or in pairs one for two.
    pub depth: usize,
    /// For each panel the lines of centres, then in turn a line of u and one of v.
    pub lines: Vec<Line>,
    pub facts: Vec<PatchFacts>,
}

#[derive(Clone, Copy)]
pub(crate) struct PatchFacts {
    /// What centre·x, u·x and v·x, negated, start from: |centre|²/2, and centre·u and centre·v.
    pub seeds: [Line; 3],
    /// What centre, u and v are in steps of, where they are in pairs.
    pub scales: [Line; 3],
    pub alpha: Line,
    pub beta: Line,
    pub epsilon: Line,
    /// The radius of the ball around the centre that holds the patch.
    pub ball: Line,
}

/// What is reported of a panel of patches: for each patch the least excess over the samples, and whether it is that of
/// balls, one product having been enough.
pub(crate) struct Excess {
    pub least: Line,
    pub by_ball: bool,
}

/// If at most this many patches are in reach by their balls, their units are compared at once.
const FEW_PATCHES: u32 = 2;

/// The samples of a tile as patches are compared with them.
pub(crate) struct Bounded<'a> {
    /// Their numbers, negated, one sample beside the other: features, or pairs of them.
    pub x: &'a [f32],
    /// What they are in steps of, where they are in pairs.
    pub scale: f32,
    /// Their squared norms, less the error that a bound may have; for a lane without a sample, as large as possible.
    pub squares: &'a [f32; MAX_TILE],
    /// Distances beyond which units are ignored, a little enlarged for the rounding of what is computed from them: at
    /// least 0.
    pub radius: &'a [f32; MAX_TILE],
}

/// A lower bound on the distance between the samples of a tile and the units of each patch of a panel. Gives for each
/// patch the minimum, over the samples, of that distance squared less the square of `radius` + ε. If it is above 0, no
/// sample needs the patch. `out`, if wanted (`OUT`), gets each sample's squared distances before ε (or, by balls, their
/// radius) is subtracted; only rounding makes them negative.
///
/// With y = x - centre, P = y·u, Q = y·v: |x - w| ≥ √(|y|² - g(P, α) - g(Q, β)) - ε, where g(P, α) = max over |a| ≤ α
/// of 2aP - a². Most patches are further than that already by |x - w| ≥ |y| - ball, which takes one product of the
/// three: where that leaves few, it is enough.
///
/// # Safety
/// As for `Lanes`. `T` is the level's tile.
#[inline(always)]
#[allow(clippy::needless_range_loop)] // Three vectors run side by side: the index says it best.
pub(crate) unsafe fn bounds<L: Lanes, O: Op, const S: usize, const T: usize, const V: usize, const OUT: bool>(
    patches: &Patches,
    panel: usize,
    samples: &Bounded<'_>,
    out: &mut [Line; MAX_TILE],
) -> Excess {
    let depth = patches.depth;
    let &Bounded { x, scale, radius, .. } = samples;
    assert!(V * L::COUNT == LINE && T == L::TILE && T.is_multiple_of(S) && T <= MAX_TILE);
    assert!(x.len() >= depth * T && patches.lines.len() >= (panel + 1) * 3 * depth);
    let facts = &patches.facts[panel];
    let mut least = Line([0.0; LINE]);
    // SAFETY: the assertions keep every pointer within its slice, V registers fill a line; the caller promises the
    // instructions.
    unsafe {
        let line_of = |line: &Line| -> [L; V] { std::array::from_fn(|j| L::load(line.0.as_ptr().add(j * L::COUNT))) };
        let zero = L::splat(0.0);
        let centres = patches.lines.as_ptr().add(panel * 3 * depth).cast::<f32>();
        let steps = steps_of::<L, V>(facts, scale);
        let seeds = [line_of(&facts.seeds[0]), line_of(&facts.seeds[1]), line_of(&facts.seeds[2])];
        let started = |k: usize| seeds[k].map(|seed| O::start(seed));
        let finished = |sum: L, k: usize, j: usize| O::finish(sum, || seeds[k][j], || steps[k][j]);
        let square = to_centres::<L, O, T, V>(patches, panel, samples);
        let ball = line_of(&facts.ball);
        let mut excess = [L::splat(f32::INFINITY); V];
        for (square, &radius) in square.iter().zip(radius) {
            for j in 0..V {
                let reach = L::splat(radius).add(ball[j]);
                excess[j] = excess[j].min(square[j].sub(reach.multiply_add(reach, zero)));
            }
        }
        // Where few panels are left, the other two products would cost more than those.
        if excess.iter().map(|excess| excess.at_most(zero).count_ones()).sum::<u32>() <= FEW_PATCHES {
            for (j, excess) in excess.iter().enumerate() {
                excess.store(least.0.as_mut_ptr().add(j * L::COUNT));
                if OUT {
                    for (square, out) in square.iter().zip(out.iter_mut()) {
                        square[j].store(out.0.as_mut_ptr().add(j * L::COUNT));
                    }
                }
            }
            return Excess { least, by_ball: true };
        }
        let (alpha, beta, epsilon) = (line_of(&facts.alpha), line_of(&facts.beta), line_of(&facts.epsilon));
        let mut excess = [L::splat(f32::INFINITY); V];
        for from in (0..T).step_by(S) {
            let mut sums = [[started(1), started(2)]; S];
            let mut lines = centres.add(depth * LINE);
            let mut x = x.as_ptr().add(from);
            for _ in 0..depth {
                let mut w = [[zero; V]; 2];
                for k in 0..2 {
                    for j in 0..V {
                        w[k][j] = L::load(lines.add(k * LINE + j * L::COUNT));
                    }
                }
                for (i, sums) in sums.iter_mut().enumerate() {
                    let value = L::splat(*x.add(i));
                    for k in 0..2 {
                        for j in 0..V {
                            sums[k][j] = O::step(sums[k][j], value, value, w[k][j]);
                        }
                    }
                }
                lines = lines.add(2 * LINE);
                x = x.add(T);
            }
            for (i, sums) in sums.iter().enumerate() {
                for j in 0..V {
                    let (p, q) = (finished(sums[0][j], 1, j).abs(), finished(sums[1][j], 2, j).abs());
                    let (a, b) = (p.min(alpha[j]), q.min(beta[j]));
                    // a·(2p - a), and so for b.
                    let a_gain = a.multiply_add(p.add(p).sub(a), zero);
                    let b_gain = b.multiply_add(q.add(q).sub(b), zero);
                    let near = square[from + i][j].sub(a_gain).sub(b_gain);
                    let reach = L::splat(radius[from + i]).add(epsilon[j]);
                    excess[j] = excess[j].min(near.sub(reach.multiply_add(reach, zero)));
                    if OUT {
                        near.store(out[from + i].0.as_mut_ptr().add(j * L::COUNT));
                    }
                }
            }
        }
        for (j, excess) in excess.iter().enumerate() {
            excess.store(least.0.as_mut_ptr().add(j * L::COUNT));
        }
    }
    Excess { least, by_ball: false }
}

/// What products of samples in pairs with a panel's centres, u and v are in steps of.
///
/// # Safety
/// As for `Lanes`. V registers fill a line.
#[inline(always)]
unsafe fn steps_of<L: Lanes, const V: usize>(facts: &PatchFacts, scale: f32) -> [[L; V]; 3] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut steps = [[L::splat(0.0); V]; 3];
        for (steps, line) in steps.iter_mut().zip(&facts.scales) {
            for (j, step) in steps.iter_mut().enumerate() {
                *step = L::load(line.0.as_ptr().add(j * L::COUNT)).multiply_add(L::splat(scale), L::splat(0.0));
            }
        }
        steps
    }
}

/// The squared distance of each sample of a tile from the centre of each patch of a panel.
///
/// # Safety
/// As for `Lanes`. The patches' lines and the samples' numbers are there, and V registers fill a line.
#[inline(always)]
#[allow(clippy::needless_range_loop)] // As in `bounds`.
unsafe fn to_centres<L: Lanes, O: Op, const T: usize, const V: usize>(
    patches: &Patches,
    panel: usize,
    samples: &Bounded<'_>,
) -> [[L; V]; T] {
    let depth = patches.depth;
    let facts = &patches.facts[panel];
    // SAFETY: the caller's promise.
    unsafe {
        let two = L::splat(2.0);
        let centres = patches.lines.as_ptr().add(panel * 3 * depth).cast::<f32>();
        let of = |line: &Line, j: usize| L::load(line.0.as_ptr().add(j * L::COUNT));
        let mut square = [std::array::from_fn(|j| O::start(of(&facts.seeds[0], j))); T];
        for d in 0..depth {
            let w: [L; V] = std::array::from_fn(|j| L::load(centres.add(d * LINE + j * L::COUNT)));
            for (i, square) in square.iter_mut().enumerate() {
                let value = L::splat(*samples.x.as_ptr().add(d * T + i));
                for j in 0..V {
                    square[j] = O::step(square[j], value, value, w[j]);
                }
            }
        }
        let steps = steps_of::<L, V>(facts, samples.scale)[0];
        for (square, &own) in square.iter_mut().zip(samples.squares) {
            for j in 0..V {
                let score = O::finish(square[j], || of(&facts.seeds[0], j), || steps[j]);
                square[j] = score.multiply_add(two, L::splat(own));
            }
        }
        square
    }
}

/// As `to_centres`, written out.
///
/// # Safety
/// As for `Lanes`. `T` is the level's tile.
#[inline(always)]
#[allow(clippy::needless_range_loop)] // As in `bounds`.
pub(crate) unsafe fn centres<L: Lanes, O: Op, const T: usize, const V: usize>(
    patches: &Patches,
    panel: usize,
    samples: &Bounded<'_>,
    out: &mut [Line; MAX_TILE],
) {
    let depth = patches.depth;
    assert!(V * L::COUNT == LINE && T == L::TILE && T <= MAX_TILE);
    assert!(samples.x.len() >= depth * T && patches.lines.len() >= (panel + 1) * 3 * depth);
    // SAFETY: the assertions keep every pointer within its slice, V registers fill a line; the caller promises the
    // instructions.
    unsafe {
        for (square, out) in to_centres::<L, O, T, V>(patches, panel, samples).iter().zip(out) {
            for j in 0..V {
                square[j].store(out.0.as_mut_ptr().add(j * L::COUNT));
            }
        }
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
            let mut sum = to;
            for &chain in &chains {
                sum = sum.add(chain);
            }
            sum.store(lanes.as_mut_ptr());
            lanes[0]
        };
        std::hint::black_box(total);
        2.0 * (self.rounds * CHAINS * L::COUNT) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_whole_score_within_a_limit_is_above_it_in_steps() {
        for step in [1e-30f32, 3e-9, 0.7, 2e5] {
            for whole in [i32::MIN + 1, -2_025_000_000, -16_777_217, -3, -1, 0, 1, 2, 33_554_433, 2_025_000_000] {
                let score = score_of(f32::from_bits(whole as u32), step);
                assert!(whole <= whole_limit(score * (1.0 / step)), "{whole} steps of {step}");
            }
            assert_eq!(score_of(f32::from_bits(NO_SCORE as i32 as u32), step), f32::INFINITY);
        }
        assert_eq!((whole_limit(f32::NEG_INFINITY), whole_limit(f32::MAX)), (i32::MIN, i32::MAX));
    }
}
