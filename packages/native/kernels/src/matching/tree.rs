//! Patches of the codebook, in two levels: the sixteen units of a panel, and up to sixteen neighbouring panels of the
//! lattice.
//!
//! A trained map is a smooth surface: a flat rectangle encloses sixteen neighbouring prototypes more tightly than a
//! ball or a box. So a patch is a centre, two directions with half lengths α and β, and ε for what lies outside of
//! those.

use super::frame::{Frame, dot};
use super::pairs;
use super::panels::{Form, NO_UNIT, Panels, side_by_side};
use crate::error::Error;
use crate::pages;
use crate::parallel::Pool;
use crate::simd::kernel::{PatchFacts, Patches};
use crate::simd::{Job, LINE, Lanes, Level, Line, turn_by_turn};

/// Which units make a panel, and which panels make a super-patch.
pub(crate) struct Blocks {
    /// The unit in each lane of each panel; `NO_UNIT` in lanes that are left empty.
    pub order: Vec<u32>,
    pub panels: Vec<[u32; LINE]>,
    /// The block of each panel.
    pub of_panel: Vec<u32>,
    /// The panel of each unit.
    pub of_unit: Vec<u32>,
}

/// Stands in a place without a panel.
pub(crate) const NO_PANEL: u32 = u32::MAX;
const STRIP: usize = 4;
const BLOCK_STRIPS: usize = 4;

impl Blocks {
    /// Blocks of the panels of a lattice whose units are packed along strips of four rows: the panels of four strips,
    /// sixteen at a time along them.
    pub fn along(order: Vec<u32>, columns: usize) -> Blocks {
        let mut places: Vec<(usize, usize, usize, u32)> = order
            .chunks(LINE)
            .enumerate()
            .map(|(panel, units)| {
                let strip = units[0] as usize / columns / STRIP;
                let column: usize = units.iter().map(|&unit| unit as usize % columns).sum::<usize>() / units.len();
                (strip / BLOCK_STRIPS, column, strip, panel as u32)
            })
            .collect();
        places.sort_unstable();
        let mut of_unit = vec![0; order.len()];
        for (slot, &unit) in order.iter().enumerate() {
            of_unit[unit as usize] = (slot / LINE) as u32;
        }
        let mut blocks = Blocks { order, panels: Vec::new(), of_panel: vec![0; places.len()], of_unit };
        for row in places.chunk_by(|a, b| a.0 == b.0) {
            for block in row.chunks(LINE) {
                let mut panels = [NO_PANEL; LINE];
                for (place, &(.., panel)) in panels.iter_mut().zip(block) {
                    *place = panel;
                    blocks.of_panel[panel as usize] = blocks.panels.len() as u32;
                }
                blocks.panels.push(panels);
            }
        }
        blocks
    }

    /// A block of each group of at most 256 units.
    pub fn of_groups(groups: &[Vec<u32>]) -> Blocks {
        let mut of_unit = vec![0; groups.iter().map(Vec::len).sum()];
        let (mut order, mut panels, mut of_panel) = (Vec::new(), Vec::new(), Vec::new());
        for (block, group) in groups.iter().enumerate() {
            let mut own = [NO_PANEL; LINE];
            for (place, units) in own.iter_mut().zip(group.chunks(LINE)) {
                *place = of_panel.len() as u32;
                units.iter().for_each(|&unit| of_unit[unit as usize] = *place);
                order.extend(units);
                order.resize(order.len().next_multiple_of(LINE), NO_UNIT);
                of_panel.push(block as u32);
            }
            panels.push(own);
        }
        Blocks { order, panels, of_panel, of_unit }
    }

    /// The panel of a unit; the first panel if there is no unit.
    pub fn panel_of_unit(&self, unit: i32) -> u32 {
        usize::try_from(unit).map_or(0, |unit| self.of_unit[unit])
    }

    /// Positions of rows, those with equal keys, or with panels of one block, next to each other: a counting sort.
    pub fn together(&self, guess: &[u32]) -> Vec<u32> {
        let mut rank = vec![0u32; self.of_panel.len()];
        let panels = self.panels.iter().flatten().filter(|panel| **panel != NO_PANEL);
        panels.enumerate().for_each(|(at, &panel)| rank[panel as usize] = at as u32);
        let mut next = vec![0u32; rank.len() + 1];
        guess.iter().for_each(|&panel| next[rank[panel as usize] as usize + 1] += 1);
        for i in 1..next.len() {
            next[i] += next[i - 1];
        }
        let mut order = vec![0u32; guess.len()];
        for (row, &panel) in guess.iter().enumerate() {
            let at = &mut next[rank[panel as usize] as usize];
            order[*at as usize] = row as u32;
            *at += 1;
        }
        order
    }
}

