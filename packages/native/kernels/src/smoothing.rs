//! The second half of a batch epoch: per-unit sums are smoothed over the lattice, and the codebook moves towards the means.
//!
//! Never K × K work where the kernel separates. Everything is cut into tasks of four planes (a plane is one feature's sums, or the
//! counts, over the whole lattice) and a few columns of units, each with all the rows: both passes of a separable kernel then run on
//! numbers in cache, and tasks write apart. Lanes are neighbouring destination columns, so that any width gives the same bits.

use crate::error::Error;
use crate::lattice::Lattice;
use crate::neighbourhood::{Kernel, Rule};
use crate::parallel::Pool;
use crate::simd::Level;
use crate::vector::{self, Line64, Vectors, Work};
use crate::watch::{Meter, Unwatched, Watch};

/// Moves `codebook` (units × features) towards the smoothed means of `sums` (units × features) and `counts` (one a unit, or one a unit
/// and feature), all the way at rate 1, exactly as "Batch epoch" of `docs/design/arithmetic.md` defines it. A unit, or feature, with
/// nothing in reach stays.
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
    update_watched(lattice, kernel, sums, counts, radius, rate, codebook, &Unwatched, pool)
}

/// `update`, watched: cancelled, it leaves the codebook as it was.
#[allow(clippy::too_many_arguments)]
pub fn update_watched(
    lattice: &Lattice,
    kernel: Kernel,
    sums: &[f64],
    counts: &[f64],
    radius: f64,
    rate: f64,
    codebook: &mut [f32],
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<(), Error> {
    update_at(Level::best(), lattice, kernel, Batch { sums, counts }, radius, rate, codebook, watch, pool)
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
    let mut next = codebook.to_vec();
    let mut unit_counts = Vec::new();
    let mut out = vec![Line64::ZERO; groups_at_once.min(groups) * slices * task_lines];
    for first in (0..groups).step_by(groups_at_once) {
        let some = groups_at_once.min(groups - first);
        let out = &mut out[..some * slices * task_lines];
        let entries = pool.map(some * lattice.rows, |part| {
            Ok(planes.pack((first + part / lattice.rows) * GROUP, part % lattice.rows, lattice.columns))
        })?;
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
        move_to_means(lattice, &planes, &smoothed, some * GROUP, &unit_counts, rate, &mut next, pool)?;
    }
    codebook.copy_from_slice(&next);
    Ok(())
}

/// Planes smoothed together: enough work on each number of a table that is loaded.
const GROUP: usize = 4;
/// Lines of eight sums that a task keeps at once: half of a small second-level cache.
const TASK_LINES: usize = 256 * 1024 / 64;
/// Lines of smoothed sums kept before they are used.
const MEMORY_LINES: usize = (64 << 20) / 64;

#[allow(clippy::too_many_arguments)]
fn move_to_means(
    lattice: &Lattice,
    planes: &Planes<'_>,
    smoothed: &Smoothed<'_>,
    count: usize,
    unit_counts: &[f64],
    rate: f64,
    codebook: &mut [f32],
    pool: &Pool,
) -> Result<(), Error> {
    let features = planes.features;
    let last = (smoothed.first_plane + count).min(planes.count());
    // Sums planes of this batch, with the feature each belongs to and the plane of its counts.
    let sums: Vec<(usize, usize)> =
        (smoothed.first_plane..last).filter_map(|plane| planes.feature_of_sums(plane).map(|f| (plane, f))).collect();
    pool.chunks(codebook, lattice.columns * features, |row, prototypes| {
        for (column, prototype) in prototypes.chunks_exact_mut(features).enumerate() {
            for &(plane, f) in &sums {
                let den = if planes.per_feature {
                    smoothed.at(plane - 1, row, column)
                } else {
                    unit_counts[row * lattice.columns + column]
                };
                if den > 0.0 {
                    let mean = smoothed.at(plane, row, column) / den;
                    let w = f64::from(prototype[f]);
                    prototype[f] = (if rate == 1.0 { mean } else { w + rate * (mean - w) }) as f32;
                }
            }
        }
        Ok(())
    })
}

/// Sums and counts as planes over the lattice: counts first, then each feature's sums; where counts are kept per feature,
/// each feature's counts and then its sums.
struct Planes<'a> {
    batch: Batch<'a>,
    features: usize,
    per_feature: bool,
}

