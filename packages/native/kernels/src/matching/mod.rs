//! The nearest unit, and the second nearest, of each sample.

mod brute;
mod frame;
mod layered;
mod likeness;
mod order;
mod pairs;
mod panels;
mod plain;
mod prepared;
mod pruned;
mod ranked;
mod sparse;
mod tree;

use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::{Pool, Spares};
use crate::samples::{Matrix, Rows};
use crate::simd::{Level, Line};
use crate::watch::{Meter, Watch};
use brute::Brute;
use frame::Frame;
use panels::{Form, Panels};
use plain::{Found, Plain, Sample};
use prepared::Prepared;
use pruned::{Parts, Plan, Pruning, Sorted};
use sparse::Sparse;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tree::{Blocks, Tree};

pub(crate) use layered::LayeredSearch;
pub use plain::{match_plain, nearest_plain};
pub use ranked::{MOST_NEAREST, NearestUnits};

/// For each sample, the nearest unit, the second nearest if requested, and their distances. -1 and NaN mean that there
/// is no such unit.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    pub unit: Vec<i32>,
    pub distance: Vec<f32>,
    /// Empty if not requested.
    pub second_unit: Vec<i32>,
    /// Empty if not requested.
    pub second_distance: Vec<f32>,
}

impl Matches {
    fn empty(rows: usize, want_second: bool) -> Matches {
        let second = if want_second { rows } else { 0 };
        Matches {
            unit: vec![-1; rows],
            distance: vec![f32::NAN; rows],
            second_unit: vec![-1; second],
            second_distance: vec![f32::NAN; second],
        }
    }

    fn set(&mut self, found: &Found) {
        let Matches { unit, distance, second_unit, second_distance } = self;
        Slots { unit, distance, second_unit, second_distance }.set(found.row as usize, found);
    }

    /// Copies what the parts of the work found, in any order of rows. Each thread reads all of it and writes only its
    /// own rows, because the scattered writes take most of the time.
    fn set_all(&mut self, found: &[Vec<Found>], pool: &Pool) -> Result<(), Error> {
        let size = self.unit.len().div_ceil(pool.threads().min(SETTERS)).max(SET_LEAST);
        let (mut units, mut distances) = (self.unit.chunks_mut(size), self.distance.chunks_mut(size));
        let mut second_units = self.second_unit.chunks_mut(size);
        let mut second_distances = self.second_distance.chunks_mut(size);
        let mut slots: Vec<_> = std::iter::from_fn(|| {
            Some(Slots {
                unit: units.next()?,
                distance: distances.next()?,
                second_unit: second_units.next().unwrap_or_default(),
                second_distance: second_distances.next().unwrap_or_default(),
            })
        })
        .collect();
        pool.chunks(&mut slots, 1, |slot, slots| {
            let slots = &mut slots[0];
            for found in found.iter().flatten() {
                let i = (found.row as usize).wrapping_sub(slot * size);
                if i < slots.unit.len() {
                    slots.set(i, found);
                }
            }
            Ok(())
        })
    }
}

/// `Matches` of a run of rows.
struct Slots<'a> {
    unit: &'a mut [i32],
    distance: &'a mut [f32],
    second_unit: &'a mut [i32],
    second_distance: &'a mut [f32],
}

impl Slots<'_> {
    fn set(&mut self, i: usize, found: &Found) {
        (self.unit[i], self.distance[i]) = (found.unit, found.distance);
        if !self.second_unit.is_empty() {
            (self.second_unit[i], self.second_distance[i]) = (found.second_unit, found.second_distance);
        }
    }
}

/// How to search. The result is the same either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Whichever is faster on a sample of the rows.
    Auto,
    /// Every sample against every unit.
    Brute,
    /// By patches of neighbours on the lattice, if the bounds are proven for this metric and these samples.
    Pruned,
    /// By patches of similar prototypes anywhere on the lattice, if the bounds are proven.
    Alike,
}

