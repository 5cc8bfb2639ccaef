//! The nearest unit, and the second nearest, of each sample.

mod brute;
mod decision;
mod frame;
mod layered;
mod likeness;
mod matches;
mod nearest;
mod order;
mod pairs;
mod panels;
mod plain;
mod prepared;
mod pruned;
mod quick;
mod ranked;
mod sparse;
mod tree;

use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::{Pool, Spares};
use crate::samples::{Matrix, Rows};
use crate::simd::{Level, Line};
use crate::watch::{Meter, Watch};
use decision::{Decision, Patches, Start, State};
use frame::Frame;
use matches::Found;
use panels::{Form, Panels};
use plain::{Plain, Sample};
use prepared::Prepared;
use pruned::{Parts, Plan, Pruning, Sorted};
use sparse::Sparse;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tree::{Blocks, Tree};

pub(crate) use layered::LayeredSearch;
pub use matches::{Matches, NearestUnits};
pub use plain::{match_plain, nearest_plain};
pub use ranked::MOST_NEAREST;

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
    /// Whether it lasts in this call.
    fn lasts(&self) -> bool {
        self.rest > 0
    }

    /// Counts a call.
    fn pass(&mut self) {
        self.rest = self.rest.saturating_sub(1);
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
    met_missing: AtomicBool,
}

