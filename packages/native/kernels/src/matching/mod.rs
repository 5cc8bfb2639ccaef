//! The nearest unit, and the second nearest, of each sample.

use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::Pool;
use crate::samples::Rows;
use crate::watch::Watch;

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

/// Finds best-matching units, and keeps from call to call what makes the next one faster.
/// What it gives never depends on what it keeps.
pub struct Matcher {
    metric: Metric,
    lattice_columns: usize,
}

impl Matcher {
    /// A matcher for codebooks whose units lie on a lattice of `rows` × `columns` units.
    pub fn new(metric: Metric, rows: usize, columns: usize) -> Matcher {
        let _ = rows;
        Matcher { metric, lattice_columns: columns }
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
        let _ = (codebook, rows, want_second, watch, pool, self.metric, self.lattice_columns);
        todo!()
    }
}
