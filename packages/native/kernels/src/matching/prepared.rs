//! What one call of the matcher shares among its workers.

use super::Benches;
use super::frame::Frame;
use super::pairs;
use super::panels::{Form, NO_UNIT, Panels};
use super::plain::{self, Found, Nearest, Plain, Quick, Sample};
use super::tree::Tree;
use crate::metric::Metric;
use crate::samples::Matrix;
use crate::simd::kernel::{
    Bounded, Chebyshev, Dot, Hit, Manhattan, MaskedChebyshev, MaskedManhattan, Pairs, Pass, Patches, Tile, reached,
};
use crate::simd::{LINE, Lanes, Level, Line, MAX_TILE, prefetch};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(crate) struct Prepared<'a> {
    pub level: Level,
    pub matrix: Matrix<'a>,
    pub plain: Plain<'a>,
    pub frame: Frame,
    pub panels: Panels,
    pub want_second: bool,
    /// For each row whether it has a missing value, where known.
    pub gaps: Option<&'a [bool]>,
    /// For each row a panel in which its nearest unit may well be, where known: brute force starts from its scores.
    pub hints: Option<Vec<u32>>,
    pub benches: Arc<Benches>,
    /// Set where pairs turned out to be too coarse: what is found is not complete then.
    pub too_coarse: AtomicBool,
}

impl<'a> Prepared<'a> {
    /// A row with every number written out: in `written`, where the matrix is sparse.
    #[inline(always)]
    pub fn row<'b>(&self, row: u32, written: &'b mut Vec<f32>) -> &'b [f32]
    where
        'a: 'b,
    {
        match Sample::of(&self.matrix, row as usize) {
            Sample::Dense(x) => x,
            Sample::Sparse { indices, values } => {
                written.clear();
                written.resize(self.frame.features, 0.0);
                indices.iter().zip(values).for_each(|(&f, &x)| written[f as usize] = x);
                written
            }
        }
    }

    /// A score that a unit of a panel has (two units, where the second best is wanted), for a sample in the frame.
    #[inline(always)]
    fn reached<L: Lanes>(&self, x: &[f32], scale: f32, panel: usize) -> f32 {
        let Panels { stride, lines, seeds, .. } = &self.panels;
        let (lines, seeds) = (&lines[panel * stride..(panel + 1) * stride], &seeds[panel]);
        let scores = match self.metric() {
            _ if self.panels.form == Form::Pairs => L::single::<Pairs>(x, lines, seeds, scale),
            Metric::Euclidean | Metric::Cosine => L::single::<Dot>(x, lines, seeds, scale),
            Metric::Manhattan => L::single::<Manhattan>(x, lines, seeds, scale),
            Metric::Chebyshev => L::single::<Chebyshev>(x, lines, seeds, scale),
        };
        reached(&scores, self.want_second)
    }

    pub fn metric(&self) -> Metric {
        self.frame.metric
    }

    /// Takes note of how many units of so many rows a part has compared by the definition: where they are too many, f32 scores are quicker.
    pub fn note_compared(&self, compared: usize, rows: usize) {
        if self.panels.form == Form::Pairs && compared > rows * self.worth_comparing() + COMPARED_LEAST {
            self.too_coarse.store(true, Ordering::Relaxed);
        }
    }

    /// Whether pairs turned out to be too coarse.
    pub fn is_too_coarse(&self) -> bool {
        self.too_coarse.load(Ordering::Relaxed)
    }

    /// What a row finds by the definition alone.
    pub fn by_definition(&self, row: u32) -> Found {
        let nearest = self.plain.nearest(Sample::of(&self.matrix, row as usize));
        Found::of(row, &nearest, self.metric(), self.want_second)
    }

    /// Units of a row whose comparing by the definition costs about half of what pairs spare.
    fn worth_comparing(&self) -> usize {
        self.panels.count() * self.frame.features / (4 * self.frame.features + 160) + 4
    }
}

