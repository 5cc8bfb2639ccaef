//! Chooses how a call on dense rows is matched. Only the time depends on the choice: results are the same bits.

use super::Way;
use super::panels::Form;
use crate::metric::Metric;

/// What is known before a call.
pub(super) struct State {
    pub metric: Metric,
    pub way: Way,
    /// Whether to compare by integers first, where that was requested.
    pub pairs: Option<bool>,
    /// Whether this CPU is faster by integers.
    pub quick_pairs: bool,
    pub features: usize,
    /// Panels of units along the lattice.
    pub panels: usize,
    pub rows: usize,
    /// Rows without a missing value.
    pub complete: usize,
    /// Whether integers were too coarse in one of the last calls.
    pub integers_rest: bool,
    /// Whether patches were slower than brute force in one of the last calls.
    pub pruning_rests: bool,
    /// Whether grouping by similarity has failed.
    pub unlike: bool,
    /// Calls in a row in which last units were the best to start from.
    pub from_last: u32,
    /// What the last of these calls cost, as a share of brute force.
    pub cost_from_last: f64,
}

/// How a call is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    pub form: Form,
    pub patches: Patches,
    pub start: Start,
}

/// The patches of units that are tried before every unit is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patches {
    None,
    /// Of neighbours on the lattice.
    Lattice,
    /// Of similar prototypes, wherever they are.
    Alike,
    /// Of neighbours; of similar prototypes where the codebook has no order along the lattice, or where those of
    /// neighbours are slower than brute force.
    Either,
}

/// The panels from which rows start in a search by patches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Those that cost least on a sample of the rows.
    Tried,
    /// Those of their last units, if known; otherwise as `Tried`.
    LastElseTried,
    /// Those of their last units, if known; otherwise a guess.
    LastElseGuess,
}

/// With fewer panels or rows than these, a trial costs more than it could save.
const LEAST_PANELS: usize = 32;
const LEAST_ROWS: usize = 512;
/// With fewer rows than these, grouping similar prototypes costs more than it could save.
const LEAST_ROWS_ALIKE: usize = 4096;
/// With fewer features than these, finishing a score costs more than integers save.
const LEAST_FEATURES_IN_PAIRS: usize = 6;
/// One in this many calls that start from the last units tests whether a guess would now be better.
const GUESSES_TRIED: u32 = 4;
/// After a call that cost less than this share of brute force, the next one does the same without a trial.
const COST_TRUSTED: f64 = 0.8;
/// Calls without integers after they were too coarse. A map is at its smoothest only for an epoch or two.
pub(super) const INTEGER_RESTS: [u32; 5] = [1, 2, 4, 8, 16];
/// Calls without a trial of pruning after it was rejected. A map that is not ordered yet soon will be.
pub(super) const PRUNING_RESTS: [u32; 5] = [0, 1, 2, 4, 8];

/// Decides how a call is matched.
pub(super) fn decide(state: &State) -> Decision {
    Decision { form: form_of(state), patches: patches_of(state), start: start_of(state) }
}

/// The number format that is probably fastest: integers take complete rows alone.
fn form_of(state: &State) -> Form {
    let may = !state.integers_rest && state.metric == Metric::Euclidean && state.complete == state.rows;
    let quick = state.quick_pairs && state.features >= LEAST_FEATURES_IN_PAIRS;
    if may && state.pairs.unwrap_or(quick) { Form::Pairs } else { Form::Floats }
}

/// Patches are proven for these metrics alone.
fn patches_of(state: &State) -> Patches {
    let is_enough = state.panels >= LEAST_PANELS && state.rows >= LEAST_ROWS;
    match (state.metric, state.way) {
        (Metric::Euclidean | Metric::Cosine, Way::Pruned) => Patches::Lattice,
        (Metric::Euclidean | Metric::Cosine, Way::Alike) => Patches::Alike,
        (Metric::Euclidean | Metric::Cosine, Way::Auto) if is_enough && !state.pruning_rests => {
            if state.complete >= LEAST_ROWS_ALIKE && !state.unlike { Patches::Either } else { Patches::Lattice }
        }
        _ => Patches::None,
    }
}

