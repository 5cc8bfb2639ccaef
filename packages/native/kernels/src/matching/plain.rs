//! The definition, unit after unit. It is the oracle of every fast way, and the fallback if no fast way is proven.

use super::matches::{Found, Matches, NearestUnits};
use super::ranked::{self, NOT_RANKED, Nearest, Ranked};
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
