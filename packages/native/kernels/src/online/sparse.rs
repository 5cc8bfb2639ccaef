//! Online steps for sparse samples with many features. Only the stored features are touched.
//!
//! A prototype is kept as `w = s·v`. A step multiplies every feature by 1 - g; this factor goes into the scale `s` of
//! the unit, and only the stored features of `v` move. Distances come from ‖w‖², kept up to date, and the dot product
//! over the stored features. The result agrees with the defined dense steps within rounding, not to the bit
//! (`docs/design/arithmetic.md`, "Online step").

use super::ring::{Ring, Step};
use super::tiles::{Grid, WIDTH};
use crate::lattice::Lattice;
use crate::metric::{Metric, cosine_of};
use crate::neighbourhood::Kernel;
use crate::simd::Level;
use crate::vector::{self, Vectors, Work};

/// The least number of features for which this pays off, and how many times fewer of them must be stored.
pub(super) const LEAST_FEATURES: usize = 256;
pub(super) const LEAST_SPARSITY: usize = 8;

/// Scales below this are multiplied back into the values.
const SMALLEST_SCALE: f64 = 1e-12;

pub(super) struct Scaled {
    metric: Metric,
    columns: usize,
    features: usize,
    /// Units of a row with the lanes beyond the map, and of all rows.
    width: usize,
    units: usize,
    ring: Ring,
    /// Feature after feature, `v` of each unit.
    values: Vec<f32>,
    scales: Vec<f64>,
    /// ‖w‖² of each unit.
    squares: Vec<f64>,
    /// Of the step at hand, for each unit: v·x, Σv² over the missing features, and what the stored and the missing
    /// features of `v` change by.
    dots: Vec<f64>,
    missing: Vec<f64>,
    gains: Vec<f64>,
    keeps: Vec<f64>,
}

/// A stored sample.
#[derive(Clone, Copy)]
pub(super) struct Stored<'a> {
    pub indices: &'a [u32],
    pub values: &'a [f32],
}

impl Scaled {
    pub fn new(lattice: &Lattice, metric: Metric, kernel: Kernel, features: usize, codebook: &[f32]) -> Scaled {
        let grid = Grid { features: 0, ..Grid::new(lattice, 1) };
        let width = grid.across * WIDTH;
        let units = lattice.rows * width;
        let mut values = vec![0.0; features * units];
        let mut squares = vec![0.0; units];
        for (unit, prototype) in codebook.chunks_exact(features).enumerate() {
            let at = unit / lattice.columns * width + unit % lattice.columns;
            for (f, &w) in prototype.iter().enumerate() {
                values[f * units + at] = w;
                squares[at] += f64::from(w) * f64::from(w);
            }
        }
        Scaled {
            metric,
            columns: lattice.columns,
            features,
            width,
            units,
            ring: Ring::new(lattice, kernel, grid, 1),
            values,
            scales: vec![1.0; units],
            squares,
            dots: vec![0.0; units],
            missing: vec![0.0; units],
            gains: vec![0.0; units],
            keeps: vec![1.0; units],
        }
    }

    /// Writes the codebook (units × features).
    pub fn store(&self, codebook: &mut [f32]) {
        for (unit, prototype) in codebook.chunks_exact_mut(self.features).enumerate() {
            let at = unit / self.columns * self.width + unit % self.columns;
            for (f, w) in prototype.iter_mut().enumerate() {
                *w = (self.scales[at] * f64::from(self.values[f * self.units + at])) as f32;
            }
        }
    }

    /// Presents one sample that has a feature to measure by; gives the distance found.
    pub fn step(&mut self, level: Level, x: Stored<'_>, radius: f32, rate: f32) -> f64 {
        vector::run(level, Measure { scaled: self, x });
        let squares_of_x =
            x.values.iter().filter(|x| !x.is_nan()).fold(0.0, |sum, &x| sum + f64::from(x) * f64::from(x));
        let (mut best, mut nearest) = (f64::INFINITY, 0);
        for at in (0..self.units).filter(|at| at % self.width < self.columns) {
            let scale = self.scales[at];
            let squares = (self.squares[at] - scale * scale * self.missing[at]).max(0.0);
            let dot = scale * self.dots[at];
            let value = match self.metric {
                Metric::Cosine => cosine_of(dot, squares_of_x, squares),
                _ => (squares - 2.0 * dot + squares_of_x).max(0.0),
            };
            if value < best {
                (best, nearest) = (value, at);
            }
        }
        let unit = nearest / self.width * self.columns + nearest % self.width;
        self.ring.clear();
        self.ring.push(level, Step { x: &[], unit, radius, rate });
        let rows = self.decide(squares_of_x, x);
        let units = rows.start * self.width..rows.end * self.width;
        vector::run(level, Move { scaled: self, x, units });
        self.metric.distance_of(best)
    }

