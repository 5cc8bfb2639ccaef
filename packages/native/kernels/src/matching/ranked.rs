//! The `k` nearest units of each sample, where `k` may be more than two.

use super::brute::{self, Brute};
use super::panels::Form;
use super::plain::{Plain, Sample, reported};
use super::{INTEGER_RESTS, Matcher, Matches, PLAIN_ROWS, Packed, Report, gaps};
use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::Pool;
use crate::samples::{Matrix, Rows};
use crate::simd::LINE;
use crate::watch::{Meter, Watch};

/// The largest `k`.
pub const MOST_NEAREST: usize = 32;

/// For each sample, the `k` nearest units, by distance and then by unit. -1 and NaN if there are fewer.
#[derive(Clone, Debug, Default)]
pub struct NearestUnits {
    /// samples × k.
    pub unit: Vec<i32>,
    /// samples × k.
    pub distance: Vec<f32>,
}

impl NearestUnits {
    pub(super) fn empty(rows: usize, k: usize) -> NearestUnits {
        NearestUnits { unit: vec![-1; rows * k], distance: vec![f32::NAN; rows * k] }
    }

    pub(super) fn set(&mut self, row: usize, ranked: &[Ranked], metric: Metric) {
        let k = ranked.len();
        let units = self.unit[row * k..][..k].iter_mut().zip(&mut self.distance[row * k..][..k]);
        for ((unit, distance), &(value, ranked)) in units.zip(ranked) {
            let found = if ranked == NO_UNIT { usize::MAX } else { ranked as usize };
            (*unit, *distance) = reported(metric, found, value);
        }
    }

    /// Of matches: one unit per sample, or two.
    fn of(Matches { unit, distance, second_unit, second_distance }: Matches, k: usize) -> NearestUnits {
        if k == 1 {
            return NearestUnits { unit, distance };
        }
        NearestUnits {
            unit: unit.into_iter().zip(second_unit).flat_map(|(a, b)| [a, b]).collect(),
            distance: distance.into_iter().zip(second_distance).flat_map(|(a, b)| [a, b]).collect(),
        }
    }
}

/// A unit and the value by which it is compared.
pub(crate) type Ranked = (f64, u32);

const NO_UNIT: u32 = u32::MAX;

/// Means that there is no unit; ranks behind all others.
pub(crate) const NOT_RANKED: Ranked = (f64::INFINITY, NO_UNIT);

/// Takes a unit, once, into a list of the nearest in ascending order. Of equals the lower unit is nearer, whatever the
/// order they are taken in. NaN is not a distance.
#[inline(always)]
pub(crate) fn take(ranked: &mut [Ranked], value: f64, unit: u32) {
    let Some(&last) = ranked.last() else { return };
    if value < last.0 || (value == last.0 && unit < last.1) {
        let mut place = ranked.len() - 1;
        while place > 0 && (value < ranked[place - 1].0 || (value == ranked[place - 1].0 && unit < ranked[place - 1].1))
        {
            ranked[place] = ranked[place - 1];
            place -= 1;
        }
        ranked[place] = (value, unit);
    }
}

/// The result of one part of the work: `k` units for each of its rows.
#[derive(Default)]
pub(crate) struct Ranks {
    pub rows: Vec<u32>,
    pub ranked: Vec<Ranked>,
}

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
        if let Matrix::Dense { .. } = rows.matrix() {
            // The panel of the nearest unit bounds the scores of the others, and finding that unit is quick.
            let hints = match self.metric {
                Metric::Euclidean | Metric::Cosine if k <= LINE && rows.rows() >= LEAST_ROWS_HINTED => {
                    let best = self.match_again(codebook, rows, false, &Silent(watch), pool)?;
                    Some(best.unit.iter().map(|&unit| self.blocks.panel_of_unit(unit)).collect::<Vec<u32>>())
                }
                _ => None,
            };
            let gaps = gaps(rows, pool)?;
            let form = self.form_for(rows.columns(), gaps.contains(&true));
            for form in [form, Form::Floats] {
                match self.rank_as(form, codebook, rows, &gaps, hints.as_deref(), k, &meter, pool)? {
                    Went::Found(found) => return Ok(found),
                    Went::TooCoarse => self.integers.begin(&INTEGER_RESTS),
                    Went::Unproven => break,
                }
            }
        }
        self.rank_plainly(codebook, rows, k, &meter, pool)
    }

    #[expect(clippy::too_many_arguments, reason = "all that one call knows")]
    fn rank_as(
        &mut self,
        form: Form,
        codebook: &[f32],
        rows: &Rows<'_>,
        gaps: &[bool],
        hints: Option<&[u32]>,
        k: usize,
        meter: &Meter<'_>,
        pool: &Pool,
    ) -> Result<Went, Error> {
        let features = rows.columns();
        let has_gaps = gaps.contains(&true);
        let packed = self.packed_as(form, codebook, features, has_gaps, pool)?;
        let Some(packed) = packed else { return Ok(Went::Unproven) };
        let for_gaps = packed.for_gaps;
        let mut prepared = self.prepare(codebook, rows, packed, k, pool)?;
        prepared.gaps = Some(gaps);
        prepared.hints = hints.map(<[u32]>::to_vec);
        prepared.count_compared();
        self.report = Report { pruned: false, panels: 1.0, patches: 0.0 };
        let all: Vec<u32> = (0..rows.rows() as u32).collect();
        let (size, of) = (brute::rows_a_part(features), all.len());
        let parts = pool.map(all.len().div_ceil(size), |part| {
            let rows = &all[part * size..((part + 1) * size).min(of)];
            prepared
                .benches
                .brute
                .lend(|bench| prepared.level.run(Brute { prepared: &prepared, rows, of, meter, bench }))
        })?;
        let is_found = parts.iter().all(Option::is_some);
        let mut nearest = NearestUnits::empty(rows.rows(), k);
        for ranks in parts.iter().flatten().map(|part| &part.ranks) {
            for (&row, ranked) in ranks.rows.iter().zip(ranks.ranked.chunks_exact(k)) {
                nearest.set(row as usize, ranked, self.metric);
            }
        }
        self.packed = Some(Packed { frame: prepared.frame, panels: prepared.panels, for_gaps });
        Ok(if is_found { Went::Found(nearest) } else { Went::TooCoarse })
    }

    fn rank_plainly(
        &self,
        codebook: &[f32],
        rows: &Rows<'_>,
        k: usize,
        meter: &Meter<'_>,
        pool: &Pool,
    ) -> Result<NearestUnits, Error> {
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
