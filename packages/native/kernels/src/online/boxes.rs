//! A bounding box for each tile, moved with every update by interval arithmetic, so that a search looks into only a few
//! tiles.
//!
//! Boxes contain the prototypes as they will be after the pending updates. They hold in spite of rounding: see
//! `move_all`.

use super::measure::{Best, Chebyshev, Euclidean, Manhattan, Sample, Term};
use super::ring::{Ring, Span};
use super::tiles::{Grid, WIDTH};
use crate::metric::Metric;
use crate::vector::{Line, Vectors};

/// No boxes are kept for numbers beyond this. Below it, intermediate results are far from overflow.
pub(super) const LARGEST: f32 = 1e15;

/// What an update's rounding can add to a bound, as a share of the largest number in it: a prototype's step errs by at
/// most 5.1·2⁻²⁴ of it (one rounding each of `x - w`, of `g·…` and of the sum), so does the bound's own, and the rest
/// is room.
const SLACK: f32 = 16.0 / 16_777_216.0;
/// The same where numbers are so small that rounding is absolute: far above the smallest number of all.
const LEAST_SLACK: f32 = 1e-37;

pub(super) struct Boxes {
    grid: Grid,
    /// Lines of sixteen tiles in a row of tiles.
    lines: usize,
    /// Row of tiles after row, feature after feature, first all lower bounds and then all upper ones.
    bounds: Vec<Line>,
    /// A lower bound on the distance from the current sample to the units of the tile.
    lows: Vec<Line>,
    /// The least and the most factor of an update over the columns of each tile.
    columns: [Vec<f32>; 2],
}

/// Lanes 0 to 15, to be compared with.
const LANES: [f32; 16] = [0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15.];

impl Boxes {
    pub fn new(grid: Grid) -> Boxes {
        let lines = grid.across.div_ceil(WIDTH);
        Boxes {
            grid,
            lines,
            bounds: vec![Line::ZERO; grid.down * lines * grid.features * 2],
            lows: vec![Line::ZERO; grid.down * lines],
            columns: [vec![0.0; lines * WIDTH], vec![0.0; lines * WIDTH]],
        }
    }

    /// Lines of a row of tiles.
    pub fn band_lines(&self) -> usize {
        self.lines * self.grid.features * 2
    }

    pub fn bounds_mut(&mut self) -> &mut [Line] {
        &mut self.bounds
    }

    #[inline(always)]
    pub fn band_mut(&mut self, down: usize) -> &mut [Line] {
        let length = self.band_lines();
        &mut self.bounds[down * length..(down + 1) * length]
    }

    /// Moves every box by the update at `slot`.
    ///
    /// A prototype goes to `w + g·(x - w)`, w within the box and g within [least, most] of the tile, both in 0..1: a
    /// function linear in each, so that its extremes are at the corners, and growing with w, so that two corners a
    /// bound are enough. Least and most are f32 products of the extremes of the two tables, hence bounds of the f32
    /// products of units: rounding keeps order.
    #[inline(always)]
    pub fn move_all<V: Vectors>(&mut self, v: V, ring: &Ring, slot: usize) {
        let grid = self.grid;
        let widest = (0..grid.down).map(|down| ring.reach(slot, down).touched);
        let from = widest.clone().filter(|span| span.to > span.from).map(|span| span.from).min().unwrap_or(0);
        let to = widest.map(|span| span.to).max().unwrap_or(0);
        for across in from as usize..to as usize {
            let (least, most) = column_extremes(ring, slot, across);
            self.columns[0][across] = least;
            self.columns[1][across] = most;
        }
        let x = ring.x(slot);
        for down in 0..grid.down {
            let reach = ring.reach(slot, down);
            if reach.touched.to <= reach.touched.from {
                continue;
            }
            let rows = RowExtremes::of(ring, slot, down);
            for line in reach.touched.from as usize / WIDTH..(reach.touched.to as usize).div_ceil(WIDTH) {
                let lanes = v.add(v.load(&LANES), v.splat((line * WIDTH) as f32));
                let zero = v.splat(0.0);
                let (least, most) = rows.extremes(v, ring, slot, &self.columns, line);
                let (least, most) = (within(v, lanes, reach.inside, least), within(v, lanes, reach.touched, most));
                let moving = v.less(zero, most);
                let bounds = &mut self.bounds[(down * self.lines * grid.features + line) * 2..];
                for (f, &x) in x.iter().enumerate() {
                    if x.is_nan() {
                        continue;
                    }
                    let at = f * self.lines * 2;
                    let x = v.splat(x);
                    let (low, high) = (v.load(&bounds[at].0), v.load(&bounds[at + 1].0));
                    let largest = v.max(v.abs(x), v.max(v.abs(low), v.abs(high)));
                    let slack = v.add(v.mul(largest, v.splat(SLACK)), v.splat(LEAST_SLACK));
                    let slack = v.choose(moving, slack, zero);
                    let lower = v.min(moved(v, low, x, least), moved(v, low, x, most));
                    let upper = v.max(moved(v, high, x, least), moved(v, high, x, most));
                    v.store(v.sub(lower, slack), &mut bounds[at].0);
                    v.store(v.add(upper, slack), &mut bounds[at + 1].0);
                }
            }
        }
    }

