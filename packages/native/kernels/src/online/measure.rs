//! The nearest unit of a tile, by the f32 distance of the online rule.

use super::tiles::{Grid, WIDTH};
use crate::measure::Layers;
use crate::metric::{Metric, cosine_of};
use crate::vector::{Line, Vectors};

/// The nearest unit yet: of equals the lower one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    /// The value by which units are compared: f32 except for cosine.
    pub value: f64,
    pub unit: usize,
}

impl Best {
    pub const NONE: Best = Best { value: f64::INFINITY, unit: usize::MAX };

    #[inline(always)]
    pub fn take(&mut self, value: f64, unit: usize) {
        if value < self.value || (value == self.value && unit < self.unit) {
            *self = Best { value, unit };
        }
    }
}

/// A sample as the search sees it.
#[derive(Clone, Copy)]
pub(super) struct Sample<'a> {
    pub x: &'a [f32],
    pub complete: bool,
}

/// Takes into `best` the nearest unit of the tile at (`down`, `across`).
#[inline(always)]
pub(super) fn measure<V: Vectors>(
    v: V,
    metric: Metric,
    grid: &Grid,
    at: (usize, usize),
    sample: Sample<'_>,
    tile: &[Line],
    best: &mut Best,
) {
    match metric {
        Metric::Euclidean => single::<V, Euclidean>(v, grid, at, sample, tile, best),
        Metric::Manhattan => single::<V, Manhattan>(v, grid, at, sample, tile, best),
        Metric::Chebyshev => single::<V, Chebyshev>(v, grid, at, sample, tile, best),
        Metric::Cosine => cosine(grid, at, sample, tile, best),
    }
}

/// As `measure`, by a distance over layers, in f64 as in matching.
#[inline(always)]
pub(super) fn layered(
    layers: &Layers,
    grid: &Grid,
    (down, across): (usize, usize),
    sample: Sample<'_>,
    tile: &[Line],
    best: &mut Best,
) {
    let columns = WIDTH.min(grid.columns - across * WIDTH);
    for (row, lines) in grid.rows_of(down).zip(tile.chunks_exact(grid.features)) {
        let Some(values) = layers.values(sample.x, lines) else { return };
        for (lane, &value) in values[..columns].iter().enumerate() {
            best.take(value, row * grid.columns + across * WIDTH + lane);
        }
    }
}

/// How a feature adds to a distance in single f32 operations.
pub(super) trait Term {
    fn add<V: Vectors>(v: V, sum: V::F32, gap: V::F32) -> V::F32;
}

pub(super) struct Euclidean;
pub(super) struct Manhattan;
pub(super) struct Chebyshev;

impl Term for Euclidean {
    #[inline(always)]
    fn add<V: Vectors>(v: V, sum: V::F32, gap: V::F32) -> V::F32 {
        v.add(sum, v.mul(gap, gap))
    }
}

impl Term for Manhattan {
    #[inline(always)]
    fn add<V: Vectors>(v: V, sum: V::F32, gap: V::F32) -> V::F32 {
        v.add(sum, v.abs(gap))
    }
}

impl Term for Chebyshev {
    #[inline(always)]
    fn add<V: Vectors>(v: V, sum: V::F32, gap: V::F32) -> V::F32 {
        v.max(sum, v.abs(gap))
    }
}

#[inline(always)]
fn single<V: Vectors, T: Term>(
    v: V,
    grid: &Grid,
    (down, across): (usize, usize),
    sample: Sample<'_>,
    tile: &[Line],
    best: &mut Best,
) {
    let features = grid.features;
    let rows = grid.rows_of(down);
    // Lane by lane the nearest and its row. Rows ascend, so that a lane keeps its lower unit.
    let mut nearest = v.splat(f32::INFINITY);
    let mut row_of = v.splat(0.0);
    for (row, lines) in tile.chunks_exact(features).take(rows.len()).enumerate() {
        let mut sum = v.splat(0.0);
        if sample.complete {
            for (line, &x) in lines.iter().zip(sample.x) {
                sum = T::add(v, sum, v.sub(v.splat(x), v.load(&line.0)));
            }
        } else {
            for (line, &x) in lines.iter().zip(sample.x) {
                if !x.is_nan() {
                    sum = T::add(v, sum, v.sub(v.splat(x), v.load(&line.0)));
                }
            }
        }
        let nearer = v.less(sum, nearest);
        nearest = v.choose(nearer, sum, nearest);
        row_of = v.choose(nearer, v.splat(row as f32), row_of);
    }
    let mut lanes = v.bits(v.not_above(nearest, v.splat(best.value as f32)));
    if lanes == 0 {
        return;
    }
    let (mut values, mut row_values) = ([0.0; WIDTH], [0.0; WIDTH]);
    v.store(nearest, &mut values);
    v.store(row_of, &mut row_values);
    while lanes != 0 {
        let lane = lanes.trailing_zeros() as usize;
        lanes &= lanes - 1;
        let column = across * WIDTH + lane;
        if column < grid.columns && values[lane] < f32::INFINITY {
            let row = rows.start + row_values[lane] as usize;
            best.take(f64::from(values[lane]), row * grid.columns + column);
        }
    }
}

/// Evaluated in f64, as in matching.
#[inline(always)]
fn cosine(grid: &Grid, (down, across): (usize, usize), sample: Sample<'_>, tile: &[Line], best: &mut Best) {
    let features = grid.features;
    let squares = sample.x.iter().filter(|x| !x.is_nan()).fold(0.0, |sum, &x| sum + f64::from(x) * f64::from(x));
    let columns = WIDTH.min(grid.columns - across * WIDTH);
    for (row, lines) in grid.rows_of(down).zip(tile.chunks_exact(features)) {
        let (mut dots, mut prototypes) = ([0.0f64; WIDTH], [0.0f64; WIDTH]);
        for (line, &x) in lines.iter().zip(sample.x) {
            if !x.is_nan() {
                for i in 0..WIDTH {
                    let w = f64::from(line.0[i]);
                    dots[i] += f64::from(x) * w;
                    prototypes[i] += w * w;
                }
            }
        }
        for lane in 0..columns {
            let value = cosine_of(dots[lane], squares, prototypes[lane]);
            best.take(value, row * grid.columns + across * WIDTH + lane);
        }
    }
}
