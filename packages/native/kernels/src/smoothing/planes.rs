//! Sums and counts seen as planes over the lattice, before and after smoothing.

use super::{Batch, GROUP};
use crate::error::Error;
use crate::lattice::Lattice;
use crate::vector::Line64;

/// Sums and counts as planes over the lattice: counts first, then each feature's sums; where counts are kept per feature,
/// each feature's counts and then its sums.
pub(super) struct Planes<'a> {
    pub(super) batch: Batch<'a>,
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
        Ok(Planes { batch, features: numbers / units, per_feature })
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

    /// The columns of a row where any of four planes is not 0, ascending.
    pub(super) fn pack(&self, first: usize, row: usize, columns: usize) -> Vec<Entry> {
        (0..columns)
            .map(|column| {
                let values = std::array::from_fn(|plane| self.at(first + plane, row * columns + column));
                Entry { column, values }
            })
            .filter(|entry| entry.values != [0.0; GROUP])
            .collect()
    }
}

/// Four planes at one source column.
pub(super) struct Entry {
    pub(super) column: usize,
    pub(super) values: [f64; GROUP],
}

/// Smoothed planes as tasks leave them: task after task, block of eight columns after block, row after row, four lines each.
pub(super) struct Smoothed<'a> {
    pub(super) out: &'a [Line64],
    pub(super) first_plane: usize,
    pub(super) rows: usize,
    pub(super) slices: usize,
    pub(super) blocks_a_task: usize,
}

impl Smoothed<'_> {
    #[inline(always)]
    pub(super) fn at(&self, plane: usize, row: usize, column: usize) -> f64 {
        let (group, plane) = ((plane - self.first_plane) / GROUP, (plane - self.first_plane) % GROUP);
        let block = column / 8;
        let task = group * self.slices + block / self.blocks_a_task;
        let line = (task * self.blocks_a_task + block % self.blocks_a_task) * self.rows + row;
        self.out[line * GROUP + plane].0[column % 8]
    }
}
