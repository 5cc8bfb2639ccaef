//! The online rule: sample after sample, its best-matching unit and that unit's neighbours move towards it.
//!
//! Two ways with the same bits. Eager: one pass over the map makes the last update and measures the next sample. Lazy:
//! an update is only recorded and each tile's bounding box moved; a search brings up to date the tiles whose box could
//! hold the best-matching unit, and when many updates are pending, each tile takes all of them at once while it sits in
//! cache. `docs/design/online.md` says more.

mod apply;
mod behind;
mod boxes;
mod lazy;
mod measure;
mod pace;
mod pass;
mod ring;
mod sparse;
mod tiles;

use crate::error::Error;
use crate::lattice::Lattice;
use crate::measure::Layers;
use crate::metric::Metric;
use crate::neighbourhood::Kernel;
use crate::parallel::Pool;
use crate::samples::{Matrix, Rows};
use crate::simd::Level;
use crate::vector::{self, Line};
use crate::watch::{Meter, Watch};
use apply::CAPACITY;
use behind::Behind;
use boxes::{Boxes, LARGEST};
use lazy::{MoveBoxes, Search};
use measure::{Best, Sample};
use pace::Pace;
use pass::{Band, split};
use ring::{Ring, Step};
use sparse::{LEAST_FEATURES, LEAST_SPARSITY, Scaled, Stored};
use std::sync::Arc;
use tiles::{Grid, Tiles};

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

/// A codebook under the online rule. Updates may be pending from call to call; `flush_into` and `into_codebook` make
/// them all.
pub struct Online {
    metric: Metric,
    /// In place of the metric.
    layers: Option<Arc<Layers>>,
    level: Level,
    way: Way,
    grid: Grid,
    tiles: Arc<Tiles>,
    /// Pending updates, and those before them, which other threads are making.
    ring: Ring,
    behind: Option<Behind>,
    /// Memory for the next ring.
    spare: Option<Ring>,
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
/// Numbers measured and moved in a pass, from which on it is shared among threads: this many take some thirty
/// microseconds on one, and handing them out takes ten.
const SHARED_PASS: usize = 1 << 20;
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

    /// The same with a distance over layers.
    pub fn layered(
        lattice: Lattice,
        layers: Arc<Layers>,
        kernel: Kernel,
        features: usize,
        codebook: &[f32],
    ) -> Result<Online, Error> {
        // Cosine has no boxes either, and its values are compared as they are.
        let online = Online::with(Level::best(), Way::Eager, lattice, Metric::Cosine, kernel, features, codebook)?;
        Ok(Online { layers: Some(layers), ..online })
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
        let mut tiles = Tiles::new();
        tiles::load(&grid, codebook, 0, &mut tiles);
        Ok(Online {
            metric,
            layers: None,
            level,
            way,
            grid,
            tiles: Arc::new(tiles),
            ring: Ring::new(lattice, kernel, grid, if lazy { CAPACITY } else { 1 }),
            behind: None,
            spare: None,
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
        self.catch_up();
        self.ring.clear();
        let mut tiles = Arc::get_mut(&mut self.tiles).map(std::mem::take).unwrap_or_default();
        tiles::load(&self.grid, codebook, self.ring.end(), &mut tiles);
        self.tiles = Arc::new(tiles);
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

    /// Whether only the stored features of these samples should be touched. Decided by the samples alone, never by the
    /// clock.
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
            self.tiles = Arc::default();
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
    /// `docs/design/arithmetic.md` defines it. Cut into several calls the bits are the same. Cancelled, it has taken
    /// some of its steps.
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
        let steps_between_looks = (WORK_BETWEEN_LOOKS / self.numbers()).max(1);
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
                self.pace.lazy_step(looked, self.tiles.len());
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
                self.flush_behind(pool)?;
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

    /// Numbers that the tiles hold.
    fn numbers(&self) -> usize {
        self.tiles.len() * self.grid.tile_lines() * tiles::WIDTH
    }

    /// Makes every pending update.
    fn flush(&mut self, pool: &Pool) -> Result<(), Error> {
        self.catch_up();
        if self.ring.len() > 0 {
            self.pass(None, false, pool)?;
        }
        Ok(())
    }

    /// Has every pending update made while the next samples are searched for, where there are threads for it and enough
    /// to do.
    fn flush_behind(&mut self, pool: &Pool) -> Result<(), Error> {
        if pool.threads() == 1 || self.numbers() * self.ring.len() < SHARED_PASS {
            return self.flush(pool);
        }
        self.catch_up();
        let new = || Ring::new(&self.lattice, self.kernel, self.grid, CAPACITY);
        let mut next = self.spare.take().unwrap_or_else(new);
        next.begin_after(self.ring.end());
        let full = std::mem::replace(&mut self.ring, next);
        self.behind = Some(Behind::start(self.level, self.grid, full, Arc::clone(&self.tiles), pool));
        Ok(())
    }

    /// Waits until the updates that other threads are making are made, and helps.
    fn catch_up(&mut self) {
        if let Some(behind) = self.behind.take() {
            self.spare = behind.end();
        }
    }

    fn pass(&mut self, sample: Option<Sample<'_>>, set_boxes: bool, pool: &Pool) -> Result<(Best, bool), Error> {
        self.catch_up();
        let (grid, level, metric, numbers) = (self.grid, self.level, self.metric, self.numbers());
        let (ring, layers) = (&self.ring, self.layers.as_deref());
        let Some(tiles) = Arc::get_mut(&mut self.tiles) else {
            return Err(Error::System("online: expected tiles that no other thread has, found some in use".into()));
        };
        let mut none: [Line; 0] = [];
        let (mut bounds, bounds_lines) = match &mut self.boxes {
            Some(boxes) if set_boxes => {
                let lines = boxes.band_lines();
                (boxes.bounds_mut(), lines)
            }
            _ => (&mut none[..], 0),
        };
        let mut best = Best::NONE;
        let mut small = true;
        if numbers * (1 + ring.len()) >= SHARED_PASS && pool.threads() > 1 {
            let bounds = split(bounds, bounds_lines, grid.down);
            let mut bands: Vec<_> = tiles
                .chunks_mut(grid.across)
                .zip(bounds)
                .map(|(tiles, bounds)| ((tiles, bounds), (Best::NONE, true)))
                .collect();
            pool.chunks(&mut bands, 1, |down, one| {
                let ((tiles, bounds), found) = &mut one[0];
                *found = vector::run(level, Band { ring, grid, metric, layers, down, tiles, bounds, sample });
                Ok(())
            })?;
            for (_, (found, fits)) in &bands {
                best.take(found.value, found.unit);
                small &= fits;
            }
        } else {
            for (down, tiles) in tiles.chunks_mut(grid.across).enumerate() {
                let (here, rest) = std::mem::take(&mut bounds).split_at_mut(bounds_lines);
                bounds = rest;
                let band = Band { ring, grid, metric, layers, down, tiles, bounds: here, sample };
                let (found, fits) = vector::run(level, band);
                best.take(found.value, found.unit);
                small &= fits;
            }
        }
        self.ring.clear();
        Ok((best, small))
    }
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

#[cfg(test)]
mod tests;
