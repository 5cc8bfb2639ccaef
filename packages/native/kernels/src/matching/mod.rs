//! The nearest unit, and the second nearest, of each sample.

mod brute;
mod frame;
mod order;
mod panels;
mod plain;
mod prepared;

use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::Pool;
use crate::samples::{Matrix, Rows};
use crate::simd::Level;
use crate::watch::{Meter, Watch};
use brute::Brute;
use frame::Frame;
use panels::Panels;
use plain::{Nearest, Plain, Sample};
use prepared::Prepared;

pub use plain::match_plain;

/// Per sample: the nearest unit, the second nearest where it was wanted, and the distances. -1 and NaN where there is none.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    pub unit: Vec<i32>,
    pub distance: Vec<f32>,
    /// Empty where it was not wanted.
    pub second_unit: Vec<i32>,
    /// Empty where it was not wanted.
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

    fn set(&mut self, i: usize, metric: Metric, nearest: &Nearest) {
        (self.unit[i], self.distance[i]) = nearest.best(metric);
        if !self.second_unit.is_empty() {
            (self.second_unit[i], self.second_distance[i]) = nearest.second(metric);
        }
    }
}

/// Finds best-matching units, and keeps from call to call what makes the next one faster.
/// What it gives never depends on what it keeps.
pub struct Matcher {
    metric: Metric,
    level: Level,
    units: usize,
    order: Vec<u32>,
}

/// Rows of a part of the work where every unit is compared by the definition.
const PLAIN_ROWS: usize = 64;

impl Matcher {
    /// A matcher for codebooks whose units lie on a lattice of `rows` × `columns` units.
    pub fn new(metric: Metric, rows: usize, columns: usize) -> Matcher {
        Matcher { metric, level: Level::best(), units: rows * columns, order: order::along_strips(rows, columns) }
    }

    /// The same matcher with other instructions: answers do not change.
    pub fn with_level(self, level: Level) -> Matcher {
        Matcher { level, ..self }
    }

    /// Matches every sample to `codebook` (units × features, row after row), to the bit as `docs/design/arithmetic.md` defines it.
    /// The same samples (by address and shape) matched again start from their last units.
    pub fn match_rows(
        &mut self,
        codebook: &[f32],
        rows: &Rows<'_>,
        want_second: bool,
        watch: &dyn Watch,
        pool: &Pool,
    ) -> Result<Matches, Error> {
        let features = rows.columns();
        if self.units.checked_mul(features) != Some(codebook.len()) || codebook.is_empty() {
            return Err(Error::expected("codebook", format!("{} x {features} numbers", self.units), codebook.len()));
        }
        if u32::try_from(rows.rows()).is_err() || i32::try_from(self.units).is_err() {
            return Err(Error::expected("rows and units", "fewer than 2^32 and 2^31", rows.rows()));
        }
        let matrix = rows.matrix();
        let plain = Plain::new(self.metric, features, codebook, matches!(matrix, Matrix::Sparse { .. }));
        let meter = Meter::new(watch, rows.rows() as u64);
        let dense = matches!(matrix, Matrix::Dense { .. });
        let parts = match Frame::of(self.metric, features, codebook, true) {
            Some(mut frame) if dense => {
                let panels = Panels::of(&mut frame, codebook, &self.order, true, pool)?;
                let prepared = Prepared { level: self.level, matrix, plain, frame, panels, want_second };
                let order: Vec<u32> = (0..rows.rows() as u32).collect();
                let size = brute::rows_a_part(features);
                pool.map(order.len().div_ceil(size), |part| {
                    let rows = &order[part * size..((part + 1) * size).min(order.len())];
                    prepared.level.run(Brute { prepared: &prepared, rows, meter: &meter })
                })?
            }
            _ => pool.map(rows.rows().div_ceil(PLAIN_ROWS), |part| {
                let chunk = part * PLAIN_ROWS..((part + 1) * PLAIN_ROWS).min(rows.rows());
                meter.advance(chunk.len() as u64)?;
                Ok(chunk.map(|i| (i as u32, plain.nearest(Sample::of(&matrix, i)))).collect::<Vec<_>>())
            })?,
        };
        let mut matches = Matches::empty(rows.rows(), want_second);
        for (row, nearest) in parts.iter().flatten() {
            matches.set(*row as usize, self.metric, nearest);
        }
        Ok(matches)
    }
}
