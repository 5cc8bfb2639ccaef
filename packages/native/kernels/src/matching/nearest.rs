//! The `k` nearest units of each sample, where `k` may be more than two.

use super::brute;
use super::decision;
use super::matches::NearestUnits;
use super::panels::Form;
use super::plain::{Plain, Sample};
use super::ranked::{MOST_NEAREST, NOT_RANKED};
use super::{Call, Matcher, PLAIN_ROWS, Packed, Report, missing_of};
use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::Pool;
use crate::samples::{Matrix, Rows};
use crate::simd::LINE;
use crate::watch::{Meter, Watch};

/// With fewer rows than these, finding bounds costs more than it could save.
const LEAST_ROWS_HINTED: usize = 64;

/// A watch that receives no progress.
struct Silent<'a>(&'a dyn Watch);

impl Watch for Silent<'_> {
    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }

    fn progress(&self, _share: f64) {}
}

/// The outcome of comparing in one number format.
enum Went {
    Found(NearestUnits),
    TooCoarse,
    /// No bound is proven for the codebook.
    Unproven,
}

impl Matcher {
    /// The `k` nearest units of every sample (1 to `MOST_NEAREST`), to the bit as `docs/design/arithmetic.md` defines
    /// them. `is_met` says that the codebook is that of the last call, unchanged since.
    pub fn nearest_rows(
        &mut self,
        codebook: &[f32],
        rows: &Rows<'_>,
        k: usize,
        is_met: bool,
        watch: &dyn Watch,
        pool: &Pool,
    ) -> Result<NearestUnits, Error> {
        if !(1..=MOST_NEAREST).contains(&k) {
            return Err(Error::expected("k", format!("an integer from 1 to {MOST_NEAREST}"), k));
        }
        if !is_met && let Some(Packed { panels, .. }) = self.packed.take() {
            self.lines = panels.lines;
        }
        if k <= 2 {
            return Ok(NearestUnits::of(self.match_again(codebook, rows, k == 2, watch, pool)?, k));
        }
        self.check(codebook, rows)?;
        let meter = Meter::new(watch, rows.rows() as u64);
        let call = Call { codebook, rows, wanted: k, meter: &meter, pool };
        if let Matrix::Dense { .. } = rows.matrix() {
            // The panel of the nearest unit bounds the scores of the others, and finding that unit is quick.
            let hints = match self.metric {
                Metric::Euclidean | Metric::Cosine if k <= LINE && rows.rows() >= LEAST_ROWS_HINTED => {
                    let best = self.match_again(codebook, rows, false, &Silent(watch), pool)?;
                    Some(best.unit.iter().map(|&unit| self.blocks.panel_of_unit(unit)).collect::<Vec<u32>>())
                }
                _ => None,
            };
            let missing = missing_of(rows, pool)?;
            let form = decision::decide(&self.state(rows, &missing)).form;
            self.integers.pass();
            for form in [form, Form::Floats] {
                match self.rank_as(form, &call, &missing, hints.as_deref())? {
                    Went::Found(found) => return Ok(found),
                    Went::TooCoarse => self.integers.begin(&decision::INTEGER_RESTS),
                    Went::Unproven => break,
                }
            }
        }
        self.rank_plainly(&call)
    }

    fn rank_as(&mut self, form: Form, call: &Call<'_>, missing: &[bool], hints: Option<&[u32]>) -> Result<Went, Error> {
        let Call { rows, wanted, .. } = *call;
        let has_missing = missing.contains(&true);
        let packed = self.packed_as(form, call, has_missing)?;
        let Some(packed) = packed else { return Ok(Went::Unproven) };
        let for_missing = packed.for_missing;
        let mut prepared = self.prepare(call, packed)?;
        prepared.missing = Some(missing);
        prepared.hints = hints.map(<[u32]>::to_vec);
        prepared.count_compared();
        self.report = Report { pruned: false, panels: 1.0, patches: 0.0 };
        let all: Vec<u32> = (0..rows.rows() as u32).collect();
        let parts = brute::match_all(&prepared, &all, call)?;
        let is_found = parts.iter().all(Option::is_some);
        let mut nearest = NearestUnits::empty(rows.rows(), wanted);
        for ranks in parts.iter().flatten().map(|part| &part.ranks) {
            for (&row, ranked) in ranks.rows.iter().zip(ranks.ranked.chunks_exact(wanted)) {
                nearest.set(row as usize, ranked, self.metric);
            }
        }
        self.packed = Some(Packed { frame: prepared.frame, panels: prepared.panels, for_missing });
        Ok(if is_found { Went::Found(nearest) } else { Went::TooCoarse })
    }

    fn rank_plainly(&self, call: &Call<'_>) -> Result<NearestUnits, Error> {
        let Call { codebook, rows, wanted: k, meter, pool } = *call;
        let matrix = rows.matrix();
        let plain = Plain::new(self.metric, rows.columns(), codebook, matches!(matrix, Matrix::Sparse { .. }), pool)?;
        let parts = pool.map(rows.rows().div_ceil(PLAIN_ROWS), |part| {
            let chunk = part * PLAIN_ROWS..((part + 1) * PLAIN_ROWS).min(rows.rows());
            meter.advance(chunk.len() as u64)?;
            let mut ranked = vec![NOT_RANKED; chunk.len() * k];
            for (i, ranked) in chunk.zip(ranked.chunks_exact_mut(k)) {
                plain.rank(Sample::of(&matrix, i), ranked);
            }
            Ok(ranked)
        })?;
        let mut nearest = NearestUnits::empty(rows.rows(), k);
        let ranked = parts.iter().flat_map(|part| part.chunks_exact(k));
        ranked.enumerate().for_each(|(row, ranked)| nearest.set(row, ranked, self.metric));
        Ok(nearest)
    }
}
