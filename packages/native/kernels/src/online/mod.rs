//! The online rule: sample after sample, its best-matching unit and that unit's neighbours move towards it.
//!
//! Two ways with the same bits. Eager: one pass over the map makes the last update and measures the next sample. Lazy: an update is
//! only recorded and each tile's bounding box moved; a search brings up to date the tiles whose box could hold the best-matching unit,
//! and when many updates are pending, each tile takes all of them at once while it sits in cache. `docs/design/online.md` says more.

mod apply;
mod boxes;
mod measure;
mod ring;
mod sparse;
mod tiles;

use crate::error::Error;
use crate::lattice::Lattice;
use crate::metric::Metric;
use crate::neighbourhood::Kernel;
use crate::parallel::Pool;
use crate::samples::{Matrix, Rows};
use crate::simd::Level;
use crate::vector::{self, Line, Vectors, Work};
use crate::watch::{Meter, Watch};
use apply::{CAPACITY, Pending, apply};
use boxes::{Boxes, Cursor, LARGEST, set_box};
use measure::{Best, Sample, measure};
use ring::{Ring, Step};
use sparse::{LEAST_FEATURES, LEAST_SPARSITY, Scaled, Stored};
use tiles::Grid;

/// What an epoch, or a piece of one, is made of: a sample, a radius and a rate for each step.
#[derive(Clone, Copy)]
struct Steps<'a> {
    order: &'a [u32],
    radius: &'a [f32],
    rate: &'a [f32],
}

impl Steps<'_> {
    fn check(&self, rows: usize) -> Result<(), Error> {
        let steps = self.order.len();
        for (name, found) in [("radius", self.radius.len()), ("rate", self.rate.len())] {
            if found != steps {
                return Err(Error::expected(name, format!("one for each of the {steps} steps"), found));
            }
        }
        if let Some(t) = self.order.iter().position(|&i| i as usize >= rows) {
            return Err(Error::expected(&format!("order[{t}]"), format!("a sample below {rows}"), self.order[t]));
        }
        if let Some(t) = self.radius.iter().position(|&radius| !(radius > 0.0 && radius.is_finite())) {
            return Err(Error::expected(&format!("radius[{t}]"), "a finite number above 0", self.radius[t]));
        }
        if let Some(t) = self.rate.iter().position(|rate| !rate.is_finite()) {
            return Err(Error::expected(&format!("rate[{t}]"), "a finite number", self.rate[t]));
        }
        Ok(())
    }
}

/// What an epoch told, each sample as it was presented.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report {
    /// Sum of the distances to the best-matching units, in step order.
    pub distance_sum: f64,
    /// Number of the samples that could be matched.
    pub presented: f64,
}

/// How to go through a map. Answers are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Lazy where it is found to be faster.
    Auto,
    Eager,
    /// Lazy wherever it can be.
    Lazy,
}

/// A codebook under the online rule. Updates may be pending from call to call; `flush_into` and `into_codebook` make them all.
pub struct Online {
    metric: Metric,
    level: Level,
    way: Way,
    grid: Grid,
    tiles: Vec<Line>,
    ring: Ring,
    /// How many of the pending updates each tile has taken.
    taken: Vec<u32>,
    boxes: Option<Boxes>,
    pace: Pace,
    /// A sparse sample written out.
    row: Vec<f32>,
    lattice: Lattice,
    kernel: Kernel,
    /// The codebook as sparse samples of many features want it, in place of the tiles.
    scaled: Option<Scaled>,
}

/// Tiles that a map must have before boxes are worth keeping.
const LEAST_TILES: usize = 32;
/// Numbers in a map above which a pass over it is shared among threads: handing out work costs some microseconds.
const SHARED_PASS: usize = 1 << 17;
/// Multiply-adds between two looks at the watch, at most a few milliseconds.
const WORK_BETWEEN_LOOKS: usize = 1 << 22;

