//! Sparse samples against every unit, panel after panel: only the stored entries are looked at.
//!
//! A score starts from what an all-zero sample would have, and each stored entry adds its difference.

use super::matches::Found;
use super::panels::NO_UNIT;
use super::plain::Sample;
use super::prepared::Prepared;
use super::ranked::Nearest;
use crate::error::Error;
use crate::metric::Metric;
use crate::simd::kernel::{Entries, SparseDot, SparseManhattan, Standing};
use crate::simd::{Job, LINE, Lanes, Line};
use crate::watch::Meter;
use std::hint::black_box;

/// Matches a run of sparse rows by euclidean, cosine or manhattan distance.
pub(crate) struct Sparse<'a> {
    pub prepared: &'a Prepared<'a>,
    pub rows: std::ops::Range<usize>,
    pub meter: &'a Meter<'a>,
}

/// Rows of a part of the work: many, since each part reads the whole codebook.
pub(crate) fn rows_a_part(rows: usize, threads: usize) -> usize {
    rows.div_ceil(2 * threads).clamp(64, 1 << 14)
}

/// A row whose units are being looked for.
struct Wanted<'a> {
    row: u32,
    entries: Entries<'a>,
    standing: Standing,
    nearest: Nearest,
}

impl Job for Sparse<'_> {
    type Output = Result<Vec<Found>, Error>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Self::Output {
        let prepared = self.prepared;
        let features = prepared.frame.features;
        let (metric, want_second) = (prepared.metric(), prepared.wants_second());
        let reported = |row: u32, nearest: &Nearest| Found::of(row, nearest, metric, want_second);
        let mut found = Vec::with_capacity(self.rows.len());
        let count = self.rows.len();
        let mut framed: Vec<f32> = Vec::new();
        let mut kept = Vec::with_capacity(count);
        for row in self.rows {
            let sample = Sample::of(&prepared.matrix, row);
            let Sample::Sparse { indices, values } = sample else { unreachable!("the matrix is sparse") };
            if sample.is_missing(features) {
                found.push(reported(row as u32, &Nearest::default()));
                continue;
            }
            let missing = values.iter().any(|x| x.is_nan());
            let norm = prepared.frame.sparse_norm(values);
            let slack = prepared.frame.sparse_slack(norm, values.len(), missing);
            if metric == Metric::Cosine && norm == 0.0 {
                found.push(reported(row as u32, &Nearest::all_at(1.0, prepared.plain.units())));
            } else if !slack.is_finite() || (metric == Metric::Cosine && missing) {
                self.meter.check()?;
                found.push(reported(row as u32, &prepared.plain.nearest(sample)));
            } else {
                let from = framed.len();
                framed.extend(values.iter().map(|&x| prepared.frame.sparse_value(x, norm)));
                let standing = Standing::new(slack, prepared.frame.factor(), prepared.wants_second());
                kept.push((row as u32, indices, from, missing, standing));
            }
        }
        let mut wanted: Vec<Wanted<'_>> = kept
            .into_iter()
            .map(|(row, indices, from, missing, standing)| {
                let entries = Entries { indices, values: &framed[from..from + indices.len()], missing };
                Wanted { row, entries, standing, nearest: Nearest::default() }
            })
            .collect();
        let mut hits: Vec<(u32, u32, Line)> = Vec::new();
        for panel in 0..prepared.panels.count() {
            if panel % LOOK == 0 {
                self.meter.check()?;
            }
            let lines = &prepared.panels.lines[panel * features..(panel + 1) * features];
            let seeds = &prepared.panels.seeds[panel];
            // The entries look lines up in no order that a processor foresees: read in order once, the panel is in
            // cache before they do.
            black_box(lines.iter().fold(0.0, |sum, line| sum + line.0[0]));
            for (i, wanted) in wanted.iter_mut().enumerate() {
                let scores = match metric {
                    Metric::Manhattan => L::sparse::<SparseManhattan>(&wanted.entries, lines, seeds),
                    _ => L::sparse::<SparseDot>(&wanted.entries, lines, seeds),
                };
                if wanted.standing.take(&scores) {
                    hits.push((i as u32, panel as u32, scores));
                }
            }
            if hits.len() > MAX_HITS {
                settle(prepared, &mut wanted, &mut hits);
            }
        }
        settle(prepared, &mut wanted, &mut hits);
        found.extend(wanted.iter().map(|wanted| reported(wanted.row, &wanted.nearest)));
        self.meter.advance(count as u64)?;
        Ok(found)
    }
}

/// Panels between two looks at the watch.
const LOOK: usize = 16;
const MAX_HITS: usize = 1 << 15;

/// Compares by the definition the units whose scores are within the limits as they are now, and forgets the others.
fn settle(prepared: &Prepared<'_>, wanted: &mut [Wanted<'_>], hits: &mut Vec<(u32, u32, Line)>) {
    for (i, panel, scores) in hits.drain(..) {
        let Wanted { row, standing, nearest, .. } = &mut wanted[i as usize];
        let sample = Sample::of(&prepared.matrix, *row as usize);
        let units = &prepared.panels.units[panel as usize * LINE..(panel as usize + 1) * LINE];
        for (&score, &unit) in scores.0.iter().zip(units) {
            if score <= standing.limit && unit != NO_UNIT {
                nearest.take(unit as usize, prepared.plain.compared(sample, unit as usize));
            }
        }
    }
}
