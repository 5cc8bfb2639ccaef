//! Nearest units in ascending order, where each row may ask for more than two.

/// The largest `k`.
pub const MOST_NEAREST: usize = 32;

/// A unit and the value by which it is compared.
pub(crate) type Ranked = (f64, u32);

/// No unit, as it is ranked.
pub(super) const NO_RANKED_UNIT: u32 = u32::MAX;

/// Means that there is no unit; ranks behind all others.
pub(crate) const NOT_RANKED: Ranked = (f64::INFINITY, NO_RANKED_UNIT);

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

/// The two nearest of the units taken so far, whatever the order they are taken in: of equals the lower unit is nearer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearest {
    pub unit: usize,
    pub value: f64,
    pub second_unit: usize,
    pub second_value: f64,
}

/// No unit, of the two nearest.
pub(super) const NO_UNIT: usize = usize::MAX;

impl Default for Nearest {
    fn default() -> Nearest {
        Nearest { unit: NO_UNIT, value: f64::INFINITY, second_unit: NO_UNIT, second_value: f64::INFINITY }
    }
}

impl Nearest {
    /// Where every unit is as near as every other.
    pub fn all_at(value: f64, units: usize) -> Nearest {
        let mut nearest = Nearest::default();
        (0..units.min(2)).for_each(|unit| nearest.take(unit, value));
        nearest
    }

    /// Takes a unit, once. NaN is not a distance.
    pub fn take(&mut self, unit: usize, value: f64) {
        if value < self.value || (value == self.value && unit < self.unit) {
            (self.second_unit, self.second_value) = (self.unit, self.value);
            (self.unit, self.value) = (unit, value);
        } else if value < self.second_value || (value == self.second_value && unit < self.second_unit) {
            (self.second_unit, self.second_value) = (unit, value);
        }
    }
}