/// A few samples packed for the register tile: complete ones, or such as miss some features.
#[derive(Default)]
pub(crate) struct Batch {
    pub rows: Vec<u32>,
    /// depth × TILE × width numbers; in pairs, where panels are.
    x: Vec<f32>,
    written: Vec<f32>,
    /// Units compared by the definition, of all rows since the batch was readied.
    pub compared: usize,
    pub masked: bool,
    pub tile: Tile,
    nearest: [Nearest; MAX_TILE],
    /// Whether hits of this batch were settled before its end.
    settled: bool,
    /// Norms of the samples in the frame.
    norms: [f64; MAX_TILE],
    /// Where samples are in pairs: what they are in steps of, and bounds on the norms of what rounding took away.
    steps: [f32; MAX_TILE],
    errors: [f64; MAX_TILE],
}

impl Batch {
    /// Lines of a panel that count for the batch.
    fn depth(&self, prepared: &Prepared<'_>) -> usize {
        match prepared.metric() {
            Metric::Euclidean if self.masked => 2 * prepared.frame.features,
            _ => prepared.frame.features,
        }
    }

    fn width(&self, metric: Metric) -> usize {
        match metric {
            Metric::Manhattan | Metric::Chebyshev if self.masked => 2,
            _ => 1,
        }
    }

    /// Readies the batch for rows of another call.
    pub fn ready(&mut self, prepared: &Prepared<'_>, masked: bool) {
        self.masked = masked;
        self.compared = 0;
        self.tile.ready(prepared.want_second, prepared.frame.factor());
    }

    /// Asks for rows that will be packed soon: sorted rows lie anywhere in memory.
    #[inline(always)]
    pub fn expect(prepared: &Prepared<'_>, rows: &[u32]) {
        for &row in rows {
            if let Sample::Dense(x) = Sample::of(&prepared.matrix, row as usize) {
                prefetch(x);
            }
        }
    }

    /// Packs the given rows. Those whose scores could not be trusted are left out of the tile and given back as `unproven`.
    #[inline(always)]
    pub fn pack<L: Lanes>(
        &mut self,
        prepared: &Prepared<'_>,
        rows: &[u32],
        scratch: &mut Vec<f32>,
        unproven: &mut Vec<u32>,
    ) {
        let (features, metric) = (prepared.frame.features, prepared.metric());
        let (depth, width) = (self.depth(prepared), self.width(metric));
        self.rows.clear();
        self.rows.extend_from_slice(rows);
        self.tile.hits.clear();
        self.nearest = [Nearest::default(); MAX_TILE];
        self.settled = false;
        if let (Metric::Euclidean, false, Matrix::Dense { .. }) = (metric, self.masked, &prepared.matrix) {
            return self.pack_complete::<L>(prepared, rows, scratch, unproven);
        }
        scratch.clear();
        scratch.resize(features, 0.0);
        self.x.clear();
        self.x.resize(depth * L::TILE * width, 0.0);
        let mut written = Vec::new();
        for lane in 0..L::TILE {
            let Some(&row) = rows.get(lane) else {
                self.tile.skip(lane);
                continue;
            };
            let x = prepared.row(row, &mut written);
            let norm = prepared.frame.sample(x, self.masked, scratch);
            self.norms[lane] = if prepared.metric() == Metric::Cosine { 1.0 } else { norm };
            if self.masked && x.iter().all(|x| x.is_nan()) {
                self.tile.skip(lane);
                continue;
            }
            let slack = prepared.frame.slack(norm, depth);
            if metric == Metric::Cosine && norm == 0.0 {
                self.tile.skip(lane);
                self.nearest[lane] = Nearest::all_at(1.0, prepared.plain.units());
                continue;
            }
            if !slack.is_finite() {
                self.tile.skip(lane);
                unproven.push(row);
                continue;
            }
            let bound = match &prepared.hints {
                Some(hints) if !self.masked => prepared.reached::<L>(scratch, 1.0, hints[row as usize] as usize),
                _ => f32::INFINITY,
            };
            self.tile.start(lane, slack, bound);
            let columns = self.x[lane * width..].chunks_mut(L::TILE * width);
            if !self.masked {
                columns.zip(scratch.iter()).for_each(|(column, &x)| column[0] = x);
            } else if width == 2 {
                for ((column, &value), x) in columns.zip(scratch.iter()).zip(x) {
                    (column[0], column[1]) = (value, if x.is_nan() { 0.0 } else { 1.0 });
                }
            } else {
                let masks = x.iter().map(|x| if x.is_nan() { 0.0 } else { 1.0 });
                columns.zip(scratch.iter().copied().chain(masks)).for_each(|(column, x)| column[0] = x);
            }
        }
    }