impl Online {
    /// The rule on a lattice of units, with a codebook of units × features.
    pub fn new(
        lattice: Lattice,
        metric: Metric,
        kernel: Kernel,
        features: usize,
        codebook: Vec<f32>,
    ) -> Result<Online, Error> {
        Online::with(Level::best(), Way::Auto, lattice, metric, kernel, features, &codebook)
    }

    /// The same with instructions and way chosen, for measuring and tests: answers are the same.
    pub fn with(
        level: Level,
        way: Way,
        lattice: Lattice,
        metric: Metric,
        kernel: Kernel,
        features: usize,
        codebook: &[f32],
    ) -> Result<Online, Error> {
        if features == 0 || lattice.units() == 0 || codebook.len() != lattice.units() * features {
            let expected = format!("{} units x {features} features", lattice.units());
            return Err(Error::expected("codebook", expected, codebook.len()));
        }
        let lattice = &lattice;
        let grid = Grid::new(lattice, features);
        let few = grid.down * grid.across < LEAST_TILES && way != Way::Lazy;
        let lazy = !few && way != Way::Eager && metric != Metric::Cosine && !kernel.signed();
        let mut tiles = Vec::new();
        tiles::load(&grid, codebook, &mut tiles);
        Ok(Online {
            metric,
            level,
            way,
            grid,
            tiles,
            ring: Ring::new(lattice, kernel, grid, if lazy { CAPACITY } else { 1 }),
            taken: vec![0; grid.down * grid.across],
            boxes: lazy.then(|| Boxes::new(grid)),
            pace: Pace::new(),
            row: Vec::new(),
            lattice: *lattice,
            kernel,
            scaled: None,
        })
    }

    /// Takes another codebook of the same shape; nothing is pending then.
    pub fn load(&mut self, codebook: &[f32]) {
        self.scaled = None;
        self.ring.clear();
        self.taken.fill(0);
        tiles::load(&self.grid, codebook, &mut self.tiles);
        self.pace = Pace::new();
    }

    /// Makes every pending update and writes the codebook (units × features) out. More epochs may follow.
    pub fn flush_into(&mut self, codebook: &mut [f32], pool: &Pool) -> Result<(), Error> {
        match &self.scaled {
            Some(scaled) => scaled.store(codebook),
            None => {
                self.flush(pool)?;
                tiles::store(&self.grid, &self.tiles, codebook);
            }
        }
        Ok(())
    }

    /// Makes every pending update and gives the codebook.
    pub fn into_codebook(mut self, pool: &Pool) -> Result<Vec<f32>, Error> {
        self.take_codebook(pool)
    }

    fn take_codebook(&mut self, pool: &Pool) -> Result<Vec<f32>, Error> {
        let mut codebook = vec![0.0; self.grid.rows * self.grid.columns * self.grid.features];
        self.flush_into(&mut codebook, pool)?;
        Ok(codebook)
    }

    /// Whether only the stored features of these samples are to be touched. Decided by the samples alone, never by the clock.
    fn suits_scaled(&self, rows: &Rows<'_>) -> bool {
        let Matrix::Sparse { rows: count, columns, values, .. } = rows.matrix() else { return false };
        let measured = matches!(self.metric, Metric::Euclidean | Metric::Cosine) && self.way == Way::Auto;
        measured
            && columns >= LEAST_FEATURES
            && (values.len() as u64) * LEAST_SPARSITY as u64 <= count as u64 * columns as u64
    }

    /// Presents sparse samples of many features: the same steps within rounding.
    fn epoch_scaled(
        &mut self,
        rows: &Rows<'_>,
        steps: Steps<'_>,
        watch: &dyn Watch,
        pool: &Pool,
    ) -> Result<Report, Error> {
        let meter = Meter::new(watch, steps.order.len() as u64);
        meter.check()?;
        if self.scaled.is_none() {
            let codebook = self.take_codebook(pool)?;
            self.tiles = Vec::new();
            self.scaled = Some(Scaled::new(&self.lattice, self.metric, self.kernel, self.grid.features, &codebook));
        }
        let mut report = Report::default();
        let (Matrix::Sparse { columns, offsets, indices, values, .. }, Some(scaled)) =
            (rows.matrix(), &mut self.scaled)
        else {
            return Ok(report);
        };
        for (t, &i) in steps.order.iter().enumerate() {
            let (from, to) = (offsets[i as usize] as usize, offsets[i as usize + 1] as usize);
            let x = Stored { indices: &indices[from..to], values: &values[from..to] };
            if x.values.len() < columns || x.values.iter().any(|x| !x.is_nan()) {
                report.distance_sum += scaled.step(self.level, x, steps.radius[t], steps.rate[t]);
                report.presented += 1.0;
            }
            meter.advance(1)?;
        }
        Ok(report)
    }

