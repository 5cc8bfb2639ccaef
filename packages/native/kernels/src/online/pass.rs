//! One pass over the map: makes what is pending, and measures a sample.

use super::apply::{CAPACITY, Pending, apply};
use super::boxes::set_box;
use super::measure::{Best, Sample, measure};
use super::ring::Ring;
use super::tiles::Grid;
use crate::metric::Metric;
use crate::vector::{Line, Vectors, Work};

/// One row of tiles in a pass over the map.
pub(super) struct Band<'a> {
    pub(super) ring: &'a Ring,
    pub(super) grid: Grid,
    pub(super) metric: Metric,
    pub(super) down: usize,
    pub(super) tiles: &'a mut [Line],
    pub(super) taken: &'a mut [u32],
    /// The boxes of this row of tiles; empty where none are to be set.
    pub(super) bounds: &'a mut [Line],
    pub(super) sample: Option<Sample<'a>>,
}

impl Work for Band<'_> {
    type Output = (Best, bool);

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) -> (Best, bool) {
        let Band { ring, grid, metric, down, tiles, taken, bounds, sample } = self;
        // The updates that concern this row of tiles.
        let mut list = [Pending { slot: 0, reach: Default::default() }; CAPACITY];
        let mut length = 0;
        for slot in 0..ring.len() {
            let reach = ring.reach(slot, down);
            if reach.touched.to > reach.touched.from {
                list[length] = Pending { slot, reach };
                length += 1;
            }
        }
        let mut best = Best::NONE;
        let mut small = true;
        for (across, tile) in tiles.chunks_exact_mut(grid.tile_lines()).enumerate() {
            let first = std::mem::take(&mut taken[across]) as usize;
            let pending = list[..length].iter().copied().filter(|pending| pending.slot >= first);
            let moved = apply(v, ring, (down, across), pending, tile);
            if !bounds.is_empty() && (moved || sample.is_some()) {
                small &= set_box(v, &grid, (down, across), tile, bounds);
            }
            if let Some(sample) = sample {
                measure(v, metric, &grid, (down, across), sample, tile, &mut best);
            }
        }
        (best, small)
    }
}

/// `count` pieces of `length`, which may be 0.
pub(super) fn split<T>(mut whole: &mut [T], length: usize, count: usize) -> Vec<&mut [T]> {
    let mut pieces = Vec::with_capacity(count);
    for _ in 0..count {
        let (piece, rest) = std::mem::take(&mut whole).split_at_mut(length);
        pieces.push(piece);
        whole = rest;
    }
    pieces
}
