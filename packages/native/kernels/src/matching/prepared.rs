//! What one call of the matcher shares among its workers.

use super::Benches;
use super::frame::Frame;
use super::matches::Found;
use super::pairs;
use super::panels::{Form, NO_UNIT, Panels, side_by_side};
use super::plain::{Plain, Sample};
use super::quick::{self, Quick};
use super::ranked::{self, NOT_RANKED, Nearest, Ranked, Ranks};
use super::tree::{REACH, Tree};
use crate::metric::Metric;
use crate::samples::Matrix;
use crate::simd::kernel::{
    Bounded, Chebyshev, Dot, Excess, Hit, Manhattan, MaskedChebyshev, MaskedManhattan, Pairs, Pass, Patches, Tile,
    lowest_of, reached,
};
use crate::simd::{LINE, Lanes, Level, Line, MAX_TILE, prefetch};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub(crate) struct Prepared<'a> {
    pub level: Level,
    pub matrix: Matrix<'a>,
    pub plain: Plain<'a>,
    pub frame: Frame,
    pub panels: Panels,
    /// How many units each row asks for: 1, 2 or more.
    pub wanted: usize,
    /// Whether each row has a missing value, if known.
    pub missing: Option<&'a [bool]>,
    /// For each row, a panel that probably has its nearest unit, if known. Brute force starts from its scores.
    pub hints: Option<Vec<u32>>,
    pub benches: Arc<Benches>,
    /// Set if pairs were too coarse; then the result is incomplete.
    pub too_coarse: AtomicBool,
    /// Units of the current rows compared by the definition.
    pub compared: AtomicUsize,
}

impl<'a> Prepared<'a> {
    /// A row with all its numbers; a sparse row is written to `written`.
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

    /// A score that a unit of a panel has (two units, where the second best is wanted), for a sample in the frame whose
    /// numbers lie so far apart.
    #[inline(always)]
    fn reached<L: Lanes>(&self, x: &[f32], apart: usize, scales: &Line, panel: usize) -> f32 {
        let Panels { stride, lines, seeds, .. } = &self.panels;
        // Without the lines for samples with missing values.
        let depth = self.panels.form.lines(self.frame.features);
        let (lines, seeds) = (&lines[panel * stride..][..depth], &seeds[panel]);
        let scores = match self.metric() {
            _ if self.panels.form == Form::Pairs => L::single::<Pairs>(x, apart, lines, seeds, scales),
            Metric::Euclidean | Metric::Cosine => L::single::<Dot>(x, apart, lines, seeds, scales),
            Metric::Manhattan => L::single::<Manhattan>(x, apart, lines, seeds, scales),
            Metric::Chebyshev => L::single::<Chebyshev>(x, apart, lines, seeds, scales),
        };
        reached(&scores, self.wanted)
    }

    pub fn metric(&self) -> Metric {
        self.frame.metric
    }

    #[inline(always)]
    pub fn wants_second(&self) -> bool {
        self.wanted == 2
    }

    /// Whether rows ask for more units than `Nearest` holds.
    #[inline(always)]
    pub fn ranks(&self) -> bool {
        self.wanted > 2
    }

    /// Starts counting the units compared by the definition, for the rows that follow.
    pub fn count_compared(&self) {
        self.compared.store(0, Ordering::Relaxed);
    }

    /// Takes note of how many more units a part has compared by the definition, of all the rows that all parts have:
    /// where they are too many, f32 scores are quicker.
    pub fn note_compared(&self, more: usize, rows: usize, worth: usize) {
        let compared = self.compared.fetch_add(more, Ordering::Relaxed) + more;
        if self.panels.form == Form::Pairs && compared > rows * worth + COMPARED_LEAST {
            self.too_coarse.store(true, Ordering::Relaxed);
        }
    }

    /// Whether pairs were too coarse.
    pub fn is_too_coarse(&self) -> bool {
        self.too_coarse.load(Ordering::Relaxed)
    }

    /// Matches a row by the definition only.
    pub fn by_definition(&self, row: u32) -> Found {
        let nearest = self.plain.nearest(Sample::of(&self.matrix, row as usize));
        Found::of(row, &nearest, self.metric(), self.wants_second())
    }