/// Finds best-matching units. Keeps data between calls to make the next one faster; results never depend on it.
pub struct Matcher {
    metric: Metric,
    level: Level,
    way: Way,
    units: usize,
    /// Whether to compare by integers first. `None`: only if this CPU is faster at it.
    pairs: Option<bool>,
    /// Counts the calls without integers after they were too coarse.
    integers: Pause,
    /// Along the lattice.
    blocks: Blocks,
    /// Memory of the last call's panels, for the next one.
    lines: Vec<Line>,
    /// Buffers of the workers, reused across parts and calls.
    benches: Arc<Benches>,
    /// The codebook of the last call on dense rows, as it was packed.
    packed: Option<Packed>,
    last: Option<Last>,
    report: Report,
    /// Whether the rows of the last call have a missing value, if that was checked.
    missing: Option<bool>,
    /// Dense rows that had no missing value when they were last matched.
    complete: Option<Key>,
    /// Counts the calls that use brute force without a trial, after trials chose it.
    pruning: Pause,
    /// Times in a row that last units were the best to start from, and what the last call cost, as a share of brute
    /// force.
    from_last: u32,
    cost_from_last: f64,
    /// Whether grouping by similarity failed. It is not tried again: training orders the codebook along the lattice.
    unlike: bool,
}

/// How many more calls to skip something that failed, and how often in a row it has failed.
#[derive(Default)]
struct Pause {
    rest: u32,
    failures: usize,
}

impl Pause {
    /// Whether to try again in this call.
    fn is_over(&mut self) -> bool {
        let is_over = self.rest == 0;
        self.rest = self.rest.saturating_sub(1);
        is_over
    }

    /// Records a failure. `rests` has the calls to skip after one failure, two in a row, and so on; the last entry is
    /// for all longer runs.
    fn begin(&mut self, rests: &[u32; 5]) {
        self.rest = rests[self.failures.min(rests.len() - 1)];
        self.failures += 1;
    }
}

/// A worker's buffers for one part of the work.
#[derive(Default)]
pub(crate) struct Benches {
    brute: Spares<brute::Bench>,
    pruned: Spares<pruned::Bench>,
    /// Whether a row assumed to be complete turned out to have a missing value.
    lacking: AtomicBool,
}

/// Dense rows by address and shape.
type Key = (usize, usize, usize);

/// The rows of the last call, and the unit of each.
struct Last {
    rows: Key,
    unit: Vec<i32>,
}

/// Data derived from the codebook alone.
struct Packed {
    frame: Frame,
    panels: Panels,
    /// Whether the panels also serve rows with missing values.
    for_gaps: bool,
}

/// How the last call went.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report {
    /// Whether patches were used.
    pub pruned: bool,
    /// Share of the panels of units that a batch of samples met, 1 for brute force.
    pub panels: f64,
    /// Panels of patches that a batch of samples met, as a share of the panels of units.
    pub patches: f64,
}

/// The most threads that copy results, and the rows that justify one more thread.
const SETTERS: usize = 4;
const SET_LEAST: usize = 1 << 14;
/// Rows of a part of the work where every unit is compared by the definition.
const PLAIN_ROWS: usize = 64;

impl Matcher {
    /// A matcher for codebooks whose units lie on a lattice of `rows` × `columns` units.
    pub fn new(metric: Metric, rows: usize, columns: usize) -> Matcher {
        let blocks = Blocks::along(order::along_strips(rows, columns), columns);
        Matcher {
            metric,
            level: Level::best(),
            way: Way::Auto,
            pairs: None,
            integers: Pause::default(),
            units: rows * columns,
            blocks,
            lines: Vec::new(),
            benches: Arc::default(),
            packed: None,
            last: None,
            report: Report::default(),
            missing: None,
            complete: None,
            pruning: Pause::default(),
            from_last: 0,
            cost_from_last: 1.0,
            unlike: false,
        }
    }

    /// The same matcher with other instructions. Results do not change.
    pub fn with_level(self, level: Level) -> Matcher {
        Matcher { level, ..self }
    }

    /// The same matcher, forced to search one way. Results do not change.
    pub fn with_way(self, way: Way) -> Matcher {
        Matcher { way, ..self }
    }

    /// The same matcher, forced to compare by integers first, or never. Results do not change.
    pub fn with_pairs(self, pairs: bool) -> Matcher {
        Matcher { pairs: Some(pairs), ..self }
    }

    /// How the last call went.
    pub fn report(&self) -> Report {
        self.report
    }

    /// Whether the rows of the last call have a missing value; `None` if that was not checked.
    pub fn found_missing(&self) -> Option<bool> {
        self.missing
    }