    /// Presents `samples[order[t]]` under `radius[t]` and `rate[t]`, one after another, exactly as "Online step" of
    /// `docs/design/arithmetic.md` defines it. Cut into several calls the bits are the same. Cancelled, it has taken some of its steps.
    pub fn epoch(
        &mut self,
        samples: &Rows<'_>,
        order: &[u32],
        radius: &[f32],
        rate: &[f32],
        watch: &dyn Watch,
        pool: &Pool,
    ) -> Result<Report, Error> {
        let (rows, steps) = (samples, Steps { order, radius, rate });
        if rows.columns() != self.grid.features {
            return Err(Error::expected("samples", format!("{} features", self.grid.features), rows.columns()));
        }
        steps.check(rows.rows())?;
        if self.suits_scaled(rows) {
            return self.epoch_scaled(rows, steps, watch, pool);
        }
        if self.scaled.is_some() {
            let codebook = self.take_codebook(pool)?;
            self.load(&codebook);
        }
        let meter = Meter::new(watch, steps.order.len() as u64);
        let steps_between_looks = (WORK_BETWEEN_LOOKS / self.tiles.len() / 16).max(1);
        let mut report = Report::default();
        let mut row = std::mem::take(&mut self.row);
        let mut looked = 0;
        meter.check()?;
        for (t, &i) in steps.order.iter().enumerate() {
            let x = sample(rows, i as usize, &mut row);
            if x.iter().any(|x| !x.is_nan()) {
                let complete = !x.iter().any(|x| x.is_nan());
                let rate = steps.rate[t];
                let fits = (0.0..=1.0).contains(&rate) && x.iter().all(|x| x.is_nan() || x.abs() <= LARGEST);
                let best = self.search(Sample { x, complete }, fits, pool)?;
                let unit = if best.unit == usize::MAX { 0 } else { best.unit };
                report.distance_sum += self.metric.distance_of(best.value);
                report.presented += 1.0;
                self.record(Step { x, unit, radius: steps.radius[t], rate }, pool)?;
            }
            if t + 1 - looked == steps_between_looks {
                meter.advance((t + 1 - looked) as u64)?;
                looked = t + 1;
            }
        }
        meter.advance((steps.order.len() - looked) as u64)?;
        self.row = row;
        Ok(report)
    }

    /// The best-matching unit. `fits` says whether boxes can follow the update that comes of it.
    fn search(&mut self, sample: Sample<'_>, fits: bool, pool: &Pool) -> Result<Best, Error> {
        if self.boxes.is_none() {
            return self.sweep(sample, false, pool);
        }
        if !fits {
            self.pace.lazy = false;
            self.pace.wait = 1;
            return self.sweep(sample, false, pool);
        }
        if self.pace.lazy {
            let (best, looked) = vector::run(self.level, Search { online: self, sample });
            if self.way == Way::Auto {
                self.pace.lazy_step(looked, self.taken.len());
            }
            return Ok(best);
        }
        let set_boxes = self.pace.eager_step() || self.way == Way::Lazy;
        self.sweep(sample, set_boxes, pool)
    }

    fn record(&mut self, step: Step<'_>, pool: &Pool) -> Result<(), Error> {
        self.ring.push(self.level, step);
        if self.pace.lazy {
            vector::run(self.level, MoveBoxes { online: self });
            if self.ring.is_full() {
                self.flush(pool)?;
            }
        }
        Ok(())
    }