    /// As `pack`, for the commonest rows: dense and complete, compared by euclidean distance.
    #[inline(always)]
    fn pack_complete<L: Lanes>(
        &mut self,
        prepared: &Prepared<'_>,
        rows: &[u32],
        scratch: &mut Vec<f32>,
        unproven: &mut Vec<u32>,
    ) {
        let (frame, panels) = (&prepared.frame, &prepared.panels);
        let in_pairs = panels.form == Form::Pairs;
        let depth = panels.form.lines(frame.features);
        self.x.resize(depth * L::TILE, 0.0);
        self.written.resize(depth, 0.0);
        // What a sample's numbers decide is worked out for all samples at once: by itself each would wait for roots and quotients.
        scratch.resize(L::TILE * frame.features, 0.0);
        let mut tops = [0.0f32; MAX_TILE];
        for (lane, (&row, framed)) in rows.iter().zip(scratch.chunks_exact_mut(frame.features)).enumerate() {
            let Sample::Dense(x) = Sample::of(&prepared.matrix, row as usize) else { unreachable!("rows are dense") };
            self.norms[lane] = frame.complete_sample(x, framed);
            tops[lane] = if in_pairs { pairs::top_of(framed) } else { 0.0 };
        }
        let mut slacks = [0.0f32; MAX_TILE];
        for lane in 0..L::TILE {
            self.norms[lane] = self.norms[lane].sqrt();
            slacks[lane] = frame.slack(self.norms[lane], frame.features);
            self.steps[lane] = pairs::scale_for(self.norms[lane], tops[lane]);
        }
        for (lane, (&row, framed)) in rows.iter().zip(scratch.chunks_exact(frame.features)).enumerate() {
            let mut slack = slacks[lane];
            if !slack.is_finite() {
                self.leave_out::<L>(lane);
                unproven.push(row);
                continue;
            }
            let (mut written, mut scale) = (framed, 1.0);
            if in_pairs {
                let error = pairs::write(framed, self.steps[lane], &mut self.written);
                self.errors[lane] = error;
                slack = round_up(f64::from(slack) + pairs::slack(self.norms[lane], error, frame.largest, panels.error));
                scale = self.steps[lane] * panels.scale;
                self.tile.set_scale(lane, scale);
                written = &self.written;
            }
            for (column, &x) in self.x.chunks_exact_mut(L::TILE).zip(written) {
                column[lane] = x;
            }
            let bound = match &prepared.hints {
                Some(hints) => prepared.reached::<L>(written, scale, hints[row as usize] as usize),
                None => f32::INFINITY,
            };
            self.tile.start(lane, slack, bound);
        }
        (rows.len()..L::TILE).for_each(|lane| self.leave_out::<L>(lane));
    }

    /// Readies a lane that has no sample: its numbers must not be such as would make the scores NaN.
    #[inline(always)]
    fn leave_out<L: Lanes>(&mut self, lane: usize) {
        self.tile.skip(lane);
        self.x.chunks_exact_mut(L::TILE).for_each(|column| column[lane] = 0.0);
    }

    /// Goes through the given panels, none of which the batch has met before.
    #[inline(always)]
    pub fn scan<L: Lanes>(&mut self, prepared: &Prepared<'_>, panels: &[u32]) {
        let from = &prepared.panels;
        let seeds = if self.masked { &from.zeros } else { &from.seeds };
        let in_pairs = from.form == Form::Pairs;
        let depth = if in_pairs { from.stride } else { self.depth(prepared) };
        let pass = Pass { depth, stride: from.stride, lines: &from.lines, seeds };
        let (x, tile) = (&self.x, &mut self.tile);
        match (prepared.metric(), self.masked) {
            _ if in_pairs => L::pass::<Pairs>(&pass, x, panels, tile),
            (Metric::Euclidean | Metric::Cosine, _) => L::pass::<Dot>(&pass, x, panels, tile),
            (Metric::Manhattan, false) => L::pass::<Manhattan>(&pass, x, panels, tile),
            (Metric::Manhattan, true) => L::pass::<MaskedManhattan>(&pass, x, panels, tile),
            (Metric::Chebyshev, false) => L::pass::<Chebyshev>(&pass, x, panels, tile),
            (Metric::Chebyshev, true) => L::pass::<MaskedChebyshev>(&pass, x, panels, tile),
        }
        if self.tile.hits.len() > MAX_HITS {
            self.settle(prepared);
        }
    }

