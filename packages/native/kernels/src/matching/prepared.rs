//! What one call of the matcher shares among its workers.

use super::frame::Frame;
use super::panels::{NO_UNIT, Panels};
use super::plain::{Nearest, Plain, Sample};
use crate::metric::Metric;
use crate::samples::Matrix;
use crate::simd::kernel::{Chebyshev, Dot, Hit, Manhattan, MaskedChebyshev, MaskedManhattan, Pass, Tile};
use crate::simd::{LINE, Lanes, Level, Line};
use std::ops::Range;

pub(crate) struct Prepared<'a> {
    pub level: Level,
    pub matrix: Matrix<'a>,
    pub plain: Plain<'a>,
    pub frame: Frame,
    pub panels: Panels,
    pub want_second: bool,
    /// Panels in a group: the hits of a pass name groups.
    pub group: usize,
}

/// Numbers that a sample is compared with in one group, about: a hit makes the sample go through its group again.
const GROUP_NUMBERS: usize = 2048;

impl<'a> Prepared<'a> {
    pub fn group_for(depth: usize) -> usize {
        (GROUP_NUMBERS / (depth.max(1) * LINE)).clamp(4, 16).next_multiple_of(4)
    }

    pub fn metric(&self) -> Metric {
        self.frame.metric
    }
}

/// A few samples packed for the register tile: complete ones, or such as miss some features.
pub(crate) struct Batch {
    pub rows: Vec<u32>,
    /// depth × TILE × width numbers.
    pub x: Vec<f32>,
    pub masked: bool,
    pub tile: Tile,
}

impl Batch {
    /// Lines of a panel that count for the batch.
    fn depth(&self, prepared: &Prepared<'_>) -> usize {
        match prepared.metric() {
            Metric::Euclidean if self.masked => 2 * prepared.frame.features,
            _ => prepared.frame.features,
        }
    }

    fn width(&self, metric: Metric) -> usize {
        match metric {
            Metric::Manhattan | Metric::Chebyshev if self.masked => 2,
            _ => 1,
        }
    }

    pub fn new(prepared: &Prepared<'_>, masked: bool) -> Batch {
        let tile = Tile::new(prepared.want_second, prepared.frame.factor());
        Batch { rows: Vec::new(), x: Vec::new(), masked, tile }
    }

    /// Packs the given rows. Those whose scores could not be trusted are left out of the tile and given back as `unproven`.
    #[inline(always)]
    pub fn pack<L: Lanes>(
        &mut self,
        prepared: &Prepared<'_>,
        rows: &[u32],
        scratch: &mut Vec<f32>,
        unproven: &mut Vec<u32>,
    ) {
        let (features, metric) = (prepared.frame.features, prepared.metric());
        let (depth, width) = (self.depth(prepared), self.width(metric));
        self.rows.clear();
        self.rows.extend_from_slice(rows);
        self.tile.hits.clear();
        self.x.clear();
        self.x.resize(depth * L::TILE * width, 0.0);
        scratch.resize(features, 0.0);
        for lane in 0..L::TILE {
            let Some(&row) = rows.get(lane) else {
                self.tile.skip(lane);
                continue;
            };
            let Sample::Dense(x) = Sample::of(&prepared.matrix, row as usize) else {
                unreachable!("batches are dense")
            };
            let norm = prepared.frame.sample(x, self.masked, scratch);
            let slack = prepared.frame.slack(norm, depth);
            if !slack.is_finite() || (metric == Metric::Cosine && norm == 0.0) {
                self.tile.skip(lane);
                unproven.push(row);
                continue;
            }
            self.tile.start(lane, slack, f32::INFINITY);
            let columns = self.x[lane * width..].chunks_mut(L::TILE * width);
            if !self.masked {
                columns.zip(scratch.iter()).for_each(|(column, &x)| column[0] = x);
            } else if width == 2 {
                for ((column, &value), x) in columns.zip(scratch.iter()).zip(x) {
                    (column[0], column[1]) = (value, if x.is_nan() { 0.0 } else { 1.0 });
                }
            } else {
                let masks = x.iter().map(|x| if x.is_nan() { 0.0 } else { 1.0 });
                columns.zip(scratch.iter().copied().chain(masks)).for_each(|(column, x)| column[0] = x);
            }
        }
    }

