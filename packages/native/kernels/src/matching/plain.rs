//! The definition, unit after unit. It is the oracle of every fast way, and the fallback if no fast way is proven.

use super::Matches;
use super::frame::sum_of;
use super::ranked::{self, NOT_RANKED, NearestUnits, Ranked};
use crate::error::Error;
use crate::metric::{Metric, cosine_of};
use crate::parallel::Pool;
use crate::samples::{Matrix, Rows};

/// The values by which one sample is compared with units, in f64 and in the defined order.
pub(crate) struct Plain<'a> {
    metric: Metric,
    features: usize,
    codebook: &'a [f32],
    /// Σw² of each unit, features ascending: only sparse euclidean and cosine start from it.
    squares: Vec<f64>,
}

/// One sample, as the definition reads it.
#[derive(Clone, Copy)]
pub(crate) enum Sample<'a> {
    Dense(&'a [f32]),
    Sparse { indices: &'a [u32], values: &'a [f32] },
}

impl<'a> Sample<'a> {
    /// Sample `i` of `matrix`.
    #[inline(always)]
    pub fn of(matrix: &Matrix<'a>, i: usize) -> Sample<'a> {
        match *matrix {
            Matrix::Dense { columns, data, .. } => Sample::Dense(&data[i * columns..(i + 1) * columns]),
            Matrix::Sparse { offsets, indices, values, .. } => {
                let (from, to) = (offsets[i] as usize, offsets[i + 1] as usize);
                Sample::Sparse { indices: &indices[from..to], values: &values[from..to] }
            }
        }
    }

    /// Whether no feature is left to measure by.
    pub fn is_missing(&self, features: usize) -> bool {
        match self {
            Sample::Dense(values) => values.iter().all(|x| x.is_nan()),
            Sample::Sparse { values, .. } => values.len() == features && values.iter().all(|x| x.is_nan()),
        }
    }
}

impl<'a> Plain<'a> {
    pub fn new(
        metric: Metric,
        features: usize,
        codebook: &'a [f32],
        sparse: bool,
        pool: &Pool,
    ) -> Result<Plain<'a>, Error> {
        let squares = match metric {
            Metric::Euclidean | Metric::Cosine if sparse => pool.map(codebook.len() / features, |unit| {
                let w = &codebook[unit * features..(unit + 1) * features];
                Ok(w.iter().fold(0.0, |sum, &w| sum + f64::from(w) * f64::from(w)))
            })?,
            _ => Vec::new(),
        };
        Ok(Plain { metric, features, codebook, squares })
    }

    pub fn units(&self) -> usize {
        self.codebook.len() / self.features
    }

    pub fn prototype(&self, unit: usize) -> &'a [f32] {
        &self.codebook[unit * self.features..(unit + 1) * self.features]
    }

    /// The value by which `unit` is compared for `sample`; NaN where every feature is missing.
    pub fn compared(&self, sample: Sample<'_>, unit: usize) -> f64 {
        let w = self.prototype(unit);
        match sample {
            Sample::Dense(x) => self.metric.compared(x, w),
            Sample::Sparse { indices, values } => match self.metric {
                _ if sample.is_missing(self.features) => f64::NAN,
                Metric::Euclidean => sparse_euclidean(indices, values, w, self.squares[unit]),
                Metric::Cosine => sparse_cosine(indices, values, w, self.squares[unit]),
                Metric::Manhattan => sparse_fold(indices, values, w, |sum, difference| sum + difference),
                Metric::Chebyshev => sparse_fold(indices, values, w, f64::max),
            },
        }
    }

    /// The nearest of all units, as many as there is room for.
    pub fn rank(&self, sample: Sample<'_>, ranked: &mut [Ranked]) {
        (0..self.units()).for_each(|unit| ranked::take(ranked, self.compared(sample, unit), unit as u32));
    }

    /// The nearest and second nearest of all units.
    pub fn nearest(&self, sample: Sample<'_>) -> Nearest {
        let mut nearest = Nearest::default();
        for unit in 0..self.units() {
            nearest.take(unit, self.compared(sample, unit));
        }
        nearest
    }
}

/// Σw² + Σ x·(x - 2w) over the stored entries; a stored NaN takes its w² away; never below 0.
fn sparse_euclidean(indices: &[u32], values: &[f32], w: &[f32], squares: f64) -> f64 {
    let mut total = squares;
    for (&f, &x) in indices.iter().zip(values) {
        let (x, w) = (f64::from(x), f64::from(w[f as usize]));
        if x.is_nan() {
            total -= w * w;
        } else {
            total += x * (x - 2.0 * w);
        }
    }
    total.max(0.0)
}

fn sparse_cosine(indices: &[u32], values: &[f32], w: &[f32], squares: f64) -> f64 {
    let (mut dot, mut sample_squares, mut prototype_squares) = (0.0, 0.0, squares);
    for (&f, &x) in indices.iter().zip(values) {
        let (x, w) = (f64::from(x), f64::from(w[f as usize]));
        if x.is_nan() {
            prototype_squares -= w * w;
        } else {
            dot += x * w;
            sample_squares += x * x;
        }
    }
    cosine_of(dot, sample_squares, prototype_squares.max(0.0))
}

