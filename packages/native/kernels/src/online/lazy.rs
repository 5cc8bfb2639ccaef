//! Few tiles are brought up to date for a search, and an update moves boxes alone.

use super::Online;
use super::apply::{Pending, apply};
use super::boxes::{Cursor, set_box};
use super::measure::{Best, Sample, measure};
use super::ring::Ring;
use super::tiles::Tile;
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
        let Online { metric, grid, tiles, ring, behind, boxes, .. } = self.online;
        let Some(boxes) = boxes else { return (Best::NONE, 0) };
        let mut looked = 0;
        let mut best = Best::NONE;
        let mut cursor = Cursor::default();
        let first = boxes.scan(v, *metric, self.sample);
        let mut next = Some(first);
        while let Some((down, across)) = next {
            let at = down * grid.across + across;
            let mut tile = Tile::held(&tiles[at]);
            let mut moved = false;
            if let Some(behind) = &behind {
                moved = take_up(v, behind.ring(), (down, across), &mut tile);
            }
            moved |= take_up(v, ring, (down, across), &mut tile);
            if moved {
                set_box(v, grid, (down, across), &tile.lines, boxes.band_mut(down));
            }
            measure(v, *metric, grid, (down, across), self.sample, &tile.lines, &mut best);
            drop(tile);
            looked += 1;
            next = boxes.candidate(v, &mut cursor, &best);
            if next == Some(first) {
                next = boxes.candidate(v, &mut cursor, &best);
            }
        }
        (best, looked)
    }
}

/// Makes on a tile those updates of the ring that it has not taken; gives whether any concerned it.
#[inline(always)]
fn take_up<V: Vectors>(v: V, ring: &Ring, at: (usize, usize), tile: &mut Tile) -> bool {
    let Some(next) = ring.take(&mut tile.taken) else { return false };
    apply(v, ring, at, Slots { ring, down: at.0, next }, &mut tile.lines)
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
