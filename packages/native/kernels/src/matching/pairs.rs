//! Numbers as 16-bit integers times a scale: where the CPU multiplies and adds these at twice the rate of f32.
//!
//! A product of two such vectors is exact in i32, and how far it is from the true one follows from how much each was
//! rounded (`docs/design/matching.md`). So scores are coarser than f32 ones, by a known bound, and a few more units are
//! compared by the definition.

/// What two vectors may have as norms, in steps of their scales: their product, rounding included, stays below 2³¹
/// (Cauchy and Schwarz), as does every part of it.
const NORM: f64 = 45_000.0;
/// The largest number, in steps of the scale.
const TOP: f64 = 32_766.0;
/// Scales are not smaller: products of two must have finite inverses. Numbers of a frame are near 1.
const LEAST: f64 = 1e-15;
/// Above what a product of two vectors may lose where the product of their scales underflows.
pub(crate) const UNDERFLOW: f64 = 1e-28;

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

/// Writes `x` as pairs of i16, the bits of one f32 each, in steps of `scale`; gives a bound on the norm of what
/// rounding took away. A number of the first half of `x` stands with its like of the second half: halves are read in
/// runs, without moving lanes.
#[inline(always)]
pub(crate) fn write(x: &[f32], scale: f32, out: &mut [f32]) -> f64 {
    let inverse = [1.0 / scale; LANES];
    let (low, high) = x.split_at(count(x.len()).min(x.len()));
    let (low, last_low) = low.as_chunks::<LANES>();
    let (high, last_high) = high.as_chunks::<LANES>();
    let (out, last_out) = out.as_chunks_mut::<LANES>();
    let mut squares = [0.0f32; LANES];
    for ((low, high), out) in low.iter().zip(high).zip(&mut *out) {
        write_lanes(low, high, &inverse, &mut squares, out);
    }
    // The last lanes: of the first half, and where it is one number longer and fills its lanes, of the second.
    if high.len() < low.len() {
        let mut rest = [0.0; LANES];
        rest[..last_high.len()].copy_from_slice(last_high);
        write_lanes(&low[low.len() - 1], &rest, &inverse, &mut squares, &mut out[low.len() - 1]);
    } else if !last_low.is_empty() {
        let (mut rest, mut written) = ([[0.0; LANES]; 2], [0.0; LANES]);
        rest[0][..last_low.len()].copy_from_slice(last_low);
        rest[1][..last_high.len()].copy_from_slice(last_high);
        write_lanes(&rest[0], &rest[1], &inverse, &mut squares, &mut written);
        last_out.copy_from_slice(&written[..last_out.len()]);
    }
    error_of(scale, f64::from(squares.iter().sum::<f32>()), x.len())
}

/// A bound on the norm of what rounding took away, given the sum of its squares in steps, itself summed in f32.
#[inline(always)]
pub(crate) fn error_of(scale: f32, squares: f64, features: usize) -> f64 {
    // The inverse and the steps are rounded themselves: each number by less than a hundredth of a step.
    f64::from(scale) * (squares.sqrt() * 1.002 + 0.01 * (features as f64).sqrt())
}

/// As `write`, for vectors side by side, each with an inverse scale of its own; gives for each the squares of what
/// rounding took away, in steps. Pairs of the vectors are written `W` at a time, and `stride` further on each time.
#[inline(always)]
pub(crate) fn write_columns<const W: usize>(
    columns: &[[f32; W]],
    inverses: &[f32; W],
    out: &mut [f32],
    stride: usize,
) -> [f64; W] {
    let (low, high) = columns.split_at(count(columns.len()).min(columns.len()));
    let mut squares = [0.0f64; W];
    for (block, low) in low.chunks(SUMMED).enumerate() {
        let mut part = [0.0f32; W];
        for (d, low) in low.iter().enumerate() {
            let d = block * SUMMED + d;
            let high = high.get(d).unwrap_or(&[0.0; W]);
            let mut written = [0.0; W];
            write_lanes(low, high, inverses, &mut part, &mut written);
            out[d * stride..][..W].copy_from_slice(&written);
        }
        squares.iter_mut().zip(part).for_each(|(square, part)| *square += f64::from(part));
    }
    squares
}

