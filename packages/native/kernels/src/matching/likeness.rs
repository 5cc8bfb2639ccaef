//! Which units to pack together where their places on the lattice tell nothing, as before training: like prototypes,
//! found by cutting the codebook in two, and each part again.

use super::tree::Spread;
use crate::error::Error;
use crate::parallel::Pool;
use crate::simd::{Job, LINE, Lanes, Level, prefetch};

/// Units of a group, at most: those of sixteen panels.
const GROUP: usize = LINE * LINE;
/// Prototypes that show in which direction a part extends most.
const SHOWING: usize = 64;
/// How many units ahead a prototype is requested.
const AHEAD: usize = 6;
/// What counts as nearly as far apart, and the share of all numbers that are around a place.
const NEARLY: f64 = 0.75;
const AROUND: usize = 64;
/// The least share of a part that is cut off it.
const LEAST: usize = 16;

/// All units, in groups of at most `GROUP` whose prototypes are alike; in a group, sixteen that follow each other are
/// more so.
pub(crate) fn groups(codebook: &[f32], features: usize, level: Level, pool: &Pool) -> Result<Vec<Vec<u32>>, Error> {
    let units = codebook.len() / features;
    let mut groups: Vec<Vec<u32>> = vec![(0..units as u32).collect()];
    while groups.iter().any(|group| group.len() > GROUP) {
        let mut parts: Vec<(Vec<u32>, Vec<u32>)> = groups.into_iter().map(|group| (group, Vec::new())).collect();
        pool.chunks(&mut parts, 1, |_, part| {
            let (group, rest) = &mut part[0];
            if group.len() > GROUP {
                let at = level.run(Cut { codebook, features, units: group });
                *rest = group.split_off(at);
            }
            Ok(())
        })?;
        groups = parts.into_iter().flat_map(|(one, other)| [one, other]).filter(|group| !group.is_empty()).collect();
    }
    pool.chunks(&mut groups, 1, |_, group| {
        arrange(&mut group[0], codebook, features, level);
        Ok(())
    })?;
    Ok(groups)
}

/// Orders the units of a group so that each sixteen from its beginning are alike.
fn arrange(units: &mut [u32], codebook: &[f32], features: usize, level: Level) {
    if units.len() <= LINE {
        return;
    }
    let at = level.run(Cut { codebook, features, units });
    let lines = units.len().div_ceil(LINE);
    let whole = (at + LINE / 2) / LINE;
    let (one, other) = units.split_at_mut(whole.clamp(1, lines - 1) * LINE);
    arrange(one, codebook, features, level);
    arrange(other, codebook, features, level);
}

/// Sorts units along the direction in which they extend most, nearly, and gives where to cut them in two.
struct Cut<'a> {
    codebook: &'a [f32],
    features: usize,
    units: &'a mut [u32],
}

impl Job for Cut<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<L: Lanes>(self) -> usize {
        let Cut { codebook, features, units } = self;
        let prototype = |unit: u32| &codebook[unit as usize * features..(unit as usize + 1) * features];
        let showing: Vec<u32> = units.iter().copied().step_by(units.len().div_ceil(SHOWING)).collect();
        let mut centre = vec![0.0f32; features];
        for &unit in &showing {
            centre.iter_mut().zip(prototype(unit)).for_each(|(c, &w)| *c += w / showing.len() as f32);
        }
        let direction = Spread::of::<L>(showing.len(), |at| prototype(showing[at]), &centre).leading();

        let mut placed = Vec::with_capacity(units.len());
        for (i, &unit) in units.iter().enumerate() {
            // Once sorted, units lie anywhere in memory.
            units.get(i + AHEAD).into_iter().for_each(|&unit| prefetch(prototype(unit)));
            placed.push((along(prototype(unit), &centre, &direction), unit));
        }
        placed.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        units.iter_mut().zip(&placed).for_each(|(unit, placed)| *unit = placed.1);

        clearing(&placed.iter().map(|placed| placed.0).collect::<Vec<f32>>())
    }
}

/// Where to cut ascending numbers in two: of the places where the means of both parts are nearly as far apart for their
/// sizes as they can be (Otsu 1979), the one with the fewest numbers around it, so that clusters stay whole.
fn clearing(places: &[f32]) -> usize {
    let (count, all) = (places.len(), places.iter().map(|&x| f64::from(x)).sum::<f64>());
    let least = (count / LEAST).max(1);
    let mut apart = vec![0.0f64; count];
    let mut sum = 0.0;
    for at in 1..count {
        sum += f64::from(places[at - 1]);
        let (n, m) = (at as f64, (count - at) as f64);
        if (least..=count - least).contains(&at) {
            apart[at] = (sum * count as f64 - all * n).powi(2) / (n * m);
        }
    }
    let best = apart.iter().fold(0.0, |a: f64, &b| a.max(b));
    let around = (count / AROUND).max(1);
    let width = |at: usize| places[(at + around - 1).min(count - 1)] - places[at.saturating_sub(around)];
    let open = (1..count).filter(|&at| best > 0.0 && apart[at] >= NEARLY * best);
    open.max_by(|&a, &b| width(a).total_cmp(&width(b))).unwrap_or(count / 2)
}

/// (w - centre)·direction
#[inline(always)]
fn along(w: &[f32], centre: &[f32], direction: &[f32]) -> f32 {
    let mut sums = [0.0f32; LINE];
    let ((w, last_w), (centre, last_c)) = (w.as_chunks::<LINE>(), centre.as_chunks::<LINE>());
    let (direction, last_u) = direction.as_chunks::<LINE>();
    for ((w, c), u) in w.iter().zip(centre).zip(direction) {
        for i in 0..LINE {
            sums[i] += (w[i] - c[i]) * u[i];
        }
    }
    let last = last_w.iter().zip(last_c).zip(last_u);
    last.fold(sums.iter().sum(), |sum, ((w, c), u)| sum + (w - c) * u)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;

    #[test]
    fn every_unit_is_in_one_group_and_no_group_is_too_large() {
        let mut random = Random(1);
        for (units, features, equal) in
            [(1, 1, false), (255, 3, false), (257, 2, true), (3000, 5, false), (900, 1, true)]
        {
            let codebook = if equal { vec![1.0; units * features] } else { random.normals(units * features) };
            let groups = groups(&codebook, features, Level::best(), &Pool::new(2).unwrap()).unwrap();
            assert!(groups.iter().all(|group| (1..=GROUP).contains(&group.len())));
            let mut all = groups.concat();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..units as u32));
        }
    }

    #[test]
    fn clusters_far_apart_seldom_share_a_group() {
        let (units, features) = (6000, 4);
        let mut random = Random(2);
        let cluster: Vec<usize> = (0..units).map(|_| random.below(10)).collect();
        let codebook: Vec<f32> =
            cluster.iter().flat_map(|&c| (0..features).map(move |f| 100.0 * ((c >> f) & 1) as f32)).collect();
        let codebook: Vec<f32> = codebook.iter().map(|w| w + random.normal()).collect();
        let groups = groups(&codebook, features, Level::best(), &Pool::new(1).unwrap()).unwrap();
        let mixed =
            groups.iter().filter(|group| group.iter().any(|&k| cluster[k as usize] != cluster[group[0] as usize]));
        assert!(mixed.count() * 5 < groups.len());
    }
}
