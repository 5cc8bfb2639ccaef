//! Sums and counts seen as planes over the lattice, before and after smoothing.

use super::{Batch, GROUP};
use crate::error::Error;
use crate::lattice::Lattice;
use crate::sums::Columns;
use crate::vector::Line64;

/// Sums and counts as planes over the lattice: counts first, then each feature's sums; where counts are kept per
/// feature, each feature's counts and then its sums.
pub(super) struct Planes<'a> {
    pub(super) batch: Batch<'a>,
    /// In place of the batch's sums.
    columns: Option<&'a Columns>,
    pub(super) features: usize,
    pub(super) per_feature: bool,
}

impl<'a> Planes<'a> {
    pub(super) fn new(lattice: &Lattice, batch: Batch<'a>, numbers: usize) -> Result<Planes<'a>, Error> {
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
        Ok(Planes { batch, columns: None, features: numbers / units, per_feature })
    }

    /// Planes of sums that are kept sparse.
    pub(super) fn sparse(lattice: &Lattice, columns: &'a Columns, numbers: usize) -> Result<Planes<'a>, Error> {
        if lattice.units() != columns.counts.len() || lattice.units() * columns.features != numbers {
            return Err(Error::expected("sums", format!("{numbers} numbers"), columns.counts.len() * columns.features));
        }
        let batch = Batch { sums: &[], counts: &columns.counts };
        Ok(Planes { batch, columns: Some(columns), features: columns.features, per_feature: false })
    }

    pub(super) fn is_sparse(&self) -> bool {
        self.columns.is_some()
    }

    pub(super) fn count(&self) -> usize {
        if self.per_feature { 2 * self.features } else { 1 + self.features }
    }

    pub(super) fn feature_of_sums(&self, plane: usize) -> Option<usize> {
        if !self.per_feature {
            plane.checked_sub(1)
        } else if plane % 2 == 1 {
            Some(plane / 2)
        } else {
            None
        }
    }

    #[inline(always)]
    pub(super) fn at(&self, plane: usize, unit: usize) -> f64 {
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

    /// Four planes at a unit. All but the first and the last four of a map without counts per feature lie side by side.
    #[inline(always)]
    fn four(&self, plane: usize, unit: usize) -> [f64; GROUP] {
        if !self.per_feature && plane > 0 && plane + GROUP <= 1 + self.features {
            let from = unit * self.features + plane - 1;
            let (values, _) = self.batch.sums[from..].split_first_chunk().expect("a unit has as many sums as features");
            return *values;
        }
        std::array::from_fn(|at| self.at(plane + at, unit))
    }

    /// For each of a run of groups of four planes from `first` on: the columns of a row where any of the four is not 0,
    /// ascending. A unit's numbers are read in one run for all of the groups: in a run for each, the way from unit to
    /// unit would cost more than the numbers.
    pub(super) fn pack(&self, first: usize, groups: usize, row: usize, columns: usize) -> Vec<Vec<Entry>> {
        let mut packed: Vec<Vec<Entry>> = (0..groups).map(|_| Vec::with_capacity(columns)).collect();
        for column in 0..columns {
            for (group, entries) in packed.iter_mut().enumerate() {
                let values = self.four(first + group * GROUP, row * columns + column);
                if values.iter().fold(0, |bits, value| bits | value.to_bits()) << 1 != 0 {
                    entries.push(Entry { column, values });
                }
            }
        }
        packed
    }

    /// As `pack`, for one group and all rows, from sums that are kept sparse.
    pub(super) fn pack_sparse(&self, group: usize, lattice: &Lattice) -> Vec<Vec<Entry>> {
        let first = group * GROUP;
        let counts: Vec<(u32, f64)> = if first == 0 {
            self.batch.counts.iter().enumerate().map(|(unit, &count)| (unit as u32, count)).collect()
        } else {
            Vec::new()
        };
        let mut lists: [&[(u32, f64)]; GROUP] = std::array::from_fn(|at| match (first + at).checked_sub(1) {
            None => &counts[..],
            Some(f) if f < self.features => self.columns.map_or(&[][..], |columns| columns.of_feature(f)),
            Some(_) => &[],
        });
        let mut packed: Vec<Vec<Entry>> = (0..lattice.rows).map(|_| Vec::new()).collect();
        while let Some(unit) = lists.iter().filter_map(|list| list.first()).map(|entry| entry.0).min() {
            let mut values = [0.0; GROUP];
            for (value, list) in values.iter_mut().zip(&mut lists) {
                if let Some((&(_, sum), rest)) = list.split_first().filter(|(entry, _)| entry.0 == unit) {
                    (*value, *list) = (sum, rest);
                }
            }
            if values.iter().any(|&value| value != 0.0) {
                let unit = unit as usize;
                packed[unit / lattice.columns].push(Entry { column: unit % lattice.columns, values });
            }
        }
        packed
    }
}

/// Four planes at one source column.
pub(super) struct Entry {
    pub(super) column: usize,
    pub(super) values: [f64; GROUP],
}

/// Smoothed planes in the order in which tasks write them: task after task, block of eight columns after block, row
/// after row, four lines each.
pub(super) struct Smoothed<'a> {
    pub(super) out: &'a [Line64],
    pub(super) first_plane: usize,
    pub(super) rows: usize,
    pub(super) slices: usize,
    pub(super) blocks_a_task: usize,
}

impl<'a> Smoothed<'a> {
    /// The planes' values at eight columns of a row.
    #[inline(always)]
    pub(super) fn lines_of(&self, row: usize, block: usize) -> BlockLines<'a> {
        let task = block / self.blocks_a_task;
        let line = (task * self.blocks_a_task + block % self.blocks_a_task) * self.rows + row;
        BlockLines {
            out: self.out,
            first_plane: self.first_plane,
            line,
            lines_a_group: self.slices * self.blocks_a_task * self.rows,
        }
    }

    pub(super) fn at(&self, plane: usize, row: usize, column: usize) -> f64 {
        self.lines_of(row, column / 8).of(plane)[column % 8]
    }
}

/// Eight columns of a row, in all planes.
pub(super) struct BlockLines<'a> {
    out: &'a [Line64],
    first_plane: usize,
    line: usize,
    lines_a_group: usize,
}

impl<'a> BlockLines<'a> {
    #[inline(always)]
    pub(super) fn of(&self, plane: usize) -> &'a [f64; 8] {
        let (group, plane) = ((plane - self.first_plane) / GROUP, (plane - self.first_plane) % GROUP);
        &self.out[(self.line + group * self.lines_a_group) * GROUP + plane].0
    }
}