    /// For every tile a distance that none of its units is below, by the very operations of the distance itself, which
    /// keep order. Gives the tile that may be nearest.
    #[inline(always)]
    pub fn scan<V: Vectors>(&mut self, v: V, metric: Metric, sample: Sample<'_>) -> (usize, usize) {
        match metric {
            Metric::Manhattan => self.scan_by::<V, Manhattan>(v, sample),
            Metric::Chebyshev => self.scan_by::<V, Chebyshev>(v, sample),
            _ => self.scan_by::<V, Euclidean>(v, sample),
        }
    }

    #[inline(always)]
    fn scan_by<V: Vectors, T: Term>(&mut self, v: V, sample: Sample<'_>) -> (usize, usize) {
        let (grid, lines) = (self.grid, self.lines);
        let zero = v.splat(0.0);
        let mut nearest = v.splat(f32::INFINITY);
        let mut place = v.splat(0.0);
        for down in 0..grid.down {
            for line in 0..lines {
                let bounds = &self.bounds[(down * lines * grid.features + line) * 2..];
                let mut sum = zero;
                for (f, &x) in sample.x.iter().enumerate() {
                    if sample.complete || !x.is_nan() {
                        let x = v.splat(x);
                        let (low, high) = (v.load(&bounds[f * lines * 2].0), v.load(&bounds[f * lines * 2 + 1].0));
                        let gap = v.max(v.max(v.sub(low, x), v.sub(x, high)), zero);
                        sum = T::add(v, sum, gap);
                    }
                }
                if (line + 1) * WIDTH > grid.across {
                    let lanes = v.less(v.load(&LANES), v.splat((grid.across - line * WIDTH) as f32));
                    sum = v.choose(lanes, sum, v.splat(f32::INFINITY));
                }
                v.store(sum, &mut self.lows[down * lines + line].0);
                let nearer = v.less(sum, nearest);
                nearest = v.choose(nearer, sum, nearest);
                place = v.choose(nearer, v.splat((down * lines + line) as f32), place);
            }
        }
        let (mut values, mut places) = ([0.0; 16], [0.0; 16]);
        v.store(nearest, &mut values);
        v.store(place, &mut places);
        let lane = (0..WIDTH).min_by(|&a, &b| values[a].total_cmp(&values[b])).unwrap_or(0);
        let place = places[lane] as usize;
        (place / lines, (place % lines * WIDTH + lane).min(grid.across - 1))
    }

    /// The next tile, from `cursor` on, whose units may be as near as the best yet. Tiles ascend.
    #[inline(always)]
    pub fn candidate<V: Vectors>(&self, v: V, cursor: &mut Cursor, best: &Best) -> Option<(usize, usize)> {
        loop {
            while cursor.lanes == 0 {
                if cursor.next == self.lows.len() {
                    return None;
                }
                cursor.lanes = v.bits(v.not_above(v.load(&self.lows[cursor.next].0), v.splat(best.value as f32)));
                cursor.next += 1;
            }
            let (place, lane) = (cursor.next - 1, cursor.lanes.trailing_zeros() as usize);
            cursor.lanes &= cursor.lanes - 1;
            let (down, across) = (place / self.lines, place % self.lines * WIDTH + lane);
            let above = f64::from(self.lows[place].0[lane]) > best.value;
            if across < self.grid.across && !above {
                return Some((down, across));
            }
        }
    }
}

/// The progress of a search through the tiles.
#[derive(Default)]
pub(super) struct Cursor {
    next: usize,
    lanes: u32,
}

/// `g` for the tiles of a span, 0 for others.
#[inline(always)]
fn within<V: Vectors>(v: V, lanes: V::F32, span: Span, g: V::F32) -> V::F32 {
    let zero = v.splat(0.0);
    let g = v.choose(v.less(lanes, v.splat(span.from as f32)), zero, g);
    v.choose(v.less(lanes, v.splat(span.to as f32)), g, zero)
}

