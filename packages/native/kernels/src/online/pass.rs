//! One pass over the map: makes what is pending, and measures a sample.

use super::apply::{CAPACITY, Pending, apply};
use super::boxes::set_box;
use super::measure::{Best, Sample, layered, measure};
use super::ring::Ring;
use super::tiles::{Grid, Tile};
use crate::measure::Layers;
use crate::metric::Metric;
use crate::vector::{Line, Vectors, Work};
use std::sync::Mutex;

/// So few updates that a short list holds them.
const FEW: usize = 4;

/// One row of tiles in a pass over the map.
pub(super) struct Band<'a> {
    pub(super) ring: &'a Ring,
    pub(super) grid: Grid,
    pub(super) metric: Metric,
    pub(super) layers: Option<&'a Layers>,
    pub(super) down: usize,
    pub(super) tiles: &'a mut [Mutex<Tile>],
    /// The boxes of this row of tiles; empty where none should be set.
    pub(super) bounds: &'a mut [Line],
    pub(super) sample: Option<Sample<'a>>,
}

impl Work for Band<'_> {
    type Output = (Best, bool);

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) -> (Best, bool) {
        let Band { ring, grid, metric, layers, down, tiles, bounds, sample } = self;
        // Eager passes make one update at a time: readying a long list would be felt.
        let (mut few, mut many);
        let list = if ring.len() <= FEW {
            few = [Pending::default(); FEW];
            concerning(ring, down, &mut few)
        } else {
            many = [Pending::default(); CAPACITY];
            concerning(ring, down, &mut many)
        };
        let mut best = Best::NONE;
        let mut small = true;
        for (across, tile) in tiles.iter_mut().enumerate() {
            let tile = Tile::own(tile);
            let moved = take(v, ring, (down, across), list, tile);
            if !bounds.is_empty() && (moved || sample.is_some()) {
                small &= set_box(v, &grid, (down, across), &tile.lines, bounds);
            }
            if let Some(sample) = sample {
                match layers {
                    Some(layers) => layered(layers, &grid, (down, across), sample, &tile.lines, &mut best),
                    None => measure(v, metric, &grid, (down, across), sample, &tile.lines, &mut best),
                }
            }
        }
        (best, small)
    }
}

/// The updates that concern a row of tiles, in `list`, which has room for all.
#[inline(always)]
pub(super) fn concerning<'a>(ring: &Ring, down: usize, list: &'a mut [Pending]) -> &'a [Pending] {
    let mut length = 0;
    for slot in 0..ring.len() {
        let reach = ring.reach(slot, down);
        if reach.touched.to > reach.touched.from {
            list[length] = Pending { slot, reach };
            length += 1;
        }
    }
    &list[..length]
}

/// Makes on a tile those updates of the ring that it has not taken, all of which are in `list` where they concern it.
/// Gives whether any did.
#[inline(always)]
pub(super) fn take<V: Vectors>(v: V, ring: &Ring, at: (usize, usize), list: &[Pending], tile: &mut Tile) -> bool {
    let Some(first) = ring.take(&mut tile.taken) else { return false };
    apply(v, ring, at, list.iter().copied().filter(|pending| pending.slot >= first), &mut tile.lines)
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