    fn pass_over<'p>(&self, prepared: &'p Prepared<'_>, panels: Range<usize>) -> Pass<'p> {
        let from = &prepared.panels;
        let seeds = if self.masked { &from.zeros } else { &from.seeds };
        Pass {
            depth: self.depth(prepared),
            stride: from.stride,
            panels: &from.lines[panels.start * from.stride..panels.end * from.stride],
            seeds: &seeds[panels.clone()],
            group: prepared.group,
            first_group: panels.start / prepared.group,
        }
    }

    /// Goes through the panels of a range that starts at a group.
    #[inline(always)]
    pub fn scan<L: Lanes>(&mut self, prepared: &Prepared<'_>, panels: Range<usize>) {
        let pass = self.pass_over(prepared, panels);
        match (prepared.metric(), self.masked) {
            (Metric::Euclidean | Metric::Cosine, _) => L::pass::<Dot>(&pass, &self.x, &mut self.tile),
            (Metric::Manhattan, false) => L::pass::<Manhattan>(&pass, &self.x, &mut self.tile),
            (Metric::Manhattan, true) => L::pass::<MaskedManhattan>(&pass, &self.x, &mut self.tile),
            (Metric::Chebyshev, false) => L::pass::<Chebyshev>(&pass, &self.x, &mut self.tile),
            (Metric::Chebyshev, true) => L::pass::<MaskedChebyshev>(&pass, &self.x, &mut self.tile),
        }
    }

    #[inline(always)]
    fn scores<L: Lanes>(&self, prepared: &Prepared<'_>, panels: Range<usize>, lane: usize, scores: &mut [Line]) {
        let pass = self.pass_over(prepared, panels);
        match (prepared.metric(), self.masked) {
            (Metric::Euclidean | Metric::Cosine, _) => L::scores::<Dot>(&pass, &self.x, lane, scores),
            (Metric::Manhattan, false) => L::scores::<Manhattan>(&pass, &self.x, lane, scores),
            (Metric::Manhattan, true) => L::scores::<MaskedManhattan>(&pass, &self.x, lane, scores),
            (Metric::Chebyshev, false) => L::scores::<Chebyshev>(&pass, &self.x, lane, scores),
            (Metric::Chebyshev, true) => L::scores::<MaskedChebyshev>(&pass, &self.x, lane, scores),
        }
    }

    /// Settles what the passes found: the units whose scores are within the final limits are compared by the definition.
    #[inline(always)]
    pub fn settle<L: Lanes>(&self, prepared: &Prepared<'_>, nearest: &mut Vec<(u32, Nearest)>) {
        let first = nearest.len();
        nearest.extend(self.rows.iter().map(|&row| (row, Nearest::default())));
        let nearest = &mut nearest[first..];
        let panels = prepared.panels.count();
        let mut scores = [Line([0.0; LINE]); MAX_GROUP];
        for &Hit { lane, group, score } in &self.tile.hits {
            let limit = self.tile.limit[lane as usize];
            if score > limit {
                continue;
            }
            let from = group as usize * prepared.group;
            let to = (from + prepared.group).min(panels);
            let scores = &mut scores[..to - from];
            self.scores::<L>(prepared, from..to, lane as usize, scores);
            let (row, nearest) = &mut nearest[lane as usize];
            let sample = Sample::of(&prepared.matrix, *row as usize);
            for (line, units) in scores.iter().zip(prepared.panels.units[from * LINE..].chunks_exact(LINE)) {
                let mut within =
                    line.0.iter().enumerate().fold(0u32, |bits, (i, &score)| bits | (u32::from(score <= limit) << i));
                while within != 0 {
                    let unit = units[within.trailing_zeros() as usize];
                    within &= within - 1;
                    if unit != NO_UNIT {
                        nearest.take(unit as usize, prepared.plain.compared(sample, unit as usize));
                    }
                }
            }
        }
    }
}

const MAX_GROUP: usize = 16;
