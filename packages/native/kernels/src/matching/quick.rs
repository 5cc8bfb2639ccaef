//! Distances of complete samples summed in any order, and whether the definition would say the same.

use super::frame::sum_of;
use super::plain::Plain;
use super::ranked::{Nearest, Ranked};

/// |x - w|² of a complete sample, summed in another order than the definition's.
#[inline(always)]
pub(crate) fn euclidean(x: &[f32], w: &[f32]) -> f64 {
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
pub(crate) fn error_of(features: usize) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Metric;
    use crate::parallel::Pool;
    use crate::testing::{Random, cases};

    #[test]
    fn sums_in_another_order_are_within_their_error_of_the_definition() {
        let mut random = Random(3);
        for features in [1, 2, 15, 16, 17, 64, 784] {
            for _ in 0..cases(200) {
                let (x, w) = (random.normals(features), random.normals(features));
                let (exact, quick) = (Metric::Euclidean.compared(&x, &w), euclidean(&x, &w));
                assert!((exact - quick).abs() <= error_of(features) * exact);
            }
        }
    }

    #[test]
    fn near_ties_and_distances_between_two_numbers_are_not_sure() {
        let error = error_of(16);
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
