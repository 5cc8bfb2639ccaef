//! Every sample against the patches of the codebook, and against the units of those patches alone that could hold its
//! nearest.

use super::matches::Found;
use super::panels::Form;
use super::prepared::{Batch, Prepared, place_of_least};
use super::tree::{Blocks, NO_PANEL, Tree};
use crate::error::Error;
use crate::parallel::Pool;
use crate::simd::kernel::Excess;
use crate::simd::{Job, LINE, Lanes, Line, MAX_TILE, turn_by_turn};
use crate::watch::Meter;

/// What the steps of pruned matching share.
pub(crate) struct Pruning<'a> {
    pub prepared: &'a Prepared<'a>,
    pub tree: &'a Tree,
    pub blocks: &'a Blocks,
    pub meter: &'a Meter<'a>,
    pub pool: &'a Pool,
}

/// Rows of a part of the work.
const PART: usize = 14 * 24;

/// How to continue, decided on a sample of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    Brute,
    /// Each row starts from the panel of its last unit.
    FromLast,
    /// Each row starts from a panel that its bounds make likely.
    FromGuess,
}

/// What a panel of patches costs, in panels of units: three products per feature, and their bounds. Panels of units in
/// pairs cost less.
const PATCH: f64 = 3.3;
const PATCH_BESIDE_PAIRS: f64 = 5.0;
/// How much more a single panel costs than one in a run of panels.
const ALONE: f64 = 1.5;
/// How many rows a trial uses: a share of all rows, within limits.
const TRIED_SHARE: usize = 64;
const TRIED_LEAST: usize = 14 * 32;
const TRIED_MOST: usize = 14 * 128;
/// How many rows that follow each other in the order of the work are tried together.
const TRIED_TOGETHER: usize = 14 * 4;

/// Parts of the work: each its rows and their nearest units.
pub(crate) type Parts = Vec<Vec<Found>>;

/// A panel for each row, and positions of rows in the order in which those of a panel come together.
pub(crate) struct Sorted {
    panels: Vec<u32>,
    order: Vec<u32>,
}

impl Sorted {
    /// Sorts stretch after stretch of the rows: those of a batch then lie near each other in memory, too.
    pub fn by(blocks: &Blocks, panels: Vec<u32>, features: usize, pool: &Pool) -> Result<Sorted, Error> {
        let stretch = (ROWS_A_PANEL * blocks.of_panel.len()).max(STRETCH_NUMBERS / features.max(1));
        let orders = pool.map(panels.len().div_ceil(stretch), |part| {
            let first = part * stretch;
            let mut order = blocks.together(&panels[first..(first + stretch).min(panels.len())]);
            order.iter_mut().for_each(|at| *at += first as u32);
            Ok(order)
        })?;
        Ok(Sorted { order: orders.concat(), panels })
    }
}

/// Rows of a stretch that is sorted: so many a panel at least, for most batches to have rows of one panel, and about so
/// many numbers else.
const ROWS_A_PANEL: usize = 64;
const STRETCH_NUMBERS: usize = 1 << 18;