    /// Computes what the update does to scales, norms and values. Returns the rows that it affects.
    fn decide(&mut self, squares_of_x: f64, x: Stored<'_>) -> std::ops::Range<usize> {
        let grid = self.ring.grid;
        let in_reach = |row: &usize| self.ring.half(0, *row) >= 0.0;
        let from = (0..grid.rows).find(in_reach).unwrap_or(0);
        let to = (0..grid.rows).rfind(in_reach).map_or(0, |row| row + 1);
        for row in from..to {
            let units = row * self.width..(row + 1) * self.width;
            self.gains[units.clone()].fill(0.0);
            self.keeps[units].fill(1.0);
            let (half, parity) = (self.ring.half(0, row), self.ring.parity(0, row));
            let touched = self.ring.reach(0, row / grid.height).touched;
            for across in touched.from as usize..touched.to as usize {
                let influences = if self.ring.kernel.separable() {
                    let rate = self.ring.rates(0)[row];
                    self.ring.columns(0, parity, across).0.map(|e| rate * e)
                } else {
                    self.ring.influences(0, row, across)
                };
                let gaps = *self.ring.gaps(0, parity, across);
                for lane in (0..WIDTH.min(self.columns - across * WIDTH)).filter(|&lane| gaps[lane] <= half) {
                    self.decide_unit(row * self.width + across * WIDTH + lane, influences[lane], squares_of_x, x);
                }
            }
        }
        from..to
    }

    fn decide_unit(&mut self, at: usize, influence: f32, squares_of_x: f64, x: Stored<'_>) {
        let (g, scale) = (f64::from(influence), self.scales[at]);
        let keep = 1.0 - g;
        let missing = scale * scale * self.missing[at];
        self.squares[at] = keep * keep * (self.squares[at] - missing).max(0.0)
            + 2.0 * keep * g * scale * self.dots[at]
            + g * g * squares_of_x
            + missing;
        let next = scale * keep;
        if next.abs() >= SMALLEST_SCALE {
            self.scales[at] = next;
            self.gains[at] = g / next;
            self.keeps[at] = 1.0 / keep;
            return;
        }
        // The scale goes into the values, except for the missing features, which stay as they are.
        let stay: Vec<(usize, f32)> = (x.indices.iter().zip(x.values))
            .filter(|(_, x)| x.is_nan())
            .map(|(&f, _)| (f as usize, (scale * f64::from(self.values[f as usize * self.units + at])) as f32))
            .collect();
        for f in 0..self.features {
            let value = &mut self.values[f * self.units + at];
            *value = (next * f64::from(*value)) as f32;
        }
        for (f, w) in stay {
            self.values[f * self.units + at] = w;
        }
        self.scales[at] = 1.0;
        self.gains[at] = g;
        self.keeps[at] = 1.0;
    }
}

/// Dot products with every unit.
struct Measure<'a> {
    scaled: &'a mut Scaled,
    x: Stored<'a>,
}

impl Work for Measure<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, _: V) {
        let Scaled { units, values, dots, missing, .. } = self.scaled;
        dots.fill(0.0);
        missing.fill(0.0);
        for (&f, &x) in self.x.indices.iter().zip(self.x.values) {
            let values = &values[f as usize * *units..][..*units];
            if x.is_nan() {
                for (missing, &v) in missing.iter_mut().zip(values) {
                    *missing += f64::from(v) * f64::from(v);
                }
            } else {
                let x = f64::from(x);
                for (dot, &v) in dots.iter_mut().zip(values) {
                    *dot += x * f64::from(v);
                }
            }
        }
    }
}

/// Moves the stored features of some units.
struct Move<'a> {
    scaled: &'a mut Scaled,
    x: Stored<'a>,
    units: std::ops::Range<usize>,
}

impl Work for Move<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, _: V) {
        let Scaled { units, values, gains, keeps, .. } = self.scaled;
        let (gains, keeps) = (&gains[self.units.clone()], &keeps[self.units.clone()]);
        for (&f, &x) in self.x.indices.iter().zip(self.x.values) {
            let values = &mut values[f as usize * *units..][..*units][self.units.clone()];
            if x.is_nan() {
                for (v, &keep) in values.iter_mut().zip(keeps) {
                    *v = (f64::from(*v) * keep) as f32;
                }
            } else {
                let x = f64::from(x);
                for (v, &gain) in values.iter_mut().zip(gains) {
                    *v = (f64::from(*v) + x * gain) as f32;
                }
            }
        }
    }
}