    /// How many more units per row, beside those requested, can be compared by the definition for about half of what
    /// pairs save.
    pub fn worth_comparing(&self) -> usize {
        let wanted = if self.ranks() { 2 * self.wanted } else { 4 };
        self.panels.count() * self.frame.features / (4 * self.frame.features + 160) + wanted
    }
}

/// A few samples packed for the register tile: all complete, or with missing features.
#[derive(Default)]
pub(crate) struct Batch {
    pub rows: Vec<u32>,
    /// depth × TILE × width numbers; in pairs, where panels are.
    x: Vec<f32>,
    /// Units compared by the definition since the batch was prepared, over all rows.
    pub compared: usize,
    pub masked: bool,
    pub tile: Tile,
    nearest: [Nearest; MAX_TILE],
    /// If more than two units are requested, those of each row, as kept by `ranked::take`.
    ranked: Vec<Ranked>,
    /// Whether some hits of this batch were settled before its end.
    settled: bool,
    /// Norms of the samples in the frame.
    norms: [f64; MAX_TILE],
    /// For samples in pairs: their step sizes, and bounds on the norms of the rounding errors.
    scale: f32,
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

    /// Prepares the batch for the rows of another call.
    pub fn ready(&mut self, prepared: &Prepared<'_>, masked: bool) {
        self.masked = masked;
        self.compared = 0;
        self.tile.ready(prepared.wanted, prepared.frame.factor());
        self.ranked.clear();
        if prepared.ranks() {
            self.ranked.resize(MAX_TILE * prepared.wanted, NOT_RANKED);
        }
    }

    /// Prefetches rows that will be packed soon, because sorted rows are scattered in memory.
    #[inline(always)]
    pub fn expect(prepared: &Prepared<'_>, rows: &[u32]) {
        for &row in rows {
            if let Sample::Dense(x) = Sample::of(&prepared.matrix, row as usize) {
                prefetch(x);
            }
        }
    }

