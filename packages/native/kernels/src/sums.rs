//! Per-unit sums and counts of matched samples: the first half of a batch epoch.

use crate::error::Error;
use crate::pages;
use crate::parallel::Pool;
use crate::samples::{Matrix, Rows};
use crate::simd::{Job, LINE, LINES_ASKED, Lanes, Level, prefetch};
use crate::watch::{Meter, Watch};

/// Per-unit sums of a chunk of samples. Chunks merge by `+`, elementwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// units × features: weighted sums of the samples matched to each unit.
    pub sums: Vec<f64>,
    /// Total weight per unit, or per unit and feature (units × features) where the chunk has missing values.
    pub counts: Vec<f64>,
    /// Weighted sum of the distances to the best-matching units.
    pub distance: f64,
    /// Total weight of the samples that could be matched.
    pub weight: f64,
}

/// Sums the samples of each of `units` units. Sample `i` is matched to `unit[i]` (-1: none) at `distance[i]`.
/// Each unit takes its samples in ascending order, so the bits do not depend on the number of threads.
pub fn sum_rows(
    rows: &Rows<'_>,
    unit: &[i32],
    distance: &[f32],
    units: usize,
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<Sums, Error> {
    sum_rows_into(Sums::default(), rows, None, unit, distance, units, watch, pool)
}

/// As `sum_rows`, in the memory of earlier sums where it fits. `missing`: whether a value is missing, where that is
/// known.
#[expect(clippy::too_many_arguments, reason = "all that sums are made of")]
pub fn sum_rows_into(
    spare: Sums,
    rows: &Rows<'_>,
    missing: Option<bool>,
    unit: &[i32],
    distance: &[f32],
    units: usize,
    watch: &dyn Watch,
    pool: &Pool,
) -> Result<Sums, Error> {
    let (samples, features) = (rows.rows(), rows.columns());
    if unit.len() != samples || distance.len() != samples {
        return Err(Error::expected("matches", format!("one for each of the {samples} rows"), unit.len()));
    }
    let members = Members::of(unit, units)?;
    let missing = missing.map_or_else(|| any_missing(rows, pool), Ok)?;

    let (mut sums, used) = cleared(spare.sums, units, features)?;
    let (mut counts, _) = cleared(spare.counts, units, if missing { features } else { 1 })?;
    counts.fill(0.0);
    let (meter, level) = (Meter::new(watch, units as u64), Level::best());
    let per_unit = features + if missing { features } else { 1 };
    let chunk = (CHUNK_NUMBERS / per_unit.max(1)).clamp(1, MAX_CHUNK_UNITS);
    let mut parts: Vec<_> = sums
        .chunks_mut(chunk * features.max(1))
        .zip(counts.chunks_mut(chunk * if missing { features } else { 1 }))
        .collect();
    pool.chunks(&mut parts, 1, |part, pair| {
        let (sums, counts) = &mut pair[0];
        if used {
            sums.fill(0.0);
        }
        for (k, sums) in sums.chunks_exact_mut(features).enumerate() {
            let unit = part * chunk + k;
            let samples = members.of_unit(unit);
            let width = if missing { features } else { 1 };
            let counts = &mut counts[k * width..(k + 1) * width];
            match rows.matrix() {
                Matrix::Dense { data, .. } => {
                    let coming = members.since_unit(unit);
                    level.run(SumDense { data, rows, samples, coming, sums, counts, missing, meter: &meter })?;
                }
                Matrix::Sparse { .. } => sum_sparse(rows, samples, sums, counts, missing, &meter)?,
            }
        }
        meter.advance((sums.len() / features) as u64)
    })?;

    let (distance, weight) = totals(rows, unit, distance);
    Ok(Sums { sums, counts, distance, weight })
}

/// The weighted sum of distances, and of weights, of the samples that have a unit.
fn totals(rows: &Rows<'_>, unit: &[i32], distance: &[f32]) -> (f64, f64) {
    let (mut total, mut weight) = (0.0, 0.0);
    for i in (0..unit.len()).filter(|&i| unit[i] >= 0) {
        total += f64::from(rows.weight(i)) * f64::from(distance[i]);
        weight += f64::from(rows.weight(i));
    }
    (total, weight)
}

/// Sums of sparse rows without missing values, feature after feature and only where a sample has an entry: `Sums` as
/// numbers not 0.
pub(crate) struct Columns {
    /// For each run of `FEATURES_A_PART` features.
    parts: Vec<Part>,
    /// Total weight per unit.
    pub(crate) counts: Vec<f64>,
    pub(crate) features: usize,
    pub(crate) distance: f64,
    pub(crate) weight: f64,
}

#[derive(Default)]
struct Part {
    /// Where each feature's sums start and end.
    ranges: Vec<(usize, usize)>,
    sums: Vec<(u32, f64)>,
}

/// How many features one part of the work sums.
const FEATURES_A_PART: usize = 1024;
/// Sparse sums pay off if at most one in this many of the units x features numbers has an entry.
const SPARSE_ENOUGH: usize = 8;

impl Columns {
    /// Whether the samples are sparse enough, and have no missing values.
    pub(crate) fn suit(rows: &Rows<'_>, units: usize, pool: &Pool) -> Result<bool, Error> {
        let Matrix::Sparse { values, columns, .. } = rows.matrix() else { return Ok(false) };
        Ok(values.len().saturating_mul(SPARSE_ENOUGH) <= units.saturating_mul(columns) && !any_missing(rows, pool)?)
    }

    /// As `sum_rows`: each unit takes its samples in ascending order.
    pub(crate) fn of(
        rows: &Rows<'_>,
        unit: &[i32],
        distance: &[f32],
        units: usize,
        watch: &dyn Watch,
        pool: &Pool,
    ) -> Result<Columns, Error> {
        let members = Members::of(unit, units)?;
        let features = rows.columns();
        let meter = Meter::new(watch, features.div_ceil(FEATURES_A_PART) as u64);
        let parts = pool.map(features.div_ceil(FEATURES_A_PART), |part| {
            let from = part * FEATURES_A_PART;
            meter.advance(1)?;
            Ok(Part::of(rows, &members, units, from..(from + FEATURES_A_PART).min(features)))
        })?;
        let weight_of = |k| members.of_unit(k).iter().fold(0.0, |sum, &i| sum + f64::from(rows.weight(i as usize)));
        let counts = (0..units).map(weight_of).collect();
        let (distance, weight) = totals(rows, unit, distance);
        Ok(Columns { parts, counts, features, distance, weight })
    }

    /// The units with a sample that has an entry for a feature, ascending, and their sums.
    pub(crate) fn of_feature(&self, feature: usize) -> &[(u32, f64)] {
        let part = &self.parts[feature / FEATURES_A_PART];
        let (from, to) = part.ranges[feature % FEATURES_A_PART];
        &part.sums[from..to]
    }
}

impl Part {
    fn of(rows: &Rows<'_>, members: &Members, units: usize, features: std::ops::Range<usize>) -> Part {
        let Matrix::Sparse { offsets, indices, values, .. } = rows.matrix() else { return Part::default() };
        // A row's entries of these features.
        let windows: Vec<(u32, u32)> = members
            .samples
            .iter()
            .map(|&i| {
                let (from, to) = (offsets[i as usize] as usize, offsets[i as usize + 1] as usize);
                let below = |end: usize| indices[from..to].partition_point(|&f| (f as usize) < end);
                ((from + below(features.start)) as u32, (from + below(features.end)) as u32)
            })
            .collect();
        let mut ranges = vec![(0, 0); features.len()];
        for &(from, to) in &windows {
            indices[from as usize..to as usize].iter().for_each(|&f| ranges[f as usize - features.start].1 += 1);
        }
        let mut room = 0;
        for range in &mut ranges {
            let entries = range.1;
            *range = (room, room);
            room += entries;
        }
        let mut sums = vec![(0u32, 0.0f64); room];
        for k in 0..units {
            let own = members.offsets[k]..members.offsets[k + 1];
            for (&i, &(from, to)) in members.samples[own.clone()].iter().zip(&windows[own]) {
                let weight = f64::from(rows.weight(i as usize));
                let (from, to) = (from as usize, to as usize);
                for (&f, &x) in indices[from..to].iter().zip(&values[from..to]) {
                    let (start, end) = &mut ranges[f as usize - features.start];
                    if *start == *end || sums[*end - 1].0 != k as u32 {
                        sums[*end] = (k as u32, 0.0);
                        *end += 1;
                    }
                    sums[*end - 1].1 += weight * f64::from(x);
                }
            }
        }
        Part { ranges, sums }
    }
}

/// Numbers in one part of the work: enough to be worth a task, few enough to share evenly.
const CHUNK_NUMBERS: usize = 1 << 13;
const MAX_CHUNK_UNITS: usize = 256;
/// Samples of a unit lie anywhere in memory: they are requested so many ahead at most, and about so many lines.
const AHEAD: usize = 8;
const LINES_AHEAD: usize = 64;
/// How many samples of one unit are summed between two checks of the watch.
const LOOK: usize = 1 << 14;

/// Memory for units × features numbers, and whether it has been used before; new memory is all 0.
fn cleared(spare: Vec<f64>, rows: usize, columns: usize) -> Result<(Vec<f64>, bool), Error> {
    let length =
        rows.checked_mul(columns).ok_or_else(|| Error::expected("units x features", "a smaller map", "too many"))?;
    Ok(if spare.len() == length { (spare, true) } else { (pages::zeros(length), false) })
}

fn any_missing(rows: &Rows<'_>, pool: &Pool) -> Result<bool, Error> {
    let values = match rows.matrix() {
        Matrix::Dense { data, .. } => data,
        Matrix::Sparse { values, .. } => values,
    };
    const PART: usize = 1 << 18;
    // x != x in each lane, without an early exit, so that the compiler vectorises it.
    let found = pool.map(values.len().div_ceil(PART), |part| {
        let chunk = &values[part * PART..((part + 1) * PART).min(values.len())];
        Ok(chunk.iter().fold(false, |found, x| found | x.is_nan()))
    })?;
    Ok(found.contains(&true))
}

/// The samples of each unit, ascending: a stable counting sort.
struct Members {
    offsets: Vec<usize>,
    samples: Vec<u32>,
}

impl Members {
    fn of(unit: &[i32], units: usize) -> Result<Members, Error> {
        if u32::try_from(unit.len()).is_err() {
            return Err(Error::expected("rows", format!("at most {}", u32::MAX), unit.len()));
        }
        let mut offsets = vec![0usize; units + 1];
        for &k in unit.iter().filter(|&&k| k >= 0) {
            match offsets.get_mut(k as usize + 1) {
                Some(count) => *count += 1,
                None => return Err(Error::expected("unit", format!("a number below {units}"), k)),
            }
        }
        for k in 0..units {
            offsets[k + 1] += offsets[k];
        }
        let mut next = offsets.clone();
        let mut samples = vec![0u32; offsets[units]];
        for (i, &k) in unit.iter().enumerate().filter(|(_, k)| **k >= 0) {
            samples[next[k as usize]] = i as u32;
            next[k as usize] += 1;
        }
        Ok(Members { offsets, samples })
    }

    fn of_unit(&self, k: usize) -> &[u32] {
        &self.samples[self.offsets[k]..self.offsets[k + 1]]
    }

    /// The samples of a unit and of all after it.
    fn since_unit(&self, k: usize) -> &[u32] {
        &self.samples[self.offsets[k]..]
    }
}

/// The sums of one unit, sample after sample in the order given: the bits are the same on every level.
struct SumDense<'a, 'b> {
    data: &'a [f32],
    rows: &'a Rows<'b>,
    samples: &'a [u32],
    /// The samples from here on, of this unit and the next ones.
    coming: &'a [u32],
    sums: &'a mut [f64],
    counts: &'a mut [f64],
    missing: bool,
    meter: &'a Meter<'a>,
}

impl Job for SumDense<'_, '_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Self::Output {
        let SumDense { data, rows, samples, coming, sums, counts, missing, meter } = self;
        let features = sums.len();
        let lines = features.div_ceil(LINE);
        let is_long = lines > LINES_ASKED;
        let ahead = (LINES_AHEAD / lines).clamp(1, AHEAD);
        for (n, &i) in samples.iter().enumerate() {
            if n % LOOK == LOOK - 1 {
                meter.check()?;
            }
            let row = |i: u32| &data[i as usize * features..][..features];
            let x = row(i);
            let later = coming.get(n + ahead).map_or(x, |&i| row(i));
            if !is_long {
                prefetch(later);
            }
            let i = i as usize;
            let weight = f64::from(rows.weight(i));
            if missing {
                for ((sum, count), &x) in sums.iter_mut().zip(counts.iter_mut()).zip(x) {
                    // Adding 0 does not change the bits: a sum is never -0.
                    *sum += if x.is_nan() { 0.0 } else { weight * f64::from(x) };
                    *count += if x.is_nan() { 0.0 } else { weight };
                }
            } else {
                let ((sums, last_sums), (x, last_x)) = (sums.as_chunks_mut::<LINE>(), x.as_chunks::<LINE>());
                for ((sums, x), later) in sums.iter_mut().zip(x).zip(later.as_chunks::<LINE>().0) {
                    // No CPU prefetches scattered rows, so each line of a long row is requested.
                    if is_long {
                        L::prefetch(later.as_ptr().cast());
                    }
                    for i in 0..LINE {
                        sums[i] += weight * f64::from(x[i]);
                    }
                }
                last_sums.iter_mut().zip(last_x).for_each(|(sum, &x)| *sum += weight * f64::from(x));
                counts[0] += weight;
            }
        }
        Ok(())
    }
}

