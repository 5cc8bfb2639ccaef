//! Every sample against the patches of the codebook, and against the units of those patches alone that could hold its nearest.

use super::panels::Form;
use super::plain::Found;
use super::prepared::{Batch, Prepared};
use super::tree::{Blocks, NO_PANEL, Tree};
use crate::error::Error;
use crate::parallel::Pool;
use crate::simd::kernel::lowest_of;
use crate::simd::{Job, LINE, Lanes, Line, MAX_TILE};
use crate::watch::Meter;

/// What the steps of pruned matching share.
pub(crate) struct Pruning<'a> {
    pub prepared: &'a Prepared<'a>,
    pub tree: &'a Tree,
    pub blocks: &'a Blocks,
    /// Whether to go by last units without trying a guess, as long as that is better than brute force.
    pub trusts_last: bool,
    pub meter: &'a Meter<'a>,
    pub pool: &'a Pool,
}

/// Rows of a part of the work.
const PART: usize = 14 * 24;

/// How to go on, as a sample of the rows shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    Brute,
    /// Each row starts from the panel of its last unit.
    FromLast,
    /// Each row starts from a panel that its bounds make likely.
    FromGuess,
}

/// What a panel of patches costs, in panels of units: three products a feature, and their bounds. Panels of units in pairs cost less.
const PATCH: f64 = 3.3;
const PATCH_BESIDE_PAIRS: f64 = 5.0;
/// How much more a panel costs that is met by itself than one met in a row of them.
const ALONE: f64 = 1.5;
/// Rows that are tried: a share of all, within limits.
const TRIED_SHARE: usize = 64;
const TRIED_LEAST: usize = 14 * 32;
const TRIED_MOST: usize = 14 * 128;
/// Neighbours in the order of the work that are tried together.
const TRIED_TOGETHER: usize = 14 * 4;

/// Parts of the work: each its rows and their nearest units.
pub(crate) type Parts = Vec<Vec<Found>>;