/// The patches of a codebook.
pub(crate) struct Tree {
    /// One panel of patches a block: its panels.
    pub panels: Patches,
    /// The blocks, sixteen per panel.
    pub blocks: Patches,
    /// The largest norm of a centre, and the largest α + β.
    pub centre: f64,
    pub reach: f64,
    /// The largest error of rounding to pairs, of a centre and of a direction. 0 without pairs.
    pub centre_error: f64,
    pub direction_error: f64,
}

impl Tree {
    /// Fits patches to the prototypes in `frame`.
    pub fn of(
        frame: &Frame,
        codebook: &[f32],
        panels: &Panels,
        blocks: &Blocks,
        level: Level,
        pool: &Pool,
    ) -> Result<Tree, Error> {
        let form = panels.form;
        let depth = form.lines(frame.features);
        let count = blocks.panels.len();
        let mut inner = empty(depth, count);
        let mut parts: Vec<_> =
            inner.lines.chunks_mut(3 * depth).zip(&mut inner.facts).map(|part| (part, None)).collect();
        pool.chunks(&mut parts, 1, |block, part| {
            let ((lines, facts), outer) = &mut part[0];
            *outer = Some(level.run(Fit { frame, codebook, panels, block: &blocks.panels[block], lines, facts }));
            Ok(())
        })?;
        let mut outers: Vec<Fitted> = parts.into_iter().filter_map(|(_, outer)| outer).collect();
        let mut outer = empty(depth, count.div_ceil(LINE));
        for (i, fitted) in outers.iter_mut().enumerate() {
            let lines = &mut outer.lines[i / LINE * 3 * depth..][..3 * depth];
            let errors = fitted.patch.write(form, lines, &mut outer.facts[i / LINE], i % LINE);
            fitted.take(errors);
        }
        let largest = |of: fn(&Fitted) -> f64| outers.iter().map(of).fold(0.0, f64::max);
        Ok(Tree {
            panels: inner,
            blocks: outer,
            centre: largest(|f| f.centre),
            reach: largest(|f| f.reach),
            centre_error: largest(|f| f.errors.0),
            direction_error: largest(|f| f.errors.1),
        })
    }
}

fn empty(depth: usize, panels: usize) -> Patches {
    let zero = Line([0.0; LINE]);
    // Far from all samples.
    let far = Line([FAR; LINE]);
    let (seeds, scales) = ([far, zero, zero], [zero; 3]);
    let facts = PatchFacts { seeds, scales, alpha: zero, beta: zero, epsilon: zero, ball: zero };
    Patches { depth, lines: pages::filled(zero, panels * 3 * depth), facts: vec![facts; panels] }
}

/// Half a squared distance beyond those that bounds are good for.
const FAR: f32 = 1e35;

struct Fitted {
    patch: Patch,
    centre: f64,
    reach: f64,
    /// Of the centres and of the directions.
    errors: (f64, f64),
}

impl Fitted {
    fn take(&mut self, (centre, direction): (f64, f64)) {
        self.errors = (self.errors.0.max(centre), self.errors.1.max(direction));
    }
}

/// Fits the patches of one block: of its panels and of the whole.
struct Fit<'a> {
    frame: &'a Frame,
    codebook: &'a [f32],
    panels: &'a Panels,
    block: &'a [u32; LINE],
    lines: &'a mut [Line],
    facts: &'a mut PatchFacts,
}

impl Job for Fit<'_> {
    type Output = Fitted;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Fitted {
        let depth = self.frame.features;
        let mut vectors = Vec::with_capacity(LINE * LINE * depth);
        let mut columns = Vec::with_capacity(LINE * depth);
        let (mut centre, mut reach, mut errors) = (0.0f64, 0.0f64, (0.0f64, 0.0f64));
        for (lane, &panel) in self.block.iter().enumerate().filter(|(_, panel)| **panel != NO_PANEL) {
            let from = vectors.len();
            vectors.resize(from + LINE * depth, 0.0);
            let units = &self.panels.units[panel as usize * LINE..(panel as usize + 1) * LINE];
            for (&unit, vector) in units.iter().zip(vectors[from..].chunks_exact_mut(depth)) {
                // A lane without a unit repeats the first unit.
                let unit = if unit == NO_UNIT { units[0] } else { unit };
                self.frame.prototype(&self.codebook[unit as usize * depth..][..depth], vector);
            }
            add_side_by_side::<L>(&vectors[from..], depth, &mut columns);
            let patch = Patch::around::<L>(&vectors[from..], &columns[from / LINE..], depth);
            let (of_centre, of_direction) = patch.write(self.panels.form, self.lines, self.facts, lane);
            errors = (errors.0.max(of_centre), errors.1.max(of_direction));
            centre = centre.max(patch.norm);
            reach = reach.max(patch.alpha + patch.beta);
        }
        let patch = Patch::around::<L>(&vectors, &columns, depth);
        Fitted { centre: centre.max(patch.norm), reach: reach.max(patch.alpha + patch.beta), errors, patch }
    }
}

