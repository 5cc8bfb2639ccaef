//! The numbers that fast passes work on, and how far their scores can be from the truth.
//!
//! Scores are f32 sums in any order, fused or not. `docs/design/matching.md` derives the bounds.

use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::Pool;
use crate::simd::LINE;

/// How samples and prototypes are changed before they are compared in f32: shifted and scaled for euclidean, so that
/// scores stay small and nothing over- or underflows; brought to length 1 for cosine; left alone for the others.
pub(crate) struct Frame {
    pub metric: Metric,
    pub features: usize,
    /// Subtracted from samples and prototypes (euclidean). Any offset is correct; the codebook's mean keeps scores
    /// small.
    pub centre: Vec<f32>,
    /// A power of two: products with it are exact.
    pub scale: f32,
    /// The largest norm of a prototype in this frame.
    pub largest: f64,
}

/// Half a unit in the last place of 1.
const ROUNDING: f64 = 1.0 / (1u64 << 24) as f64;
const ROUNDING_F64: f64 = 1.0 / (1u64 << 53) as f64;
/// More than all underflows of a score can add up to, since numbers are about 1 in the frame.
const UNDERFLOW: f64 = 1e-38;

impl Frame {
    /// Whether all prototypes are finite, and the frame that suits them. `centred` must be false for sparse samples.
    pub fn of(
        metric: Metric,
        features: usize,
        codebook: &[f32],
        centred: bool,
        pool: &Pool,
    ) -> Result<Option<Frame>, Error> {
        let mut centre = vec![0.0; if metric == Metric::Euclidean { features } else { 0 }];
        if metric == Metric::Euclidean && centred {
            let stride = (codebook.len() / features).div_ceil(CENTRE_UNITS).max(1);
            let mut sums = vec![0.0; features];
            let mut units = 0.0;
            for w in codebook.chunks_exact(features).step_by(stride) {
                sums.iter_mut().zip(w).for_each(|(sum, &w)| *sum += f64::from(w));
                units += 1.0;
            }
            centre.iter_mut().zip(&sums).for_each(|(c, sum)| *c = (sum / units) as f32);
        }
        let largest = if metric == Metric::Euclidean {
            largest_of(codebook, features, pool, |largest, w| {
                let top = largest_difference(w, &centre);
                if top < f32::INFINITY { largest.max(top) } else { f32::INFINITY }
            })?
        } else {
            largest_of(codebook, features, pool, |largest, w| {
                if w.iter().map(|w| w * 0.0).sum::<f32>() == 0.0 { largest.max(1.0) } else { f32::INFINITY }
            })?
        };
        if !largest.is_finite() {
            return Ok(None);
        }
        let exponent = if largest > 0.0 { f64::from(largest).log2().floor().clamp(-120.0, 120.0) as i32 } else { 0 };
        let scale = if metric == Metric::Euclidean { (2.0f32).powi(-exponent) } else { 1.0 };
        Ok(Some(Frame { metric, features, centre, scale, largest: 0.0 }))
    }

    /// Writes a prototype in this frame; gives what its score starts from.
    #[inline(always)]
    pub fn prototype(&self, w: &[f32], out: &mut [f32]) -> Prototype {
        match self.metric {
            Metric::Euclidean => {
                self.framed(w, out);
                let squares = squares(out);
                Prototype { seed: (squares / 2.0) as f32, norm: squares.sqrt() }
            }
            Metric::Cosine => {
                let norm = squares(w).sqrt();
                let factor = if norm > 0.0 { 1.0 / norm } else { 0.0 };
                out.iter_mut().zip(w).for_each(|(out, &w)| *out = (f64::from(w) * factor) as f32);
                // A zero prototype is at distance 1 from all: as if it were at right angles.
                let seed = if norm > 0.0 { squares(out) / 2.0 } else { 0.5 };
                Prototype { seed: seed as f32, norm: 1.0 }
            }
            Metric::Manhattan | Metric::Chebyshev => {
                out.copy_from_slice(w);
                Prototype { seed: 0.0, norm: absolutes(w) }
            }
        }
    }

    /// Writes a prototype compared by euclidean distance in this frame.
    #[inline(always)]
    fn framed(&self, w: &[f32], out: &mut [f32]) {
        out.iter_mut().zip(w).zip(&self.centre).for_each(|((out, w), c)| *out = (w - c) * self.scale);
    }