impl Pruning<'_> {
    /// For each row, a panel that probably has its nearest unit.
    pub fn guess(&self, rows: &[u32]) -> Result<Vec<u32>, Error> {
        let parts = self.pool.map(rows.len().div_ceil(PART), |part| {
            let rows = &rows[part * PART..((part + 1) * PART).min(rows.len())];
            let Pruning { prepared, tree, blocks, meter, .. } = *self;
            prepared
                .benches
                .pruned
                .lend(|bench| prepared.level.run(Guess { prepared, tree, blocks, rows, meter, bench }))
        })?;
        Ok(parts.concat())
    }

    /// Measures the cost of pruning on a sample of the rows: starting from the panels of their last units, if known,
    /// and starting from a guess.
    pub fn plan(&self, rows: &[u32], last: Option<&Sorted>) -> Result<Plan, Error> {
        let count = (rows.len() / TRIED_SHARE).clamp(TRIED_LEAST, TRIED_MOST).min(rows.len());
        let features = self.prepared.frame.features;
        let quiet = Pruning { meter: &self.meter.silent(), ..*self };
        let mut plans = vec![(1.0, Plan::Brute)];
        let tried: Vec<u32> = match last {
            // Runs of the order that the work would have, so that rows of a batch are as near as they would be.
            Some(Sorted { panels, order }) => {
                let runs = count.div_ceil(TRIED_TOGETHER);
                let firsts = (0..runs)
                    .map(|run| run * (rows.len() - TRIED_TOGETHER.min(rows.len())) / runs.max(2).saturating_sub(1));
                let places: Vec<usize> = firsts
                    .flat_map(|first| order[first..].iter().take(TRIED_TOGETHER))
                    .map(|&at| at as usize)
                    .collect();
                let tried: Vec<u32> = places.iter().map(|&at| rows[at]).collect();
                let guess =
                    Sorted::by(self.blocks, places.iter().map(|&at| panels[at]).collect(), features, self.pool)?;
                plans.push((self.share(quiet.run(&tried, &guess)?.1), Plan::FromLast));
                tried
            }
            None => rows.iter().copied().step_by((rows.len() / count).max(1)).collect(),
        };
        let guess = Sorted::by(self.blocks, quiet.guess(&tried)?, features, self.pool)?;
        // One product of three.
        let guessing =
            (self.tree.blocks.facts.len() + 2) as f64 * self.patch() / 3.0 / self.prepared.panels.count() as f64;
        plans.push((self.share(quiet.run(&tried, &guess)?.1) + guessing, Plan::FromGuess));
        Ok(plans.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map_or(Plan::Brute, |(_, plan)| plan))
    }

    /// A cost as a share of that of brute force.
    pub fn share(&self, cost: Cost) -> f64 {
        let whole = (cost.batches.max(1) * self.prepared.panels.count() as u64) as f64;
        ALONE * (cost.panels as f64 + self.patch() * cost.patches as f64) / whole
    }

    fn patch(&self) -> f64 {
        if self.prepared.panels.form == Form::Pairs { PATCH_BESIDE_PAIRS } else { PATCH }
    }

    /// Matches complete rows, each with a guess.
    pub fn run(&self, rows: &[u32], Sorted { panels, order }: &Sorted) -> Result<(Parts, Cost), Error> {
        self.prepared.count_compared();
        let parts = self.pool.map(order.len().div_ceil(PART), |part| {
            let Pruning { prepared, tree, blocks, meter, .. } = *self;
            let part = &order[part * PART..((part + 1) * PART).min(order.len())];
            let own: Vec<u32> = part.iter().map(|&at| rows[at as usize]).collect();
            let guess: Vec<u32> = part.iter().map(|&at| panels[at as usize]).collect();
            let (rows, guess, of) = (&own[..], &guess[..], order.len());
            prepared
                .benches
                .pruned
                .lend(|bench| prepared.level.run(Pruned { prepared, tree, blocks, rows, guess, of, meter, bench }))
        })?;
        let mut cost = Cost::default();
        let found = parts.into_iter().map(|(found, part)| {
            cost += part;
            found
        });
        Ok((found.collect(), cost))
    }
}

/// Matches complete rows by patches. `guess` is for each row of `rows` a panel in which its nearest unit may well be.
pub(crate) struct Pruned<'a> {
    pub prepared: &'a Prepared<'a>,
    pub tree: &'a Tree,
    pub blocks: &'a Blocks,
    pub rows: &'a [u32],
    pub guess: &'a [u32],
    /// How many rows all parts have.
    pub of: usize,
    pub meter: &'a Meter<'a>,
    pub bench: &'a mut Bench,
}

/// Memory for a part.
#[derive(Default)]
pub(crate) struct Bench {
    batch: Batch,
    unproven: Vec<u32>,
    scratch: Vec<f32>,
    /// For each panel the last round in which it was met.
    seen: Vec<u32>,
    /// For each panel of blocks the squared distances of each sample.
    block_squares: Vec<[Line; MAX_TILE]>,
    near: Vec<Near>,
    panels: Vec<u32>,
}

/// A block within reach: its least excess over the samples of a batch, and what sticks out of its patch, or the radius
/// of its ball.
struct Near {
    excess: f32,
    block: u32,
    epsilon: f32,
}