struct Patch {
    centre: Vec<f32>,
    u: Vec<f32>,
    v: Vec<f32>,
    alpha: f64,
    beta: f64,
    epsilon: f64,
    norm: f64,
}

/// A little more than 1, for values that must not be rounded down.
const UP: f64 = 1.0 + 1e-6;
/// More than 1 by more than what bounds are rounded by in f32, for distances that are squared there.
pub(super) const REACH: f64 = 1.0 + 3e-6;

impl Patch {
    /// The patch around vectors, along the two directions in which they extend most, nearly. A multiple of sixteen of
    /// them, one after the other; and the same ones side by side.
    #[inline(always)]
    fn around<L: Lanes>(vectors: &[f32], columns: &[[f32; LINE]], depth: usize) -> Patch {
        let count = vectors.len() / depth;
        let mut centre = vec![0.0f32; depth];
        for vectors in vectors.chunks_exact(LINE * depth) {
            add_all(vectors, &[1.0 / count as f32; LINE], &mut centre);
        }
        // A subset is enough to find the directions of a few hundred vectors.
        let shown = SHOWN.min(count);
        let mut spread = Spread::of::<L>(shown, |at| &vectors[at * count / shown * depth..][..depth], &centre);
        let u = spread.leading();
        spread.take_out(&u);
        let v = spread.leading();

        // From here on everything is computed from the rounded vectors of the patch, so bounds hold however those were
        // rounded.
        let (mut along, mut across) = (Range::default(), Range::default());
        for columns in columns.chunks_exact(depth) {
            let (a, b) = places(columns, &centre, &u, &v);
            a.iter().for_each(|&a| along.take(a));
            b.iter().for_each(|&b| across.take(b));
        }
        let (a, b) = (along.middle() as f32, across.middle() as f32);
        centre.iter_mut().zip(&u).zip(&v).for_each(|((c, u), v)| *c += a * u + b * v);
        let (mut alpha, mut beta, mut epsilon) = (0.0f64, 0.0f64, 0.0f64);
        for columns in columns.chunks_exact(depth) {
            let (a, b) = places(columns, &centre, &u, &v);
            let left = left_over(columns, &centre, &u, &v, &a, &b);
            for i in 0..LINE {
                alpha = alpha.max(a[i].abs());
                beta = beta.max(b[i].abs());
                epsilon = epsilon.max(left[i]);
            }
        }
        let norm = dot(&centre, &centre).sqrt();
        // A tenth of a millionth of the norm is more than left_over's own rounding.
        Patch { centre, u, v, alpha: alpha * UP, beta: beta * UP, epsilon: epsilon.sqrt() * UP + norm * 1e-12, norm }
    }