impl<'a> Planes<'a> {
    fn new(lattice: &Lattice, batch: Batch<'a>, numbers: usize) -> Result<Planes<'a>, Error> {
        let units = lattice.units();
        if units == 0 || numbers == 0 || !numbers.is_multiple_of(units) {
            return Err(Error::expected(
                "codebook",
                format!("a number of features for each of {units} units"),
                numbers,
            ));
        }
        if batch.sums.len() != numbers {
            return Err(Error::expected("sums", format!("{numbers} numbers"), batch.sums.len()));
        }
        let per_feature = batch.counts.len() == numbers && numbers != units;
        if !per_feature && batch.counts.len() != units {
            let expected = format!("one a unit, {units}, or one a unit and feature, {numbers}");
            return Err(Error::expected("counts", expected, batch.counts.len()));
        }
        Ok(Planes { batch, features: numbers / units, per_feature })
    }

    fn count(&self) -> usize {
        if self.per_feature { 2 * self.features } else { 1 + self.features }
    }

    fn feature_of_sums(&self, plane: usize) -> Option<usize> {
        if !self.per_feature {
            plane.checked_sub(1)
        } else if plane % 2 == 1 {
            Some(plane / 2)
        } else {
            None
        }
    }

    #[inline(always)]
    fn at(&self, plane: usize, unit: usize) -> f64 {
        if plane >= self.count() {
            0.0
        } else if self.per_feature {
            let numbers = if plane.is_multiple_of(2) { self.batch.counts } else { self.batch.sums };
            numbers[unit * self.features + plane / 2]
        } else if plane == 0 {
            self.batch.counts[unit]
        } else {
            self.batch.sums[unit * self.features + plane - 1]
        }
    }

    /// The columns of a row where any of four planes is not 0, ascending.
    fn pack(&self, first: usize, row: usize, columns: usize) -> Vec<Entry> {
        (0..columns)
            .map(|column| {
                let values = std::array::from_fn(|plane| self.at(first + plane, row * columns + column));
                Entry { column, values }
            })
            .filter(|entry| entry.values != [0.0; GROUP])
            .collect()
    }
}

/// Smoothed planes as tasks leave them: task after task, block of eight columns after block, row after row, four lines each.
struct Smoothed<'a> {
    out: &'a [Line64],
    first_plane: usize,
    rows: usize,
    slices: usize,
    blocks_a_task: usize,
}

impl Smoothed<'_> {
    #[inline(always)]
    fn at(&self, plane: usize, row: usize, column: usize) -> f64 {
        let (group, plane) = ((plane - self.first_plane) / GROUP, (plane - self.first_plane) % GROUP);
        let block = column / 8;
        let task = group * self.slices + block / self.blocks_a_task;
        let line = (task * self.blocks_a_task + block % self.blocks_a_task) * self.rows + row;
        self.out[line * GROUP + plane].0[column % 8]
    }
}

/// Influences by difference of columns: `values[centre + destination - source]`, 0 out of reach, with room for lanes beyond the map.
struct Table {
    values: Vec<f64>,
    centre: usize,
}

impl Table {
    /// A table of `influence(column gap)` for rows that are shifted against each other by `shift` (destination's less source's).
    fn new(lattice: &Lattice, shift: f64, influence: impl Fn(f64) -> f64) -> Table {
        let columns = lattice.columns;
        let mut values = vec![0.0; 2 * columns - 1 + 16];
        for (i, value) in values[..2 * columns - 1].iter_mut().enumerate() {
            *value = influence(lattice.column_gap(i, columns - 1, shift));
        }
        Table { values, centre: columns - 1 }
    }
}

/// The first eight numbers.
#[inline(always)]
fn eight(numbers: &[f64]) -> &[f64; 8] {
    numbers[..8].try_into().expect("eight numbers")
}

/// What the radius decides, worked out once.
struct Plan {
    way: Way,
    /// Whole columns beyond which nothing is in reach.
    column_reach: usize,
}

enum Way {
    /// Along columns, then along rows; tables by shift (0, +1/2, -1/2) and by row gap.
    Separable { columns: Vec<Table>, rows: Vec<f64> },
    /// Windows that grow: influence by gap (whole, or from 1/2), influence by row gap, and for each parity the row gaps and the number
    /// of gaps in their window, narrowest first.
    Windows { gaps: [Vec<f64>; 2], rows: Vec<f64>, orders: [Vec<(usize, usize)>; 2] },
    /// Over the disc; tables by row gap and shift (0, +1/2, -1/2).
    Disc { tables: Vec<Vec<Table>> },
}