    /// What the bounds of patches start from: squared norms, less the error that such a bound may have.
    #[inline(always)]
    pub fn squares<L: Lanes>(&self, tree: &Tree, prepared: &Prepared<'_>) -> [f32; MAX_TILE] {
        let in_pairs = prepared.panels.form == Form::Pairs;
        let mut squares = [0.0; MAX_TILE];
        for (lane, square) in squares.iter_mut().enumerate().take(L::TILE) {
            let norm = self.norms[lane];
            let mut error = prepared.frame.bound_error(norm, tree.centre, tree.reach);
            if in_pairs {
                error += pairs::slack(norm, self.errors[lane], tree.centre, tree.centre_error)
                    + tree.reach * pairs::slack(norm, self.errors[lane], 1.0 + 1e-6, tree.direction_error)
                    + pairs::UNDERFLOW * (1.0 + tree.reach);
            }
            *square = round_down(norm * norm * (1.0 - NORM_ERROR) - error);
        }
        squares
    }

    /// `kernel::bounds` of a panel of patches.
    #[inline(always)]
    pub fn bounds<L: Lanes, const OUT: bool>(
        &self,
        patches: &Patches,
        panel: usize,
        form: Form,
        squares: &[f32; MAX_TILE],
        radius: &[f32; MAX_TILE],
        out: &mut [Line; MAX_TILE],
    ) -> Line {
        let samples = Bounded { x: &self.x, scales: &self.steps, squares, radius };
        match form {
            Form::Floats => L::bounds::<Dot, OUT>(patches, panel, &samples, out),
            Form::Pairs => L::bounds::<Pairs, OUT>(patches, panel, &samples, out),
        }
    }

    /// The distance in the frame beyond which a unit's score is above the limit, for each sample.
    #[inline(always)]
    pub fn radius<L: Lanes>(&self) -> [f32; MAX_TILE] {
        let mut radius = [f32::NEG_INFINITY; MAX_TILE];
        for (lane, radius) in radius.iter_mut().enumerate().take(L::TILE) {
            let (limit, slack) = (self.tile.limit(lane), self.tile.slack(lane));
            let square =
                self.norms[lane] * self.norms[lane] * (1.0 + NORM_ERROR) + 2.0 * f64::from(limit) + f64::from(slack);
            let within = (square.max(0.0).sqrt() * (1.0 + 1e-6)) as f32;
            *radius = if limit == f32::NEG_INFINITY { f32::NEG_INFINITY } else { within };
        }
        radius
    }

    /// Compares by the definition the units whose scores are within the limits as they are now, and forgets the others.
    #[inline(always)]
    fn settle(&mut self, prepared: &Prepared<'_>) {
        for hit in &self.tile.hits {
            let mut within = within(&self.tile, hit);
            while within != 0 {
                let unit = prepared.panels.units[hit.panel as usize * LINE + within.trailing_zeros() as usize];
                within &= within - 1;
                if unit != NO_UNIT {
                    let sample = Sample::of(&prepared.matrix, self.rows[hit.lane as usize] as usize);
                    self.compared += 1;
                    let value = prepared.plain.compared(sample, unit as usize);
                    self.nearest[hit.lane as usize].take(unit as usize, value);
                }
            }
        }
        self.tile.hits.clear();
        self.settled = true;
    }

    /// Settles what is left, and gives each row its nearest units.
    #[inline(always)]
    pub fn finish(&mut self, prepared: &Prepared<'_>, found: &mut Vec<Found>) {
        let quickly = prepared.metric() == Metric::Euclidean && !self.masked && !self.settled;
        match prepared.matrix {
            Matrix::Dense { .. } if quickly => self.settle_quickly(prepared),
            _ => self.settle(prepared),
        }
        let (metric, want_second) = (prepared.metric(), prepared.want_second);
        let all = self.rows.iter().zip(&self.nearest);
        found.extend(all.map(|(&row, nearest)| Found::of(row, nearest, metric, want_second)));
    }