    /// Writes the patch in a lane; gives what rounding to pairs took away, of the centre and of the directions.
    fn write(&self, form: Form, lines: &mut [Line], facts: &mut PatchFacts, lane: usize) -> (f64, f64) {
        let (centres, directions) = lines.split_at_mut(lines.len() / 3);
        let mut errors = [0.0f64; 3];
        for (k, vector) in [&self.centre, &self.u, &self.v].into_iter().enumerate() {
            let mut written = Vec::new();
            let numbers = match form {
                Form::Floats => &vector[..],
                Form::Pairs => {
                    let scale = pairs::scale_for(dot(vector, vector).sqrt(), pairs::top_of(vector));
                    written.resize(pairs::count(vector.len()), 0.0);
                    errors[k] = pairs::write(vector, scale, &mut written);
                    facts.scales[k].0[lane] = scale;
                    &written
                }
            };
            match k {
                0 => centres.iter_mut().zip(numbers).for_each(|(line, &c)| line.0[lane] = c),
                _ => directions[k - 1..].iter_mut().step_by(2).zip(numbers).for_each(|(line, &u)| line.0[lane] = u),
            }
        }
        // |a·u + b·v|² is a² + b² except for this much, u and v being rounded.
        let (alpha, beta) = (self.alpha, self.beta);
        let skew = alpha * alpha * (dot(&self.u, &self.u) - 1.0).abs()
            + beta * beta * (dot(&self.v, &self.v) - 1.0).abs()
            + 2.0 * alpha * beta * dot(&self.u, &self.v).abs();
        let skew = skew * UP + (alpha + beta) * (alpha + beta) * 1e-12;
        facts.seeds[0].0[lane] = ((self.norm * self.norm - skew) / 2.0) as f32;
        facts.seeds[1].0[lane] = dot(&self.centre, &self.u) as f32;
        facts.seeds[2].0[lane] = dot(&self.centre, &self.v) as f32;
        facts.alpha.0[lane] = (self.alpha * UP) as f32;
        facts.beta.0[lane] = (self.beta * UP) as f32;
        facts.epsilon.0[lane] = (self.epsilon * REACH + f64::from(f32::MIN_POSITIVE)) as f32;
        let ball = (alpha * alpha + beta * beta + skew).sqrt() + self.epsilon;
        facts.ball.0[lane] = (ball * REACH + f64::from(f32::MIN_POSITIVE)) as f32;
        (errors[0], errors[1].max(errors[2]))
    }
}

struct Range(f64, f64);

impl Default for Range {
    fn default() -> Range {
        Range(f64::INFINITY, f64::NEG_INFINITY)
    }
}

impl Range {
    fn take(&mut self, x: f64) {
        self.0 = self.0.min(x);
        self.1 = self.1.max(x);
    }

    fn middle(&self) -> f64 {
        (self.0 + self.1) / 2.0
    }
}

/// The largest number of vectors used to find the directions in which all extend.
const SHOWN: usize = 2 * LINE;

/// Vectors seen from their centre, one after the other as well as side by side: sums over vectors, and sums over
/// features, need no moving of lanes.
pub(super) struct Spread {
    depth: usize,
    vectors: Vec<f32>,
    /// Sixteen vectors side by side, `depth` columns of them, and then the next sixteen.
    columns: Vec<[f32; LINE]>,
}

impl Spread {
    /// `count` vectors, and as many at the centre as the last sixteen lack.
    #[inline(always)]
    pub fn of<'a, L: Lanes>(count: usize, vector: impl Fn(usize) -> &'a [f32], centre: &[f32]) -> Spread {
        let depth = centre.len();
        let mut vectors = vec![0.0; count.next_multiple_of(LINE) * depth];
        for (at, from_centre) in vectors.chunks_exact_mut(depth).take(count).enumerate() {
            from_centre.iter_mut().zip(vector(at)).zip(centre).for_each(|((to, x), c)| *to = x - c);
        }
        let mut columns = Vec::with_capacity(vectors.len() / LINE);
        add_side_by_side::<L>(&vectors, depth, &mut columns);
        Spread { depth, vectors, columns }
    }

    /// The direction in which they extend most, by two rounds of power iteration; 0 where they do not extend.
    /// If it is inexact, only what is left gets larger; bounds still hold.
    #[inline(always)]
    pub fn leading(&self) -> Vec<f32> {
        let Spread { depth, vectors, columns } = self;
        let depth = *depth;
        let mut direction = vec![0.0f32; depth];
        let (mut longest, mut at) = (0.0f32, 0);
        for (group, columns) in columns.chunks_exact(depth).enumerate() {
            let mut squares = [0.0f32; LINE];
            for column in columns {
                for i in 0..LINE {
                    squares[i] += column[i] * column[i];
                }
            }
            for (lane, &square) in squares.iter().enumerate() {
                if square > longest {
                    (longest, at) = (square, group * LINE + lane);
                }
            }
        }
        if longest <= f32::MIN_POSITIVE {
            return direction;
        }
        direction.copy_from_slice(&vectors[at * depth..][..depth]);
        let mut next = vec![0.0f32; depth];
        for _ in 0..2 {
            next.fill(0.0);
            for (columns, vectors) in columns.chunks_exact(depth).zip(vectors.chunks_exact(LINE * depth)) {
                let shares = along(columns, &direction).map(|share| share / longest);
                add_all(vectors, &shares, &mut next);
            }
            std::mem::swap(&mut direction, &mut next);
            normalise(&mut direction);
            longest = longest.max(f32::MIN_POSITIVE).sqrt();
        }
        direction
    }

    /// Removes a direction from the vectors.
    #[inline(always)]
    fn take_out(&mut self, direction: &[f32]) {
        let Spread { depth, vectors, columns } = self;
        let depth = *depth;
        // Twice: the second time removes what rounding left of the direction.
        for _ in 0..2 {
            for (columns, vectors) in columns.chunks_exact_mut(depth).zip(vectors.chunks_exact_mut(LINE * depth)) {
                let shares = along(columns, direction);
                for (column, &u) in columns.iter_mut().zip(direction) {
                    turn_by_turn();
                    for i in 0..LINE {
                        column[i] -= shares[i] * u;
                    }
                }
                for (vector, share) in vectors.chunks_exact_mut(depth).zip(shares) {
                    vector.iter_mut().zip(direction).for_each(|(x, &u)| *x -= share * u);
                }
            }
        }
    }
}

