use crate::named::named;

named! {
    /// How far a sample is from a prototype. Features that are NaN in the sample are skipped.
    pub enum Metric {
        Euclidean = "euclidean",
        Manhattan = "manhattan",
        Chebyshev = "chebyshev",
        Cosine = "cosine",
    }
}

impl Metric {
    /// The value by which units are compared, in f64 with features ascending: the squared sum for euclidean, the
    /// distance for the others. NaN where every feature is missing. This is the definition that every fast path must
    /// agree with to the bit.
    pub fn compared(self, sample: &[f32], prototype: &[f32]) -> f64 {
        match self {
            Metric::Euclidean => fold(sample, prototype, |sum, x, w| sum + (x - w) * (x - w)),
            Metric::Manhattan => fold(sample, prototype, |sum, x, w| sum + (x - w).abs()),
            Metric::Chebyshev => fold(sample, prototype, |largest, x, w| largest.max((x - w).abs())),
            Metric::Cosine => cosine(sample, prototype),
        }
    }

    /// The distance that belongs to a compared value: its root for euclidean.
    pub fn distance_of(self, compared: f64) -> f64 {
        match self {
            Metric::Euclidean => compared.sqrt(),
            _ => compared,
        }
    }

    /// The distance between a sample and a prototype in f64; NaN where every feature is missing.
    pub fn distance(self, sample: &[f32], prototype: &[f32]) -> f64 {
        self.distance_of(self.compared(sample, prototype))
    }
}

#[inline(always)]
fn fold(sample: &[f32], prototype: &[f32], term: impl Fn(f64, f64, f64) -> f64) -> f64 {
    let mut total = 0.0;
    let mut present = false;
    for (&x, &w) in sample.iter().zip(prototype) {
        if !x.is_nan() {
            total = term(total, f64::from(x), f64::from(w));
            present = true;
        }
    }
    if present { total } else { f64::NAN }
}

/// 1 - x·w / (‖x‖·‖w‖), 1 where either norm is 0, never below 0.
fn cosine(sample: &[f32], prototype: &[f32]) -> f64 {
    let (mut dot, mut sample_squares, mut prototype_squares, mut present) = (0.0, 0.0, 0.0, false);
    for (&x, &w) in sample.iter().zip(prototype) {
        if !x.is_nan() {
            let (x, w) = (f64::from(x), f64::from(w));
            dot += x * w;
            sample_squares += x * x;
            prototype_squares += w * w;
            present = true;
        }
    }
    if present { cosine_of(dot, sample_squares, prototype_squares) } else { f64::NAN }
}

/// The cosine distance that belongs to a dot product and two sums of squares.
pub fn cosine_of(dot: f64, sample_squares: f64, prototype_squares: f64) -> f64 {
    let norms = sample_squares.sqrt() * prototype_squares.sqrt();
    if norms > 0.0 { (1.0 - dot / norms).max(0.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSING: f32 = f32::NAN;

    #[test]
    fn distances_worked_out_by_hand() {
        let (x, w) = ([1.0, MISSING, -2.0], [4.0, 9.0, 2.0]);
        assert_eq!(Metric::Euclidean.distance(&x, &w), 5.0);
        assert_eq!(Metric::Manhattan.distance(&x, &w), 7.0);
        assert_eq!(Metric::Chebyshev.distance(&x, &w), 4.0);
        assert_eq!(Metric::Cosine.distance(&[3.0, 4.0], &[4.0, 3.0]), 1.0 - 24.0 / 25.0);
    }

    #[test]
    fn a_sample_with_every_feature_missing_has_no_distance() {
        for metric in Metric::ALL {
            assert!(metric.distance(&[MISSING, MISSING], &[1.0, 2.0]).is_nan());
        }
    }

    #[test]
    fn the_zero_vector_is_at_cosine_distance_one() {
        assert_eq!(Metric::Cosine.distance(&[0.0, 0.0], &[1.0, 2.0]), 1.0);
        assert_eq!(Metric::Cosine.distance(&[1.0, 2.0], &[0.0, 0.0]), 1.0);
    }
}
