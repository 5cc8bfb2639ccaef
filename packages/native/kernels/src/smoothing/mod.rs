//! The second half of a batch epoch: per-unit sums are smoothed over the lattice, and the codebook moves towards the
//! means.
//!
//! Never K × K work where the kernel separates. Everything is cut into tasks of four planes (a plane is one feature's
//! sums, or the counts, over the whole lattice) and a few columns of units, each with all the rows: both passes of a
//! separable kernel then run on numbers in cache, and tasks write apart. Lanes are neighbouring destination columns, so
//! that any width gives the same bits.

mod plan;
mod planes;
mod task;

use crate::error::Error;
use crate::lattice::Lattice;
use crate::neighbourhood::Kernel;
use crate::pages;
use crate::parallel::Pool;
use crate::simd::{Job, LINE, Lanes, Level};
use crate::sums::Columns;
use crate::vector::{self, Line64};
use crate::watch::{Meter, Unwatched, Watch};
use plan::Plan;
use planes::{BlockLines, Entry, Planes, Smoothed};
use task::Task;

/// Moves `codebook` (units × features) towards the smoothed means of `sums` (units × features) and `counts` (one a
/// unit, or one a unit and feature), all the way at rate 1, exactly as "Batch epoch" of `docs/design/arithmetic.md`
/// defines it. A unit, or feature, with nothing in reach stays.
#[allow(clippy::too_many_arguments)]
pub fn update(
    lattice: &Lattice,
    kernel: Kernel,
    sums: &[f64],
    counts: &[f64],
    radius: f64,
    rate: f64,
    codebook: &mut [f32],
    pool: &Pool,
) -> Result<(), Error> {
    update_at(Level::best(), lattice, kernel, Batch { sums, counts }, radius, rate, codebook, &Unwatched, pool)
}