    /// Matches every sample to `codebook` (units × features, row after row), to the bit as `docs/design/arithmetic.md`
    /// defines it. The same samples (by address and shape) matched again start from their last units.
    pub fn match_rows(
        &mut self,
        codebook: &[f32],
        rows: &Rows<'_>,
        want_second: bool,
        watch: &dyn Watch,
        pool: &Pool,
    ) -> Result<Matches, Error> {
        if let Some(Packed { panels, .. }) = self.packed.take() {
            self.lines = panels.lines;
        }
        self.match_again(codebook, rows, want_second, watch, pool)
    }

    /// As `match_rows`, for a codebook that has not changed since the last call. It is not packed again, which saves
    /// most of the work for a few rows.
    pub fn match_again(
        &mut self,
        codebook: &[f32],
        rows: &Rows<'_>,
        want_second: bool,
        watch: &dyn Watch,
        pool: &Pool,
    ) -> Result<Matches, Error> {
        self.check(codebook, rows)?;
        let features = rows.columns();
        let meter = Meter::new(watch, rows.rows() as u64);
        let mut matches = Matches::empty(rows.rows(), want_second);
        self.missing = None;
        match rows.matrix() {
            Matrix::Dense { data, .. } => {
                let key = (data.as_ptr() as usize, rows.rows(), features);
                let last = self.last.take().filter(|last| last.rows == key);
                self.match_dense(codebook, rows, key, last, &meter, pool, &mut matches)?;
                self.last = Some(Last { rows: key, unit: matches.unit.clone() });
            }
            Matrix::Sparse { .. } => self.match_sparse(codebook, rows, &meter, pool, &mut matches)?,
        }
        Ok(matches)
    }

    fn check(&self, codebook: &[f32], rows: &Rows<'_>) -> Result<(), Error> {
        let features = rows.columns();
        if self.units.checked_mul(features) != Some(codebook.len()) || codebook.is_empty() {
            return Err(Error::expected("codebook", format!("{} x {features} numbers", self.units), codebook.len()));
        }
        if u32::try_from(rows.rows()).is_err() || i32::try_from(self.units).is_err() {
            return Err(Error::expected("rows and units", "fewer than 2^32 and 2^31", rows.rows()));
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "all that one call knows")]
    fn match_dense(
        &mut self,
        codebook: &[f32],
        rows: &Rows<'_>,
        key: Key,
        last: Option<Last>,
        meter: &Meter<'_>,
        pool: &Pool,
        matches: &mut Matches,
    ) -> Result<(), Error> {
        // Rows that were complete are not checked again. If one has a missing value by now, its norm shows that when it
        // is packed, and the row is matched by the definition alone.
        let was_complete = self.complete.take() == Some(key) && self.metric == Metric::Euclidean;
        self.benches.lacking.store(false, Ordering::Relaxed);
        let gaps = if was_complete { vec![false; rows.rows()] } else { gaps(rows, pool)? };
        let has_gaps = gaps.contains(&true);
        let mut form = self.form_for(rows.columns(), has_gaps);
        loop {
            let found = self.match_as(form, codebook, rows, (&gaps, has_gaps), last.as_ref(), meter, pool, matches)?;
            if found {
                if form == Form::Pairs {
                    self.integers = Pause::default();
                }
                let has_gaps = has_gaps || self.benches.lacking.load(Ordering::Relaxed);
                self.missing = Some(has_gaps);
                self.complete = (!has_gaps).then_some(key);
                return Ok(());
            }
            form = Form::Floats;
            self.integers.begin(&INTEGER_RESTS);
        }
    }

    /// The number format that is probably fastest for complete rows.
    fn form_for(&mut self, features: usize, has_gaps: bool) -> Form {
        let may = self.integers.is_over() && self.metric == Metric::Euclidean && !has_gaps;
        let quick = self.level.has_quick_pairs() && features >= LEAST_FEATURES_IN_PAIRS;
        if may && self.pairs.unwrap_or(quick) { Form::Pairs } else { Form::Floats }
    }

