//! The order in which units are packed: units that are near on the lattice share a panel.

use crate::simd::LINE;

/// Rows of a strip, and columns that fill a panel of sixteen units.
const STRIP: usize = 4;

/// Units of a `rows` × `columns` lattice along strips of four rows, there and back, four units per step:
/// sixteen consecutive ones are a 4 × 4 tile, and none is left empty but at the very end.
pub(crate) fn along_strips(rows: usize, columns: usize) -> Vec<u32> {
    let mut order = Vec::with_capacity(rows * columns);
    for (strip, first) in (0..rows).step_by(STRIP).enumerate() {
        for step in 0..columns {
            let column = if strip % 2 == 0 { step } else { columns - 1 - step };
            order.extend((first..(first + STRIP).min(rows)).map(|row| (row * columns + column) as u32));
        }
    }
    order
}

/// How many panels are checked to see whether a codebook is ordered.
const SHOWING: usize = 32;

/// Whether units packed together are no more similar than any others, judged by a few panels.
pub(crate) fn is_lost(codebook: &[f32], features: usize, order: &[u32]) -> bool {
    let panels: Vec<&[u32]> = order.chunks(LINE).step_by((order.len() / LINE / SHOWING).max(1)).collect();
    let within: f64 = panels.iter().map(|units| spread(codebook, features, units)).sum::<f64>() / panels.len() as f64;
    let all: Vec<u32> = panels.iter().flat_map(|units| units.iter().copied().step_by(4)).collect();
    within > LOST * spread(codebook, features, &all)
}

/// If the variance within panels is at least this share of the variance of all units, there is no order to exploit.
const LOST: f64 = 0.7;

/// The mean squared distance of units from their mean.
fn spread(codebook: &[f32], features: usize, units: &[u32]) -> f64 {
    let count = units.len() as f64;
    let mut sums = vec![(0.0f64, 0.0f64); features];
    for &unit in units {
        for ((sum, squares), &w) in sums.iter_mut().zip(&codebook[unit as usize * features..]) {
            *sum += f64::from(w);
            *squares += f64::from(w) * f64::from(w);
        }
    }
    sums.iter().map(|(sum, squares)| squares / count - (sum / count).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_one_place() {
        for (rows, columns) in [(1, 1), (4, 4), (5, 3), (3, 17), (50, 50), (1, 40)] {
            let mut order = along_strips(rows, columns);
            order.sort_unstable();
            assert!(order.into_iter().eq(0..(rows * columns) as u32));
        }
    }

    #[test]
    fn a_surface_has_an_order_and_random_prototypes_have_none() {
        let order = along_strips(30, 30);
        let surface: Vec<f32> = (0..900).flat_map(|k| [(k / 30) as f32, (k % 30) as f32]).collect();
        let random = crate::testing::Random(1).normals(1800);
        assert!(!is_lost(&surface, 2, &order));
        assert!(is_lost(&random, 2, &order));
    }

    #[test]
    fn sixteen_places_in_a_row_are_a_square_of_the_lattice() {
        assert_eq!(along_strips(8, 8)[..16], [0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27]);
    }
}
