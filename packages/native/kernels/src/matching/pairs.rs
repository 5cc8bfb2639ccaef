//! Numbers as 16-bit integers times a scale: where the CPU multiplies and adds these at twice the rate of f32.
//!
//! A product of two such vectors is exact in i32, and how far it is from the true one follows from how much each was rounded
//! (`docs/design/matching.md`). So scores are coarser than f32 ones, by a known bound, and a few more units are compared by the definition.

/// What two vectors may have as norms, in steps of their scales: their product, rounding included, stays below 2³¹ (Cauchy and Schwarz), as
/// does every part of it.
const NORM: f64 = 45_000.0;
/// The largest number, in steps of the scale.
const TOP: f64 = 32_766.0;
/// Scales are not smaller: their inverses must be finite. Numbers of a frame are near 1.
const LEAST: f64 = 1e-30;

/// The scale that suits a vector of norm `norm` whose largest number is `top`.
#[inline(always)]
pub(crate) fn scale_for(norm: f64, top: f32) -> f32 {
    ((norm / NORM).max(f64::from(top) / TOP).max(LEAST) * (1.0 + 1e-6)) as f32
}

/// The largest number of a vector.
#[inline(always)]
pub(crate) fn top_of(x: &[f32]) -> f32 {
    x.iter().fold(0.0, |top, x| if x.abs() > top { x.abs() } else { top })
}

/// Added to a number below 2²², it leaves the nearest integer in the low bits.
const TO_WHOLE: f32 = 12_582_912.0;

/// Writes `x` as pairs of i16, the bits of one f32 each, in steps of `scale`; gives a bound on the norm of what rounding took away.
#[inline(always)]
pub(crate) fn write(x: &[f32], scale: f32, out: &mut [f32]) -> f64 {
    let inverse = 1.0 / scale;
    let mut squares = [0.0f32; 16];
    let whole = |x: f32, square: &mut f32| {
        let steps = x * inverse;
        let shifted = steps + TO_WHOLE;
        let left = steps - (shifted - TO_WHOLE);
        *square += left * left;
        shifted.to_bits() & 0xffff
    };
    let mut halves = [0u32; 32];
    for (x, out) in x.chunks(32).zip(out.chunks_mut(16)) {
        if let Some(x) = x.first_chunk::<32>() {
            for i in 0..32 {
                halves[i] = whole(x[i], &mut squares[i % 16]);
            }
        } else {
            halves = [0; 32];
            x.iter().zip(&mut halves).enumerate().for_each(|(i, (&x, half))| *half = whole(x, &mut squares[i % 16]));
        }
        for (out, half) in out.iter_mut().zip(halves.chunks_exact(2)) {
            *out = f32::from_bits(half[0] | half[1] << 16);
        }
    }
    // The inverse and the steps are rounded themselves: each number by less than a hundredth of a step.
    let left = f64::from(squares.iter().sum::<f32>()).sqrt() * 1.002;
    f64::from(scale) * (left + 0.01 * (x.len() as f64).sqrt())
}

/// How many numbers `features` make.
pub(crate) fn count(features: usize) -> usize {
    features.div_ceil(2)
}

/// Twice the most by which a score may differ for the rounding of a sample of norm `norm` and of prototypes of norms up to `largest`, given
/// bounds on the norms of what was taken away.
pub(crate) fn slack(norm: f64, sample_error: f64, largest: f64, prototype_error: f64) -> f64 {
    2.0 * (1.0 + 1e-6) * (sample_error * largest + (norm + sample_error) * prototype_error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;

    fn read(pairs: &[f32], features: usize) -> Vec<f64> {
        let halves = pairs.iter().flat_map(|pair| [pair.to_bits() as i16, (pair.to_bits() >> 16) as i16]);
        halves.take(features).map(f64::from).collect()
    }

    #[test]
    fn what_is_read_back_is_within_the_bound_and_products_fit() {
        let mut random = Random(5);
        for features in [1, 2, 3, 16, 31, 32, 33, 64, 784] {
            for size in [1e-12f32, 1e-3, 1.0, 300.0] {
                let x: Vec<f32> = random.normals(features).iter().map(|x| x * size).collect();
                let norm = x.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
                let top = top_of(&x);
                let scale = scale_for(norm, top);
                let mut pairs = vec![0.0; count(features)];
                let bound = write(&x, scale, &mut pairs);
                let found = read(&pairs, features);
                let error =
                    x.iter().zip(&found).map(|(&x, q)| (f64::from(x) - q * f64::from(scale)).powi(2)).sum::<f64>();
                assert!(error.sqrt() <= bound && bound <= f64::from(scale) * 0.6 * (features as f64).sqrt());
                assert!(found.iter().map(|q| q * q).sum::<f64>() < f64::from(i32::MAX));
                assert!(found.iter().all(|q| q.abs() <= 32_767.0));
            }
        }
    }

    #[test]
    fn nothing_is_written_as_nothing() {
        let mut pairs = [1.0; 2];
        assert!(write(&[0.0; 3], scale_for(0.0, 0.0), &mut pairs) < 1e-28);
        assert_eq!(read(&pairs, 3), vec![0.0; 3]);
    }
}
