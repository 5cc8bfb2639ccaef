//! Makes pending updates on one tile: `w = w + g·(x - w)`, three f32 operations, update after update.

use super::ring::{Reach, Ring};
use crate::vector::{Line, Vectors};

/// A pending update as one row of tiles sees it.
#[derive(Clone, Copy, Default)]
pub(super) struct Pending {
    pub slot: usize,
    pub reach: Reach,
}

/// The most updates that are pending at once: a pass over a map that no cache holds costs less the more updates it
/// makes.
pub(super) const CAPACITY: usize = 256;

/// Makes the updates in `pending`, in order, on the tile at (`down`, `across`). Gives whether any concerned it.
#[inline(always)]
pub(super) fn apply<V: Vectors>(
    v: V,
    ring: &Ring,
    (down, across): (usize, usize),
    pending: impl Iterator<Item = Pending>,
    tile: &mut [Line],
) -> bool {
    // Updates that move every unit and every feature of the tile are made together, prototypes staying in registers.
    let mut run = [0u32; CAPACITY];
    let mut length = 0;
    let mut any = false;
    for Pending { slot, reach } in pending {
        if !reach.touched.has(across) {
            continue;
        }
        any = true;
        if reach.inside.has(across) && ring.heads[slot].complete && ring.kernel.separable() {
            run[length] = slot as u32;
            length += 1;
        } else {
            apply_run(v, ring, (down, across), &run[..length], tile);
            length = 0;
            apply_one(v, ring, (down, across), slot, tile);
        }
    }
    apply_run(v, ring, (down, across), &run[..length], tile);
    any
}

#[inline(always)]
fn apply_run<V: Vectors>(v: V, ring: &Ring, at: (usize, usize), run: &[u32], tile: &mut [Line]) {
    if run.is_empty() {
        return;
    }
    let features = ring.grid.features;
    let mut from = 0;
    while from < features {
        match features - from {
            1 => {
                rows_of_run::<V, 1>(v, ring, at, run, from, tile);
                from += 1;
            }
            2 => {
                rows_of_run::<V, 2>(v, ring, at, run, from, tile);
                from += 2;
            }
            3 => {
                rows_of_run::<V, 3>(v, ring, at, run, from, tile);
                from += 3;
            }
            _ => {
                rows_of_run::<V, 4>(v, ring, at, run, from, tile);
                from += 4;
            }
        }
    }
}

#[inline(always)]
fn rows_of_run<V: Vectors, const F: usize>(
    v: V,
    ring: &Ring,
    at: (usize, usize),
    run: &[u32],
    from: usize,
    tile: &mut [Line],
) {
    let rows = ring.grid.rows_of(at.0).len();
    let mut row = 0;
    if V::REGISTERS >= 32 {
        while row + 4 <= rows {
            block::<V, F, 4>(v, ring, at, run, from, row, tile);
            row += 4;
        }
    } else if F <= 2 {
        while row + 2 <= rows {
            block::<V, F, 2>(v, ring, at, run, from, row, tile);
            row += 2;
        }
    }
    while row < rows {
        block::<V, F, 1>(v, ring, at, run, from, row, tile);
        row += 1;
    }
}

/// `F` features of `R` rows of sixteen units, kept in registers over all updates of the run.
#[inline(always)]
fn block<V: Vectors, const F: usize, const R: usize>(
    v: V,
    ring: &Ring,
    (down, across): (usize, usize),
    run: &[u32],
    from: usize,
    row: usize,
    tile: &mut [Line],
) {
    let features = ring.grid.features;
    let first_row = down * ring.grid.height + row;
    let mut w = [[v.splat(0.0); F]; R];
    for (r, w) in w.iter_mut().enumerate() {
        for (f, w) in w.iter_mut().enumerate() {
            *w = v.load(&tile[(row + r) * features + from + f].0);
        }
    }
    for &slot in run {
        let slot = slot as usize;
        let x: &[f32; F] = ring.x(slot)[from..from + F].try_into().expect("F features");
        let rates: &[f32; R] = ring.rates(slot)[first_row..first_row + R].try_into().expect("R rows");
        for (r, w) in w.iter_mut().enumerate() {
            let columns = ring.columns(slot, ring.parity(slot, first_row + r), across);
            let g = v.mul(v.splat(rates[r]), v.load(&columns.0));
            for (w, &x) in w.iter_mut().zip(x) {
                *w = v.add(*w, v.mul(g, v.sub(v.splat(x), *w)));
            }
        }
    }
    for (r, w) in w.iter().enumerate() {
        for (f, &w) in w.iter().enumerate() {
            v.store(w, &mut tile[(row + r) * features + from + f].0);
        }
    }
}

/// One update on a tile that is not wholly in reach, of a sample with missing features, or of a kernel that does not
/// separate.
#[inline(always)]
fn apply_one<V: Vectors>(v: V, ring: &Ring, (down, across): (usize, usize), slot: usize, tile: &mut [Line]) {
    let features = ring.grid.features;
    let x = ring.x(slot);
    for (row, lines) in ring.grid.rows_of(down).zip(tile.chunks_exact_mut(features)) {
        let half = ring.half(slot, row);
        if half < 0.0 {
            continue;
        }
        let parity = ring.parity(slot, row);
        let inside = v.not_above(v.load(ring.gaps(slot, parity, across)), v.splat(half));
        if v.bits(inside) == 0 {
            continue;
        }
        let g = if ring.kernel.separable() {
            v.mul(v.splat(ring.rates(slot)[row]), v.load(&ring.columns(slot, parity, across).0))
        } else {
            v.load(&ring.influences(slot, row, across))
        };
        for (line, &x) in lines.iter_mut().zip(x) {
            if !x.is_nan() {
                let w = v.load(&line.0);
                let moved = v.add(w, v.mul(g, v.sub(v.splat(x), w)));
                v.store(v.choose(inside, moved, w), &mut line.0);
            }
        }
    }
}
