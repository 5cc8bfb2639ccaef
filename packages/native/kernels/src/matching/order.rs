//! The order in which units are packed: units that are near on the lattice share a panel.

/// Rows of a strip, and columns that fill a panel of sixteen units.
const STRIP: usize = 4;

/// Units of a `rows` × `columns` lattice along strips of four rows, there and back, four units a step:
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
    fn sixteen_places_in_a_row_are_a_square_of_the_lattice() {
        assert_eq!(along_strips(8, 8)[..16], [0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27]);
    }
}
