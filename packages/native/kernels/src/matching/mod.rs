//! The nearest unit, and the second nearest, of each sample.

mod plain;

use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::Pool;
use crate::samples::Rows;
use crate::watch::{Meter, Watch};
use plain::{Nearest, Plain, Sample};

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
    rows: usize,
    columns: usize,
}

const CHUNK: usize = 256;

impl Matcher {
    /// A matcher for codebooks whose units lie on a lattice of `rows` × `columns` units.
    pub fn new(metric: Metric, rows: usize, columns: usize) -> Matcher {
        Matcher { metric, rows, columns }
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
        let (units, features) = (self.rows * self.columns, rows.columns());
        if codebook.len() != units * features || codebook.is_empty() {
            return Err(Error::expected("codebook", format!("{units} x {features} numbers"), codebook.len()));
        }
        let matrix = rows.matrix();
        let sparse = matches!(matrix, crate::samples::Matrix::Sparse { .. });
        let plain = Plain::new(self.metric, features, codebook, sparse);
        let meter = Meter::new(watch, rows.rows() as u64);
        let parts = pool.map(rows.rows().div_ceil(CHUNK), |part| {
            let chunk = part * CHUNK..((part + 1) * CHUNK).min(rows.rows());
            meter.advance(chunk.len() as u64)?;
            Ok(chunk.map(|i| plain.nearest(Sample::of(&matrix, i))).collect::<Vec<_>>())
        })?;
        let mut matches = Matches::empty(rows.rows(), want_second);
        for (i, nearest) in parts.iter().flatten().enumerate() {
            matches.set(i, self.metric, nearest);
        }
        Ok(matches)
    }
}