impl Pruning<'_> {
    /// For each row a panel in which its nearest unit may well be: first a block each, then, block by block, a panel.
    pub fn guess(&self, rows: &[u32]) -> Result<Vec<u32>, Error> {
        let blocks = self.guess_within(rows, None)?;
        let firsts: Vec<u32> = blocks.iter().map(|&block| self.blocks.panels[block as usize][0]).collect();
        let order = self.blocks.together(&firsts);
        let sorted: Vec<u32> = order.iter().map(|&at| rows[at as usize]).collect();
        let blocks: Vec<u32> = order.iter().map(|&at| blocks[at as usize]).collect();
        let panels = self.guess_within(&sorted, Some(&blocks))?;
        let mut guess = vec![0; rows.len()];
        order.iter().zip(&panels).for_each(|(&at, &panel)| guess[at as usize] = panel);
        Ok(guess)
    }

    /// Tries what pruning would cost on a sample of the rows: from the panels of their last units, where known, and from a guess.
    pub fn plan(&self, rows: &[u32], last: Option<&[u32]>) -> Result<Plan, Error> {
        let count = (rows.len() / TRIED_SHARE).clamp(TRIED_LEAST, TRIED_MOST).min(rows.len());
        let quiet = Pruning { meter: &self.meter.silent(), ..*self };
        let mut plans = vec![(1.0, Plan::Brute)];
        let tried: Vec<u32> = match last {
            // Runs of the order that the work would have, so that rows of a batch are as near as they would be.
            Some(last) => {
                let order = self.blocks.together(last);
                let runs = count.div_ceil(TRIED_TOGETHER);
                let firsts = (0..runs)
                    .map(|run| run * (rows.len() - TRIED_TOGETHER.min(rows.len())) / runs.max(2).saturating_sub(1));
                let places: Vec<usize> = firsts
                    .flat_map(|first| order[first..].iter().take(TRIED_TOGETHER))
                    .map(|&at| at as usize)
                    .collect();
                let tried: Vec<u32> = places.iter().map(|&at| rows[at]).collect();
                let guess: Vec<u32> = places.iter().map(|&at| last[at]).collect();
                let share = self.share(quiet.run(&tried, &guess)?.1);
                if self.trusts_last && share < 1.0 {
                    return Ok(Plan::FromLast);
                }
                plans.push((share, Plan::FromLast));
                tried
            }
            None => rows.iter().copied().step_by((rows.len() / count).max(1)).collect(),
        };
        let guess = quiet.guess(&tried)?;
        let guessing = (self.tree.blocks.facts.len() + 2) as f64 * self.patch() / self.prepared.panels.count() as f64;
        plans.push((self.share(quiet.run(&tried, &guess)?.1) + guessing, Plan::FromGuess));
        Ok(plans.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map_or(Plan::Brute, |(_, plan)| plan))
    }

    /// A cost as a share of that of brute force.
    fn share(&self, cost: Cost) -> f64 {
        let whole = (cost.batches.max(1) * self.prepared.panels.count() as u64) as f64;
        ALONE * (cost.panels as f64 + self.patch() * cost.patches as f64) / whole
    }

    fn patch(&self) -> f64 {
        if self.prepared.panels.form == Form::Pairs { PATCH_BESIDE_PAIRS } else { PATCH }
    }

    fn guess_within(&self, rows: &[u32], blocks: Option<&[u32]>) -> Result<Vec<u32>, Error> {
        let parts = self.pool.map(rows.len().div_ceil(PART), |part| {
            let range = part * PART..((part + 1) * PART).min(rows.len());
            let Pruning { prepared, tree, blocks: all, meter, .. } = *self;
            let block = blocks.map(|blocks| &blocks[range.clone()]);
            prepared.benches.pruned.lend(|bench| {
                prepared.level.run(Guess { prepared, tree, blocks: all, rows: &rows[range], block, meter, bench })
            })
        })?;
        Ok(parts.concat())
    }

    /// Matches complete rows, for each of which there is a guess.
    pub fn run(&self, rows: &[u32], guess: &[u32]) -> Result<(Parts, Cost), Error> {
        let order = self.blocks.together(guess);
        let sorted: Vec<u32> = order.iter().map(|&at| rows[at as usize]).collect();
        let guess: Vec<u32> = order.iter().map(|&at| guess[at as usize]).collect();
        let parts = self.pool.map(sorted.len().div_ceil(PART), |part| {
            let range = part * PART..((part + 1) * PART).min(sorted.len());
            let Pruning { prepared, tree, blocks, meter, .. } = *self;
            let (rows, guess) = (&sorted[range.clone()], &guess[range]);
            prepared
                .benches
                .pruned
                .lend(|bench| prepared.level.run(Pruned { prepared, tree, blocks, rows, guess, meter, bench }))
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
    near: Vec<(f32, u32)>,
    panels: Vec<u32>,
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
    /// And what the part cost.
    type Output = Result<(Vec<Found>, Cost), Error>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Self::Output {
        let (prepared, tree, blocks) = (self.prepared, self.tree, self.blocks);
        let Bench { batch, unproven, scratch, seen, block_squares, near, panels } = self.bench;
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
                let excess = batch.bounds::<L, true>(&tree.blocks, p, form, &squares, &radius, out);
                let mut within = (0..LINE).fold(0u32, |bits, i| bits | (u32::from(excess.0[i] <= 0.0) << i));
                while within != 0 {
                    let i = within.trailing_zeros() as usize;
                    within &= within - 1;
                    near.push((excess.0[i], (p * LINE + i) as u32));
                }
            }
            cost.patches += block_squares.len() as u64;
            near.retain(|&(_, block)| (block as usize) < blocks.panels.len());
            near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let mut narrowed = false;
            for (n, &(_, block)) in near.iter().enumerate() {
                let (p, i) = (block as usize / LINE, block as usize % LINE);
                let epsilon = tree.blocks.facts[p].epsilon.0[i];
                let outside = |lane: usize| {
                    let reach = (radius[lane] + epsilon).max(0.0);
                    block_squares[p][lane].0[i] > reach * reach
                };
                if !narrowed || !(0..L::TILE).all(outside) {
                    let excess =
                        batch.bounds::<L, false>(&tree.panels, block as usize, form, &squares, &radius, &mut unused);
                    cost.patches += 1;
                    for (&excess, &panel) in excess.0.iter().zip(&blocks.panels[block as usize]) {
                        if excess <= 0.0 && panel != NO_PANEL && seen[panel as usize] != round {
                            seen[panel as usize] = round;
                            panels.push(panel);
                        }
                    }
                }
                // A few blocks' panels together: the tile takes them two at a time, and the radius hardly changes from block to block.
                if panels.len() >= TOGETHER || n + 1 == near.len() {
                    batch.scan::<L>(prepared, panels);
                    cost.panels += panels.len() as u64;
                    panels.clear();
                    radius = batch.radius::<L>();
                    narrowed = true;
                }
            }
            batch.finish(prepared, &mut found);
            prepared.note_compared(batch.compared, found.len());
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

/// Panels that are met together.
const TOGETHER: usize = 6;

/// Guesses for each row a panel: that of the nearest patch in the nearest block.
pub(crate) struct Guess<'a> {
    pub prepared: &'a Prepared<'a>,
    pub tree: &'a Tree,
    pub blocks: &'a Blocks,
    pub rows: &'a [u32],
    /// Where the blocks are known by now: for each row one, and a panel in it is wanted. Else a block is wanted.
    pub block: Option<&'a [u32]>,
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
        let anywhere = [0.0; MAX_TILE];
        let mut guesses = Vec::with_capacity(self.rows.len());
        for (n, rows) in self.rows.chunks(L::TILE).enumerate() {
            self.meter.check()?;
            Batch::expect(prepared, self.rows.chunks(L::TILE).nth(n + 1).unwrap_or_default());
            batch.pack::<L>(prepared, rows, scratch, unproven);
            let squares = batch.squares::<L>(tree, prepared);
            let mut nearest = [0u32; MAX_TILE];
            match self.block {
                None => {
                    let mut least = [(Line([f32::INFINITY; LINE]), [0u32; LINE]); MAX_TILE];
                    for p in 0..tree.blocks.facts.len() {
                        batch.bounds::<L, true>(&tree.blocks, p, form, &squares, &anywhere, &mut out);
                        for ((least, at), found) in least.iter_mut().zip(&out).take(rows.len()) {
                            for ((least, at), &found) in least.0.iter_mut().zip(at).zip(&found.0) {
                                let less = found < *least;
                                *least = if less { found } else { *least };
                                *at = if less { p as u32 } else { *at };
                            }
                        }
                    }
                    for (nearest, (least, at)) in nearest.iter_mut().zip(&least).take(rows.len()) {
                        let i = place_of_least(least);
                        let block = at[i] as usize * LINE + i;
                        *nearest = if block < self.blocks.panels.len() { block as u32 } else { 0 };
                    }
                }
                Some(blocks) => {
                    let blocks = &blocks[n * L::TILE..][..rows.len()];
                    let mut done = None;
                    for &block in blocks {
                        if done == Some(block) {
                            continue;
                        }
                        done = Some(block);
                        batch.bounds::<L, true>(&tree.panels, block as usize, form, &squares, &anywhere, &mut out);
                        for (lane, nearest) in
                            nearest.iter_mut().enumerate().take(rows.len()).filter(|(lane, _)| blocks[*lane] == block)
                        {
                            let panel = self.blocks.panels[block as usize][place_of_least(&out[lane])];
                            *nearest = if panel == NO_PANEL { self.blocks.panels[block as usize][0] } else { panel };
                        }
                    }
                }
            }
            guesses.extend_from_slice(&nearest[..rows.len()]);
        }
        Ok(guesses)
    }
}

/// The first place of the least number of a line; the first of all where none is less than infinity.
#[inline(always)]
fn place_of_least(line: &Line) -> usize {
    let lowest = lowest_of(line);
    let equal = (0..LINE).fold(0u32, |bits, i| bits | (u32::from(line.0[i] <= lowest) << i));
    (equal.trailing_zeros() as usize).min(LINE - 1)
}