/// `update`, watched: cancelled, it leaves the codebook as it was. `spare` is what the codebook was before, memory for
/// the next call.
#[allow(clippy::too_many_arguments)]
pub fn update_watched(
    lattice: &Lattice,
    kernel: Kernel,
    sums: &[f64],
    counts: &[f64],
    radius: f64,
    rate: f64,
    codebook: &mut Vec<f32>,
    spare: &mut Vec<f32>,
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<(), Error> {
    let planes = Planes::new(lattice, Batch { sums, counts }, codebook.len())?;
    update_planes(lattice, kernel, &planes, radius, rate, codebook, spare, watch, pool)
}

/// `update_watched` at rate 1, of sums that are kept sparse: the same bits.
#[allow(clippy::too_many_arguments)]
pub(crate) fn update_sparse(
    lattice: &Lattice,
    kernel: Kernel,
    columns: &Columns,
    radius: f64,
    codebook: &mut Vec<f32>,
    spare: &mut Vec<f32>,
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<(), Error> {
    let planes = Planes::sparse(lattice, columns, codebook.len())?;
    update_planes(lattice, kernel, &planes, radius, 1.0, codebook, spare, watch, pool)
}

#[allow(clippy::too_many_arguments)]
fn update_planes(
    lattice: &Lattice,
    kernel: Kernel,
    planes: &Planes<'_>,
    radius: f64,
    rate: f64,
    codebook: &mut Vec<f32>,
    spare: &mut Vec<f32>,
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<(), Error> {
    if spare.len() != codebook.len() {
        *spare = pages::zeros(codebook.len());
    }
    move_into(Level::best(), lattice, kernel, planes, radius, rate, codebook, spare, watch, pool)?;
    std::mem::swap(codebook, spare);
    Ok(())
}

/// What is smoothed, as `sums::Sums` holds it.
#[derive(Clone, Copy)]
struct Batch<'a> {
    sums: &'a [f64],
    counts: &'a [f64],
}

#[allow(clippy::too_many_arguments)]
fn update_at(
    level: Level,
    lattice: &Lattice,
    kernel: Kernel,
    batch: Batch<'_>,
    radius: f64,
    rate: f64,
    codebook: &mut [f32],
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<(), Error> {
    let planes = Planes::new(lattice, batch, codebook.len())?;
    let mut next = vec![f32::NAN; codebook.len()];
    move_into(level, lattice, kernel, &planes, radius, rate, codebook, &mut next, watch, pool)?;
    codebook.copy_from_slice(&next);
    Ok(())
}

/// Writes the codebook as it is moved, every number of it, to `next`: cancelled, it has written some of it.
#[allow(clippy::too_many_arguments)]
fn move_into(
    level: Level,
    lattice: &Lattice,
    kernel: Kernel,
    planes: &Planes<'_>,
    radius: f64,
    rate: f64,
    codebook: &[f32],
    next: &mut [f32],
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<(), Error> {
    if kernel.signed() {
        return Err(Error::Shape("kernel mexican-hat: online only, its batch mean has no fixed denominator".into()));
    }
    if !(radius > 0.0 && radius.is_finite()) {
        return Err(Error::expected("radius", "a finite number above 0", radius));
    }
    if !rate.is_finite() {
        return Err(Error::expected("rate", "a finite number", rate));
    }
    let plan = Plan::new(lattice, kernel, radius);
    let blocks = lattice.columns.div_ceil(8);
    let blocks_a_task = (TASK_LINES / (GROUP * lattice.rows)).clamp(1, blocks);
    let slices = blocks.div_ceil(blocks_a_task);
    let task_lines = blocks_a_task * lattice.rows * GROUP;
    let groups = planes.count().div_ceil(GROUP);
    let groups_at_once = (MEMORY_LINES / (slices * task_lines)).max(1);

    let meter = Meter::new(watch, (groups * slices) as u64);
    meter.check()?;
    let mut unit_counts = Vec::new();
    let mut out = pages::filled(Line64::ZERO, groups_at_once.min(groups) * slices * task_lines);
    for first in (0..groups).step_by(groups_at_once) {
        let some = groups_at_once.min(groups - first);
        let out = &mut out[..some * slices * task_lines];
        let entries = pack(planes, first, some, lattice, pool)?;
        pool.chunks(out, task_lines, |task, out| {
            let from = task % slices * blocks_a_task;
            let task = Task {
                lattice,
                plan: &plan,
                entries: &entries[task / slices * lattice.rows..][..lattice.rows],
                blocks: from..(from + blocks_a_task).min(blocks),
                out,
            };
            vector::run(level, task);
            meter.advance(1)
        })?;
        let smoothed = Smoothed { out, first_plane: first * GROUP, rows: lattice.rows, slices, blocks_a_task };
        if first == 0 && !planes.per_feature {
            unit_counts = (0..lattice.units())
                .map(|unit| smoothed.at(0, unit / lattice.columns, unit % lattice.columns))
                .collect();
        }
        let last = (first * GROUP + some * GROUP).min(planes.count());
        // Planes of sums, with the feature that each belongs to.
        let sums: Vec<(usize, usize)> =
            (first * GROUP..last).filter_map(|plane| planes.feature_of_sums(plane).map(|f| (plane, f))).collect();
        let (per_feature, features, size) = (planes.per_feature, planes.features, lattice.columns * planes.features);
        pool.chunks(next, size, |row, next| {
            let old = &codebook[row * size..][..size];
            let counts = unit_counts.get(row * lattice.columns..).unwrap_or_default();
            let means = Means { smoothed: &smoothed, sums: &sums, row, counts, per_feature, features, rate, old, next };
            level.run(means);
            Ok(())
        })?;
    }
    Ok(())
}

/// What each row holds of `some` groups from `first` on: group after group, row after row.
fn pack(
    planes: &Planes<'_>,
    first: usize,
    some: usize,
    lattice: &Lattice,
    pool: &Pool,
) -> Result<Vec<Vec<Entry>>, Error> {
    if planes.is_sparse() {
        return Ok(pool
            .map(some, |group| Ok(planes.pack_sparse(first + group, lattice)))?
            .into_iter()
            .flatten()
            .collect());
    }
    let runs = some.div_ceil(PACKED_GROUPS);
    let mut packed = pool.map(runs * lattice.rows, |part| {
        let from = part / lattice.rows * PACKED_GROUPS;
        let groups = PACKED_GROUPS.min(some - from);
        Ok(planes.pack((first + from) * GROUP, groups, part % lattice.rows, lattice.columns))
    })?;
    let mut entries = Vec::with_capacity(some * lattice.rows);
    for group in 0..some {
        for row in 0..lattice.rows {
            let run = &mut packed[group / PACKED_GROUPS * lattice.rows + row];
            entries.push(std::mem::take(&mut run[group % PACKED_GROUPS]));
        }
    }
    Ok(entries)
}

/// Groups of planes packed together: eight lines of a unit's sums.
const PACKED_GROUPS: usize = 16;
/// Planes smoothed together: enough work on each number of a table that is loaded.
const GROUP: usize = 4;
/// Lines of eight sums that a task keeps at once: half of a small second-level cache.
const TASK_LINES: usize = 256 * 1024 / 64;
/// Lines of smoothed sums kept before they are used: few enough to stay in a cache, and to cost little when the memory
/// is new.
const MEMORY_LINES: usize = (4 << 20) / 64;

/// Writes some features of a row of units: the means where anything is in reach, else what was there.
struct Means<'a> {
    smoothed: &'a Smoothed<'a>,
    /// Planes of sums, with the feature that each belongs to.
    sums: &'a [(usize, usize)],
    row: usize,
    /// The smoothed counts of the row's units, where they are not per feature.
    counts: &'a [f64],
    per_feature: bool,
    features: usize,
    rate: f64,
    old: &'a [f32],
    next: &'a mut [f32],
}

impl Job for Means<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        let Means { smoothed, sums, row, counts, per_feature, features, rate, old, next } = self;
        // Eight columns at a time: what they need of a plane is one line.
        for (block, (next, old)) in next.chunks_mut(8 * features).zip(old.chunks(8 * features)).enumerate() {
            let lines = smoothed.lines_of(row, block);
            let units = next.len() / features;
            let mut unit_counts = [0.0; 8];
            if !per_feature {
                unit_counts[..units].copy_from_slice(&counts[block * 8..][..units]);
            }
            if !per_feature && rate == 1.0 && unit_counts[..units].iter().all(|&count| count > 0.0) {
                means_alone(&lines, sums, &unit_counts, features, next);
                continue;
            }
            for &(plane, f) in sums {
                let counts = if per_feature { lines.of(plane - 1) } else { &unit_counts };
                let (sums, mut means) = (lines.of(plane), [0.0f64; 8]);
                for i in 0..8 {
                    means[i] = sums[i] / counts[i];
                }
                for i in 0..units {
                    let (at, mean) = (i * features + f, means[i]);
                    let w = f64::from(old[at]);
                    let moved = (if rate == 1.0 { mean } else { w + rate * (mean - w) }) as f32;
                    next[at] = if counts[i] > 0.0 { moved } else { old[at] };
                }
            }
        }
    }
}

/// Writes the means of up to eight units: what was there is not looked at, and whole lines are written.
#[inline(always)]
fn means_alone(lines: &BlockLines<'_>, sums: &[(usize, usize)], counts: &[f64; 8], features: usize, next: &mut [f32]) {
    for planes in sums.chunks(LINE) {
        let mut means = [[0.0f32; 8]; LINE];
        for (means, &(plane, _)) in means.iter_mut().zip(planes) {
            let sums = lines.of(plane);
            for i in 0..8 {
                means[i] = (sums[i] / counts[i]) as f32;
            }
        }
        // Features of planes follow one another.
        let first = planes[0].1;
        for (i, next) in next.chunks_exact_mut(features).enumerate() {
            let mut line = [0.0f32; LINE];
            for k in 0..LINE {
                line[k] = means[k][i];
            }
            next[first..first + planes.len()].copy_from_slice(&line[..planes.len()]);
        }
    }
}

#[cfg(test)]
mod tests;