    /// Lowers the limits of samples that have several candidates by the distance of the one with the least score: the nearest unit's own
    /// score is at most what that distance makes of it, and half a slack.
    #[inline(always)]
    fn narrow(&mut self, prepared: &Prepared<'_>) {
        let (plain, frame) = (&prepared.plain, &prepared.frame);
        let mut least = [(f32::INFINITY, NO_UNIT); MAX_TILE];
        let mut candidates = [0u32; MAX_TILE];
        for hit in &self.tile.hits {
            let (lane, mut within) = (hit.lane as usize, within(&self.tile, hit));
            candidates[lane] += within.count_ones();
            while within != 0 {
                let i = within.trailing_zeros() as usize;
                within &= within - 1;
                if hit.scores.0[i] < least[lane].0 {
                    least[lane] = (hit.scores.0[i], prepared.panels.units[hit.panel as usize * LINE + i]);
                }
            }
        }
        let (scale, error) = (f64::from(frame.scale), plain::quick_error(frame.features));
        for (lane, &row) in self.rows.iter().enumerate() {
            let (Sample::Dense(x), (_, unit)) = (Sample::of(&prepared.matrix, row as usize), least[lane]) else {
                continue;
            };
            if candidates[lane] < CANDIDATES_NARROWED || unit == NO_UNIT {
                continue;
            }
            let square = plain::quick_euclidean(x, plain.prototype(unit as usize)) * scale * scale * (1.0 + error);
            let score = (square - self.norms[lane] * self.norms[lane] * (1.0 - NORM_ERROR)) / 2.0;
            self.tile.lower_limit(lane, round_up(score + f64::from(self.tile.slack(lane)) / 2.0));
        }
    }

    /// As `settle`, where every candidate of the batch is still a hit: by sums in any order, and by the definition only for samples where
    /// these are too near to each other, or to the middle between two f32 distances, to tell.
    #[inline(always)]
    fn settle_quickly(&mut self, prepared: &Prepared<'_>) {
        if !prepared.want_second {
            self.narrow(prepared);
        }
        let plain = &prepared.plain;
        let mut quick = [Quick::default(); MAX_TILE];
        for hit in &self.tile.hits {
            let Sample::Dense(x) = Sample::of(&prepared.matrix, self.rows[hit.lane as usize] as usize) else {
                continue;
            };
            // A loop, not a closure: what a closure holds might be compiled without the level's instructions.
            let mut within = within(&self.tile, hit);
            while within != 0 {
                let unit = prepared.panels.units[hit.panel as usize * LINE + within.trailing_zeros() as usize];
                within &= within - 1;
                if unit != NO_UNIT {
                    self.compared += 1;
                    let value = plain::quick_euclidean(x, plain.prototype(unit as usize));
                    quick[hit.lane as usize].take(unit as usize, value);
                }
            }
        }
        let error = plain::quick_error(prepared.frame.features);
        let mut unsure = 0u32;
        for (lane, quick) in quick.iter().enumerate().take(self.rows.len()) {
            self.nearest[lane] = quick.nearest;
            unsure |= u32::from(!quick.is_sure(error, prepared.want_second)) << lane;
        }
        if unsure != 0 {
            self.tile.hits.retain(|hit| unsure >> hit.lane & 1 != 0);
            (0..self.rows.len())
                .filter(|lane| unsure >> lane & 1 != 0)
                .for_each(|lane| self.nearest[lane] = Nearest::default());
            self.settle(prepared);
        }
    }
}

/// The lanes of a hit's panel whose scores are within the limit as it is now.
#[inline(always)]
fn within(tile: &Tile, hit: &Hit) -> u32 {
    let (limit, scores) = (tile.limit(hit.lane as usize), &hit.scores.0);
    (0..LINE).fold(0u32, |bits, i| bits | (u32::from(scores[i] <= limit) << i))
}

/// More than the share of itself by which a squared norm can be wrong.
const NORM_ERROR: f64 = 1e-6;

fn round_up(x: f64) -> f32 {
    (x + x.abs() * 1e-7) as f32
}

fn round_down(x: f64) -> f32 {
    (x - x.abs() * 1e-7) as f32
}

/// With fewer candidates than these a sample's limit is left as it is.
const CANDIDATES_NARROWED: u32 = 3;

/// Units that are compared before anything is made of their number.
const COMPARED_LEAST: usize = 256;

/// Hits that a batch keeps before it settles them: many equal prototypes could make it keep them all.
const MAX_HITS: usize = 2048;