fn start_of(state: &State) -> Start {
    let is_trusted =
        state.from_last > 0 && !state.from_last.is_multiple_of(GUESSES_TRIED) && state.cost_from_last < COST_TRUSTED;
    match state.way {
        Way::Auto if is_trusted => Start::LastElseTried,
        Way::Auto => Start::Tried,
        _ => Start::LastElseGuess,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Many complete rows of a large map on a CPU that is quick at integers.
    fn large() -> State {
        State {
            metric: Metric::Euclidean,
            way: Way::Auto,
            pairs: None,
            quick_pairs: true,
            features: LEAST_FEATURES_IN_PAIRS,
            panels: LEAST_PANELS,
            rows: LEAST_ROWS_ALIKE,
            complete: LEAST_ROWS_ALIKE,
            integers_rest: false,
            pruning_rests: false,
            unlike: false,
            from_last: 0,
            cost_from_last: 1.0,
        }
    }

    #[test]
    fn integers_are_for_complete_rows_of_enough_features_by_euclid() {
        let form = |state: State| decide(&state).form;
        assert_eq!(form(large()), Form::Pairs);
        assert_eq!(form(State { features: LEAST_FEATURES_IN_PAIRS - 1, ..large() }), Form::Floats);
        assert_eq!(form(State { complete: LEAST_ROWS_ALIKE - 1, ..large() }), Form::Floats);
        assert_eq!(form(State { metric: Metric::Cosine, ..large() }), Form::Floats);
        assert_eq!(form(State { quick_pairs: false, ..large() }), Form::Floats);
        assert_eq!(form(State { integers_rest: true, ..large() }), Form::Floats);
        assert_eq!(form(State { pairs: Some(false), ..large() }), Form::Floats);
        assert_eq!(form(State { pairs: Some(true), quick_pairs: false, features: 1, ..large() }), Form::Pairs);
    }

    #[test]
    fn patches_are_tried_where_they_may_save_time() {
        let patches = |state: State| decide(&state).patches;
        assert_eq!(patches(large()), Patches::Either);
        assert_eq!(patches(State { unlike: true, ..large() }), Patches::Lattice);
        assert_eq!(patches(State { complete: LEAST_ROWS_ALIKE - 1, ..large() }), Patches::Lattice);
        assert_eq!(patches(State { panels: LEAST_PANELS - 1, ..large() }), Patches::None);
        assert_eq!(patches(State { rows: LEAST_ROWS - 1, ..large() }), Patches::None);
        assert_eq!(patches(State { pruning_rests: true, ..large() }), Patches::None);
        assert_eq!(patches(State { metric: Metric::Manhattan, ..large() }), Patches::None);
    }

    #[test]
    fn a_way_that_is_forced_is_taken_however_small_the_call() {
        let small = |way| State { way, rows: 1, complete: 1, panels: 1, ..large() };
        assert_eq!(decide(&small(Way::Brute)).patches, Patches::None);
        assert_eq!(decide(&small(Way::Pruned)).patches, Patches::Lattice);
        assert_eq!(decide(&small(Way::Alike)).patches, Patches::Alike);
        assert_eq!(decide(&small(Way::Pruned)).start, Start::LastElseGuess);
        assert_eq!(decide(&State { metric: Metric::Manhattan, ..small(Way::Pruned) }).patches, Patches::None);
    }

    #[test]
    fn last_units_are_trusted_while_they_are_cheap_and_put_to_the_test_every_fourth_time() {
        let start = |from_last, cost_from_last| decide(&State { from_last, cost_from_last, ..large() }).start;
        assert_eq!(start(0, 0.1), Start::Tried);
        assert_eq!(start(1, 0.1), Start::LastElseTried);
        assert_eq!(start(GUESSES_TRIED, 0.1), Start::Tried);
        assert_eq!(start(GUESSES_TRIED + 1, COST_TRUSTED), Start::Tried);
    }
}