    /// Matches rows in one number format. Returns whether that was precise enough.
    #[expect(clippy::too_many_arguments, reason = "all that one call knows")]
    fn match_as(
        &mut self,
        form: Form,
        codebook: &[f32],
        rows: &Rows<'_>,
        (gaps, has_gaps): (&[bool], bool),
        last: Option<&Last>,
        meter: &Meter<'_>,
        pool: &Pool,
        matches: &mut Matches,
    ) -> Result<bool, Error> {
        let features = rows.columns();
        let want_second = !matches.second_unit.is_empty();
        let mut rest: Vec<u32> = (0..rows.rows() as u32).collect();
        let is_enough = self.blocks.of_panel.len() >= LEAST_PANELS && rest.len() >= LEAST_ROWS;
        let asks = match self.way {
            Way::Auto => self.pruning.is_over() && is_enough,
            way => way != Way::Brute,
        } && matches!(self.metric, Metric::Euclidean | Metric::Cosine);
        let split: Option<(Vec<u32>, Vec<u32>)> =
            (asks && has_gaps).then(|| rest.iter().partition(|&&row| gaps[row as usize]));
        let complete = split.as_ref().map_or(&rest, |(_, complete)| complete);
        let last_units = last.map(|last| &last.unit[..]);
        let mut found = None;

        // Before training, neighbours are not similar and a trial would fail, so nothing needs to be packed along the
        // lattice.
        let may_be_alike = asks && self.way == Way::Auto && complete.len() >= LEAST_ROWS_ALIKE && !self.unlike;
        let is_lost = may_be_alike && order::is_lost(codebook, features, &self.blocks.order);
        if is_lost || asks && self.way == Way::Alike {
            let (alike, too_coarse) =
                self.prune_alike(form, codebook, rows, want_second, complete, last_units, meter, pool)?;
            if too_coarse {
                return Ok(false);
            }
            if alike.is_some() && !has_gaps {
                self.take_pruned(alike, matches, pool)?;
                return Ok(true);
            }
            found = alike;
        }
        let Some(packed) = self.packed_as(form, codebook, features, has_gaps, pool)? else {
            // No row is packed then.
            let lacking = self::gaps(rows, pool)?.contains(&true);
            self.benches.lacking.store(lacking, Ordering::Relaxed);
            self.match_plainly(codebook, rows, meter, pool, matches)?;
            return Ok(true);
        };
        let for_gaps = packed.for_gaps;
        let mut prepared = self.prepare(codebook, rows, packed, wanted_of(want_second), pool)?;
        prepared.gaps = Some(gaps);
        self.report = Report { pruned: false, panels: 1.0, patches: 0.0 };
        if asks {
            if self.way != Way::Alike && !is_lost {
                found = self.prune(codebook, &prepared, None, complete, last_units, meter, pool)?;
                if found.is_none() && may_be_alike && !prepared.is_too_coarse() {
                    let (alike, too_coarse) =
                        self.prune_alike(form, codebook, rows, want_second, complete, last_units, meter, pool)?;
                    found = alike;
                    *prepared.too_coarse.get_mut() |= too_coarse;
                }
            }
            if prepared.is_too_coarse() {
                self.lines = prepared.panels.lines;
                return Ok(false);
            }
            if self.take_pruned(found, matches, pool)? {
                rest = split.map_or_else(Vec::new, |(gappy, _)| gappy);
            }
        }
        let last = last.filter(|_| !rest.is_empty());
        prepared.hints = last.map(|last| last.unit.iter().map(|&unit| self.blocks.panel_of_unit(unit)).collect());
        prepared.count_compared();
        let (size, of) = (brute::rows_a_part(features), rest.len());
        let parts = pool.map(rest.len().div_ceil(size), |part| {
            let rows = &rest[part * size..((part + 1) * size).min(rest.len())];
            prepared
                .benches
                .brute
                .lend(|bench| prepared.level.run(Brute { prepared: &prepared, rows, of, meter, bench }))
        })?;
        let is_found = parts.iter().all(Option::is_some);
        parts.iter().flatten().flat_map(|part| &part.found).for_each(|found| matches.set(found));
        let Prepared { frame, panels, .. } = prepared;
        if is_found {
            self.packed = Some(Packed { frame, panels, for_gaps });
        } else {
            self.lines = panels.lines;
        }
        Ok(is_found)
    }

