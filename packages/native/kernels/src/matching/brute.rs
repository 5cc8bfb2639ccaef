//! Every sample against every unit, in tiles.

use super::Call;
use super::matches::Found;
use super::plain::Sample;
use super::prepared::{Batch, Prepared};
use super::ranked::{NOT_RANKED, Ranks};
use crate::error::Error;
use crate::metric::Metric;
use crate::simd::{Job, LINE, Lanes};
use crate::watch::Meter;

/// Matches a run of rows against all panels.
pub(crate) struct Brute<'a> {
    pub prepared: &'a Prepared<'a>,
    pub rows: &'a [u32],
    /// The rows of all parts together.
    pub of: usize,
    pub meter: &'a Meter<'a>,
    pub bench: &'a mut Bench,
}

/// The result of one part of the work: `ranks` if more than two units are requested, otherwise `found`.
#[derive(Default)]
pub(crate) struct Part {
    pub found: Vec<Found>,
    pub ranks: Ranks,
}

/// Memory for a part.
#[derive(Default)]
pub(crate) struct Bench {
    complete: Vec<u32>,
    incomplete: Vec<u32>,
    unproven: Vec<u32>,
    batches: Vec<Batch>,
    panels: Vec<u32>,
    scratch: Vec<f32>,
}

/// How many numbers of the codebook stay in cache while a part's samples are matched: a quarter of a megabyte.
const BLOCK_NUMBERS: usize = 1 << 16;
/// Numbers of the samples of a part.
const PART_NUMBERS: usize = 1 << 15;
const PART_ROWS: usize = 16 * 14;

/// The rows of one part of the work.
fn rows_a_part(features: usize) -> usize {
    (PART_NUMBERS / features.max(1)).clamp(4 * 14, PART_ROWS)
}

/// Matches rows against all panels, part by part.
pub(super) fn match_all(prepared: &Prepared<'_>, rows: &[u32], call: &Call<'_>) -> Result<Vec<Option<Part>>, Error> {
    let (size, of) = (rows_a_part(call.rows.columns()), rows.len());
    call.pool.map(of.div_ceil(size), |part| {
        let rows = &rows[part * size..((part + 1) * size).min(of)];
        prepared.benches.brute.lend(|bench| prepared.level.run(Brute { prepared, rows, of, meter: call.meter, bench }))
    })
}

impl Job for Brute<'_> {
    /// `None` if pairs are too coarse.
    type Output = Result<Option<Part>, Error>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Self::Output {
        let (prepared, metric) = (self.prepared, self.prepared.metric());
        if prepared.is_too_coarse() {
            return Ok(None);
        }
        let Bench { complete, incomplete, unproven, batches, panels, scratch } = self.bench;
        [&mut *complete, &mut *incomplete, &mut *unproven].into_iter().for_each(|rows| rows.clear());
        for &row in self.rows {
            let is_missing = match prepared.missing {
                Some(missing) => missing[row as usize],
                None => prepared.row(row, scratch).iter().fold(false, |found, x| found | x.is_nan()),
            };
            match is_missing {
                false => complete.push(row),
                true if metric == Metric::Cosine => unproven.push(row),
                true => incomplete.push(row),
            }
        }
        let count = complete.len().div_ceil(L::TILE) + incomplete.len().div_ceil(L::TILE);
        if batches.len() < count {
            batches.resize_with(count, Batch::default);
        }
        let batches = &mut batches[..count];
        let complete = complete.chunks(L::TILE).map(|rows| (rows, false));
        let all = complete.chain(incomplete.chunks(L::TILE).map(|rows| (rows, true)));
        for ((rows, masked), batch) in all.zip(batches.iter_mut()) {
            batch.ready(prepared, masked);
            batch.pack::<L>(prepared, rows, scratch, unproven);
        }
        panels.clear();
        panels.extend(0..prepared.panels.count() as u32);
        for panels in panels.chunks((BLOCK_NUMBERS / (prepared.panels.stride * LINE)).next_multiple_of(2).max(2)) {
            self.meter.check()?;
            // Loops, not closures: what a closure holds might be compiled without the level's instructions.
            for batch in batches.iter_mut() {
                batch.scan::<L>(prepared, panels);
            }
        }
        let mut found = Vec::with_capacity(if prepared.ranks() { 0 } else { self.rows.len() });
        let mut ranks = Ranks::default();
        for batch in batches {
            if prepared.ranks() {
                batch.finish_ranks::<L>(prepared, &mut ranks);
            } else {
                batch.finish::<L>(prepared, &mut found);
            }
            prepared.note_compared(batch.compared, self.of, prepared.worth_comparing());
            if prepared.is_too_coarse() {
                return Ok(None);
            }
        }
        for &row in unproven.iter() {
            self.meter.check()?;
            if prepared.ranks() {
                let from = ranks.ranked.len();
                ranks.rows.push(row);
                ranks.ranked.resize(from + prepared.wanted, NOT_RANKED);
                prepared.plain.rank(Sample::of(&prepared.matrix, row as usize), &mut ranks.ranked[from..]);
            } else {
                found.push(prepared.by_definition(row));
            }
        }
        self.meter.advance(self.rows.len() as u64)?;
        Ok(Some(Part { found, ranks }))
    }
}