const SHIFTS: [f64; 3] = [0.0, 0.5, -0.5];

/// Where in a list over `SHIFTS` a destination row and a source row find their own.
#[inline(always)]
fn shift_index(lattice: &Lattice, destination: usize, source: usize) -> usize {
    let shift = lattice.shift(destination, source);
    if shift == 0.0 {
        0
    } else if shift > 0.0 {
        1
    } else {
        2
    }
}

impl Plan {
    fn new(lattice: &Lattice, kernel: Kernel, radius: f64) -> Plan {
        let reach2 = kernel.reach2(radius, Rule::Batch);
        let shifts = &SHIFTS[..if lattice.parities() == 2 { 3 } else { 1 }];
        let row_gaps = || (0..lattice.rows).map(|gap| lattice.row_distance2(gap)).take_while(|&t2| t2 <= reach2);
        let column_reach = (0..lattice.columns).rev().find(|&gap| (gap as f64 - 0.5).max(0.0).powi(2) <= reach2);
        let way = if kernel.separable() && !kernel.cut() {
            let axis = |gap: f64| if gap * gap <= reach2 { kernel.axis(gap * gap, radius) } else { 0.0 };
            Way::Separable {
                columns: shifts.iter().map(|&shift| Table::new(lattice, shift, axis)).collect(),
                rows: row_gaps().map(|t2| kernel.axis(t2, radius)).collect(),
            }
        } else if kernel.separable() {
            let rows: Vec<f64> = row_gaps().map(|t2| kernel.axis(t2, radius)).collect();
            let gaps = [0.0, 0.5].map(|start| {
                let widest =
                    (0..lattice.columns).map(|i| start + i as f64).take_while(|gap| match lattice.wraps_columns() {
                        true => 2.0 * gap <= lattice.columns as f64,
                        false => true,
                    });
                widest
                    .take_while(|gap| gap * gap <= reach2)
                    .map(|gap| kernel.axis(gap * gap, radius))
                    .collect::<Vec<_>>()
            });
            let orders = [0.0, 0.5].map(|start| {
                let count = gaps[if start == 0.0 { 0 } else { 1 }].len();
                let mut order: Vec<(usize, usize)> = (0..rows.len())
                    .map(|gap| {
                        let t2 = lattice.row_distance2(gap);
                        let in_reach = |i: &usize| t2 + (start + *i as f64) * (start + *i as f64) <= reach2;
                        (gap, (0..count).take_while(in_reach).count())
                    })
                    .filter(|&(_, window)| window > 0)
                    .collect();
                order.sort_by_key(|&(_, window)| window);
                order
            });
            Way::Windows { gaps, rows, orders }
        } else {
            let tables = row_gaps()
                .map(|t2| {
                    let influence = |gap: f64| {
                        let d2 = t2 + gap * gap;
                        if d2 <= reach2 { kernel.rest(d2, radius) } else { 0.0 }
                    };
                    shifts.iter().map(|&shift| Table::new(lattice, shift, influence)).collect()
                })
                .collect();
            Way::Disc { tables }
        };
        Plan { way, column_reach: column_reach.unwrap_or(0) }
    }
}

/// Four planes over a few blocks of eight columns, all rows.
struct Task<'a> {
    lattice: &'a Lattice,
    plan: &'a Plan,
    /// What each source row holds.
    entries: &'a [Vec<Entry>],
    blocks: std::ops::Range<usize>,
    out: &'a mut [Line64],
}

/// Four planes at one source column.
struct Entry {
    column: usize,
    values: [f64; GROUP],
}

type Lines<V> = [<V as Vectors>::F64; GROUP];

impl Work for Task<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) {
        match &self.plan.way {
            Way::Separable { columns, rows } => self.separable(v, columns, rows),
            Way::Windows { gaps, rows, orders } => self.windows(v, gaps, rows, orders),
            Way::Disc { tables } => self.disc(v, tables),
        }
    }
}