    /// Stores what pruning found. Returns whether there was anything.
    fn take_pruned(
        &mut self,
        found: Option<(Parts, Report)>,
        matches: &mut Matches,
        pool: &Pool,
    ) -> Result<bool, Error> {
        let Some((parts, report)) = found else {
            self.pruning.begin(&PRUNING_RESTS);
            return Ok(false);
        };
        matches.set_all(&parts, pool)?;
        self.report = report;
        self.pruning = Pause::default();
        Ok(true)
    }

    /// The codebook packed along the lattice in one format, packed again if necessary. `None` if no bound is proven for
    /// it.
    fn packed_as(
        &mut self,
        form: Form,
        codebook: &[f32],
        features: usize,
        for_gaps: bool,
        pool: &Pool,
    ) -> Result<Option<Packed>, Error> {
        match self.packed.take() {
            Some(packed) if packed.panels.form == form && (packed.for_gaps || !for_gaps) => Ok(Some(packed)),
            other => {
                let spare = other.map_or_else(|| std::mem::take(&mut self.lines), |packed| packed.panels.lines);
                self.pack(form, codebook, features, &self.blocks, spare, for_gaps, pool)
            }
        }
    }

    /// The codebook in the order of `blocks`. `None` if no bound is proven for it.
    #[expect(clippy::too_many_arguments, reason = "all that one call knows")]
    fn pack(
        &self,
        form: Form,
        codebook: &[f32],
        features: usize,
        blocks: &Blocks,
        spare: Vec<Line>,
        for_gaps: bool,
        pool: &Pool,
    ) -> Result<Option<Packed>, Error> {
        let Some(mut frame) = Frame::of(self.metric, features, codebook, true, pool)? else { return Ok(None) };
        let panels = match form {
            Form::Floats => Panels::of(&mut frame, codebook, &blocks.order, spare, for_gaps, false, pool)?,
            Form::Pairs => Panels::in_pairs(&mut frame, codebook, &blocks.order, spare, self.level, pool)?,
        };
        Ok(Some(Packed { frame, panels, for_gaps }))
    }

