//! The definition, unit after unit: the oracle of every fast way, and the way taken where none is proven to be right.

use super::Matches;
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

    /// Takes a unit, once. NaN is no distance.
    pub fn take(&mut self, unit: usize, value: f64) {
        if value < self.value || (value == self.value && unit < self.unit) {
            (self.second_unit, self.second_value) = (self.unit, self.value);
            (self.unit, self.value) = (unit, value);
        } else if value < self.second_value || (value == self.second_value && unit < self.second_unit) {
            (self.second_unit, self.second_value) = (unit, value);
        }
    }

    pub fn best(&self, metric: Metric) -> (i32, f32) {
        reported(metric, self.unit, self.value)
    }

    pub fn second(&self, metric: Metric) -> (i32, f32) {
        reported(metric, self.second_unit, self.second_value)
    }
}

fn reported(metric: Metric, unit: usize, value: f64) -> (i32, f32) {
    if unit == NO_UNIT { (-1, f32::NAN) } else { (unit as i32, metric.distance_of(value) as f32) }
}

/// Matches every sample to every unit by the definition alone, on one thread.
pub fn match_plain(metric: Metric, codebook: &[f32], rows: &Rows<'_>, want_second: bool) -> Result<Matches, Error> {
    let matrix = rows.matrix();
    let plain =
        Plain::new(metric, rows.columns().max(1), codebook, matches!(matrix, Matrix::Sparse { .. }), &Pool::new(1)?)?;
    let mut matches = Matches::empty(rows.rows(), want_second);
    for i in 0..rows.rows() {
        matches.set(i, metric, &plain.nearest(Sample::of(&matrix, i)));
    }
    Ok(matches)
}