/// Squares that are summed in f32, before they are added to what is summed in f64.
const SUMMED: usize = 64;

const LANES: usize = 8;

/// Writes a few pairs, and adds to the squares of what rounding takes away.
#[inline(always)]
fn write_lanes<const W: usize>(
    low: &[f32; W],
    high: &[f32; W],
    inverses: &[f32; W],
    squares: &mut [f32; W],
    out: &mut [f32; W],
) {
    for i in 0..W {
        let (low, high) = (low[i] * inverses[i], high[i] * inverses[i]);
        let (low_shifted, high_shifted) = (low + TO_WHOLE, high + TO_WHOLE);
        let (low_left, high_left) = (low - (low_shifted - TO_WHOLE), high - (high_shifted - TO_WHOLE));
        squares[i] += low_left * low_left + high_left * high_left;
        out[i] = f32::from_bits(low_shifted.to_bits() & 0xffff | high_shifted.to_bits() << 16);
    }
}

/// How many numbers `features` make.
pub(crate) fn count(features: usize) -> usize {
    features.div_ceil(2)
}

/// Twice the most by which a score may differ for the rounding of a sample of norm `norm` and of prototypes of norms up
/// to `largest`, given bounds on the norms of what was taken away.
pub(crate) fn slack(norm: f64, sample_error: f64, largest: f64, prototype_error: f64) -> f64 {
    2.0 * (1.0 + 1e-6) * (sample_error * largest + (norm + sample_error) * prototype_error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;

    fn read(pairs: &[f32], features: usize) -> Vec<f64> {
        let low = pairs.iter().map(|pair| pair.to_bits() as i16);
        let high = pairs.iter().map(|pair| (pair.to_bits() >> 16) as i16);
        low.chain(high).take(features).map(f64::from).collect()
    }

    #[test]
    fn what_is_read_back_is_within_the_bound_and_products_fit() {
        let mut random = Random(5);
        for features in [1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64, 784] {
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
    fn vectors_side_by_side_are_written_as_each_by_itself() {
        let mut random = Random(6);
        for features in [1, 2, 15, 16, 17, 200, 785] {
            let columns: Vec<[f32; 8]> =
                (0..features).map(|_| random.normals(8).try_into().expect("eight numbers")).collect();
            let scales: [f32; 8] = std::array::from_fn(|i| 1e-4 * (i + 1) as f32);
            let (stride, half) = (6, count(features));
            let mut out = vec![0.0; half * stride + 8 - stride];
            let left = write_columns(&columns, &scales.map(|scale| 1.0 / scale), &mut out, stride);
            for lane in 0..stride {
                let x: Vec<f32> = columns.iter().map(|column| column[lane]).collect();
                let mut written = vec![0.0; half];
                let bound = write(&x, scales[lane], &mut written);
                let found = out[lane..].iter().step_by(stride).take(half).map(|x| x.to_bits());
                assert!(found.eq(written.iter().map(|x| x.to_bits())), "{features} features");
                let bound_beside = error_of(scales[lane], left[lane], features);
                assert!((bound_beside - bound).abs() <= 1e-5 * bound, "{bound_beside}, on its own {bound}");
            }
        }
    }

    #[test]
    fn nothing_is_written_as_nothing() {
        let mut pairs = [1.0; 2];
        let scale = scale_for(0.0, 0.0);
        assert!(write(&[0.0; 3], scale, &mut pairs) < 0.02 * f64::from(scale) && scale < 1.01e-15);
        assert_eq!(read(&pairs, 3), vec![0.0; 3]);
    }
}