    /// One pass over the map: makes what is pending, measures the sample, and sets the boxes where they are wanted.
    fn sweep(&mut self, sample: Sample<'_>, set_boxes: bool, pool: &Pool) -> Result<Best, Error> {
        let (best, small) = self.pass(Some(sample), set_boxes, pool)?;
        if set_boxes {
            self.pace.lazy = small;
            if !small {
                self.pace.back_off();
            }
        }
        Ok(best)
    }

    /// Makes every pending update.
    fn flush(&mut self, pool: &Pool) -> Result<(), Error> {
        if self.ring.len() > 0 {
            let lazy = self.pace.lazy;
            self.pass(None, lazy, pool)?;
        }
        Ok(())
    }

    fn pass(&mut self, sample: Option<Sample<'_>>, set_boxes: bool, pool: &Pool) -> Result<(Best, bool), Error> {
        let (grid, level, metric) = (self.grid, self.level, self.metric);
        let ring = &self.ring;
        let mut none: [Line; 0] = [];
        let (bounds, bounds_lines) = match &mut self.boxes {
            Some(boxes) if set_boxes => {
                let lines = boxes.band_lines();
                (boxes.bounds_mut(), lines)
            }
            _ => (&mut none[..], 0),
        };
        let mut best = Best::NONE;
        let mut small = true;
        let work = self.tiles.len() * 16 * (1 + ring.len());
        if work >= SHARED_PASS && pool.threads() > 1 {
            let tiles = self.tiles.chunks_mut(grid.band_lines());
            let bounds = split(bounds, bounds_lines, grid.down);
            let mut bands: Vec<_> = tiles
                .zip(self.taken.chunks_mut(grid.across))
                .zip(bounds)
                .map(|((tiles, taken), bounds)| ((tiles, taken, bounds), (Best::NONE, true)))
                .collect();
            pool.chunks(&mut bands, 1, |down, one| {
                let ((tiles, taken, bounds), found) = &mut one[0];
                *found = vector::run(level, Band { ring, grid, metric, down, tiles, taken, bounds, sample });
                Ok(())
            })?;
            for (_, (found, fits)) in &bands {
                best.take(found.value, found.unit);
                small &= fits;
            }
        } else {
            let mut bounds = bounds;
            let tiles = self.tiles.chunks_mut(grid.band_lines());
            for (down, (tiles, taken)) in tiles.zip(self.taken.chunks_mut(grid.across)).enumerate() {
                let (here, rest) = std::mem::take(&mut bounds).split_at_mut(bounds_lines);
                bounds = rest;
                let (found, fits) =
                    vector::run(level, Band { ring, grid, metric, down, tiles, taken, bounds: here, sample });
                best.take(found.value, found.unit);
                small &= fits;
            }
        }
        self.ring.clear();
        Ok((best, small))
    }
}

/// `count` pieces of `length`, which may be 0.
fn split<T>(mut whole: &mut [T], length: usize, count: usize) -> Vec<&mut [T]> {
    let mut pieces = Vec::with_capacity(count);
    for _ in 0..count {
        let (piece, rest) = std::mem::take(&mut whole).split_at_mut(length);
        pieces.push(piece);
        whole = rest;
    }
    pieces
}

/// Sample `i`, a sparse one written out into `row`.
fn sample<'a>(rows: &Rows<'a>, i: usize, row: &'a mut Vec<f32>) -> &'a [f32] {
    match rows.matrix() {
        Matrix::Dense { columns, data, .. } => &data[i * columns..(i + 1) * columns],
        Matrix::Sparse { columns, offsets, indices, values, .. } => {
            row.clear();
            row.resize(columns, 0.0);
            let (from, to) = (offsets[i] as usize, offsets[i + 1] as usize);
            for (&f, &x) in indices[from..to].iter().zip(&values[from..to]) {
                row[f as usize] = x;
            }
            row
        }
    }
}

