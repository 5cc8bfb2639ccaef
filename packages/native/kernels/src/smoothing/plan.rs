//! The parts of an update that depend only on lattice, kernel and radius, computed once.

use crate::lattice::Lattice;
use crate::neighbourhood::{Kernel, Rule};

/// Influences by difference of columns: `values[centre + destination - source]`, 0 out of reach, with room for lanes
/// beyond the map.
pub(super) struct Table {
    pub(super) values: Vec<f64>,
    pub(super) centre: usize,
}

impl Table {
    /// A table of `influence(column gap)` for rows that are shifted against each other by `shift` (destination's less
    /// source's).
    pub(super) fn new(lattice: &Lattice, shift: f64, influence: impl Fn(f64) -> f64) -> Table {
        let columns = lattice.columns;
        let mut values = vec![0.0; 2 * columns - 1 + 16];
        for (i, value) in values[..2 * columns - 1].iter_mut().enumerate() {
            *value = influence(lattice.column_gap(i, columns - 1, shift));
        }
        Table { values, centre: columns - 1 }
    }
}

/// The first eight numbers.
#[inline(always)]
pub(super) fn eight(numbers: &[f64]) -> &[f64; 8] {
    numbers[..8].try_into().expect("eight numbers")
}

/// The parts that depend on the radius, computed once.
pub(super) struct Plan {
    pub(super) way: Way,
    /// Whole columns beyond which nothing is in reach.
    pub(super) column_reach: usize,
}

pub(super) enum Way {
    /// Along columns, then along rows; tables by shift (0, +1/2, -1/2) and by row gap.
    Separable { columns: Vec<Table>, rows: Vec<f64> },
    /// Windows that grow: influence by gap (whole, or from 1/2), influence by row gap, and for each parity the row gaps
    /// and the number of gaps in their window, narrowest first.
    Windows { gaps: [Vec<f64>; 2], rows: Vec<f64>, orders: [Vec<(usize, usize)>; 2] },
    /// Over the disc; tables by row gap and shift (0, +1/2, -1/2).
    Disc { tables: Vec<Vec<Table>> },
}

pub(super) const SHIFTS: [f64; 3] = [0.0, 0.5, -0.5];

/// The index in `SHIFTS` of a destination row and a source row.
#[inline(always)]
pub(super) fn shift_index(lattice: &Lattice, destination: usize, source: usize) -> usize {
    let shift = lattice.shift(destination, source);
    if shift == 0.0 {
        0
    } else if shift > 0.0 {
        1
    } else {
        2
    }
}

impl Plan {
    pub(super) fn new(lattice: &Lattice, kernel: Kernel, radius: f64) -> Plan {
        let reach2 = kernel.reach2(radius, Rule::Batch);
        let shifts = &SHIFTS[..if lattice.parities() == 2 { 3 } else { 1 }];
        let row_gaps = || (0..lattice.rows).map(|gap| lattice.row_distance2(gap)).take_while(|&t2| t2 <= reach2);
        let column_reach = (0..lattice.columns).rev().find(|&gap| (gap as f64 - 0.5).max(0.0).powi(2) <= reach2);
        let way = if kernel.separable() && !kernel.cut() {
            let axis = |gap: f64| if gap * gap <= reach2 { kernel.axis(gap * gap, radius) } else { 0.0 };
            Way::Separable {
                columns: shifts.iter().map(|&shift| Table::new(lattice, shift, axis)).collect(),
                rows: row_gaps().map(|t2| kernel.axis(t2, radius)).collect(),
            }
        } else if kernel.separable() {
            let rows: Vec<f64> = row_gaps().map(|t2| kernel.axis(t2, radius)).collect();
            let gaps = [0.0, 0.5].map(|start| {
                let widest =
                    (0..lattice.columns).map(|i| start + i as f64).take_while(|gap| match lattice.wraps_columns() {
                        true => 2.0 * gap <= lattice.columns as f64,
                        false => true,
                    });
                widest
                    .take_while(|gap| gap * gap <= reach2)
                    .map(|gap| kernel.axis(gap * gap, radius))
                    .collect::<Vec<_>>()
            });
            let orders = [0.0, 0.5].map(|start| {
                let count = gaps[if start == 0.0 { 0 } else { 1 }].len();
                let mut order: Vec<(usize, usize)> = (0..rows.len())
                    .map(|gap| {
                        let t2 = lattice.row_distance2(gap);
                        let in_reach = |i: &usize| t2 + (start + *i as f64) * (start + *i as f64) <= reach2;
                        (gap, (0..count).take_while(in_reach).count())
                    })
                    .filter(|&(_, window)| window > 0)
                    .collect();
                order.sort_by_key(|&(_, window)| window);
                order
            });
            Way::Windows { gaps, rows, orders }
        } else {
            let tables = row_gaps()
                .map(|t2| {
                    let influence = |gap: f64| {
                        let d2 = t2 + gap * gap;
                        if d2 <= reach2 { kernel.rest(d2, radius) } else { 0.0 }
                    };
                    shifts.iter().map(|&shift| Table::new(lattice, shift, influence)).collect()
                })
                .collect();
            Way::Disc { tables }
        };
        Plan { way, column_reach: column_reach.unwrap_or(0) }
    }
}
