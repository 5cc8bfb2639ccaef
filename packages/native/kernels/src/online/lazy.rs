//! Few tiles are brought up to date for a search, and an update moves boxes alone.

use super::Online;
use super::apply::{Pending, apply};
use super::boxes::{Cursor, set_box};
use super::measure::{Best, Sample, measure};
use super::ring::Ring;
use crate::vector::{Vectors, Work};

/// The lazy search: few tiles are brought up to date, and the best-matching unit is among them.
pub(super) struct Search<'a> {
    pub(super) online: &'a mut Online,
    pub(super) sample: Sample<'a>,
}

impl Work for Search<'_> {
    /// The best-matching unit, and how many tiles were looked into.
    type Output = (Best, usize);

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) -> (Best, usize) {
        let Online { metric, grid, tiles, ring, taken, boxes, .. } = self.online;
        let Some(boxes) = boxes else { return (Best::NONE, 0) };
        let mut looked = 0;
        let mut best = Best::NONE;
        let mut cursor = Cursor::default();
        let first = boxes.scan(v, *metric, self.sample);
        let mut next = Some(first);
        while let Some((down, across)) = next {
            let at = down * grid.across + across;
            let tile = &mut tiles[at * grid.tile_lines()..(at + 1) * grid.tile_lines()];
            let pending = Slots { ring, down, next: std::mem::replace(&mut taken[at], ring.len() as u32) as usize };
            if apply(v, ring, (down, across), pending, tile) {
                set_box(v, grid, (down, across), tile, boxes.band_mut(down));
            }
            measure(v, *metric, grid, (down, across), self.sample, tile, &mut best);
            looked += 1;
            next = boxes.candidate(v, &mut cursor, &best);
            if next == Some(first) {
                next = boxes.candidate(v, &mut cursor, &best);
            }
        }
        (best, looked)
    }
}

/// The pending updates from `next` on, as one row of tiles sees them.
struct Slots<'a> {
    ring: &'a Ring,
    down: usize,
    next: usize,
}

impl Iterator for Slots<'_> {
    type Item = Pending;

    #[inline(always)]
    fn next(&mut self) -> Option<Pending> {
        let slot = self.next;
        self.next += 1;
        (slot < self.ring.len()).then(|| Pending { slot, reach: self.ring.reach(slot, self.down) })
    }
}

pub(super) struct MoveBoxes<'a> {
    pub(super) online: &'a mut Online,
}

impl Work for MoveBoxes<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) {
        let Online { ring, boxes, .. } = self.online;
        if let Some(boxes) = boxes {
            boxes.move_all(v, ring, ring.len() - 1);
        }
    }
}
