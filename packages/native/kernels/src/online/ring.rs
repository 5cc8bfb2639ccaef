//! Updates that are decided but not yet applied everywhere, in the order of their steps.

use super::tiles::{Grid, WIDTH};
use crate::lattice::Lattice;
use crate::neighbourhood::{Kernel, Rule};
use crate::simd::Level;
use crate::vector::{self, Line, Vectors, Work};

/// The update of one step.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    pub x: &'a [f32],
    pub unit: usize,
    pub radius: f32,
    pub rate: f32,
}

/// A run of tiles of one row of tiles.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Span {
    pub from: u32,
    pub to: u32,
}

impl Span {
    pub fn has(self, across: usize) -> bool {
        (self.from as usize..self.to as usize).contains(&across)
    }
}

/// Which tiles in a row of tiles an update affects: only those in `touched` can have a unit that moves, and in
/// `inside` every unit moves.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Reach {
    pub touched: Span,
    pub inside: Span,
}

/// What an update needs besides its tables.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub radius: f64,
    pub rate: f64,
    /// Row of the best-matching unit.
    pub row: usize,
    /// Whether no feature of the sample is missing.
    pub complete: bool,
    /// Where the best-matching unit's column begins in the tables of `Ring::gaps`.
    start: usize,
}

/// The pending updates. Tables are by row and by column, so that no exp() runs per unit.
pub(super) struct Ring {
    pub kernel: Kernel,
    pub grid: Grid,
    lattice: Lattice,
    capacity: usize,
    /// How many updates came before the first of these.
    first: u64,
    pub heads: Vec<Head>,
    /// Sample of each update.
    xs: Vec<f32>,
    /// f32(a·e(dr)) of each row in reach, for separable kernels.
    rates: Vec<f32>,
    /// Twice the widest gap in reach of each row; -1 where none is.
    halves: Vec<f32>,
    /// f32(e(dc)) of each column in reach, for rows of the best-matching unit's parity and of the other.
    columns: Vec<Line>,
    /// e(dr) and e(dc) in f64, for kernels that multiply them with more.
    row_axes: Vec<f64>,
    column_axes: Vec<f64>,
    reaches: Vec<Reach>,
    /// dr² by difference of rows.
    row_distances: Vec<f64>,
    /// Twice the column gap by difference of columns, for shifts 0, +1/2, -1/2.
    gaps: [Vec<f32>; 3],
}

impl Ring {
    pub fn new(lattice: &Lattice, kernel: Kernel, grid: Grid, capacity: usize) -> Ring {
        let (rows, columns) = (grid.rows, grid.columns);
        let padded = grid.across * WIDTH;
        let hat = if kernel == Kernel::MexicanHat { capacity } else { 0 };
        let gaps = [0.0, 0.5, -0.5].map(|shift| {
            let mut gaps: Vec<f32> =
                (0..2 * columns - 1).map(|i| (2.0 * lattice.column_gap(i, columns - 1, shift)) as f32).collect();
            gaps.resize(columns - 1 + padded, f32::INFINITY);
            gaps
        });
        Ring {
            kernel,
            grid,
            lattice: *lattice,
            capacity,
            first: 0,
            heads: Vec::with_capacity(capacity),
            xs: vec![0.0; capacity * grid.features],
            rates: vec![0.0; capacity * rows],
            halves: vec![-1.0; capacity * rows],
            columns: vec![Line::ZERO; capacity * lattice.parities() * grid.across],
            row_axes: vec![0.0; hat * rows],
            column_axes: vec![0.0; hat * 2 * padded],
            reaches: vec![Reach::default(); capacity * grid.down],
            row_distances: (0..2 * rows - 1).map(|i| lattice.row_distance2(lattice.row_gap(i, rows - 1))).collect(),
            gaps,
        }
    }

    pub fn len(&self) -> usize {
        self.heads.len()
    }

    pub fn is_full(&self) -> bool {
        self.heads.len() == self.capacity
    }

    /// Drops these updates, once all tiles have applied them.
    pub fn clear(&mut self) {
        self.begin_after(self.end());
    }

    /// Empties the ring, and sets how many updates came before.
    pub fn begin_after(&mut self, first: u64) {
        self.first = first;
        self.heads.clear();
    }

    /// How many updates there have been, including these.
    pub fn end(&self) -> u64 {
        self.first + self.heads.len() as u64
    }

    /// The first of these updates that a tile has not applied; it now applies all that follow. `None` if it has them
    /// all.
    #[inline(always)]
    pub fn take(&self, taken: &mut u64) -> Option<usize> {
        let first = taken.saturating_sub(self.first) as usize;
        (first < self.len()).then(|| {
            *taken = self.end();
            first
        })
    }

    #[inline(always)]
    pub fn x(&self, slot: usize) -> &[f32] {
        &self.xs[slot * self.grid.features..(slot + 1) * self.grid.features]
    }

    #[inline(always)]
    pub fn rates(&self, slot: usize) -> &[f32] {
        &self.rates[slot * self.grid.rows..(slot + 1) * self.grid.rows]
    }