    /// Writes a sample in this frame, negated where scores are products; gives its norm there (the sum of absolutes for
    /// manhattan and chebyshev). Missing values become 0.
    #[inline(always)]
    pub fn sample(&self, x: &[f32], missing: bool, out: &mut [f32]) -> f64 {
        match self.metric {
            Metric::Euclidean => {
                for ((out, &x), &c) in out.iter_mut().zip(x).zip(&self.centre) {
                    let value = (c - x) * self.scale;
                    *out = if x.is_nan() { 0.0 } else { value };
                }
                squares(out).sqrt()
            }
            Metric::Cosine => {
                out.iter_mut().zip(x).for_each(|(out, &x)| *out = if x.is_nan() { 0.0 } else { -x });
                let norm = squares(out).sqrt();
                let factor = if norm > 0.0 { 1.0 / norm } else { 0.0 };
                out.iter_mut().for_each(|out| *out = (f64::from(*out) * factor) as f32);
                norm
            }
            Metric::Manhattan | Metric::Chebyshev => {
                if missing {
                    out.iter_mut().zip(x).for_each(|(out, &x)| *out = if x.is_nan() { 0.0 } else { x });
                } else {
                    out.copy_from_slice(x);
                }
                absolutes(out)
            }
        }
    }

    /// As `sample`, for complete samples that lie side by side, compared by euclidean distance: for the features from
    /// `first` on, whose numbers are written over. Adds to the squares of the norms, and raises the largest numbers.
    #[inline(always)]
    pub fn complete_samples<const W: usize>(
        &self,
        first: usize,
        columns: &mut [[f32; W]],
        squares: &mut [f64; W],
        tops: &mut [f32; W],
    ) {
        let (mut sums, mut largest) = (*squares, *tops);
        for (column, &centre) in columns.iter_mut().zip(&self.centre[first..]) {
            for i in 0..W {
                let x = (centre - column[i]) * self.scale;
                column[i] = x;
                sums[i] += f64::from(x) * f64::from(x);
                largest[i] = if x.abs() > largest[i] { x.abs() } else { largest[i] };
            }
        }
        (*squares, *tops) = (sums, largest);
    }

    /// Limits are score·factor + slack.
    pub fn factor(&self) -> f32 {
        match self.metric {
            Metric::Manhattan | Metric::Chebyshev => {
                let n = (self.features + 8) as f64 * ROUNDING;
                ((1.0 + n) / (1.0 - n) * (1.0 + 8.0 * ROUNDING)) as f32 * (1.0 + f32::EPSILON)
            }
            Metric::Euclidean | Metric::Cosine => 1.0,
        }
    }

    /// Twice the largest error of a score of `terms` terms, for a sample of norm `norm`; NaN or infinite if no bound is
    /// proven.
    pub fn slack(&self, norm: f64, terms: usize) -> f32 {
        let n = (terms + 12) as f64;
        if n * ROUNDING > 0.01 {
            return f32::INFINITY;
        }
        let error = match self.metric {
            Metric::Manhattan | Metric::Chebyshev if norm + self.largest > OVERFLOW => return f32::INFINITY,
            Metric::Manhattan | Metric::Chebyshev => return 0.0,
            Metric::Euclidean if norm > FAR => return f32::INFINITY,
            Metric::Euclidean => {
                let size = self.largest * (self.largest / 2.0 + norm);
                let sum = self.largest + norm;
                1.03 * n * ROUNDING * size + 2.0 * n * ROUNDING_F64 * sum * sum
            }
            Metric::Cosine => 1.5 * 1.03 * n * ROUNDING + 4.0 * n * ROUNDING_F64,
        };
        ((2.0 * error + n * UNDERFLOW) * (1.0 + 4.0 * ROUNDING)) as f32
    }

    /// The norm of a sparse sample in this frame, as `sample` gives it. Missing values count for nothing.
    pub fn sparse_norm(&self, values: &[f32]) -> f64 {
        let present = values.iter().filter(|x| !x.is_nan()).map(|&x| f64::from(x));
        match self.metric {
            Metric::Euclidean => present.map(|x| x * x).sum::<f64>().sqrt() * f64::from(self.scale),
            Metric::Cosine => present.map(|x| x * x).sum::<f64>().sqrt(),
            Metric::Manhattan | Metric::Chebyshev => present.map(f64::abs).sum(),
        }
    }

    /// A stored value of a sparse sample in this frame, negated where scores are products. NaN stays NaN.
    pub fn sparse_value(&self, x: f32, norm: f64) -> f32 {
        match self.metric {
            Metric::Euclidean => -x * self.scale,
            Metric::Cosine => (-f64::from(x) / norm) as f32,
            Metric::Manhattan | Metric::Chebyshev => x,
        }
    }

    /// As `slack`, for a sparse sample of `entries` stored values. What is left out starts from the prototype's own
    /// sum, so manhattan's error is absolute here.
    pub fn sparse_slack(&self, norm: f64, entries: usize, missing: bool) -> f32 {
        let slack = self.slack(norm, 2 * entries);
        match self.metric {
            Metric::Manhattan => {
                let n = (2 * entries + 12) as f64 * ROUNDING * 1.03;
                slack + (2.0 * n * (3.0 * self.largest + 2.0 * norm)) as f32 * (1.0 + 4.0 * f32::EPSILON)
            }
            _ if missing => 2.0 * slack,
            _ => slack,
        }
    }

