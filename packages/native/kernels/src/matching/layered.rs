//! Every sample against every unit by a distance over layers, sixteen units at once.

use super::PLAIN_ROWS;
use super::matches::{Matches, NearestUnits};
use super::ranked::{MOST_NEAREST, NOT_RANKED, Ranked, take};
use crate::error::Error;
use crate::measure::{Layers, WIDTH};
use crate::metric::Metric;
use crate::parallel::Pool;
use crate::samples::{Matrix, Rows};
use crate::simd::Level;
use crate::vector::{self, Line, Vectors, Work};
use crate::watch::{Meter, Watch};

/// A codebook in panels of sixteen units, one line for each feature.
pub(crate) struct LayeredSearch<'a> {
    layers: &'a Layers,
    units: usize,
    features: usize,
    lines: Vec<Line>,
    level: Level,
}

/// Values as they are compared are the distances themselves.
const AS_COMPARED: Metric = Metric::Manhattan;

impl<'a> LayeredSearch<'a> {
    pub fn new(layers: &'a Layers, codebook: &[f32], features: usize, level: Level) -> LayeredSearch<'a> {
        let units = codebook.len() / features;
        let mut lines = vec![Line::ZERO; units.div_ceil(WIDTH) * features];
        for (unit, prototype) in codebook.chunks_exact(features).enumerate() {
            let panel = &mut lines[unit / WIDTH * features..][..features];
            panel.iter_mut().zip(prototype).for_each(|(line, &w)| line.0[unit % WIDTH] = w);
        }
        LayeredSearch { layers, units, features, lines, level }
    }

    pub fn matches(
        &self,
        rows: &Rows<'_>,
        want_second: bool,
        watch: &dyn Watch,
        pool: &Pool,
    ) -> Result<Matches, Error> {
        let NearestUnits { unit, distance } = self.nearest(rows, if want_second { 2 } else { 1 }, watch, pool)?;
        if !want_second {
            return Ok(Matches { unit, distance, ..Matches::default() });
        }
        let (seconds, firsts) = ([1, 0], unit.len() / 2);
        let units = seconds.map(|at| (0..firsts).map(|i| unit[2 * i + at]).collect());
        let distances = seconds.map(|at| (0..firsts).map(|i| distance[2 * i + at]).collect());
        let ([second_unit, unit], [second_distance, distance]) = (units, distances);
        Ok(Matches { unit, distance, second_unit, second_distance })
    }

    pub fn nearest(&self, rows: &Rows<'_>, k: usize, watch: &dyn Watch, pool: &Pool) -> Result<NearestUnits, Error> {
        if !(1..=MOST_NEAREST).contains(&k) {
            return Err(Error::expected("k", format!("an integer from 1 to {MOST_NEAREST}"), k));
        }
        let (meter, matrix) = (Meter::new(watch, rows.rows() as u64), rows.matrix());
        let parts = pool.map(rows.rows().div_ceil(PLAIN_ROWS), |part| {
            meter.check()?;
            let rows = part * PLAIN_ROWS..((part + 1) * PLAIN_ROWS).min(rows.rows());
            let mut written = Vec::new();
            let data = dense(&matrix, rows.clone(), &mut written);
            let mut ranked = vec![NOT_RANKED; rows.len() * k];
            vector::run(self.level, Part { search: self, data, k, ranked: &mut ranked });
            meter.advance(rows.len() as u64)?;
            Ok(ranked)
        })?;
        let mut nearest = NearestUnits::empty(rows.rows(), k);
        let ranked = parts.iter().flat_map(|part| part.chunks_exact(k));
        ranked.enumerate().for_each(|(row, ranked)| nearest.set(row, ranked, AS_COMPARED));
        Ok(nearest)
    }
}

/// A run of rows, sparse ones written out.
fn dense<'a>(matrix: &Matrix<'a>, rows: std::ops::Range<usize>, written: &'a mut Vec<f32>) -> &'a [f32] {
    match *matrix {
        Matrix::Dense { columns, data, .. } => &data[rows.start * columns..rows.end * columns],
        Matrix::Sparse { columns, offsets, indices, values, .. } => {
            written.resize(rows.len() * columns, 0.0);
            for (row, i) in written.chunks_exact_mut(columns).zip(rows) {
                let (from, to) = (offsets[i] as usize, offsets[i + 1] as usize);
                indices[from..to].iter().zip(&values[from..to]).for_each(|(&f, &x)| row[f as usize] = x);
            }
            written
        }
    }
}

/// Some rows against every panel, one panel after another, so that it stays in cache.
struct Part<'a> {
    search: &'a LayeredSearch<'a>,
    data: &'a [f32],
    k: usize,
    ranked: &'a mut [Ranked],
}

impl Work for Part<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, _: V) {
        let LayeredSearch { layers, units, features, lines, .. } = self.search;
        for (panel, lines) in lines.chunks_exact(*features).enumerate() {
            let first = panel * WIDTH;
            let count = WIDTH.min(units - first);
            for (sample, ranked) in self.data.chunks_exact(*features).zip(self.ranked.chunks_exact_mut(self.k)) {
                let Some(values) = layers.values(sample, lines) else { continue };
                for (lane, &value) in values[..count].iter().enumerate() {
                    take(ranked, value, (first + lane) as u32);
                }
            }
        }
    }
}
