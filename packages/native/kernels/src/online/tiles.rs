//! The codebook as the online rule keeps it: tiles of sixteen columns × a few rows of units, and in a tile, row after
//! row, one line of sixteen units a feature. A lane is a unit, so that every width of register gives the same bits.

use crate::lattice::Lattice;
use crate::vector::Line;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Columns of a tile.
pub(super) const WIDTH: usize = 16;
/// Lines that a tile has at most (but one row at least), so that it stays in the first-level cache while updates go
/// over it.
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

    /// The rows of units in the tiles at `down`.
    pub fn rows_of(&self, down: usize) -> std::ops::Range<usize> {
        down * self.height..((down + 1) * self.height).min(self.rows)
    }
}

/// Infinitely far from everything: lanes and rows beyond the map, which no sample may find nearest.
const BEYOND: Line = Line([f32::INFINITY; WIDTH]);

/// A tile's units.
pub(super) struct Tile {
    pub lines: Vec<Line>,
    /// How many of all updates it has taken.
    pub taken: u64,
}

impl Tile {
    /// For this thread alone, while it is held.
    pub fn held(tile: &Mutex<Tile>) -> MutexGuard<'_, Tile> {
        tile.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where no other thread can have it.
    pub fn own(tile: &mut Mutex<Tile>) -> &mut Tile {
        tile.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tiles, row of tiles after row.
pub(super) type Tiles = Vec<Mutex<Tile>>;

/// A codebook (units × features) in tiles that have taken `taken` updates.
pub(super) fn load(grid: &Grid, codebook: &[f32], taken: u64, tiles: &mut Tiles) {
    if tiles.len() != grid.down * grid.across {
        let new = || Mutex::new(Tile { lines: vec![BEYOND; grid.tile_lines()], taken });
        *tiles = std::iter::repeat_with(new).take(grid.down * grid.across).collect();
    }
    for (at, tile) in tiles.iter_mut().enumerate() {
        let tile = Tile::own(tile);
        tile.taken = taken;
        each_unit(grid, at, |unit, line, lane| {
            for f in 0..grid.features {
                tile.lines[line + f].0[lane] = codebook[unit * grid.features + f];
            }
        });
    }
}

/// The tiles as a codebook.
pub(super) fn store(grid: &Grid, tiles: &Tiles, codebook: &mut [f32]) {
    for (at, tile) in tiles.iter().enumerate() {
        let tile = Tile::held(tile);
        each_unit(grid, at, |unit, line, lane| {
            for f in 0..grid.features {
                codebook[unit * grid.features + f] = tile.lines[line + f].0[lane];
            }
        });
    }
}

/// For each unit of a tile the first of its lines there, and its lane.
fn each_unit(grid: &Grid, tile: usize, mut visit: impl FnMut(usize, usize, usize)) {
    let (down, across) = (tile / grid.across, tile % grid.across);
    for (row, lines) in grid.rows_of(down).zip((0..).step_by(grid.features)) {
        for (lane, column) in (across * WIDTH..((across + 1) * WIDTH).min(grid.columns)).enumerate() {
            visit(row * grid.columns + column, lines, lane);
        }
    }
}