    /// Packs the given rows. Rows without a proven bound on their scores are left out of the tile and returned as
    /// `unproven`.
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
        self.ranked.fill(NOT_RANKED);
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
                if prepared.ranks() {
                    let first = 0..prepared.plain.units().min(prepared.wanted) as u32;
                    let ranked = self.ranked[lane * prepared.wanted..].iter_mut();
                    ranked.zip(first).for_each(|(ranked, unit)| *ranked = (1.0, unit));
                }
                continue;
            }
            if !slack.is_finite() {
                self.tile.skip(lane);
                unproven.push(row);
                continue;
            }
            let bound = match &prepared.hints {
                Some(hints) if !self.masked => {
                    prepared.reached::<L>(scratch, 1, &self.tile.step(), hints[row as usize] as usize)
                }
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

    /// As `pack`, for the most common rows: dense and complete, compared by euclidean distance.
    #[inline(always)]
    fn pack_complete<L: Lanes>(
        &mut self,
        prepared: &Prepared<'_>,
        rows: &[u32],
        scratch: &mut Vec<f32>,
        unproven: &mut Vec<u32>,
    ) {
        if L::TILE <= MAX_TILE / 2 {
            self.pack_columns::<L, { MAX_TILE / 2 }>(prepared, rows, scratch, unproven);
        } else {
            self.pack_columns::<L, MAX_TILE>(prepared, rows, scratch, unproven);
        }
    }

    /// As `pack_complete`, for tiles of at most `W` samples: what is worked out for one is worked out for all of them
    /// at once.
    #[inline(always)]
    fn pack_columns<L: Lanes, const W: usize>(
        &mut self,
        prepared: &Prepared<'_>,
        rows: &[u32],
        scratch: &mut Vec<f32>,
        unproven: &mut Vec<u32>,
    ) {
        let (frame, panels) = (&prepared.frame, &prepared.panels);
        let in_pairs = panels.form == Form::Pairs;
        let depth = panels.form.lines(frame.features);
        // W numbers are written at a time: those beyond the tile lie where the next column will, or in the room at the
        // end.
        self.x.resize(depth * L::TILE + W - L::TILE, 0.0);
        if scratch.len() < frame.features * W {
            scratch.resize(frame.features * W, 0.0);
        }
        let columns = &mut scratch.as_chunks_mut::<W>().0[..frame.features];
        let (mut squares, mut tops) = ([0.0f64; W], [0.0f32; W]);
        for (block, columns) in columns.chunks_mut(COLUMNS).enumerate() {
            // Lanes without a row repeat the last one.
            let samples: [&[f32]; W] = std::array::from_fn(|lane| {
                let Sample::Dense(x) = Sample::of(&prepared.matrix, rows[lane.min(rows.len() - 1)] as usize) else {
                    unreachable!("rows are dense")
                };
                &x[block * COLUMNS..]
            });
            // The CPU's own prefetcher does not follow this many rows at once.
            for sample in samples.iter().take(rows.len()) {
                prefetch(sample.get(COLUMNS..).map_or(&[], |next| &next[..COLUMNS.min(next.len())]));
            }
            side_by_side::<L, W>(&samples, columns);
            frame.complete_samples(block * COLUMNS, columns, &mut squares, &mut tops);
        }
        let mut slacks = [0.0f32; W];
        for lane in 0..W {
            self.norms[lane] = squares[lane].sqrt();
            slacks[lane] = frame.slack(self.norms[lane], frame.features);
        }
        if in_pairs {
            self.leave_out_far(frame.largest, &mut slacks[..rows.len().min(L::TILE)]);
            // One scale for all, so that their scores are in the same steps; a score takes in half a squared prototype,
            // too.
            let (mut norm, mut top) = (0.0f64, 0.0f32);
            for lane in (0..L::TILE.min(rows.len())).filter(|&lane| slacks[lane].is_finite()) {
                norm = norm.max(self.norms[lane]);
                top = top.max(tops[lane]);
            }
            let scale = pairs::scale_for(norm + frame.largest / 2.0, top);
            self.scale = scale;
            let step = scale * panels.scale;
            self.tile.set_step(step);
            let left = pairs::write_columns(columns, &[1.0 / scale; W], &mut self.x, L::TILE);
            for lane in 0..W {
                let error = pairs::error_of(scale, left[lane], frame.features);
                self.errors[lane] = error;
                // The initial value of a score is rounded to a step.
                let more = pairs::slack(self.norms[lane], error, frame.largest, panels.error) + 1.01 * f64::from(step);
                slacks[lane] = round_up(f64::from(slacks[lane]) + more);
            }
        } else {
            for (d, column) in columns.iter().enumerate() {
                self.x[d * L::TILE..][..W].copy_from_slice(column);
            }
        }
        for (lane, &slack) in slacks.iter().enumerate().take(L::TILE) {
            let Some(&row) = rows.get(lane) else {
                self.leave_out::<L>(lane);
                continue;
            };
            if !slack.is_finite() {
                if self.norms[lane].is_nan() {
                    prepared.benches.met_missing.store(true, Ordering::Relaxed);
                }
                self.leave_out::<L>(lane);
                self.compared += prepared.plain.units();
                unproven.push(row);
                continue;
            }
            let bound = match &prepared.hints {
                Some(hints) => {
                    prepared.reached::<L>(&self.x[lane..], L::TILE, &self.tile.step(), hints[row as usize] as usize)
                }
                None => f32::INFINITY,
            };
            self.tile.start(lane, slack, bound);
        }
    }

    /// Sets an infinite slack for samples so far from the others and from the codebook that steps of their size would
    /// be too coarse for the others.
    #[inline(always)]
    fn leave_out_far(&self, largest: f64, slacks: &mut [f32]) {
        let there = slacks.iter().zip(&self.norms).filter(|(slack, _)| slack.is_finite());
        let least = there.fold(f64::INFINITY, |least, (_, &norm)| least.min(norm));
        for (slack, &norm) in slacks.iter_mut().zip(&self.norms) {
            if norm > TIMES_FARTHER * (least + largest) {
                *slack = f32::INFINITY;
            }
        }
    }

    /// Fills a lane without a sample with numbers that do not make scores NaN.
    #[inline(always)]
    fn leave_out<L: Lanes>(&mut self, lane: usize) {
        self.tile.skip(lane);
        (self.errors[lane], self.norms[lane]) = (0.0, 0.0);
        self.x[lane..].iter_mut().step_by(L::TILE).for_each(|x| *x = 0.0);
    }

    /// In a panel of patches, the one whose centre is nearest to a sample.
    #[inline(always)]
    pub fn nearest_patch<L: Lanes>(&self, patches: &Patches, panel: usize, form: Form, lane: usize) -> usize {
        let depth = patches.depth;
        let (lines, facts) = (&patches.lines[panel * 3 * depth..][..depth], &patches.facts[panel]);
        let (x, seeds) = (&self.x[lane..], &facts.seeds[0]);
        let scores = match form {
            Form::Floats => L::single::<Dot>(x, L::TILE, lines, seeds, seeds),
            Form::Pairs => {
                let scales = Line(facts.scales[0].0.map(|scale| scale * self.scale));
                L::single::<Pairs>(x, L::TILE, lines, seeds, &scales)
            }
        };
        place_of_least::<L>(&scores)
    }

    /// Scores the given panels, none of which the batch has met before.
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
            if prepared.ranks() { self.rank::<L>(prepared) } else { self.settle::<L>(prepared) }
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
            let is_there = self.tile.limit(lane) != f32::NEG_INFINITY;
            *square = if is_there { round_down(norm * norm * (1.0 - NORM_ERROR) - error) } else { f32::MAX };
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
    ) -> Excess {
        let samples = Bounded { x: &self.x, scale: self.scale, squares, radius };
        match form {
            Form::Floats => L::bounds::<Dot, OUT>(patches, panel, &samples, out),
            Form::Pairs => L::bounds::<Pairs, OUT>(patches, panel, &samples, out),
        }
    }

    /// `kernel::centres` of a panel of patches.
    #[inline(always)]
    pub fn centres<L: Lanes>(
        &self,
        patches: &Patches,
        panel: usize,
        form: Form,
        squares: &[f32; MAX_TILE],
        out: &mut [Line; MAX_TILE],
    ) {
        let samples = Bounded { x: &self.x, scale: self.scale, squares, radius: &[0.0; MAX_TILE] };
        match form {
            Form::Floats => L::centres::<Dot>(patches, panel, &samples, out),
            Form::Pairs => L::centres::<Pairs>(patches, panel, &samples, out),
        }
    }

    /// The distance in the frame beyond which a unit's score is above the limit, for each sample.
    #[inline(always)]
    pub fn radius<L: Lanes>(&self) -> [f32; MAX_TILE] {
        let mut radius = [0.0; MAX_TILE];
        for (lane, radius) in radius.iter_mut().enumerate().take(L::TILE) {
            let (limit, slack) = (self.tile.limit(lane), self.tile.slack(lane));
            let square =
                self.norms[lane] * self.norms[lane] * (1.0 + NORM_ERROR) + 2.0 * f64::from(limit) + f64::from(slack);
            *radius = (square.max(0.0).sqrt() * REACH) as f32;
        }
        radius
    }

    /// Compares by the definition the units whose scores are within the current limits, and drops the others.
    #[inline(always)]
    fn settle<L: Lanes>(&mut self, prepared: &Prepared<'_>) {
        for hit in &self.tile.hits {
            let mut within = within::<L>(&self.tile, hit);
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

    /// As `settle`, for more than two units per row.
    #[inline(always)]
    fn rank<L: Lanes>(&mut self, prepared: &Prepared<'_>) {
        let wanted = prepared.wanted;
        for hit in &self.tile.hits {
            let lane = hit.lane as usize;
            let mut within = within::<L>(&self.tile, hit);
            while within != 0 {
                let unit = prepared.panels.units[hit.panel as usize * LINE + within.trailing_zeros() as usize];
                within &= within - 1;
                if unit != NO_UNIT {
                    let sample = Sample::of(&prepared.matrix, self.rows[lane] as usize);
                    self.compared += 1;
                    let value = prepared.plain.compared(sample, unit as usize);
                    ranked::take(&mut self.ranked[lane * wanted..][..wanted], value, unit);
                }
            }
        }
        self.tile.hits.clear();
        self.settled = true;
    }

    /// As `rank`, where every candidate of the batch is still a hit: by sums in any order, and by the definition only
    /// for samples where these are too near to each other, or to the middle between two f32 distances, to tell.
    #[inline(always)]
    fn rank_quickly<L: Lanes>(&mut self, prepared: &Prepared<'_>) {
        let (plain, wanted) = (&prepared.plain, prepared.wanted);
        // One more than requested: the next unit must certainly rank behind.
        let room = wanted + 1;
        let mut quick = vec![NOT_RANKED; MAX_TILE * room];
        for hit in &self.tile.hits {
            let lane = hit.lane as usize;
            let Sample::Dense(x) = Sample::of(&prepared.matrix, self.rows[lane] as usize) else {
                continue;
            };
            let mut within = within::<L>(&self.tile, hit);
            while within != 0 {
                let unit = prepared.panels.units[hit.panel as usize * LINE + within.trailing_zeros() as usize];
                within &= within - 1;
                if unit != NO_UNIT {
                    self.compared += 1;
                    let value = quick::euclidean(x, plain.prototype(unit as usize));
                    ranked::take(&mut quick[lane * room..][..room], value, unit);
                }
            }
        }
        let error = quick::error_of(prepared.frame.features);
        let mut unsure = 0u32;
        for lane in 0..self.rows.len() {
            let quick = &quick[lane * room..][..room];
            self.ranked[lane * wanted..][..wanted].copy_from_slice(&quick[..wanted]);
            unsure |= u32::from(!quick::are_sure(quick, error)) << lane;
        }
        if unsure == 0 {
            return self.tile.hits.clear();
        }
        self.tile.hits.retain(|hit| unsure >> hit.lane & 1 != 0);
        for lane in (0..self.rows.len()).filter(|lane| unsure >> lane & 1 != 0) {
            self.ranked[lane * wanted..][..wanted].fill(NOT_RANKED);
        }
        self.rank::<L>(prepared);
    }

    /// As `finish`, for more than two units per row.
    #[inline(always)]
    pub fn finish_ranks<L: Lanes>(&mut self, prepared: &Prepared<'_>, ranks: &mut Ranks) {
        let quickly = prepared.metric() == Metric::Euclidean && !self.masked && !self.settled;
        match prepared.matrix {
            Matrix::Dense { .. } if quickly => self.rank_quickly::<L>(prepared),
            _ => self.rank::<L>(prepared),
        }
        ranks.rows.extend_from_slice(&self.rows);
        ranks.ranked.extend_from_slice(&self.ranked[..self.rows.len() * prepared.wanted]);
    }

    /// Settles the remaining hits, and returns the nearest units of each row.
    #[inline(always)]
    pub fn finish<L: Lanes>(&mut self, prepared: &Prepared<'_>, found: &mut Vec<Found>) {
        let quickly = prepared.metric() == Metric::Euclidean && !self.masked && !self.settled;
        match prepared.matrix {
            Matrix::Dense { .. } if quickly => self.settle_quickly::<L>(prepared),
            _ => self.settle::<L>(prepared),
        }
        let (metric, want_second) = (prepared.metric(), prepared.wants_second());
        let all = self.rows.iter().zip(&self.nearest);
        found.extend(all.map(|(&row, nearest)| Found::of(row, nearest, metric, want_second)));
    }

    /// As `settle`, where every candidate of the batch is still a hit: by sums in any order, and by the definition only
    /// for samples where these are too near to each other, or to the middle between two f32 distances, to tell.
    #[inline(always)]
    fn settle_quickly<L: Lanes>(&mut self, prepared: &Prepared<'_>) {
        let plain = &prepared.plain;
        let mut quick = [Quick::default(); MAX_TILE];
        let met = if prepared.wants_second() {
            [NO_UNIT; MAX_TILE]
        } else {
            self.begin_with_least::<L>(prepared, &mut quick)
        };
        for hit in &self.tile.hits {
            let lane = hit.lane as usize;
            if met[lane] == ALL_MET {
                continue;
            }
            let Sample::Dense(x) = Sample::of(&prepared.matrix, self.rows[lane] as usize) else {
                continue;
            };
            // A loop, not a closure: what a closure holds might be compiled without the level's instructions.
            let mut within = within::<L>(&self.tile, hit);
            while within != 0 {
                let unit = prepared.panels.units[hit.panel as usize * LINE + within.trailing_zeros() as usize];
                within &= within - 1;
                if unit != NO_UNIT && unit != met[lane] {
                    self.compared += 1;
                    let value = quick::euclidean(x, plain.prototype(unit as usize));
                    match prepared.wants_second() {
                        true => quick[lane].take(unit as usize, value),
                        false => quick[lane].take_nearest(unit as usize, value, plain),
                    }
                }
            }
        }
        let error = quick::error_of(prepared.frame.features);
        let mut unsure = 0u32;
        for (lane, quick) in quick.iter().enumerate().take(self.rows.len()) {
            self.nearest[lane] = quick.nearest;
            unsure |= u32::from(!quick.is_sure(error, prepared.wants_second())) << lane;
        }
        if unsure != 0 {
            self.tile.hits.retain(|hit| unsure >> hit.lane & 1 != 0);
            (0..self.rows.len())
                .filter(|lane| unsure >> lane & 1 != 0)
                .for_each(|lane| self.nearest[lane] = Nearest::default());
            self.settle::<L>(prepared);
        }
    }

    /// Compares for each sample the candidate with the least score, and gives it, or `ALL_MET` where there is no other.
    /// Where there are others its distance lowers the limit: the nearest unit's own score is at most what that distance
    /// makes of it, and half a slack.
    #[inline(always)]
    fn begin_with_least<L: Lanes>(
        &mut self,
        prepared: &Prepared<'_>,
        quick: &mut [Quick; MAX_TILE],
    ) -> [u32; MAX_TILE] {
        let (plain, frame) = (&prepared.plain, &prepared.frame);
        let (mut least, mut units) = ([f32::INFINITY; MAX_TILE], [NO_UNIT; MAX_TILE]);
        let mut candidates = [0u32; MAX_TILE];
        for hit in &self.tile.hits {
            let (lane, mut within) = (hit.lane as usize, within::<L>(&self.tile, hit));
            candidates[lane] += within.count_ones();
            while within != 0 {
                let i = within.trailing_zeros() as usize;
                within &= within - 1;
                if hit.scores.0[i] < least[lane] {
                    least[lane] = hit.scores.0[i];
                    units[lane] = prepared.panels.units[hit.panel as usize * LINE + i];
                }
            }
        }
        let (scale, error) = (f64::from(frame.scale), quick::error_of(frame.features));
        for (lane, &row) in self.rows.iter().enumerate() {
            let (Sample::Dense(x), true) = (Sample::of(&prepared.matrix, row as usize), units[lane] != NO_UNIT) else {
                continue;
            };
            self.compared += 1;
            let value = quick::euclidean(x, plain.prototype(units[lane] as usize));
            quick[lane].take(units[lane] as usize, value);
            if candidates[lane] == 1 {
                units[lane] = ALL_MET;
                continue;
            }
            let square = value * scale * scale * (1.0 + error);
            let score = (square - self.norms[lane] * self.norms[lane] * (1.0 - NORM_ERROR)) / 2.0;
            self.tile.lower_limit(lane, round_up(score + f64::from(self.tile.slack(lane)) / 2.0));
        }
        units
    }
}

/// The index of the smallest number in a line, the first of equals; 0 if none is below infinity.
#[inline(always)]
pub(crate) fn place_of_least<L: Lanes>(line: &Line) -> usize {
    let lowest = lowest_of(line);
    (L::within(line, lowest).trailing_zeros() as usize).min(LINE - 1)
}

/// The lanes of a hit's panel whose scores are within the current limit.
#[inline(always)]
fn within<L: Lanes>(tile: &Tile, hit: &Hit) -> u32 {
    L::within(&hit.scores, tile.limit(hit.lane as usize))
}

/// So many times farther away than the nearest sample of a tile and the farthest prototype together, a sample is
/// compared by the definition alone.
const TIMES_FARTHER: f64 = 8.0;

/// Features of a tile's samples that are laid side by side at a time, so that they stay near.
const COLUMNS: usize = 64;

/// More than the share of itself by which a squared norm can be wrong.
const NORM_ERROR: f64 = 1e-6;

fn round_up(x: f64) -> f32 {
    (x + x.abs() * 1e-7) as f32
}

fn round_down(x: f64) -> f32 {
    (x - x.abs() * 1e-7) as f32
}

/// Means that no unit is left to compare.
const ALL_MET: u32 = NO_UNIT - 1;

/// How many units are compared before their number is used to decide anything.
const COMPARED_LEAST: usize = 256;

/// How many hits a batch keeps before it settles them. Without a limit, many equal prototypes would all be kept.
const MAX_HITS: usize = 2048;
