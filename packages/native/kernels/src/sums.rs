//! Per-unit sums and counts of matched samples: the first half of a batch epoch.

use crate::error::Error;
use crate::parallel::Pool;
use crate::samples::Rows;
use crate::watch::Watch;

/// Per-unit sums of a chunk of samples. Chunks merge by `+`, elementwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// units × features: weighted sums of the samples matched to each unit.
    pub sums: Vec<f64>,
    /// Total weight per unit, or per unit and feature (units × features) where the chunk has missing values.
    pub counts: Vec<f64>,
    /// Weighted sum of the distances to the best-matching units.
    pub distance: f64,
    /// Total weight of the samples that could be matched.
    pub weight: f64,
}

/// Sums the samples of each of `units` units, sample `i` being matched to `unit[i]` (-1: to none) at `distance[i]`.
pub fn sum_rows(
    rows: &Rows<'_>,
    unit: &[i32],
    distance: &[f32],
    units: usize,
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<Sums, Error> {
    let _ = (rows, unit, distance, units, watch, pool);
    todo!()
}
