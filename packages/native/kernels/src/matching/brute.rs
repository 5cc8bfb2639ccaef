//! Every sample against every unit, in tiles.

use super::plain::{Nearest, Sample};
use super::prepared::{Batch, Prepared};
use crate::error::Error;
use crate::metric::Metric;
use crate::simd::{Job, LINE, Lanes};
use crate::watch::Meter;

/// Matches a run of rows by going through all panels.
pub(crate) struct Brute<'a> {
    pub prepared: &'a Prepared<'a>,
    pub rows: &'a [u32],
    pub meter: &'a Meter<'a>,
}

/// Numbers of the codebook that are kept near while a part's samples go by: a quarter of a megabyte.
const BLOCK_NUMBERS: usize = 1 << 16;
/// Numbers of the samples of a part.
const PART_NUMBERS: usize = 1 << 15;
const PART_ROWS: usize = 16 * 14;

/// How many rows make a part of the work.
pub(crate) fn rows_a_part(features: usize) -> usize {
    (PART_NUMBERS / features.max(1)).clamp(4 * 14, PART_ROWS)
}

impl Job for Brute<'_> {
    type Output = Result<Vec<(u32, Nearest)>, Error>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Self::Output {
        let prepared = self.prepared;
        let features = prepared.frame.features;
        let mut complete = Vec::with_capacity(self.rows.len());
        let (mut gappy, mut unproven) = (Vec::new(), Vec::new());
        let mut scratch = Vec::new();
        for &row in self.rows {
            let gap = match prepared.gaps {
                Some(gaps) => gaps[row as usize],
                None => prepared.row(row, &mut scratch).iter().fold(false, |found, x| found | x.is_nan()),
            };
            match gap {
                false => complete.push(row),
                true if prepared.metric() == Metric::Cosine => unproven.push(row),
                true => gappy.push(row),
            }
        }
        let mut nearest = Vec::with_capacity(self.rows.len());
        let mut batches: Vec<Batch> = Vec::new();
        for (rows, masked) in [(&complete, false), (&gappy, true)] {
            for rows in rows.chunks(L::TILE) {
                let mut batch = Batch::new(prepared, masked);
                batch.pack::<L>(prepared, rows, &mut scratch, &mut unproven);
                batches.push(batch);
            }
        }
        let panels: Vec<u32> = (0..prepared.panels.count() as u32).collect();
        for panels in panels.chunks((BLOCK_NUMBERS / (features * LINE)).next_multiple_of(2).max(2)) {
            self.meter.check()?;
            // Loops, not closures: what a closure holds might be compiled without the level's instructions.
            for batch in &mut batches {
                batch.scan::<L>(prepared, panels);
            }
        }
        for batch in &mut batches {
            batch.finish(prepared, &mut nearest);
        }
        for &row in &unproven {
            self.meter.check()?;
            nearest.push((row, prepared.plain.nearest(Sample::of(&prepared.matrix, row as usize))));
        }
        self.meter.advance(self.rows.len() as u64)?;
        Ok(nearest)
    }
}
