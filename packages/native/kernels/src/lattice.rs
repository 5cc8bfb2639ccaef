//! Where units lie, and how far apart: core's `lattice.ts`, one for one.

use crate::named::named;

named! {
    pub enum Cell {
        Rectangular = "rectangular",
        Hexagonal = "hexagonal",
    }
}

named! {
    pub enum Shape {
        Sheet = "sheet",
        /// Joins the last column to the first.
        Cylinder = "cylinder",
        /// Joins the last row to the first as well.
        Toroid = "toroid",
    }
}

/// How the units are laid out. Unit `k` sits at row `k / columns`, column `k % columns`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lattice {
    pub cell: Cell,
    pub shape: Shape,
    pub rows: usize,
    pub columns: usize,
}

impl Lattice {
    pub fn units(&self) -> usize {
        self.rows * self.columns
    }

    /// What one row apart adds to a squared distance, √3/2 being the distance between rows of a hexagonal lattice.
    pub fn row_scale(&self) -> f64 {
        if self.cell == Cell::Hexagonal { 0.75 } else { 1.0 }
    }

    pub fn wraps_columns(&self) -> bool {
        self.shape != Shape::Sheet
    }

    pub fn wraps_rows(&self) -> bool {
        self.shape == Shape::Toroid
    }

    /// Whole rows between two rows, the shorter way round.
    pub fn row_gap(&self, a: usize, b: usize) -> usize {
        let gap = a.abs_diff(b);
        if self.wraps_rows() { gap.min(self.rows - gap) } else { gap }
    }

    /// The squared distance that whole rows between two units amount to.
    pub fn row_distance2(&self, gap: usize) -> f64 {
        (gap * gap) as f64 * self.row_scale()
    }

    /// How far row `a` is shifted to the right of row `b`, in columns: 0 or half a column either way.
    pub fn shift(&self, a: usize, b: usize) -> f64 {
        match self.cell {
            Cell::Rectangular => 0.0,
            Cell::Hexagonal => ((a & 1) as f64 - (b & 1) as f64) / 2.0,
        }
    }

    /// 1 where two rows of a hexagonal lattice are shifted against each other.
    pub fn parity(&self, a: usize, b: usize) -> usize {
        if self.cell == Cell::Hexagonal { (a ^ b) & 1 } else { 0 }
    }

    /// How many parities there are.
    pub fn parities(&self) -> usize {
        if self.cell == Cell::Hexagonal { 2 } else { 1 }
    }

    /// Columns between column `a` and column `b`, whose rows are shifted against each other by `shift`, the shorter way
    /// round.
    #[inline(always)]
    pub fn column_gap(&self, a: usize, b: usize, shift: f64) -> f64 {
        let gap = (a as f64 - b as f64 + shift).abs();
        if self.wraps_columns() { gap.min(self.columns as f64 - gap) } else { gap }
    }

    /// Squared distance between two units in the plane, where a cell's neighbours are at distance 1. Exact.
    pub fn distance2(&self, a: usize, b: usize) -> f64 {
        let (row_a, row_b) = (a / self.columns, b / self.columns);
        let columns = self.column_gap(a % self.columns, b % self.columns, self.shift(row_a, row_b));
        self.row_distance2(self.row_gap(row_a, row_b)) + columns * columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_neighbour_on_a_hexagonal_toroid_is_at_distance_one() {
        let lattice = Lattice { cell: Cell::Hexagonal, shape: Shape::Toroid, rows: 6, columns: 5 };
        for unit in 0..lattice.units() {
            let near = (0..lattice.units()).filter(|&other| lattice.distance2(unit, other) == 1.0);
            assert_eq!(near.count(), 6, "unit {unit}");
        }
    }

    #[test]
    fn wrapped_distances_go_the_shorter_way_round() {
        let toroid = Lattice { cell: Cell::Rectangular, shape: Shape::Toroid, rows: 10, columns: 8 };
        assert_eq!(toroid.distance2(0, 9 * 8 + 7), 2.0);
        let sheet = Lattice { shape: Shape::Sheet, ..toroid };
        assert_eq!(sheet.distance2(0, 9 * 8 + 7), 81.0 + 49.0);
    }
}