/// How often a batch of samples met a panel of units, or a panel of patches.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub batches: u64,
    pub panels: u64,
    pub patches: u64,
}

impl std::ops::AddAssign for Cost {
    fn add_assign(&mut self, other: Cost) {
        self.batches += other.batches;
        self.panels += other.panels;
        self.patches += other.patches;
    }
}

impl Job for Pruned<'_> {
    /// The cost of the part.
    type Output = Result<(Vec<Found>, Cost), Error>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Self::Output {
        let (prepared, tree, blocks) = (self.prepared, self.tree, self.blocks);
        let Bench { batch, unproven, scratch, seen, block_squares, near, panels } = self.bench;
        let worth = prepared.worth_comparing().min(COMPARED_MOST);
        let (mut found, mut cost) = (Vec::with_capacity(self.rows.len()), Cost::default());
        batch.ready(prepared, false);
        let form = prepared.panels.form;
        unproven.clear();
        seen.clear();
        seen.resize(prepared.panels.count(), 0);
        block_squares.resize(blocks.panels.len().div_ceil(LINE), [Line([0.0; LINE]); MAX_TILE]);
        let mut unused = [Line([0.0; LINE]); MAX_TILE];
        for (round, (rows, guess)) in self.rows.chunks(L::TILE).zip(self.guess.chunks(L::TILE)).enumerate() {
            self.meter.check()?;
            Batch::expect(prepared, self.rows.chunks(L::TILE).nth(round + 1).unwrap_or_default());
            let round = round as u32 + 1;
            batch.pack::<L>(prepared, rows, scratch, unproven);
            let squares = batch.squares::<L>(tree, prepared);
            cost.batches += 1;

            panels.clear();
            for &panel in guess {
                if seen[panel as usize] != round {
                    seen[panel as usize] = round;
                    panels.push(panel);
                }
            }
            batch.scan::<L>(prepared, panels);
            cost.panels += panels.len() as u64;
            panels.clear();

            let mut radius = batch.radius::<L>();
            near.clear();
            for (p, out) in block_squares.iter_mut().enumerate() {
                let Excess { least, by_ball } = batch.bounds::<L, true>(&tree.blocks, p, form, &squares, &radius, out);
                let facts = &tree.blocks.facts[p];
                let epsilon = if by_ball { &facts.ball } else { &facts.epsilon };
                let mut within = L::within(&least, 0.0);
                while within != 0 {
                    let i = within.trailing_zeros() as usize;
                    within &= within - 1;
                    near.push(Near { excess: least.0[i], block: (p * LINE + i) as u32, epsilon: epsilon.0[i] });
                }
            }
            cost.patches += block_squares.len() as u64;
            near.retain(|near| (near.block as usize) < blocks.panels.len());
            near.sort_unstable_by(|a, b| a.excess.total_cmp(&b.excess));
            let mut narrowed = false;
            for (n, &Near { block, epsilon, .. }) in near.iter().enumerate() {
                let (p, i) = (block as usize / LINE, block as usize % LINE);
                let outside = |lane: usize| {
                    let reach = radius[lane] + epsilon;
                    block_squares[p][lane].0[i] > reach * reach
                };
                if !narrowed || !(0..L::TILE).all(outside) {
                    let Excess { least, .. } =
                        batch.bounds::<L, false>(&tree.panels, block as usize, form, &squares, &radius, &mut unused);
                    cost.patches += 1;
                    let mut within = L::within(&least, 0.0);
                    while within != 0 {
                        let panel = blocks.panels[block as usize][within.trailing_zeros() as usize];
                        within &= within - 1;
                        if panel != NO_PANEL && seen[panel as usize] != round {
                            seen[panel as usize] = round;
                            panels.push(panel);
                        }
                    }
                }
                // A few blocks' panels together: the tile takes them two at a time, and the radius hardly changes from
                // block to block.
                if panels.len() >= TOGETHER || n + 1 == near.len() {
                    batch.scan::<L>(prepared, panels);
                    cost.panels += panels.len() as u64;
                    panels.clear();
                    radius = batch.radius::<L>();
                    narrowed = true;
                }
            }
            batch.finish::<L>(prepared, &mut found);
            prepared.note_compared(std::mem::take(&mut batch.compared), self.of, worth);
            if prepared.is_too_coarse() {
                break;
            }
        }
        for &row in unproven.iter() {
            self.meter.check()?;
            found.push(prepared.by_definition(row));
        }
        self.meter.advance(self.rows.len() as u64)?;
        Ok((found, cost))
    }
}

