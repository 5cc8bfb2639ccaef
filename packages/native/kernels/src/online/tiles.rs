//! The codebook as the online rule keeps it: tiles of sixteen columns × a few rows of units, and in a tile, row after row, one line of
//! sixteen units a feature. A lane is a unit, so that every width of register gives the same bits.

use crate::lattice::Lattice;
use crate::vector::Line;

/// Columns of a tile.
pub(super) const WIDTH: usize = 16;
/// Lines that a tile has at most (but one row at least), so that it stays in the first-level cache while updates go over it.
const MOST_LINES: usize = 256;
const MOST_ROWS: usize = 16;

/// How a lattice is cut into tiles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub rows: usize,
    pub columns: usize,
    pub features: usize,
    /// Rows of units in a tile; the last tiles may have fewer.
    pub height: usize,
    /// Tiles above one another.
    pub down: usize,
    /// Tiles beside one another.
    pub across: usize,
}

impl Grid {
    pub fn new(lattice: &Lattice, features: usize) -> Grid {
        let height = (MOST_LINES / features).clamp(1, MOST_ROWS).min(lattice.rows);
        Grid {
            rows: lattice.rows,
            columns: lattice.columns,
            features,
            height,
            down: lattice.rows.div_ceil(height),
            across: lattice.columns.div_ceil(WIDTH),
        }
    }

    /// Lines of a tile.
    pub fn tile_lines(&self) -> usize {
        self.height * self.features
    }

    /// Lines of a row of tiles.
    pub fn band_lines(&self) -> usize {
        self.across * self.tile_lines()
    }

    /// The rows of units in the tiles at `down`.
    pub fn rows_of(&self, down: usize) -> std::ops::Range<usize> {
        down * self.height..((down + 1) * self.height).min(self.rows)
    }
}

/// Infinitely far from everything: lanes and rows beyond the map, which no sample may find nearest.
const BEYOND: Line = Line([f32::INFINITY; WIDTH]);

/// A codebook (units × features) in tiles.
pub(super) fn load(grid: &Grid, codebook: &[f32], tiles: &mut Vec<Line>) {
    tiles.clear();
    tiles.resize(grid.down * grid.band_lines(), BEYOND);
    each_unit(grid, |unit, line, lane| {
        for f in 0..grid.features {
            tiles[line + f].0[lane] = codebook[unit * grid.features + f];
        }
    });
}

/// The tiles as a codebook.
pub(super) fn store(grid: &Grid, tiles: &[Line], codebook: &mut [f32]) {
    each_unit(grid, |unit, line, lane| {
        for f in 0..grid.features {
            codebook[unit * grid.features + f] = tiles[line + f].0[lane];
        }
    });
}

/// For each unit the first of its lines, and its lane.
fn each_unit(grid: &Grid, mut visit: impl FnMut(usize, usize, usize)) {
    for row in 0..grid.rows {
        let band = row / grid.height * grid.band_lines() + row % grid.height * grid.features;
        for column in 0..grid.columns {
            visit(row * grid.columns + column, band + column / WIDTH * grid.tile_lines(), column % WIDTH);
        }
    }
}
