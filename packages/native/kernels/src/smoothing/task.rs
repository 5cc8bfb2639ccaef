//! The arithmetic of one task: four planes, a few blocks of eight columns, all rows.

use super::GROUP;
use super::plan::{Plan, Table, Way, eight, shift_index};
use super::planes::Entry;
use crate::lattice::Lattice;
use crate::vector::{Line64, Vectors, Work};

/// Four planes over a few blocks of eight columns, all rows.
pub(super) struct Task<'a> {
    pub(super) lattice: &'a Lattice,
    pub(super) plan: &'a Plan,
    /// What each source row holds.
    pub(super) entries: &'a [Vec<Entry>],
    pub(super) blocks: std::ops::Range<usize>,
    pub(super) out: &'a mut [Line64],
}

/// Source rows whose sums along columns stay in a small first-level cache, two blocks of them.
const ROWS_AT_ONCE: usize = 32;

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
        // Pass two, along rows: as many source rows at a time as stay near, ascending, so that each sum is as if they
        // were taken all at once.
        self.out[block * lattice.rows * GROUP..][..B * lattice.rows * GROUP].fill(Line64::ZERO);
        for first in (0..lattice.rows).step_by(ROWS_AT_ONCE) {
            let last = (first + ROWS_AT_ONCE).min(lattice.rows);
            self.add_rows::<V, B>(v, rows, first..last, block, across);
        }
    }

    /// Adds the contributions of some source rows to all rows in reach.
    #[inline(always)]
    fn add_rows<V: Vectors, const B: usize>(
        &mut self,
        v: V,
        rows: &[f64],
        sources: std::ops::Range<usize>,
        block: usize,
        across: &[Line64],
    ) {
        let lattice = self.lattice;
        let in_reach = match lattice.wraps_rows() {
            true => 0..lattice.rows,
            false => (sources.start + 1).saturating_sub(rows.len())..(sources.end + rows.len() - 1).min(lattice.rows),
        };
        for row in in_reach {
            let runs =
                self.rows_in_reach(row, rows.len()).map(|(from, to)| from.max(sources.start)..to.min(sources.end));
            if runs.iter().all(std::ops::Range::is_empty) {
                continue;
            }
            let at = |b: usize| ((block + b) * lattice.rows + row) * GROUP;
            let mut sums: [Lines<V>; B] =
                std::array::from_fn(|b| std::array::from_fn(|plane| v.load64(&self.out[at(b) + plane].0)));
            for run in runs {
                for source in run {
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
                store(v, sums, &mut self.out[at(b)..][..GROUP]);
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
        // What one source row holds around the task's columns, plane after plane, with room for the widest window on
        // both sides.
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
            let (from, to) = (first.saturating_sub(reach), (last + reach + 1).min(columns));
            return [&entries[self.place_of(entries, from)..self.place_of(entries, to)], &[]];
        }
        if last - first + 2 * reach + 1 >= columns {
            return [entries, &[]];
        }
        let end = self.place_of(entries, (last + reach) % columns + 1);
        let start = self.place_of(entries, (first + columns - reach) % columns);
        [&entries[..end.min(start)], &entries[start..]]
    }

    /// How many entries lie before a column. Where few columns are without an entry there are few places to look at.
    #[inline(always)]
    fn place_of(&self, entries: &[Entry], column: usize) -> usize {
        let least = (entries.len() + column).saturating_sub(self.lattice.columns);
        let most = column.min(entries.len());
        least + entries[least..most].partition_point(|entry| entry.column < column)
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

/// Adds the contributions of one source row's entries to the sums of `B` blocks of eight destination columns.
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