/// What one call is given.
struct Call<'a> {
    /// Units × features.
    codebook: &'a [f32],
    rows: &'a Rows<'a>,
    /// How many units each row asks for.
    wanted: usize,
    meter: &'a Meter<'a>,
    pool: &'a Pool,
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
    for_missing: bool,
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
        let meter = Meter::new(watch, rows.rows() as u64);
        let call = Call { codebook, rows, wanted: 1 + usize::from(want_second), meter: &meter, pool };
        let mut matches = Matches::empty(rows.rows(), want_second);
        self.missing = None;
        match rows.matrix() {
            Matrix::Dense { data, .. } => {
                let key = (data.as_ptr() as usize, rows.rows(), rows.columns());
                let last = self.last.take().filter(|last| last.rows == key);
                self.match_dense(&call, key, last, &mut matches)?;
                self.last = Some(Last { rows: key, unit: matches.unit.clone() });
            }
            Matrix::Sparse { .. } => self.match_sparse(&call, &mut matches)?,
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

    fn match_dense(
        &mut self,
        call: &Call<'_>,
        key: Key,
        last: Option<Last>,
        matches: &mut Matches,
    ) -> Result<(), Error> {
        // Rows that were complete are not checked again. If one has a missing value by now, its norm shows that when it
        // is packed, and the row is matched by the definition alone.
        let was_complete = self.complete.take() == Some(key) && self.metric == Metric::Euclidean;
        self.benches.met_missing.store(false, Ordering::Relaxed);
        let missing = if was_complete { vec![false; call.rows.rows()] } else { missing_of(call.rows, call.pool)? };
        let mut decision = decision::decide(&self.state(call.rows, &missing));
        self.integers.pass();
        self.pruning.pass();
        while !self.match_as(decision, call, &missing, last.as_ref(), matches)? {
            self.integers.begin(&decision::INTEGER_RESTS);
            decision = decision::decide(&self.state(call.rows, &missing));
        }
        if decision.form == Form::Pairs {
            self.integers = Pause::default();
        }
        let has_missing = missing.contains(&true) || self.benches.met_missing.load(Ordering::Relaxed);
        self.missing = Some(has_missing);
        self.complete = (!has_missing).then_some(key);
        Ok(())
    }

    /// What a decision about dense rows is made of.
    fn state(&self, rows: &Rows<'_>, missing: &[bool]) -> State {
        State {
            metric: self.metric,
            way: self.way,
            pairs: self.pairs,
            quick_pairs: self.level.has_quick_pairs(),
            features: rows.columns(),
            panels: self.blocks.of_panel.len(),
            rows: missing.len(),
            complete: missing.iter().filter(|&&missing| !missing).count(),
            integers_rest: self.integers.lasts(),
            pruning_rests: self.pruning.lasts(),
            unlike: self.unlike,
            from_last: self.from_last,
            cost_from_last: self.cost_from_last,
        }
    }

    /// Matches rows as decided. Returns whether the number format was precise enough.
    fn match_as(
        &mut self,
        Decision { form, patches, start }: Decision,
        call: &Call<'_>,
        missing: &[bool],
        last: Option<&Last>,
        matches: &mut Matches,
    ) -> Result<bool, Error> {
        let Call { codebook, rows, pool, .. } = *call;
        let features = rows.columns();
        let has_missing = missing.contains(&true);
        let mut rest: Vec<u32> = (0..rows.rows() as u32).collect();
        let asks = patches != Patches::None;
        let split: Option<(Vec<u32>, Vec<u32>)> =
            (asks && has_missing).then(|| rest.iter().partition(|&&row| missing[row as usize]));
        let complete = split.as_ref().map_or(&rest, |(_, complete)| complete);
        let last_units = last.map(|last| &last.unit[..]);
        let mut found = None;

        // Before training, neighbours are not similar and a trial would fail, so nothing needs to be packed along the
        // lattice.
        let is_lost = patches == Patches::Either && order::is_lost(codebook, features, &self.blocks.order);
        let is_alike = is_lost || patches == Patches::Alike;
        if is_alike {
            let (alike, too_coarse) = self.prune_alike(form, start, call, complete, last_units)?;
            if too_coarse {
                return Ok(false);
            }
            if alike.is_some() && !has_missing {
                self.take_pruned(alike, matches, pool)?;
                return Ok(true);
            }
            found = alike;
        }
        let Some(packed) = self.packed_as(form, call, has_missing)? else {
            // No row is packed then.
            let met_missing = missing_of(rows, pool)?.contains(&true);
            self.benches.met_missing.store(met_missing, Ordering::Relaxed);
            self.match_plainly(call, matches)?;
            return Ok(true);
        };
        let for_missing = packed.for_missing;
        let mut prepared = self.prepare(call, packed)?;
        prepared.missing = Some(missing);
        self.report = Report { pruned: false, panels: 1.0, patches: 0.0 };
        if asks {
            if !is_alike {
                found = self.prune(start, call, &prepared, None, complete, last_units)?;
                if found.is_none() && patches == Patches::Either && !prepared.is_too_coarse() {
                    let (alike, too_coarse) = self.prune_alike(form, start, call, complete, last_units)?;
                    found = alike;
                    *prepared.too_coarse.get_mut() |= too_coarse;
                }
            }
            if prepared.is_too_coarse() {
                self.lines = prepared.panels.lines;
                return Ok(false);
            }
            if self.take_pruned(found, matches, pool)? {
                rest = split.map_or_else(Vec::new, |(incomplete, _)| incomplete);
            }
        }
        let last = last.filter(|_| !rest.is_empty());
        prepared.hints = last.map(|last| last.unit.iter().map(|&unit| self.blocks.panel_of_unit(unit)).collect());
        prepared.count_compared();
        let parts = brute::match_all(&prepared, &rest, call)?;
        let is_found = parts.iter().all(Option::is_some);
        parts.iter().flatten().flat_map(|part| &part.found).for_each(|found| matches.set(found));
        let Prepared { frame, panels, .. } = prepared;
        if is_found {
            self.packed = Some(Packed { frame, panels, for_missing });
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
            self.pruning.begin(&decision::PRUNING_RESTS);
            return Ok(false);
        };
        matches.set_all(&parts, pool)?;
        self.report = report;
        self.pruning = Pause::default();
        Ok(true)
    }

    /// The codebook packed along the lattice in one format, packed again if necessary. `None` if no bound is proven for
    /// it.
    fn packed_as(&mut self, form: Form, call: &Call<'_>, for_missing: bool) -> Result<Option<Packed>, Error> {
        match self.packed.take() {
            Some(packed) if packed.panels.form == form && (packed.for_missing || !for_missing) => Ok(Some(packed)),
            other => {
                let spare = other.map_or_else(|| std::mem::take(&mut self.lines), |packed| packed.panels.lines);
                self.pack(form, call, &self.blocks, spare, for_missing)
            }
        }
    }

    /// The codebook in the order of `blocks`. `None` if no bound is proven for it.
    fn pack(
        &self,
        form: Form,
        call: &Call<'_>,
        blocks: &Blocks,
        spare: Vec<Line>,
        for_missing: bool,
    ) -> Result<Option<Packed>, Error> {
        let Call { codebook, rows, pool, .. } = *call;
        let Some(mut frame) = Frame::of(self.metric, rows.columns(), codebook, true, pool)? else { return Ok(None) };
        let panels = match form {
            Form::Floats => Panels::of(&mut frame, codebook, &blocks.order, spare, for_missing, false, pool)?,
            Form::Pairs => Panels::in_pairs(&mut frame, codebook, &blocks.order, spare, self.level, pool)?,
        };
        Ok(Some(Packed { frame, panels, for_missing }))
    }

    /// What matching dense rows needs.
    fn prepare<'a>(&self, call: &Call<'a>, packed: Packed) -> Result<Prepared<'a>, Error> {
        let plain = Plain::new(self.metric, call.rows.columns(), call.codebook, false, call.pool)?;
        Ok(self.prepare_with(plain, call.rows, packed, call.wanted))
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
            missing: None,
            hints: None,
            benches: Arc::clone(&self.benches),
            too_coarse: AtomicBool::new(false),
            compared: AtomicUsize::new(0),
        }
    }

    /// Matches complete rows by patches along the lattice, or by patches of the `grouped` units, unless a trial on a
    /// few rows shows that brute force is faster.
    fn prune(
        &mut self,
        start: Start,
        call: &Call<'_>,
        prepared: &Prepared<'_>,
        grouped: Option<&Blocks>,
        complete: &[u32],
        last: Option<&[i32]>,
    ) -> Result<Option<(Parts, Report)>, Error> {
        let Call { codebook, meter, pool, .. } = *call;
        let blocks = grouped.unwrap_or(&self.blocks);
        let tree = Tree::of(&prepared.frame, codebook, &prepared.panels, blocks, self.level, pool)?;
        let pruning = Pruning { prepared, tree: &tree, blocks, meter, pool };
        let features = prepared.frame.features;
        let known = last.map(|last| {
            let panels = complete.iter().map(|&row| blocks.panel_of_unit(last[row as usize])).collect();
            Sorted::by(blocks, panels, features, pool)
        });
        let known = known.transpose()?;
        let plan = match start {
            // Last units are trusted where they were the best to start from, along the lattice.
            Start::LastElseTried if known.is_some() && grouped.is_none() => Plan::FromLast,
            Start::Tried | Start::LastElseTried => pruning.plan(complete, known.as_ref())?,
            Start::LastElseGuess if known.is_some() => Plan::FromLast,
            Start::LastElseGuess => Plan::FromGuess,
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
    fn prune_alike(
        &mut self,
        form: Form,
        start: Start,
        call: &Call<'_>,
        complete: &[u32],
        last: Option<&[i32]>,
    ) -> Result<(Option<(Parts, Report)>, bool), Error> {
        let groups = likeness::groups(call.codebook, call.rows.columns(), self.level, call.pool)?;
        let blocks = Blocks::of_groups(&groups);
        let (mut found, mut too_coarse) = (None, false);
        if let Some(packed) = self.pack(form, call, &blocks, Vec::new(), false)? {
            let prepared = self.prepare(call, packed)?;
            found = self.prune(start, call, &prepared, Some(&blocks), complete, last)?;
            too_coarse = prepared.is_too_coarse();
        }
        self.unlike = found.is_none() && !too_coarse;
        Ok((found, too_coarse))
    }

    fn match_sparse(&mut self, call: &Call<'_>, matches: &mut Matches) -> Result<(), Error> {
        let Call { codebook, rows, meter, pool, .. } = *call;
        let features = rows.columns();
        let Some(mut frame) = Frame::of(self.metric, features, codebook, false, pool)? else {
            return self.match_plainly(call, matches);
        };
        let panels =
            Panels::of(&mut frame, codebook, &self.blocks.order, std::mem::take(&mut self.lines), false, true, pool)?;
        let plain = Plain::new(self.metric, features, codebook, true, pool)?;
        let packed = Packed { frame, panels, for_missing: false };
        let prepared = self.prepare_with(plain, rows, packed, call.wanted);
        let count = rows.rows();
        let parts = if self.metric == Metric::Chebyshev {
            // The largest difference can lie where nothing is stored: a few rows at a time are written out.
            let all: Vec<u32> = (0..count as u32).collect();
            let parts = brute::match_all(&prepared, &all, call)?;
            parts.into_iter().map(|part| part.unwrap_or_default().found).collect()
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

    fn match_plainly(&self, call: &Call<'_>, matches: &mut Matches) -> Result<(), Error> {
        let Call { codebook, rows, meter, pool, wanted } = *call;
        let (matrix, want_second) = (rows.matrix(), wanted > 1);
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

/// Whether each dense row has a missing value.
fn missing_of(rows: &Rows<'_>, pool: &Pool) -> Result<Vec<bool>, Error> {
    let mut missing = vec![false; rows.rows()];
    if let Matrix::Dense { columns, data, .. } = rows.matrix() {
        pool.chunks(&mut missing, CHECKED_ROWS, |part, missing| {
            let rows = data[part * CHECKED_ROWS * columns..].chunks_exact(columns);
            missing
                .iter_mut()
                .zip(rows)
                .for_each(|(any, row)| *any = row.iter().fold(false, |any, x| any | x.is_nan()));
            Ok(())
        })?;
    }
    Ok(missing)
}

const CHECKED_ROWS: usize = 4096;