    #[inline(always)]
    pub fn half(&self, slot: usize, row: usize) -> f32 {
        self.halves[slot * self.grid.rows + row]
    }

    /// e(dc) of the sixteen columns of a tile.
    #[inline(always)]
    pub fn columns(&self, slot: usize, parity: usize, across: usize) -> &Line {
        &self.columns[(slot * self.lattice.parities() + parity) * self.grid.across + across]
    }

    #[inline(always)]
    pub fn reach(&self, slot: usize, down: usize) -> Reach {
        self.reaches[slot * self.grid.down + down]
    }

    /// Which of the two tables over columns a row takes: 1 where it is shifted against the best-matching unit's.
    #[inline(always)]
    pub fn parity(&self, slot: usize, row: usize) -> usize {
        self.lattice.parity(row, self.heads[slot].row)
    }

    /// Twice the column gap of the sixteen columns of a tile.
    #[inline(always)]
    pub fn gaps(&self, slot: usize, parity: usize, across: usize) -> &[f32; 16] {
        let head = &self.heads[slot];
        let from = head.start + across * WIDTH;
        self.gaps[shift_index(parity, head.row)][from..from + WIDTH].try_into().expect("sixteen numbers")
    }

    /// How many tables over columns there are.
    #[inline(always)]
    pub fn parities(&self) -> usize {
        self.lattice.parities()
    }

    /// Squared distance of a row from the best-matching unit's.
    #[inline(always)]
    pub fn row_distance2(&self, slot: usize, row: usize) -> f64 {
        self.row_distances[row + self.grid.rows - 1 - self.heads[slot].row]
    }

    /// The influence times the rate of sixteen units of one row, for kernels that do not separate: each `f32(a·h)`.
    #[inline(always)]
    pub fn influences(&self, slot: usize, row: usize, across: usize) -> [f32; 16] {
        let Head { radius, rate, .. } = self.heads[slot];
        let parity = self.parity(slot, row);
        let gaps = self.gaps(slot, parity, across);
        let t2 = self.row_distance2(slot, row);
        if self.kernel == Kernel::MexicanHat {
            let from = (slot * 2 + parity) * self.grid.across * WIDTH + across * WIDTH;
            let axes = &self.column_axes[from..from + WIDTH];
            let row_axis = self.row_axes[slot * self.grid.rows + row];
            std::array::from_fn(|i| {
                let gap = f64::from(gaps[i]) / 2.0;
                (rate * (row_axis * axes[i] * self.kernel.rest(t2 + gap * gap, radius))) as f32
            })
        } else {
            std::array::from_fn(|i| {
                let gap = f64::from(gaps[i]) / 2.0;
                (rate * self.kernel.rest(t2 + gap * gap, radius)) as f32
            })
        }
    }

    /// Adds an update. There must be room.
    pub fn push(&mut self, level: Level, step: Step<'_>) {
        vector::run(level, Push { ring: self, step });
    }
}

#[inline(always)]
fn shift_index(parity: usize, bmu_row: usize) -> usize {
    match parity {
        0 => 0,
        _ if bmu_row & 1 == 0 => 1,
        _ => 2,
    }
}

struct Push<'a> {
    ring: &'a mut Ring,
    step: Step<'a>,
}

impl Work for Push<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, _: V) {
        let Push { ring, step } = self;
        let (grid, kernel, lattice) = (ring.grid, ring.kernel, ring.lattice);
        let (rows, columns) = (grid.rows, grid.columns);
        let slot = ring.heads.len();
        let (row, column) = (step.unit / columns, step.unit % columns);
        let (radius, rate) = (f64::from(step.radius), f64::from(step.rate));
        let reach2 = kernel.reach2(radius, Rule::Online);
        let complete = !step.x.iter().any(|x| x.is_nan());
        ring.heads.push(Head { radius, rate, row, complete, start: columns - 1 - column });
        ring.xs[slot * grid.features..][..grid.features].copy_from_slice(step.x);

        let widest = reach2.sqrt();
        let far_rows = rows_in_reach(&lattice, row, widest);
        let from = slot * rows;
        let t2s = &ring.row_distances[rows - 1 - row..][far_rows.clone()];
        let (rates, halves) = (&mut ring.rates[from..from + rows], &mut ring.halves[from..from + rows]);
        halves[..far_rows.start].fill(-1.0);
        halves[far_rows.end..].fill(-1.0);
        halves_of(t2s, reach2, &mut halves[far_rows.clone()]);
        if kernel.separable() {
            axes_times(kernel, t2s, radius, rate, &mut rates[far_rows.clone()]);
        } else if kernel == Kernel::MexicanHat {
            for (axis, &t2) in ring.row_axes[from..][far_rows.clone()].iter_mut().zip(t2s) {
                *axis = kernel.axis(t2, radius);
            }
        }