/// One row of tiles in a pass over the map.
struct Band<'a> {
    ring: &'a Ring,
    grid: Grid,
    metric: Metric,
    down: usize,
    tiles: &'a mut [Line],
    taken: &'a mut [u32],
    /// The boxes of this row of tiles; empty where none are to be set.
    bounds: &'a mut [Line],
    sample: Option<Sample<'a>>,
}

impl Work for Band<'_> {
    type Output = (Best, bool);

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) -> (Best, bool) {
        let Band { ring, grid, metric, down, tiles, taken, bounds, sample } = self;
        // The updates that concern this row of tiles.
        let mut list = [Pending { slot: 0, reach: Default::default() }; CAPACITY];
        let mut length = 0;
        for slot in 0..ring.len() {
            let reach = ring.reach(slot, down);
            if reach.touched.to > reach.touched.from {
                list[length] = Pending { slot, reach };
                length += 1;
            }
        }
        let mut best = Best::NONE;
        let mut small = true;
        for (across, tile) in tiles.chunks_exact_mut(grid.tile_lines()).enumerate() {
            let first = std::mem::take(&mut taken[across]) as usize;
            let pending = list[..length].iter().copied().filter(|pending| pending.slot >= first);
            let moved = apply(v, ring, (down, across), pending, tile);
            if !bounds.is_empty() && (moved || sample.is_some()) {
                small &= set_box(v, &grid, (down, across), tile, bounds);
            }
            if let Some(sample) = sample {
                measure(v, metric, &grid, (down, across), sample, tile, &mut best);
            }
        }
        (best, small)
    }
}

/// The lazy search: few tiles are brought up to date, and the best-matching unit is among them.
struct Search<'a> {
    online: &'a mut Online,
    sample: Sample<'a>,
}

impl Work for Search<'_> {
    /// The best-matching unit, and how many tiles were looked into.
    type Output = (Best, usize);

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) -> (Best, usize) {
        let Online { metric, grid, tiles, ring, taken, boxes, .. } = self.online;
        let Some(boxes) = boxes else { return (Best::NONE, 0) };
        let mut looked = 0;
        let mut best = Best::NONE;
        let mut cursor = Cursor::default();
        let first = boxes.scan(v, *metric, self.sample);
        let mut next = Some(first);
        while let Some((down, across)) = next {
            let at = down * grid.across + across;
            let tile = &mut tiles[at * grid.tile_lines()..(at + 1) * grid.tile_lines()];
            let pending = Slots { ring, down, next: std::mem::replace(&mut taken[at], ring.len() as u32) as usize };
            if apply(v, ring, (down, across), pending, tile) {
                set_box(v, grid, (down, across), tile, boxes.band_mut(down));
            }
            measure(v, *metric, grid, (down, across), self.sample, tile, &mut best);
            looked += 1;
            next = boxes.candidate(v, &mut cursor, &best);
            if next == Some(first) {
                next = boxes.candidate(v, &mut cursor, &best);
            }
        }
        (best, looked)
    }
}

/// The pending updates from `next` on, as one row of tiles sees them.
struct Slots<'a> {
    ring: &'a Ring,
    down: usize,
    next: usize,
}

impl Iterator for Slots<'_> {
    type Item = Pending;

    #[inline(always)]
    fn next(&mut self) -> Option<Pending> {
        let slot = self.next;
        self.next += 1;
        (slot < self.ring.len()).then(|| Pending { slot, reach: self.ring.reach(slot, self.down) })
    }
}

struct MoveBoxes<'a> {
    online: &'a mut Online,
}

impl Work for MoveBoxes<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) {
        let Online { ring, boxes, .. } = self.online;
        if let Some(boxes) = boxes {
            boxes.move_all(v, ring, ring.len() - 1);
        }
    }
}

/// Decides between eager and lazy from how many tiles searches look into.
struct Pace {
    lazy: bool,
    /// Eager steps until lazy is tried.
    wait: u32,
    pause: u32,
    steps: u32,
    looked: usize,
}

