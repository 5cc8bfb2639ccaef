//! What a call found for each of its rows.

use super::ranked::{NO_RANKED_UNIT, NO_UNIT, Nearest, Ranked};
use crate::error::Error;
use crate::metric::Metric;
use crate::parallel::Pool;

/// For each sample, the nearest unit, the second nearest if requested, and their distances. -1 and NaN mean that there
/// is no such unit.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    pub unit: Vec<i32>,
    pub distance: Vec<f32>,
    /// Empty if not requested.
    pub second_unit: Vec<i32>,
    /// Empty if not requested.
    pub second_distance: Vec<f32>,
}

impl Matches {
    pub(super) fn empty(rows: usize, want_second: bool) -> Matches {
        let second = if want_second { rows } else { 0 };
        Matches {
            unit: vec![-1; rows],
            distance: vec![f32::NAN; rows],
            second_unit: vec![-1; second],
            second_distance: vec![f32::NAN; second],
        }
    }

    pub(super) fn set(&mut self, found: &Found) {
        let Matches { unit, distance, second_unit, second_distance } = self;
        Slots { unit, distance, second_unit, second_distance }.set(found.row as usize, found);
    }

    /// Copies what the parts of the work found, in any order of rows. Each thread reads all of it and writes only its
    /// own rows, because the scattered writes take most of the time.
    pub(super) fn set_all(&mut self, found: &[Vec<Found>], pool: &Pool) -> Result<(), Error> {
        let size = self.unit.len().div_ceil(pool.threads().min(SETTERS)).max(SET_LEAST);
        let (mut units, mut distances) = (self.unit.chunks_mut(size), self.distance.chunks_mut(size));
        let mut second_units = self.second_unit.chunks_mut(size);
        let mut second_distances = self.second_distance.chunks_mut(size);
        let mut slots: Vec<_> = std::iter::from_fn(|| {
            Some(Slots {
                unit: units.next()?,
                distance: distances.next()?,
                second_unit: second_units.next().unwrap_or_default(),
                second_distance: second_distances.next().unwrap_or_default(),
            })
        })
        .collect();
        pool.chunks(&mut slots, 1, |slot, slots| {
            let slots = &mut slots[0];
            for found in found.iter().flatten() {
                let i = (found.row as usize).wrapping_sub(slot * size);
                if i < slots.unit.len() {
                    slots.set(i, found);
                }
            }
            Ok(())
        })
    }
}

/// `Matches` of a run of rows.
struct Slots<'a> {
    unit: &'a mut [i32],
    distance: &'a mut [f32],
    second_unit: &'a mut [i32],
    second_distance: &'a mut [f32],
}

impl Slots<'_> {
    fn set(&mut self, i: usize, found: &Found) {
        (self.unit[i], self.distance[i]) = (found.unit, found.distance);
        if !self.second_unit.is_empty() {
            (self.second_unit[i], self.second_distance[i]) = (found.second_unit, found.second_distance);
        }
    }
}

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
            let found = if ranked == NO_RANKED_UNIT { usize::MAX } else { ranked as usize };
            (*unit, *distance) = reported(metric, found, value);
        }
    }

    /// Of matches: one unit per sample, or two.
    pub(super) fn of(Matches { unit, distance, second_unit, second_distance }: Matches, k: usize) -> NearestUnits {
        if k == 1 {
            return NearestUnits { unit, distance };
        }
        NearestUnits {
            unit: unit.into_iter().zip(second_unit).flat_map(|(a, b)| [a, b]).collect(),
            distance: distance.into_iter().zip(second_distance).flat_map(|(a, b)| [a, b]).collect(),
        }
    }
}

/// What is reported of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub row: u32,
    pub unit: i32,
    pub distance: f32,
    /// -1 and NaN where they are not wanted, too.
    pub second_unit: i32,
    pub second_distance: f32,
}

impl Found {
    #[inline(always)]
    pub fn of(row: u32, nearest: &Nearest, metric: Metric, want_second: bool) -> Found {
        let (unit, distance) = reported(metric, nearest.unit, nearest.value);
        let second = if want_second { nearest.second_unit } else { NO_UNIT };
        let (second_unit, second_distance) = reported(metric, second, nearest.second_value);
        Found { row, unit, distance, second_unit, second_distance }
    }
}

#[inline(always)]
fn reported(metric: Metric, unit: usize, value: f64) -> (i32, f32) {
    if unit == NO_UNIT { (-1, f32::NAN) } else { (unit as i32, metric.distance_of(value) as f32) }
}

/// The most threads that copy results, and the rows that justify one more thread.
const SETTERS: usize = 4;
const SET_LEAST: usize = 1 << 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_set_in_its_row_on_any_number_of_threads() {
        let count = 3 * SET_LEAST + 5;
        // Rows here and there, and every seventh left out.
        let found: Vec<Found> = (0..count)
            .map(|i| (i * 7919) % count)
            .filter(|row| row % 7 != 0)
            .map(|row| Found {
                row: row as u32,
                unit: row as i32,
                distance: row as f32 + 0.5,
                second_unit: row as i32 + 1,
                second_distance: row as f32 + 1.5,
            })
            .collect();
        let parts: Vec<Vec<Found>> = found.chunks(1000).map(<[Found]>::to_vec).collect();
        for want_second in [false, true] {
            let mut expected = Matches::empty(count, want_second);
            found.iter().for_each(|found| expected.set(found));
            for threads in [1, 2, 3, 8] {
                let mut matches = Matches::empty(count, want_second);
                matches.set_all(&parts, &Pool::new(threads).unwrap()).unwrap();
                assert_eq!((&matches.unit, &matches.second_unit), (&expected.unit, &expected.second_unit));
                let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&matches.distance), bits(&expected.distance));
                assert_eq!(bits(&matches.second_distance), bits(&expected.second_distance));
            }
        }
    }
}