        let far_columns = columns_in_reach(&lattice, column, widest);
        let tiles = far_columns.start / WIDTH..far_columns.end.div_ceil(WIDTH);
        for parity in 0..lattice.parities() {
            let gaps = &ring.gaps[shift_index(parity, row)][columns - 1 - column..];
            for across in tiles.clone() {
                let gaps: &[f32; 16] = gaps[across * WIDTH..][..WIDTH].try_into().expect("sixteen numbers");
                let line = (slot * lattice.parities() + parity) * grid.across + across;
                if kernel.separable() {
                    columns_axes(kernel, gaps, radius, &mut ring.columns[line].0);
                } else if kernel == Kernel::MexicanHat {
                    for (axis, &gap) in ring.column_axes[line * WIDTH..][..WIDTH].iter_mut().zip(gaps) {
                        let gap = f64::from(gap) / 2.0;
                        *axis = kernel.axis(gap * gap, radius);
                    }
                }
            }
        }

        for down in 0..grid.down {
            let here = grid.rows_of(down);
            let (mut nearest, mut farthest) = (f64::INFINITY, 0.0f64);
            for &t2 in &ring.row_distances[rows - 1 - row..][here] {
                nearest = nearest.min(t2);
                farthest = farthest.max(t2);
            }
            ring.reaches[slot * grid.down + down] = reach_of(&lattice, &grid, column, reach2, nearest, farthest);
        }
    }
}

/// Twice the widest gap that keeps t² + gap² within reach. Gaps are multiples of 1/2 and t² of 1/4, so that in quarters
/// all is whole.
#[inline(always)]
fn halves_of(t2s: &[f64], reach2: f64, halves: &mut [f32]) {
    /// Its root is the largest whole number that f32 can count to, and more than any gap.
    const MOST: f64 = 281474976710656.0;
    let quarters = (4.0 * reach2).min(MOST).floor();
    for (half, &t2) in halves.iter_mut().zip(t2s) {
        let left = quarters - 4.0 * t2;
        *half = if left < 0.0 { -1.0 } else { left.sqrt().floor() as f32 };
    }
}

#[inline(always)]
fn axes_times(kernel: Kernel, t2s: &[f64], radius: f64, rate: f64, rates: &mut [f32]) {
    if kernel == Kernel::Bubble {
        rates.fill(rate as f32);
        return;
    }
    for (out, &t2) in rates.iter_mut().zip(t2s) {
        *out = (rate * Kernel::Gaussian.axis(t2, radius)) as f32;
    }
}

#[inline(always)]
fn columns_axes(kernel: Kernel, gaps: &[f32; 16], radius: f64, out: &mut [f32; 16]) {
    if kernel == Kernel::Bubble {
        *out = [1.0; 16];
        return;
    }
    for (out, &gap) in out.iter_mut().zip(gaps) {
        let gap = f64::from(gap) / 2.0;
        *out = Kernel::Gaussian.axis(gap * gap, radius) as f32;
    }
}

/// The rows that can be in reach of `row`, or all where the map's edge is passed and joined.
fn rows_in_reach(lattice: &Lattice, row: usize, widest: f64) -> std::ops::Range<usize> {
    let gap = ((widest / lattice.row_scale().sqrt()) as usize).saturating_add(1);
    span(row, gap, lattice.rows, lattice.wraps_rows())
}

fn columns_in_reach(lattice: &Lattice, column: usize, widest: f64) -> std::ops::Range<usize> {
    span(column, (widest as usize).saturating_add(2), lattice.columns, lattice.wraps_columns())
}

fn span(at: usize, gap: usize, count: usize, wraps: bool) -> std::ops::Range<usize> {
    let (from, to) = (at.checked_sub(gap), at.saturating_add(gap).saturating_add(1));
    if wraps && (from.is_none() || to > count) {
        return 0..count;
    }
    from.unwrap_or(0)..to.min(count)
}

/// Which tiles of a row of tiles, whose rows lie at squared distances from `nearest` to `farthest`, an update concerns.
/// Errs on the safe side: touched may be too wide, inside too narrow.
fn reach_of(lattice: &Lattice, grid: &Grid, column: usize, reach2: f64, nearest: f64, farthest: f64) -> Reach {
    if nearest > reach2 {
        return Reach::default();
    }
    let columns = columns_in_reach(lattice, column, (reach2 - nearest).sqrt());
    let touched = Span { from: (columns.start / WIDTH) as u32, to: columns.end.div_ceil(WIDTH) as u32 };
    let inside = if farthest > reach2 {
        Span::default()
    } else {
        let half = (reach2 - farthest).sqrt();
        if half >= lattice.columns as f64 {
            Span { from: 0, to: grid.across as u32 }
        } else if half < 2.0 {
            Span::default()
        } else {
            let half = half as usize - 1;
            let from = column.saturating_sub(half).div_ceil(WIDTH);
            let end = column + half + 1;
            let to = if end >= lattice.columns { grid.across } else { end / WIDTH };
            Span { from: from as u32, to: to.max(from) as u32 }
        }
    };
    Reach { touched, inside }
}