/// As the dense form, with absent entries 0.
fn sparse_fold(indices: &[u32], values: &[f32], w: &[f32], term: impl Fn(f64, f64) -> f64) -> f64 {
    let mut total = 0.0;
    let mut stored = indices.iter().zip(values).peekable();
    for (f, &w) in w.iter().enumerate() {
        let x = match stored.peek() {
            Some(&(&index, &x)) if index as usize == f => {
                stored.next();
                x
            }
            _ => 0.0,
        };
        if !x.is_nan() {
            total = term(total, (f64::from(x) - f64::from(w)).abs());
        }
    }
    total
}

/// The two nearest of the units taken so far, whatever the order they are taken in: of equals the lower unit is nearer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearest {
    pub unit: usize,
    pub value: f64,
    pub second_unit: usize,
    pub second_value: f64,
}

const NO_UNIT: usize = usize::MAX;

impl Default for Nearest {
    fn default() -> Nearest {
        Nearest { unit: NO_UNIT, value: f64::INFINITY, second_unit: NO_UNIT, second_value: f64::INFINITY }
    }
}

impl Nearest {
    /// Where every unit is as near as every other.
    pub fn all_at(value: f64, units: usize) -> Nearest {
        let mut nearest = Nearest::default();
        (0..units.min(2)).for_each(|unit| nearest.take(unit, value));
        nearest
    }

    /// Takes a unit, once. NaN is not a distance.
    pub fn take(&mut self, unit: usize, value: f64) {
        if value < self.value || (value == self.value && unit < self.unit) {
            (self.second_unit, self.second_value) = (self.unit, self.value);
            (self.unit, self.value) = (unit, value);
        } else if value < self.second_value || (value == self.second_value && unit < self.second_unit) {
            (self.second_unit, self.second_value) = (unit, value);
        }
    }
}

/// What is reported of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub row: u32,
    pub unit: i32,
    pub distance: f32,
    /// -1 and NaN where they are not wanted, too.
    pub second_unit: i32,
    pub second_distance: f32,
}

impl Found {
    #[inline(always)]
    pub fn of(row: u32, nearest: &Nearest, metric: Metric, want_second: bool) -> Found {
        let (unit, distance) = reported(metric, nearest.unit, nearest.value);
        let second = if want_second { nearest.second_unit } else { NO_UNIT };
        let (second_unit, second_distance) = reported(metric, second, nearest.second_value);
        Found { row, unit, distance, second_unit, second_distance }
    }
}

/// |x - w|² of a complete sample, summed in another order than the definition's.
#[inline(always)]
pub(crate) fn quick_euclidean(x: &[f32], w: &[f32]) -> f64 {
    let mut sums = [0.0f64; 16];
    let (x, last_x) = x.as_chunks::<16>();
    let (w, last_w) = w.as_chunks::<16>();
    for (x, w) in x.iter().zip(w) {
        for i in 0..16 {
            let difference = f64::from(x[i]) - f64::from(w[i]);
            sums[i] += difference * difference;
        }
    }
    let rest = last_x.iter().zip(last_w).map(|(&x, &w)| (f64::from(x) - f64::from(w)) * (f64::from(x) - f64::from(w)));
    rest.fold(sum_of(sums), |sum, square| sum + square)
}

/// The share of itself by which a sum of `features` squares can differ from the same sum in another order, and a little
/// more: each is within (n + 1)·2⁻⁵³ of what is summed.
pub(crate) fn quick_error(features: usize) -> f64 {
    (2 * features + 16) as f64 / (1u64 << 53) as f64
}

/// The nearest units of one sample by sums in any order, and what is needed to see whether the definition would say the
/// same.
#[derive(Clone, Copy)]
pub(crate) struct Quick {
    pub nearest: Nearest,
    /// The least value of the units that are not among the two nearest.
    third: f64,
}

impl Default for Quick {
    fn default() -> Quick {
        Quick { nearest: Nearest::default(), third: f64::INFINITY }
    }
}

impl Quick {
    #[inline(always)]
    pub fn take(&mut self, unit: usize, value: f64) {
        let dropped = if value < self.nearest.second_value { self.nearest.second_value } else { value };
        self.third = if dropped < self.third { dropped } else { self.third };
        self.nearest.take(unit, value);
    }

    /// As `take`, where no second unit is wanted: one whose prototype is that of the nearest is as near by the
    /// definition, too, and only the lower of the two is kept.
    #[inline(always)]
    pub fn take_nearest(&mut self, unit: usize, value: f64, plain: &Plain<'_>) {
        if value == self.nearest.value && plain.prototype(unit) == plain.prototype(self.nearest.unit) {
            self.nearest.unit = unit.min(self.nearest.unit);
        } else {
            self.take(unit, value);
        }
    }