    /// What matching dense rows needs.
    fn prepare<'a>(
        &self,
        codebook: &'a [f32],
        rows: &Rows<'a>,
        packed: Packed,
        wanted: usize,
        pool: &Pool,
    ) -> Result<Prepared<'a>, Error> {
        let plain = Plain::new(self.metric, rows.columns(), codebook, false, pool)?;
        Ok(self.prepare_with(plain, rows, packed, wanted))
    }

    fn prepare_with<'a>(
        &self,
        plain: Plain<'a>,
        rows: &Rows<'a>,
        Packed { frame, panels, .. }: Packed,
        wanted: usize,
    ) -> Prepared<'a> {
        Prepared {
            level: self.level,
            matrix: rows.matrix(),
            plain,
            frame,
            panels,
            wanted,
            gaps: None,
            hints: None,
            benches: Arc::clone(&self.benches),
            too_coarse: AtomicBool::new(false),
            compared: AtomicUsize::new(0),
        }
    }

    /// Matches complete rows by patches along the lattice, or by patches of the `grouped` units, unless a trial on a
    /// few rows shows that brute force is faster.
    #[expect(clippy::too_many_arguments, reason = "all that one call knows")]
    fn prune(
        &mut self,
        codebook: &[f32],
        prepared: &Prepared<'_>,
        grouped: Option<&Blocks>,
        complete: &[u32],
        last: Option<&[i32]>,
        meter: &Meter<'_>,
        pool: &Pool,
    ) -> Result<Option<(Parts, Report)>, Error> {
        let blocks = grouped.unwrap_or(&self.blocks);
        let tree = Tree::of(&prepared.frame, codebook, &prepared.panels, blocks, self.level, pool)?;
        let trusts_last = grouped.is_none()
            && self.from_last > 0
            && !self.from_last.is_multiple_of(GUESSES_TRIED)
            && self.cost_from_last < COST_TRUSTED;
        let pruning = Pruning { prepared, tree: &tree, blocks, meter, pool };
        let features = prepared.frame.features;
        let known = last.map(|last| {
            let panels = complete.iter().map(|&row| blocks.panel_of_unit(last[row as usize])).collect();
            Sorted::by(blocks, panels, features, pool)
        });
        let known = known.transpose()?;
        let plan = match self.way {
            Way::Auto if trusts_last && known.is_some() => Plan::FromLast,
            Way::Auto => pruning.plan(complete, known.as_ref())?,
            _ if known.is_some() => Plan::FromLast,
            _ => Plan::FromGuess,
        };
        if prepared.is_too_coarse() {
            return Ok(None);
        }
        self.from_last = if plan == Plan::FromLast { self.from_last + 1 } else { 0 };
        let guess = match plan {
            Plan::Brute => return Ok(None),
            Plan::FromGuess => None,
            Plan::FromLast => known,
        };
        let guess = match guess {
            Some(known) => known,
            None => Sorted::by(blocks, pruning.guess(complete)?, features, pool)?,
        };
        let (parts, cost) = pruning.run(complete, &guess)?;
        self.cost_from_last = if plan == Plan::FromLast { pruning.share(cost) } else { 1.0 };
        if prepared.is_too_coarse() {
            return Ok(None);
        }
        let whole = (cost.batches.max(1) * prepared.panels.count() as u64) as f64;
        let (panels, patches) = (cost.panels as f64 / whole, cost.patches as f64 / whole);
        Ok(Some((parts, Report { pruned: true, panels, patches })))
    }

    /// As `prune`, by patches of similar prototypes anywhere on the lattice. Also returns whether pairs were too
    /// coarse.
    #[expect(clippy::too_many_arguments, reason = "all that one call knows")]
    fn prune_alike(
        &mut self,
        form: Form,
        codebook: &[f32],
        rows: &Rows<'_>,
        want_second: bool,
        complete: &[u32],
        last: Option<&[i32]>,
        meter: &Meter<'_>,
        pool: &Pool,
    ) -> Result<(Option<(Parts, Report)>, bool), Error> {
        let blocks = Blocks::of_groups(&likeness::groups(codebook, rows.columns(), self.level, pool)?);
        let (mut found, mut too_coarse) = (None, false);
        if let Some(packed) = self.pack(form, codebook, rows.columns(), &blocks, Vec::new(), false, pool)? {
            let prepared = self.prepare(codebook, rows, packed, wanted_of(want_second), pool)?;
            found = self.prune(codebook, &prepared, Some(&blocks), complete, last, meter, pool)?;
            too_coarse = prepared.is_too_coarse();
        }
        self.unlike = found.is_none() && !too_coarse;
        Ok((found, too_coarse))
    }

    fn match_sparse(
        &mut self,
        codebook: &[f32],
        rows: &Rows<'_>,
        meter: &Meter<'_>,
        pool: &Pool,
        matches: &mut Matches,
    ) -> Result<(), Error> {
        let features = rows.columns();
        let Some(mut frame) = Frame::of(self.metric, features, codebook, false, pool)? else {
            return self.match_plainly(codebook, rows, meter, pool, matches);
        };
        let panels =
            Panels::of(&mut frame, codebook, &self.blocks.order, std::mem::take(&mut self.lines), false, true, pool)?;
        let plain = Plain::new(self.metric, features, codebook, true, pool)?;
        let want_second = !matches.second_unit.is_empty();
        let packed = Packed { frame, panels, for_gaps: false };
        let prepared = self.prepare_with(plain, rows, packed, wanted_of(want_second));
        let count = rows.rows();
        let parts = if self.metric == Metric::Chebyshev {
            // The largest difference can lie where nothing is stored: a few rows at a time are written out.
            let all: Vec<u32> = (0..count as u32).collect();
            let (size, of) = (brute::rows_a_part(features), count);
            pool.map(count.div_ceil(size), |part| {
                let rows = &all[part * size..((part + 1) * size).min(count)];
                let found = prepared
                    .benches
                    .brute
                    .lend(|bench| prepared.level.run(Brute { prepared: &prepared, rows, of, meter, bench }))?;
                Ok(found.unwrap_or_default().found)
            })?
        } else {
            let size = sparse::rows_a_part(count, pool.threads());
            pool.map(count.div_ceil(size), |part| {
                let rows = part * size..((part + 1) * size).min(count);
                prepared.level.run(Sparse { prepared: &prepared, rows, meter })
            })?
        };
        parts.iter().flatten().for_each(|found| matches.set(found));
        self.report = Report { pruned: false, panels: 1.0, patches: 0.0 };
        self.lines = prepared.panels.lines;
        Ok(())
    }

    fn match_plainly(
        &self,
        codebook: &[f32],
        rows: &Rows<'_>,
        meter: &Meter<'_>,
        pool: &Pool,
        matches: &mut Matches,
    ) -> Result<(), Error> {
        let (matrix, want_second) = (rows.matrix(), !matches.second_unit.is_empty());
        let plain = Plain::new(self.metric, rows.columns(), codebook, matches!(matrix, Matrix::Sparse { .. }), pool)?;
        let parts = pool.map(rows.rows().div_ceil(PLAIN_ROWS), |part| {
            let chunk = part * PLAIN_ROWS..((part + 1) * PLAIN_ROWS).min(rows.rows());
            meter.advance(chunk.len() as u64)?;
            let nearest = chunk.map(|i| (i as u32, plain.nearest(Sample::of(&matrix, i))));
            Ok(nearest.map(|(row, nearest)| Found::of(row, &nearest, self.metric, want_second)).collect::<Vec<_>>())
        })?;
        parts.iter().flatten().for_each(|found| matches.set(found));
        Ok(())
    }
}