impl Pace {
    /// A random codebook has every tile spread over all the samples: some steps draw units together first.
    const WAIT: u32 = 24;
    const LONGEST_PAUSE: u32 = 1024;
    /// Searches between two decisions.
    const WINDOW: u32 = 16;
    /// Searches that look into more than one tile in so many are better done in one pass.
    const WORTH: usize = 6;

    fn new() -> Pace {
        Pace { lazy: false, wait: Pace::WAIT, pause: Pace::WAIT, steps: 0, looked: 0 }
    }

    /// Whether lazy is to be tried from the next step on.
    fn eager_step(&mut self) -> bool {
        self.wait = self.wait.saturating_sub(1);
        self.wait == 0
    }

    fn lazy_step(&mut self, looked: usize, tiles: usize) {
        self.steps += 1;
        self.looked += looked;
        if self.steps < Pace::WINDOW {
            return;
        }
        if self.looked * Pace::WORTH > tiles * Pace::WINDOW as usize {
            self.back_off();
        } else {
            self.pause = Pace::WAIT;
        }
        (self.steps, self.looked) = (0, 0);
    }

    fn back_off(&mut self) {
        self.lazy = false;
        self.wait = self.pause;
        self.pause = (self.pause * 2).min(Pace::LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lattice::{Cell, Shape};
    use crate::neighbourhood::Rule;
    use crate::testing::Random;
    use crate::watch::Unwatched;

    /// The definition, unit after unit.
    fn defined(
        lattice: &Lattice,
        metric: Metric,
        kernel: Kernel,
        codebook: &mut [f32],
        data: &[f32],
        steps: Steps<'_>,
    ) -> Report {
        let features = codebook.len() / lattice.units();
        let mut report = Report::default();
        for (t, &i) in steps.order.iter().enumerate() {
            let x = &data[i as usize * features..(i as usize + 1) * features];
            if x.iter().all(|x| x.is_nan()) {
                continue;
            }
            let (mut best, mut bmu) = (f64::INFINITY, 0);
            for (unit, w) in codebook.chunks_exact(features).enumerate() {
                let mut sum = 0.0f32;
                for (&x, &w) in x.iter().zip(w).filter(|(x, _)| !x.is_nan()) {
                    let gap = x - w;
                    sum = match metric {
                        Metric::Euclidean => sum + gap * gap,
                        Metric::Manhattan => sum + gap.abs(),
                        _ => sum.max(gap.abs()),
                    };
                }
                let value = if metric == Metric::Cosine { metric.compared(x, w) } else { f64::from(sum) };
                if value < best {
                    (best, bmu) = (value, unit);
                }
            }
            report.distance_sum += metric.distance_of(best);
            report.presented += 1.0;
            let (radius, rate) = (f64::from(steps.radius[t]), f64::from(steps.rate[t]));
            for (unit, w) in codebook.chunks_exact_mut(features).enumerate() {
                let d2 = lattice.distance2(bmu, unit);
                if d2 > kernel.reach2(radius, Rule::Online) {
                    continue;
                }
                let (row, bmu_row) = (unit / lattice.columns, bmu / lattice.columns);
                let t2 = lattice.row_distance2(lattice.row_gap(row, bmu_row));
                let gap =
                    lattice.column_gap(unit % lattice.columns, bmu % lattice.columns, lattice.shift(row, bmu_row));
                let (er, ec) = (kernel.axis(t2, radius), kernel.axis(gap * gap, radius));
                let g = if kernel.separable() {
                    (rate * er) as f32 * ec as f32
                } else {
                    (rate * (er * ec * kernel.rest(d2, radius))) as f32
                };
                for (w, &x) in w.iter_mut().zip(x).filter(|(_, x)| !x.is_nan()) {
                    *w += g * (x - *w);
                }
            }
        }
        report
    }

    struct Case {
        lattice: Lattice,
        metric: Metric,
        kernel: Kernel,
        samples: usize,
        features: usize,
        data: Vec<f32>,
        codebook: Vec<f32>,
        order: Vec<u32>,
        radius: Vec<f32>,
        rate: Vec<f32>,
    }

    fn random_case(random: &mut Random, number: usize) -> Case {
        let (cell, shape) = (Cell::ALL[random.below(2)], Shape::ALL[random.below(3)]);
        let (mut rows, columns) = (1 + random.below(90), 1 + random.below(90));
        if cell == Cell::Hexagonal && shape == Shape::Toroid {
            rows += rows % 2;
        }
        let lattice = Lattice { cell, shape, rows, columns };
        let (samples, features) = (1 + random.below(12), 1 + random.below(7));
        let mut data = random.normals(samples * features);
        if number.is_multiple_of(3) {
            data.iter_mut().for_each(|x| *x = if random.below(5) == 0 { f32::NAN } else { *x });
        }
        if number.is_multiple_of(7) {
            data.iter_mut().for_each(|x| *x = *x * 1e-3 + 100.0);
        }
        let steps = 1 + random.below(260);
        let start = 0.5 + random.unit() * 60.0;
        // A few steps in a row may share a radius, and some are far too long or short.
        let radius = (0..steps).map(|t| (start * 0.02f64.powf(t as f64 / steps as f64)) as f32).collect();
        let full = random.unit();
        Case {
            lattice,
            metric: if number.is_multiple_of(4) { Metric::ALL[random.below(4)] } else { Metric::Euclidean },
            kernel: if number.is_multiple_of(2) { Kernel::ALL[random.below(6)] } else { Kernel::Gaussian },
            samples,
            features,
            codebook: match number % 5 {
                0 => vec![0.0; lattice.units() * features],
                1 => (0..lattice.units() * features).map(|i| (i / features % columns) as f32 * 0.05).collect(),
                _ => random.normals(lattice.units() * features),
            },
            data,
            order: (0..steps).map(|_| random.below(samples) as u32).collect(),
            radius,
            rate: (0..steps).map(|t| (full * (1.0 - t as f64 / steps as f64)) as f32).collect(),
        }
    }

    fn same_bits(a: &[f32], b: &[f32]) -> bool {
        a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
    }

    #[test]
    fn eager_and_lazy_have_the_defined_bits_in_any_pieces_on_every_level_and_any_number_of_threads() {
        let mut random = Random(21);
        let pools = [1, 2, 3, 8].map(|threads| Pool::new(threads).unwrap());
        for number in 0..240 {
            let case = random_case(&mut random, number);
            let Case { lattice, metric, kernel, samples, features, data, codebook, order, radius, rate } = &case;
            let steps = Steps { order, radius, rate };
            let mut expected = codebook.clone();
            let told = defined(lattice, *metric, *kernel, &mut expected, data, steps);
            let rows = Rows::new(Matrix::dense(*samples, *features, data).unwrap(), None).unwrap();
            for level in Level::available() {
                for way in [Way::Eager, Way::Lazy, Way::Auto] {
                    let pool = &pools[random.below(4)];
                    let mut online = Online::with(level, way, *lattice, *metric, *kernel, *features, codebook).unwrap();
                    let mut found = vec![0.0; codebook.len()];
                    let (mut distance, mut presented) = (0.0, 0.0);
                    let mut from = 0;
                    while from < order.len() {
                        let to = (from + 1 + random.below(order.len())).min(order.len());
                        let (order, radius, rate) = (&order[from..to], &radius[from..to], &rate[from..to]);
                        let report = online.epoch(&rows, order, radius, rate, &Unwatched, pool).unwrap();
                        distance += report.distance_sum;
                        presented += report.presented;
                        if random.below(3) == 0 {
                            online.flush_into(&mut found, pool).unwrap();
                        }
                        from = to;
                    }
                    found.copy_from_slice(&online.into_codebook(pool).unwrap());
                    let about = format!("case {number}: {lattice:?} {metric:?} {kernel:?} {way:?} {}", level.name());
                    assert!(same_bits(&found, &expected), "{about}");
                    assert_eq!(presented, told.presented, "{about}");
                    // Pieces are summed apart here.
                    assert!((distance - told.distance_sum).abs() <= 1e-9 * told.distance_sum, "{about}");
                }
            }
        }
    }

    #[test]
    fn sparse_samples_of_many_features_take_the_defined_steps_within_rounding() {
        /// Some hundred steps, each with a few roundings of f32 in another place than the dense ones.
        const TOLERANCE: f32 = 2e-5;
        let mut random = Random(31);
        let pool = Pool::new(1).unwrap();
        for number in 0..24 {
            let (cell, shape) = (Cell::ALL[random.below(2)], Shape::ALL[random.below(3)]);
            let lattice = Lattice { cell, shape, rows: 2 + 2 * random.below(6), columns: 1 + random.below(20) };
            let metric = if number % 4 == 3 { Metric::Cosine } else { Metric::Euclidean };
            let kernel = Kernel::ALL[number % 6];
            let (samples, features, steps) = (20, 260 + random.below(60), 200);
            let mut data = vec![0.0; samples * features];
            for x in &mut data {
                if random.below(16) == 0 {
                    *x = if number % 3 == 1 && random.below(4) == 0 { f32::NAN } else { random.normal() };
                }
            }
            let codebook: Vec<f32> = random.normals(lattice.units() * features).iter().map(|w| w * 0.3).collect();
            let order: Vec<u32> = (0..steps).map(|_| random.below(samples) as u32).collect();
            let radius: Vec<f32> = (0..steps).map(|t| 4.0 - 3.5 * t as f32 / steps as f32).collect();
            // Low, or units grow so alike that rounding picks among them; 1 makes the best-matching unit the sample, and its scale 0.
            let full = number % 5 == 0 && kernel != Kernel::Bubble;
            let rate: Vec<f32> = (0..steps).map(|t| if full && t % 50 == 7 { 1.0 } else { 0.02 }).collect();
            let mut expected = codebook.clone();
            let all = Steps { order: &order, radius: &radius, rate: &rate };
            let told = defined(&lattice, metric, kernel, &mut expected, &data, all);

            let stored = crate::testing::Stored::of(samples, features, &data);
            let rows = Rows::new(stored.matrix(), None).unwrap();
            let mut online = Online::new(lattice, metric, kernel, features, codebook).unwrap();
            let mut distance = 0.0;
            for from in (0..steps).step_by(70) {
                let part = from..(from + 70).min(steps);
                let (order, radius, rate) = (&order[part.clone()], &radius[part.clone()], &rate[part]);
                distance += online.epoch(&rows, order, radius, rate, &Unwatched, &pool).unwrap().distance_sum;
            }
            assert!(online.scaled.is_some());
            let found = online.into_codebook(&pool).unwrap();
            let worst = found.iter().zip(&expected).fold(0.0f32, |worst, (a, b)| worst.max((a - b).abs()));
            assert!(worst <= TOLERANCE, "case {number}: {lattice:?} {metric:?} {kernel:?}: {worst}");
            assert!((distance - told.distance_sum).abs() <= f64::from(TOLERANCE) * told.distance_sum);
        }
    }

    #[test]
    fn steps_that_do_not_fit_are_refused_with_what_was_found() {
        let lattice = Lattice { cell: Cell::Rectangular, shape: Shape::Sheet, rows: 2, columns: 2 };
        let mut online = Online::new(lattice, Metric::Euclidean, Kernel::Gaussian, 1, vec![0.0; 4]).unwrap();
        let rows = Rows::new(Matrix::dense(2, 1, &[1.0, 2.0]).unwrap(), None).unwrap();
        let pool = Pool::new(1).unwrap();
        for (order, radius, rate, message) in [
            (&[2][..], &[1.0][..], &[0.5][..], "order[0]"),
            (&[1], &[1.0, 2.0], &[0.5], "radius"),
            (&[1], &[0.0], &[0.5], "radius[0]"),
            (&[1], &[1.0], &[f32::NAN], "rate[0]"),
        ] {
            let result = online.epoch(&rows, order, radius, rate, &Unwatched, &pool);
            assert!(result.unwrap_err().to_string().starts_with(message));
        }
    }
}