impl Task<'_> {
    #[inline(always)]
    fn separable<V: Vectors>(mut self, v: V, columns: &[Table], rows: &[f64]) {
        let mut across = vec![Line64::ZERO; self.lattice.parities() * self.lattice.rows * 2 * GROUP];
        let mut block = 0;
        while block < self.blocks.len() {
            // Two blocks at once where registers allow: twice as many sums that do not wait for one another.
            if V::REGISTERS >= 32 && block + 2 <= self.blocks.len() {
                self.separable_blocks::<V, 2>(v, columns, rows, block, &mut across);
                block += 2;
            } else {
                self.separable_blocks::<V, 1>(v, columns, rows, block, &mut across);
                block += 1;
            }
        }
    }

    #[inline(always)]
    fn separable_blocks<V: Vectors, const B: usize>(
        &mut self,
        v: V,
        columns: &[Table],
        rows: &[f64],
        block: usize,
        across: &mut [Line64],
    ) {
        let lattice = self.lattice;
        let column = (self.blocks.start + block) * 8;
        // Pass one, along columns: parity after parity, row after row.
        for (source, entries) in self.entries.iter().enumerate() {
            if entries.is_empty() {
                continue;
            }
            for parity in 0..lattice.parities() {
                let table = &columns[if parity == 0 { 0 } else { shift_index(lattice, source + 1, source) }];
                let mut sums = [[v.splat64(0.0); GROUP]; B];
                for part in self.in_reach(entries, column, column + 8 * B - 1) {
                    sums = spread(v, sums, part, table, column);
                }
                let line = (parity * lattice.rows + source) * B;
                for (b, sums) in sums.into_iter().enumerate() {
                    store(v, sums, &mut across[(line + b) * GROUP..][..GROUP]);
                }
            }
        }
        // Pass two, along rows.
        for row in 0..lattice.rows {
            let mut sums = [[v.splat64(0.0); GROUP]; B];
            for (from, to) in self.rows_in_reach(row, rows.len()) {
                for source in from..to {
                    if self.entries[source].is_empty() {
                        continue;
                    }
                    let e = v.splat64(rows[lattice.row_gap(row, source)]);
                    let line = (lattice.parity(row, source) * lattice.rows + source) * B;
                    let lines = &across[line * GROUP..][..B * GROUP];
                    for (b, sums) in sums.iter_mut().enumerate() {
                        for (plane, sum) in sums.iter_mut().enumerate() {
                            *sum = v.add64(*sum, v.mul64(e, v.load64(&lines[b * GROUP + plane].0)));
                        }
                    }
                }
            }
            for (b, sums) in sums.into_iter().enumerate() {
                store(v, sums, &mut self.out[((block + b) * lattice.rows + row) * GROUP..][..GROUP]);
            }
        }
    }

    #[inline(always)]
    fn disc<V: Vectors>(self, v: V, tables: &[Vec<Table>]) {
        let lattice = self.lattice;
        for (block, column) in self.blocks.clone().map(|block| block * 8).enumerate() {
            for row in 0..lattice.rows {
                let mut sums = [[v.splat64(0.0); GROUP]; 1];
                for (from, to) in self.rows_in_reach(row, tables.len()) {
                    for source in from..to {
                        let table = &tables[lattice.row_gap(row, source)][shift_index(lattice, row, source)];
                        for part in self.in_reach(&self.entries[source], column, column + 7) {
                            sums = spread(v, sums, part, table, column);
                        }
                    }
                }
                store(v, sums[0], &mut self.out[(block * lattice.rows + row) * GROUP..][..GROUP]);
            }
        }
    }

    #[inline(always)]
    fn windows<V: Vectors>(self, v: V, gaps: &[Vec<f64>; 2], rows: &[f64], orders: &[Vec<(usize, usize)>; 2]) {
        let lattice = self.lattice;
        let columns = lattice.columns;
        self.out.fill(Line64::ZERO);
        // What one source row holds around the task's columns, plane after plane, with room for the widest window on both sides.
        let margin = gaps[0].len().max(gaps[1].len()) + 1;
        let (first, last) = (self.blocks.start * 8, self.blocks.end * 8 - 1);
        let width = margin + (last + 1 - first) + margin;
        let mut padded = vec![0.0; GROUP * width];
        for (source, entries) in self.entries.iter().enumerate() {
            if entries.is_empty() {
                continue;
            }
            padded.fill(0.0);
            for entry in self.in_reach(entries, first, last).into_iter().flatten() {
                let from = (entry.column + margin) as isize - first as isize;
                let (from, step) = match lattice.wraps_columns() {
                    true => (from.rem_euclid(columns as isize), columns),
                    false => (from, width),
                };
                if from >= 0 {
                    for at in (from as usize..width).step_by(step) {
                        for (plane, &value) in entry.values.iter().enumerate() {
                            padded[plane * width + at] = value;
                        }
                    }
                }
            }
            for (block, column) in self.blocks.clone().map(|block| block * 8).enumerate() {
                for parity in 0..lattice.parities() {
                    // Of the other parity's windows, the left column at gap 1/2 is this far from the destination's own.
                    let shifted = parity == 1 && source & 1 == 1;
                    let mut sums = [v.splat64(0.0); GROUP];
                    let mut taken = 0;
                    for &(gap, window) in &orders[parity] {
                        while taken < window {
                            let e = v.splat64(gaps[parity][taken]);
                            let (left, right) = match (parity, shifted) {
                                (0, _) => (margin - taken, margin + taken),
                                (_, true) => (margin - taken - 1, margin + taken),
                                (_, false) => (margin - taken, margin + taken + 1),
                            };
                            let meet = if parity == 0 { 2 * taken } else { 2 * taken + 1 };
                            let alone = left == right || (lattice.wraps_columns() && meet == columns);
                            for (plane, sum) in sums.iter_mut().enumerate() {
                                let from = plane * width + column - first;
                                *sum = v.add64(*sum, v.mul64(e, v.load64(eight(&padded[from + left..]))));
                                if !alone {
                                    *sum = v.add64(*sum, v.mul64(e, v.load64(eight(&padded[from + right..]))));
                                }
                            }
                            taken += 1;
                        }
                        let e = v.splat64(rows[gap]);
                        for row in self.rows_at(source, gap) {
                            if lattice.parity(row, source) == parity {
                                let out = &mut self.out[(block * lattice.rows + row) * GROUP..][..GROUP];
                                for (sum, line) in sums.iter().zip(out) {
                                    v.store64(v.add64(v.load64(&line.0), v.mul64(e, *sum)), &mut line.0);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The entries that can be in reach of columns `first` to `last`, as two ascending runs.
    #[inline(always)]
    fn in_reach<'e>(&self, entries: &'e [Entry], first: usize, last: usize) -> [&'e [Entry]; 2] {
        let columns = self.lattice.columns;
        let reach = self.plan.column_reach + 1;
        if !self.lattice.wraps_columns() || (first >= reach && last + reach < columns) {
            let from = entries.partition_point(|entry| entry.column + reach < first);
            let to = entries.partition_point(|entry| entry.column <= last + reach);
            return [&entries[from..to], &[]];
        }
        if last - first + 2 * reach + 1 >= columns {
            return [entries, &[]];
        }
        let end = entries.partition_point(|entry| entry.column <= (last + reach) % columns);
        let start = entries.partition_point(|entry| entry.column < (first + columns - reach) % columns);
        [&entries[..end.min(start)], &entries[start..]]
    }

    /// The source rows in reach of `row`, as ascending runs, given that gaps below `reach` are.
    #[inline(always)]
    fn rows_in_reach(&self, row: usize, reach: usize) -> [(usize, usize); 3] {
        let rows = self.lattice.rows;
        let (from, to) = (row as isize - (reach as isize - 1), row + reach);
        if !self.lattice.wraps_rows() {
            return [(from.max(0) as usize, to.min(rows)), (0, 0), (0, 0)];
        }
        if 2 * reach > rows {
            return [(0, rows), (0, 0), (0, 0)];
        }
        if from < 0 {
            [(0, to), ((from + rows as isize) as usize, rows), (0, 0)]
        } else if to > rows {
            [(0, to - rows), (from as usize, rows), (0, 0)]
        } else {
            [(from as usize, to), (0, 0), (0, 0)]
        }
    }

    /// The rows at a gap from `source`: one or two.
    #[inline(always)]
    fn rows_at(&self, source: usize, gap: usize) -> impl Iterator<Item = usize> + use<> {
        let rows = self.lattice.rows;
        let wraps = self.lattice.wraps_rows();
        let up = match source.checked_sub(gap) {
            Some(row) => Some(row),
            None if wraps => Some(source + rows - gap),
            None => None,
        };
        let down = match source + gap {
            row if row < rows => Some(row),
            row if wraps => Some(row - rows),
            _ => None,
        };
        // The longer way round is another gap's.
        let far = wraps && 2 * gap > rows;
        up.filter(|_| !far).into_iter().chain(down.filter(|&down| !far && Some(down) != up))
    }
}

/// Adds to the sums of `B` blocks of eight destination columns what the entries of one source row give.
#[inline(always)]
fn spread<V: Vectors, const B: usize>(
    v: V,
    mut sums: [Lines<V>; B],
    entries: &[Entry],
    table: &Table,
    column: usize,
) -> [Lines<V>; B] {
    for entry in entries {
        let from = table.centre + column - entry.column;
        let influences = &table.values[from..from + 8 * B];
        for (b, sums) in sums.iter_mut().enumerate() {
            let e = v.load64(eight(&influences[8 * b..]));
            for (sum, &value) in sums.iter_mut().zip(&entry.values) {
                *sum = v.add64(*sum, v.mul64(e, v.splat64(value)));
            }
        }
    }
    sums
}

#[inline(always)]
fn store<V: Vectors>(v: V, sums: Lines<V>, out: &mut [Line64]) {
    for (sum, line) in sums.into_iter().zip(out) {
        v.store64(sum, &mut line.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lattice::{Cell, Shape};
    use crate::testing::Random;

    /// The definition, written as `docs/design/arithmetic.md` has it: one plane, one number after another.
    fn defined(lattice: &Lattice, kernel: Kernel, radius: f64, values: &[f64]) -> Vec<f64> {
        let (rows, columns) = (lattice.rows, lattice.columns);
        let reach2 = kernel.reach2(radius, Rule::Batch);
        let mut num = vec![0.0; rows * columns];
        for (unit, num) in num.iter_mut().enumerate() {
            let (row, column) = (unit / columns, unit % columns);
            for source in 0..rows {
                let t2 = lattice.row_distance2(lattice.row_gap(row, source));
                if t2 > reach2 {
                    continue;
                }
                let gap = |j: usize| lattice.column_gap(column, j, lattice.shift(row, source));
                let value = |j: usize| values[source * columns + j];
                if kernel == Kernel::Gaussian {
                    let mut c = 0.0;
                    for j in (0..columns).filter(|&j| gap(j) * gap(j) <= reach2) {
                        c += kernel.axis(gap(j) * gap(j), radius) * value(j);
                    }
                    *num += kernel.axis(t2, radius) * c;
                } else if kernel.separable() {
                    // By growing gap; at one gap the lower side before wrapping comes first.
                    let mut inside: Vec<usize> = (0..columns).filter(|&j| t2 + gap(j) * gap(j) <= reach2).collect();
                    let right = |j: usize| {
                        let offset = j as f64 - column as f64 - lattice.shift(row, source);
                        let wrapped = offset.rem_euclid(columns as f64);
                        if lattice.wraps_columns() {
                            wrapped == gap(j) && wrapped * 2.0 != columns as f64
                        } else {
                            offset > 0.0
                        }
                    };
                    inside.sort_by(|&a, &b| gap(a).total_cmp(&gap(b)).then(right(a).cmp(&right(b))));
                    let mut window = 0.0;
                    for j in inside {
                        window += kernel.axis(gap(j) * gap(j), radius) * value(j);
                    }
                    *num += kernel.axis(t2, radius) * window;
                } else {
                    for j in 0..columns {
                        let d2 = t2 + gap(j) * gap(j);
                        if d2 <= reach2 {
                            *num += kernel.rest(d2, radius) * value(j);
                        }
                    }
                }
            }
        }
        num
    }

    struct Case {
        lattice: Lattice,
        features: usize,
        sums: Vec<f64>,
        counts: Vec<f64>,
        codebook: Vec<f32>,
    }

    fn random_case(random: &mut Random) -> Case {
        let cell = Cell::ALL[random.below(2)];
        let shape = Shape::ALL[random.below(3)];
        let (mut rows, columns) = (1 + random.below(14), 1 + random.below(40));
        if cell == Cell::Hexagonal && shape == Shape::Toroid {
            rows += rows % 2;
        }
        let lattice = Lattice { cell, shape, rows, columns };
        let (units, features) = (lattice.units(), 1 + random.below(9));
        let per_feature = random.below(2) == 1;
        let fill = random.unit();
        let mut sums = vec![0.0; units * features];
        let mut counts = vec![0.0; if per_feature { units * features } else { units }];
        for unit in (0..units).filter(|_| random.unit() < fill).collect::<Vec<_>>() {
            for f in 0..features {
                sums[unit * features + f] = f64::from(random.normal());
            }
            let width = counts.len() / units;
            for count in &mut counts[unit * width..(unit + 1) * width] {
                *count = random.below(4) as f64 + random.unit();
            }
        }
        Case { lattice, features, sums, counts, codebook: random.normals(units * features) }
    }

    fn plane(values: &[f64], width: usize, f: usize) -> Vec<f64> {
        values.iter().skip(f).step_by(width).copied().collect()
    }

    const BATCH_KERNELS: [Kernel; 5] =
        [Kernel::Gaussian, Kernel::CutGaussian, Kernel::Bubble, Kernel::Triangle, Kernel::Epanechnikov];

    #[test]
    fn an_update_has_the_defined_bits_on_every_level_and_any_number_of_threads() {
        let mut random = Random(11);
        let pools = [1, 2, 3, 8].map(|threads| Pool::new(threads).unwrap());
        for number in 0..400 {
            let Case { lattice, features, sums, counts, codebook } = random_case(&mut random);
            let kernel = BATCH_KERNELS[number % 5];
            let radius = 0.2 + 12.0 * random.unit() * random.unit();
            let rate = if number % 3 == 0 { 0.3 } else { 1.0 };
            let width = counts.len() / lattice.units();
            let mut expected = codebook.clone();
            for f in 0..features {
                let num = defined(&lattice, kernel, radius, &plane(&sums, features, f));
                let den = defined(&lattice, kernel, radius, &plane(&counts, width, f % width));
                for unit in (0..lattice.units()).filter(|&unit| den[unit] > 0.0) {
                    let w = f64::from(expected[unit * features + f]);
                    let mean = num[unit] / den[unit];
                    expected[unit * features + f] =
                        if rate == 1.0 { mean as f32 } else { (w + rate * (mean - w)) as f32 };
                }
            }
            let batch = Batch { sums: &sums, counts: &counts };
            for level in Level::available() {
                let pool = &pools[number % 4];
                let mut found = codebook.clone();
                update_at(level, &lattice, kernel, batch, radius, rate, &mut found, &Unwatched, pool).unwrap();
                let same = found.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits());
                assert!(same, "case {number}: {lattice:?} {kernel:?} radius {radius}, {}", level.name());
            }
        }
    }

    #[test]
    fn smoothing_is_the_sum_over_all_pairs_of_units() {
        /// f64 rounding over some hundred terms of mixed sign, and the gaussian's reach on each axis instead of a disc.
        const TOLERANCE: f64 = 1e-12;
        let mut random = Random(12);
        for number in 0..100 {
            let Case { lattice, features, sums, .. } = random_case(&mut random);
            let kernel = BATCH_KERNELS[number % 5];
            let radius = 0.3 + 5.0 * random.unit();
            let values = plane(&sums, features, 0);
            let found = defined(&lattice, kernel, radius, &values);
            for (unit, found) in found.iter().enumerate() {
                let direct: f64 = (0..lattice.units())
                    .map(|other| {
                        let d2 = lattice.distance2(unit, other);
                        let inside = kernel == Kernel::Gaussian || d2 <= radius * radius;
                        let axes = if kernel.separable() { kernel.axis(d2, radius) } else { 1.0 };
                        if inside { axes * kernel.rest(d2, radius) * values[other] } else { 0.0 }
                    })
                    .sum();
                assert!((found - direct).abs() < TOLERANCE, "{lattice:?} {kernel:?}: {found}, {direct}");
            }
        }
    }

    #[test]
    fn a_cancelled_update_leaves_the_codebook() {
        struct Stop;
        impl Watch for Stop {
            fn cancelled(&self) -> bool {
                true
            }
            fn progress(&self, _: f64) {}
        }
        let Case { lattice, sums, counts, mut codebook, .. } = random_case(&mut Random(3));
        let before = codebook.clone();
        let pool = Pool::new(1).unwrap();
        let result = update_watched(&lattice, Kernel::Gaussian, &sums, &counts, 2.0, 1.0, &mut codebook, &Stop, &pool);
        assert_eq!(result, Err(Error::Cancelled));
        assert_eq!(codebook, before);
    }

    #[test]
    fn the_mexican_hat_is_refused() {
        let Case { lattice, sums, counts, mut codebook, .. } = random_case(&mut Random(3));
        let pool = Pool::new(1).unwrap();
        let result = update(&lattice, Kernel::MexicanHat, &sums, &counts, 2.0, 1.0, &mut codebook, &pool);
        assert!(result.unwrap_err().to_string().contains("online only"));
    }
}