    /// The largest error of a bound on a squared distance, for a sample of norm `norm` and patches whose
    /// centres have norms of at most `centre`, and α + β of at most `reach`.
    pub fn bound_error(&self, norm: f64, centre: f64, reach: f64) -> f64 {
        let n = (self.features + 12) as f64 * ROUNDING * 1.03;
        let size = norm + centre + reach;
        2.0 * n * centre * (centre / 2.0 + norm)
            + 2.0 * n * reach * (norm + centre)
            + 24.0 * ROUNDING * size * size
            + UNDERFLOW
    }
}

/// Folds the prototypes of a codebook, part by part, into the largest number.
fn largest_of(
    codebook: &[f32],
    features: usize,
    pool: &Pool,
    fold: impl Fn(f32, &[f32]) -> f32 + Sync + Send,
) -> Result<f32, Error> {
    let part = features * PART_NUMBERS.div_ceil(features);
    let largest = pool.map(codebook.len().div_ceil(part), |i| {
        let prototypes = codebook[i * part..((i + 1) * part).min(codebook.len())].chunks_exact(features);
        Ok(prototypes.fold(0.0f32, &fold))
    })?;
    Ok(largest.into_iter().fold(0.0, f32::max))
}

/// The largest |w - centre|; infinity or NaN where a number is not finite.
#[inline(always)]
fn largest_difference(w: &[f32], centre: &[f32]) -> f32 {
    // Max ignores NaN, so the sums find infinities and NaN.
    let (mut tops, mut sums) = ([0.0f32; 16], [0.0f32; 16]);
    let ((w, last_w), (centre, last_c)) = (w.as_chunks::<16>(), centre.as_chunks::<16>());
    for (w, c) in w.iter().zip(centre) {
        for i in 0..16 {
            let difference = w[i] - c[i];
            tops[i] = if difference.abs() > tops[i] { difference.abs() } else { tops[i] };
            sums[i] += difference * 0.0;
        }
    }
    let (mut top, mut sum) = (tops.iter().fold(0.0f32, |a, &b| a.max(b)), sums.iter().sum::<f32>());
    for (w, c) in last_w.iter().zip(last_c) {
        top = top.max((w - c).abs());
        sum += (w - c) * 0.0;
    }
    top + sum
}

/// Numbers of the codebook in each part.
const PART_NUMBERS: usize = 1 << 16;
/// Above this a sum of f32 numbers might overflow.
const OVERFLOW: f64 = 1e38;
/// A sample as many times further away than the codebook is wide: the squares of its bounds might overflow.
const FAR: f64 = 1e15;
/// Units whose mean is the centre, at most.
const CENTRE_UNITS: usize = 4096;

pub(crate) struct Prototype {
    pub seed: f32,
    pub norm: f64,
}

/// Σ|x| in f64.
#[inline(always)]
fn absolutes(x: &[f32]) -> f64 {
    let mut sums = [0.0f64; 16];
    for chunk in x.chunks(16) {
        sums.iter_mut().zip(chunk).for_each(|(sum, &x)| *sum += f64::from(x.abs()));
    }
    sums.iter().sum()
}

/// Σx² in f64.
#[inline(always)]
fn squares(x: &[f32]) -> f64 {
    dot(x, x)
}

/// Σxy in f64, in sixteen interleaved sums.
#[inline(always)]
pub(super) fn dot(x: &[f32], y: &[f32]) -> f64 {
    let mut sums = [0.0f64; LINE];
    let ((x, last_x), (y, last_y)) = (x.as_chunks::<LINE>(), y.as_chunks::<LINE>());
    for (x, y) in x.iter().zip(y) {
        for i in 0..LINE {
            sums[i] += f64::from(x[i]) * f64::from(y[i]);
        }
    }
    let last = last_x.iter().zip(last_y).map(|(&x, &y)| f64::from(x) * f64::from(y));
    last.fold(sum_of(sums), |sum, product| sum + product)
}

/// The sum of sixteen numbers, two by two.
#[inline(always)]
pub(super) fn sum_of<T: Copy + std::ops::AddAssign>(mut sums: [T; LINE]) -> T {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            let other = sums[i + half];
            sums[i] += other;
        }
    }
    sums[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prototype_that_is_not_finite_has_no_frame_wherever_it_is() {
        let pool = Pool::new(1).unwrap();
        for features in [1, 16, 17, 35] {
            for at in 0..3 * features {
                for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                    let mut codebook = vec![0.5; 3 * features];
                    assert!(Frame::of(Metric::Euclidean, features, &codebook, true, &pool).unwrap().is_some());
                    codebook[at] = value;
                    assert!(Frame::of(Metric::Euclidean, features, &codebook, true, &pool).unwrap().is_none());
                }
            }
        }
    }
}