#[inline(always)]
fn moved<V: Vectors>(v: V, w: V::F32, x: V::F32, g: V::F32) -> V::F32 {
    v.add(w, v.mul(g, v.sub(x, w)))
}

/// Writes the box of a tile into the bounds of its row of tiles. Gives whether its numbers are small enough for boxes.
#[inline(always)]
pub(super) fn set_box<V: Vectors>(
    v: V,
    grid: &Grid,
    (down, across): (usize, usize),
    tile: &[Line],
    band: &mut [Line],
) -> bool {
    let (features, lines) = (grid.features, grid.across.div_ceil(WIDTH));
    let rows = grid.rows_of(down).len();
    let columns = WIDTH.min(grid.columns - across * WIDTH);
    let mut small = true;
    for f in 0..features {
        let first = v.load(&tile[f].0);
        let (mut low, mut high) = (first, first);
        for line in tile[f..].iter().step_by(features).take(rows).skip(1) {
            let w = v.load(&line.0);
            low = v.min(low, w);
            high = v.max(high, w);
        }
        let (mut lows, mut highs) = ([0.0; 16], [0.0; 16]);
        v.store(low, &mut lows);
        v.store(high, &mut highs);
        let low = lows[..columns].iter().fold(f32::INFINITY, |low, &w| if w < low { w } else { low });
        let high = highs[..columns].iter().fold(f32::NEG_INFINITY, |high, &w| if w > high { w } else { high });
        small &= low >= -LARGEST && high <= LARGEST;
        let at = (f * lines + across / WIDTH) * 2;
        band[at].0[across % WIDTH] = low;
        band[at + 1].0[across % WIDTH] = high;
    }
    small
}

/// Least and most influence over the columns of a tile; for kernels that do not separate, the least and most squared
/// gap.
#[inline(always)]
fn column_extremes(ring: &Ring, slot: usize, across: usize) -> (f32, f32) {
    let columns = WIDTH.min(ring.grid.columns - across * WIDTH);
    let (mut least, mut most) = (f32::INFINITY, 0.0f32);
    for parity in 0..ring.parities() {
        let values: [f32; 16] = if ring.kernel.separable() {
            ring.columns(slot, parity, across).0
        } else {
            *ring.gaps(slot, parity, across)
        };
        for &value in &values[..columns] {
            least = if value < least { value } else { least };
            most = if value > most { value } else { most };
        }
    }
    (least, most)
}

/// Least and most influence over the rows of a row of tiles, times the rate; or the least and most squared distance of
/// rows.
struct RowExtremes {
    least: f64,
    most: f64,
}

impl RowExtremes {
    #[inline(always)]
    fn of(ring: &Ring, slot: usize, down: usize) -> RowExtremes {
        let mut extremes = RowExtremes { least: f64::INFINITY, most: 0.0 };
        for row in ring.grid.rows_of(down) {
            let value = if !ring.kernel.separable() {
                ring.row_distance2(slot, row)
            } else if ring.half(slot, row) < 0.0 {
                continue;
            } else {
                f64::from(ring.rates(slot)[row])
            };
            extremes.least = extremes.least.min(value);
            extremes.most = extremes.most.max(value);
        }
        extremes
    }

    /// Least and most influence times the rate for sixteen tiles.
    #[inline(always)]
    fn extremes<V: Vectors>(
        &self,
        v: V,
        ring: &Ring,
        slot: usize,
        columns: &[Vec<f32>; 2],
        line: usize,
    ) -> (V::F32, V::F32) {
        let take = |i: usize| -> &[f32; 16] { columns[i][line * WIDTH..][..WIDTH].try_into().expect("sixteen") };
        if ring.kernel.separable() {
            let least = v.mul(v.splat(self.least as f32), v.load(take(0)));
            return (least, v.mul(v.splat(self.most as f32), v.load(take(1))));
        }
        // Influence falls with distance, and every operation of it keeps order: the farthest corner has the least.
        let head = &ring.heads[slot];
        let at = |t2: f64, gap: f32| {
            let gap = f64::from(gap) / 2.0;
            let h = ring.kernel.rest(t2 + gap * gap, head.radius);
            (head.rate * if h > 0.0 { h } else { 0.0 }) as f32
        };
        let least: [f32; 16] = std::array::from_fn(|i| at(self.most, take(1)[i]));
        let most: [f32; 16] = std::array::from_fn(|i| at(self.least, take(0)[i]));
        (v.load(&least), v.load(&most))
    }
}