/// How many units each row asks for.
fn wanted_of(want_second: bool) -> usize {
    if want_second { 2 } else { 1 }
}

/// Whether each dense row has a missing value.
fn gaps(rows: &Rows<'_>, pool: &Pool) -> Result<Vec<bool>, Error> {
    let mut gaps = vec![false; rows.rows()];
    if let Matrix::Dense { columns, data, .. } = rows.matrix() {
        pool.chunks(&mut gaps, GAP_ROWS, |part, gaps| {
            let rows = data[part * GAP_ROWS * columns..].chunks_exact(columns);
            gaps.iter_mut().zip(rows).for_each(|(gap, row)| *gap = row.iter().fold(false, |gap, x| gap | x.is_nan()));
            Ok(())
        })?;
    }
    Ok(gaps)
}

const GAP_ROWS: usize = 4096;
/// With fewer panels or rows than these, a trial costs more than it could save.
const LEAST_PANELS: usize = 32;
const LEAST_ROWS: usize = 512;
/// With fewer rows than these, grouping similar prototypes costs more than it could save.
const LEAST_ROWS_ALIKE: usize = 4096;
/// With fewer features than these, finishing a score costs more than integers save.
const LEAST_FEATURES_IN_PAIRS: usize = 6;
/// Calls without integers after they were too coarse. A map is at its smoothest only for an epoch or two.
const INTEGER_RESTS: [u32; 5] = [1, 2, 4, 8, 16];
/// One in this many calls that start from the last units tests whether a guess would now be better.
const GUESSES_TRIED: u32 = 4;
/// After a call that cost less than this share of brute force, the next one does the same without a trial.
const COST_TRUSTED: f64 = 0.8;
/// Calls without a trial of pruning after it was rejected. A map that is not ordered yet soon will be.
const PRUNING_RESTS: [u32; 5] = [0, 1, 2, 4, 8];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_set_in_its_row_on_any_number_of_threads() {
        let count = 3 * SET_LEAST + 5;
        // Rows here and there, and every seventh left out.
        let found: Vec<Found> = (0..count)
            .map(|i| (i * 7919) % count)
            .filter(|row| row % 7 != 0)
            .map(|row| Found {
                row: row as u32,
                unit: row as i32,
                distance: row as f32 + 0.5,
                second_unit: row as i32 + 1,
                second_distance: row as f32 + 1.5,
            })
            .collect();
        let parts: Vec<Vec<Found>> = found.chunks(1000).map(<[Found]>::to_vec).collect();
        for want_second in [false, true] {
            let mut expected = Matches::empty(count, want_second);
            found.iter().for_each(|found| expected.set(found));
            for threads in [1, 2, 3, 8] {
                let mut matches = Matches::empty(count, want_second);
                matches.set_all(&parts, &Pool::new(threads).unwrap()).unwrap();
                assert_eq!((&matches.unit, &matches.second_unit), (&expected.unit, &expected.second_unit));
                let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&matches.distance), bits(&expected.distance));
                assert_eq!(bits(&matches.second_distance), bits(&expected.second_distance));
            }
        }
    }
}