    /// Whether the definition would order the same units first, and report the same distances.
    #[inline(always)]
    pub fn is_sure(&self, error: f64, want_second: bool) -> bool {
        let Nearest { value, second_value, .. } = self.nearest;
        are_apart(value, second_value, error)
            && rounds_alike(value, error)
            && (!want_second || are_apart(second_value, self.third, error) && rounds_alike(second_value, error))
    }
}

/// Whether the definition would order the units the same way and report the same distances, given their squared
/// distances summed in another order: all but the last, which comes behind them.
pub(crate) fn are_sure(quick: &[Ranked], error: f64) -> bool {
    quick.windows(2).all(|pair| are_apart(pair[0].0, pair[1].0, error) && rounds_alike(pair[0].0, error))
}

/// Whether the nearer of two units is the nearer by the definition, too.
#[inline(always)]
fn are_apart(near: f64, far: f64, error: f64) -> bool {
    far == f64::INFINITY || near * (1.0 + error) < far * (1.0 - error)
}

/// Whether all that a squared distance may be has one f32 distance.
#[inline(always)]
fn rounds_alike(value: f64, error: f64) -> bool {
    value == f64::INFINITY || (value * (1.0 - error)).sqrt() as f32 == (value * (1.0 + error)).sqrt() as f32
}

#[inline(always)]
pub(super) fn reported(metric: Metric, unit: usize, value: f64) -> (i32, f32) {
    if unit == NO_UNIT { (-1, f32::NAN) } else { (unit as i32, metric.distance_of(value) as f32) }
}

/// The `k` nearest units of every sample only by the definition, on one thread.
pub fn nearest_plain(metric: Metric, codebook: &[f32], rows: &Rows<'_>, k: usize) -> Result<NearestUnits, Error> {
    let matrix = rows.matrix();
    let is_sparse = matches!(matrix, Matrix::Sparse { .. });
    let plain = Plain::new(metric, rows.columns().max(1), codebook, is_sparse, &Pool::new(1)?)?;
    let mut nearest = NearestUnits::empty(rows.rows(), k);
    let mut ranked = vec![NOT_RANKED; k];
    for i in 0..rows.rows() {
        ranked.fill(NOT_RANKED);
        plain.rank(Sample::of(&matrix, i), &mut ranked);
        nearest.set(i, &ranked, metric);
    }
    Ok(nearest)
}

/// Matches every sample to every unit only by the definition, on one thread.
pub fn match_plain(metric: Metric, codebook: &[f32], rows: &Rows<'_>, want_second: bool) -> Result<Matches, Error> {
    let matrix = rows.matrix();
    let plain =
        Plain::new(metric, rows.columns().max(1), codebook, matches!(matrix, Matrix::Sparse { .. }), &Pool::new(1)?)?;
    let mut matches = Matches::empty(rows.rows(), want_second);
    for i in 0..rows.rows() {
        matches.set(&Found::of(i as u32, &plain.nearest(Sample::of(&matrix, i)), metric, want_second));
    }
    Ok(matches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, cases};

    #[test]
    fn sums_in_another_order_are_within_their_error_of_the_definition() {
        let mut random = Random(3);
        for features in [1, 2, 15, 16, 17, 64, 784] {
            for _ in 0..cases(200) {
                let (x, w) = (random.normals(features), random.normals(features));
                let (exact, quick) = (Metric::Euclidean.compared(&x, &w), quick_euclidean(&x, &w));
                assert!((exact - quick).abs() <= quick_error(features) * exact);
            }
        }
    }

    #[test]
    fn near_ties_and_distances_between_two_numbers_are_not_sure() {
        let error = quick_error(16);
        let of = |values: &[f64]| {
            let mut quick = Quick::default();
            values.iter().enumerate().for_each(|(unit, &value)| quick.take(unit, value));
            quick
        };
        assert!(of(&[4.0]).is_sure(error, true) && of(&[]).is_sure(error, true));
        assert!(of(&[4.0, 9.0, 9.0]).is_sure(error, false));
        assert!(!of(&[4.0, 9.0, 9.0]).is_sure(error, true));
        assert!(!of(&[9.0, 4.0, 4.0 + 1e-15]).is_sure(error, false));
        let middle = 1.0 + f64::from(f32::EPSILON) / 2.0;
        assert!(!of(&[middle * middle]).is_sure(error, false));
        // Of equal prototypes the lower is the nearer, and nothing is unsure; of others at the same sum, it is.
        let codebook = [1.0, 2.0, 1.0, 1.0];
        let plain = Plain::new(Metric::Euclidean, 1, &codebook, false, &Pool::new(1).unwrap()).unwrap();
        for order in [[0, 2, 3], [3, 2, 0], [2, 0, 3]] {
            let mut quick = Quick::default();
            order.into_iter().for_each(|unit| quick.take_nearest(unit, 4.0, &plain));
            assert!(quick.nearest.unit == 0 && quick.is_sure(error, false));
            quick.take_nearest(1, 4.0, &plain);
            assert!(!quick.is_sure(error, false));
        }
        let third = of(&[5.0, 1.0, 7.0, 3.0, 6.0]);
        assert_eq!((third.nearest.unit, third.nearest.second_unit, third.third), (1, 3, 5.0));
    }
}