/// Adds sixteen vectors after sixteen, side by side.
#[inline(always)]
fn add_side_by_side<L: Lanes>(vectors: &[f32], depth: usize, columns: &mut Vec<[f32; LINE]>) {
    for vectors in vectors.chunks_exact(LINE * depth) {
        let from = columns.len();
        columns.resize(from + depth, [0.0; LINE]);
        side_by_side::<L, LINE>(&std::array::from_fn(|k| &vectors[k * depth..][..depth]), &mut columns[from..]);
    }
}

/// Adds to a sum a share of each of sixteen vectors.
#[inline(always)]
fn add_all(vectors: &[f32], shares: &[f32; LINE], sum: &mut [f32]) {
    let depth = sum.len();
    let (sums, rest) = sum.as_chunks_mut::<LINE>();
    for (at, sum) in sums.iter_mut().enumerate() {
        let mut line = *sum;
        for (k, &share) in shares.iter().enumerate() {
            let vector = &vectors[k * depth + at * LINE..][..LINE];
            for i in 0..LINE {
                line[i] += share * vector[i];
            }
        }
        *sum = line;
    }
    for (at, sum) in rest.iter_mut().enumerate() {
        let from = depth - depth % LINE + at;
        *sum = shares.iter().enumerate().fold(*sum, |sum, (k, &share)| sum + share * vectors[k * depth + from]);
    }
}

/// Products of sixteen vectors with one, in f32, for values that may be approximate.
#[inline(always)]
fn along(columns: &[[f32; LINE]], direction: &[f32]) -> [f32; LINE] {
    let mut sums = [0.0f32; LINE];
    for (column, &u) in columns.iter().zip(direction) {
        for i in 0..LINE {
            sums[i] += column[i] * u;
        }
    }
    sums
}

#[inline(always)]
fn normalise(x: &mut [f32]) {
    let length = dot(x, x).sqrt();
    let factor = if length > 0.0 { 1.0 / length } else { 0.0 };
    x.iter_mut().for_each(|x| *x = (f64::from(*x) * factor) as f32);
}

/// (w - centre)·u and (w - centre)·v of sixteen vectors.
#[inline(always)]
fn places(columns: &[[f32; LINE]], centre: &[f32], u: &[f32], v: &[f32]) -> ([f64; LINE], [f64; LINE]) {
    (place(columns, centre, u), place(columns, centre, v))
}

/// (w - centre)·u of sixteen vectors.
#[inline(always)]
fn place(columns: &[[f32; LINE]], centre: &[f32], u: &[f32]) -> [f64; LINE] {
    let mut places = [0.0f64; LINE];
    for ((column, &c), &u) in columns.iter().zip(centre).zip(u) {
        let (c, u) = (f64::from(c), f64::from(u));
        for i in 0..LINE {
            places[i] += (f64::from(column[i]) - c) * u;
        }
    }
    places
}

/// |w - centre - a·u - b·v|² of sixteen vectors.
#[inline(always)]
fn left_over(
    columns: &[[f32; LINE]],
    centre: &[f32],
    u: &[f32],
    v: &[f32],
    a: &[f64; LINE],
    b: &[f64; LINE],
) -> [f64; LINE] {
    let mut sums = [0.0f64; LINE];
    for (((column, &c), &u), &v) in columns.iter().zip(centre).zip(u).zip(v) {
        let (c, u, v) = (f64::from(c), f64::from(u), f64::from(v));
        for i in 0..LINE {
            let e = f64::from(column[i]) - c - a[i] * u - b[i] * v;
            sums[i] += e * e;
        }
    }
    sums
}