fn sum_sparse(
    rows: &Rows<'_>,
    samples: &[u32],
    sums: &mut [f64],
    counts: &mut [f64],
    missing: bool,
    meter: &Meter<'_>,
) -> Result<(), Error> {
    let Matrix::Sparse { offsets, indices, values, .. } = rows.matrix() else { return Ok(()) };
    let entries = |i: u32| {
        let (from, to) = (offsets[i as usize] as usize, offsets[i as usize + 1] as usize);
        indices[from..to].iter().map(|&f| f as usize).zip(values[from..to].iter().copied())
    };
    let mut total = 0.0;
    let mut holes: Vec<usize> = Vec::new();
    for (n, &i) in samples.iter().enumerate() {
        if n % LOOK == LOOK - 1 {
            meter.check()?;
        }
        let weight = f64::from(rows.weight(i as usize));
        for (f, x) in entries(i) {
            if x.is_nan() {
                holes.push(f);
            } else {
                sums[f] += weight * f64::from(x);
            }
        }
        total += weight;
    }
    counts.fill(total);
    if missing && !holes.is_empty() {
        // Every count of a feature with a hole is summed again, in order, without the samples that lack it.
        holes.sort_unstable();
        holes.dedup();
        holes.iter().for_each(|&f| counts[f] = 0.0);
        let mut present = vec![true; holes.len()];
        for &i in samples {
            let weight = f64::from(rows.weight(i as usize));
            present.fill(true);
            for (f, _) in entries(i).filter(|(_, x)| x.is_nan()) {
                if let Ok(at) = holes.binary_search(&f) {
                    present[at] = false;
                }
            }
            for (&f, _) in holes.iter().zip(&present).filter(|(_, present)| **present) {
                counts[f] += weight;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, Stored};
    use crate::watch::Unwatched;

    /// The definition: one sample after another.
    fn plainly(
        data: &[f32],
        features: usize,
        weights: Option<&[f32]>,
        unit: &[i32],
        distance: &[f32],
        units: usize,
    ) -> Sums {
        let missing = data.iter().any(|x| x.is_nan());
        let width = if missing { features } else { 1 };
        let mut sums = Sums { sums: vec![0.0; units * features], counts: vec![0.0; units * width], ..Sums::default() };
        for (i, x) in data.chunks_exact(features).enumerate().filter(|(i, _)| unit[*i] >= 0) {
            let (k, weight) = (unit[i] as usize, f64::from(weights.map_or(1.0, |weights| weights[i])));
            for (f, &x) in x.iter().enumerate().filter(|(_, x)| !x.is_nan()) {
                sums.sums[k * features + f] += weight * f64::from(x);
                if missing {
                    sums.counts[k * features + f] += weight;
                }
            }
            if !missing {
                sums.counts[k] += weight;
            }
            sums.distance += weight * f64::from(distance[i]);
            sums.weight += weight;
        }
        sums
    }

    #[test]
    fn sums_are_those_of_one_sample_after_another_on_any_number_of_threads() {
        let mut random = Random(1);
        for case in 0..60 {
            let (samples, features, units) = (random.below(700), 1 + random.below(40), 1 + random.below(90));
            let mut data = random.normals(samples * features);
            for x in &mut data {
                *x = match random.below(10) {
                    0..=4 if case % 2 == 0 => 0.0,
                    5 if case % 3 == 0 => f32::NAN,
                    _ => *x,
                };
            }
            let unit: Vec<i32> = (0..samples).map(|_| random.below(units + 1) as i32 - 1).collect();
            let distance = random.normals(samples);
            let weights: Vec<f32> = (0..samples).map(|_| random.unit() as f32).collect();
            let weights = (case % 4 < 2).then_some(&weights[..]);
            let expected = plainly(&data, features, weights, &unit, &distance, units);
            let stored = Stored::of(samples, features, &data);
            for threads in [1, 2, 3, 8] {
                let pool = Pool::new(threads).unwrap();
                for matrix in [Matrix::dense(samples, features, &data).unwrap(), stored.matrix()] {
                    let rows = Rows::new(matrix, weights).unwrap();
                    let found = sum_rows(&rows, &unit, &distance, units, &Unwatched, &pool).unwrap();
                    assert_eq!(found, expected, "case {case}, {threads} threads");
                }
            }
        }
    }

    #[test]
    fn sums_kept_sparse_are_the_dense_ones_where_those_are_not_zero() {
        let mut random = Random(2);
        for case in 0..30 {
            let (samples, features, units) = (random.below(300), 1 + random.below(2500), 1 + random.below(40));
            let mut data = vec![0.0; samples * features];
            for row in data.chunks_exact_mut(features) {
                (0..random.below(30)).for_each(|_| row[random.below(features)] = random.normal());
            }
            let unit: Vec<i32> = (0..samples).map(|_| random.below(units + 1) as i32 - 1).collect();
            let distance = random.normals(samples);
            let weights: Vec<f32> = (0..samples).map(|_| random.unit() as f32).collect();
            let stored = Stored::of(samples, features, &data);
            let rows = Rows::new(stored.matrix(), (case % 2 == 0).then_some(&weights[..])).unwrap();
            let pool = Pool::new(1 + case % 3).unwrap();
            let dense = sum_rows(&rows, &unit, &distance, units, &Unwatched, &pool).unwrap();
            let columns = Columns::of(&rows, &unit, &distance, units, &Unwatched, &pool).unwrap();
            let mut sums = vec![0.0f64; units * features];
            for f in 0..features {
                assert!(columns.of_feature(f).is_sorted_by(|a, b| a.0 < b.0));
                columns.of_feature(f).iter().for_each(|&(k, sum)| sums[k as usize * features + f] = sum);
            }
            let Columns { counts, distance, weight, .. } = columns;
            assert_eq!(Sums { sums, counts, distance, weight }, dense, "case {case}");
        }
    }

    #[test]
    fn a_unit_beyond_the_map_is_refused() {
        let rows = Rows::new(Matrix::dense(1, 1, &[1.0]).unwrap(), None).unwrap();
        let pool = Pool::new(1).unwrap();
        assert!(matches!(sum_rows(&rows, &[3], &[0.0], 3, &Unwatched, &pool), Err(Error::Shape(_))));
        assert!(matches!(sum_rows(&rows, &[], &[], 3, &Unwatched, &pool), Err(Error::Shape(_))));
    }
}