/// Where more units of a row than these are compared by the definition, integers no longer spare anything beside the
/// few panels that are met.
const COMPARED_MOST: usize = 64;

/// How many panels are scored together.
const TOGETHER: usize = 6;

/// Guesses for each row a panel: that of the patch with the nearest centre, in the block with the nearest centre.
pub(crate) struct Guess<'a> {
    pub prepared: &'a Prepared<'a>,
    pub tree: &'a Tree,
    pub blocks: &'a Blocks,
    pub rows: &'a [u32],
    pub meter: &'a Meter<'a>,
    pub bench: &'a mut Bench,
}

impl Job for Guess<'_> {
    type Output = Result<Vec<u32>, Error>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Self::Output {
        let (prepared, tree) = (self.prepared, self.tree);
        let Bench { batch, unproven, scratch, .. } = self.bench;
        batch.ready(prepared, false);
        let form = prepared.panels.form;
        unproven.clear();
        let mut out = [Line([0.0; LINE]); MAX_TILE];
        let mut guesses = Vec::with_capacity(self.rows.len());
        for (n, rows) in self.rows.chunks(L::TILE).enumerate() {
            self.meter.check()?;
            Batch::expect(prepared, self.rows.chunks(L::TILE).nth(n + 1).unwrap_or_default());
            batch.pack::<L>(prepared, rows, scratch, unproven);
            let squares = batch.squares::<L>(tree, prepared);
            let (mut least, mut at) = ([Line([f32::INFINITY; LINE]); MAX_TILE], [[0u32; LINE]; MAX_TILE]);
            for p in 0..tree.blocks.facts.len() {
                batch.centres::<L>(&tree.blocks, p, form, &squares, &mut out);
                for ((Line(least), at), Line(found)) in least.iter_mut().zip(&mut at).zip(&out).take(L::TILE) {
                    turn_by_turn();
                    for i in 0..LINE {
                        let less = found[i] < least[i];
                        least[i] = if less { found[i] } else { least[i] };
                        at[i] = if less { p as u32 } else { at[i] };
                    }
                }
            }
            for lane in 0..rows.len() {
                let i = place_of_least::<L>(&least[lane]);
                let block = at[lane][i] as usize * LINE + i;
                let block = if block < self.blocks.panels.len() { block } else { 0 };
                let panels = &self.blocks.panels[block];
                let panel = panels[batch.nearest_patch::<L>(&tree.panels, block, form, lane)];
                guesses.push(if panel == NO_PANEL { panels[0] } else { panel });
            }
        }
        Ok(guesses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::order::along_strips;
    use crate::testing::Random;

    #[test]
    fn every_row_has_one_place_and_rows_of_a_panel_come_together_within_a_stretch() {
        let blocks = Blocks::along(along_strips(8, 8), 8);
        let mut random = Random(4);
        let panels: Vec<u32> = (0..1000).map(|_| random.below(4) as u32).collect();
        // So many features that a stretch has 64 rows a panel.
        let pool = Pool::new(3).unwrap();
        let sorted = Sorted::by(&blocks, panels, STRETCH_NUMBERS, &pool).unwrap();
        for (stretch, order) in sorted.order.chunks(4 * ROWS_A_PANEL).enumerate() {
            let first = (stretch * 4 * ROWS_A_PANEL) as u32;
            let mut rows = order.to_vec();
            rows.sort_unstable();
            assert!(rows.into_iter().eq(first..first + order.len() as u32));
            assert_eq!(order.chunk_by(|&a, &b| sorted.panels[a as usize] == sorted.panels[b as usize]).count(), 4);
        }
    }
}
