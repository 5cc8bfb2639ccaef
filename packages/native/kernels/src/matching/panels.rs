//! The codebook as the register tile wants it: sixteen units per panel, a line of sixteen numbers per feature.

use super::frame::Frame;
use super::pairs;
use crate::error::Error;
use crate::metric::Metric;
use crate::pages;
use crate::parallel::Pool;
use crate::simd::{Job, LINE, Lanes, Level, Line};

/// How numbers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Floats,
    /// As 16-bit integers, two features a number: `pairs`. For complete samples and euclidean distance.
    Pairs,
}

impl Form {
    /// Lines that the features of sixteen units fill.
    pub fn lines(self, features: usize) -> usize {
        match self {
            Form::Floats => features,
            Form::Pairs => pairs::count(features),
        }
    }
}

pub(crate) struct Panels {
    pub form: Form,
    /// In pairs: the scale of all prototypes, and a bound on the norm of what rounding took of each.
    pub scale: f32,
    pub error: f64,
    /// Lines in a panel: the features, and for samples with missing values half of each number's square as well; or
    /// pairs of features.
    pub stride: usize,
    pub lines: Vec<Line>,
    pub seeds: Vec<Line>,
    /// 0 for each unit, infinity for lanes without one: for scores that sum all their terms themselves.
    pub zeros: Vec<Line>,
    /// Which unit each lane of each panel holds.
    pub units: Vec<u32>,
}

/// In a lane without a unit.
pub(crate) const NO_UNIT: u32 = u32::MAX;

impl Panels {
    /// Packs `codebook` in the given order of units, in `frame`, and sets the frame's largest norm. `squares`: with the
    /// lines that euclidean samples with missing values need. `sparse`: with seeds for sparse samples. `spare`: lines
    /// of earlier panels in the same order, whose memory is used again where they were as many.
    pub fn of(
        frame: &mut Frame,
        codebook: &[f32],
        order: &[u32],
        spare: Vec<Line>,
        squares: bool,
        sparse: bool,
        pool: &Pool,
    ) -> Result<Panels, Error> {
        let features = frame.features;
        let stride = if squares && frame.metric == Metric::Euclidean { 2 * features } else { features };
        let panels = order.len().div_ceil(LINE);
        let mut units = order.to_vec();
        units.resize(panels * LINE, NO_UNIT);
        // Lanes without a unit hold 0 ever since they were made; all others are written below.
        let same = spare.len() == panels * stride;
        let mut lines = if same { spare } else { pages::filled(Line([0.0; LINE]), panels * stride) };
        let mut seeds = vec![Line([f32::INFINITY; LINE]); panels];
        let zeros = units.chunks_exact(LINE).map(|units| {
            let mut line = Line([0.0; LINE]);
            line.0
                .iter_mut()
                .zip(units)
                .filter(|(_, unit)| **unit == NO_UNIT)
                .for_each(|(zero, _)| *zero = f32::INFINITY);
            line
        });
        let zeros = zeros.collect();
        let mut largest = vec![0.0f64; panels];
        let mut parts: Vec<_> = lines.chunks_mut(stride).zip(&mut seeds).zip(&mut largest).collect();
        pool.chunks(&mut parts, PANELS_A_PART, |part, panels| {
            let mut row = vec![0.0; features];
            for (p, ((lines, seeds), largest)) in panels.iter_mut().enumerate() {
                for (lane, unit) in units_of(&units, part * PANELS_A_PART + p) {
                    let from = unit as usize * features;
                    let prototype = frame.prototype(&codebook[from..from + features], &mut row);
                    lines.iter_mut().zip(&row).for_each(|(line, &w)| line.0[lane] = w);
                    for (line, &w) in lines[features..].iter_mut().zip(&row) {
                        line.0[lane] = w * w / 2.0;
                    }
                    let zero = if sparse && frame.metric == Metric::Manhattan {
                        prototype.norm as f32
                    } else {
                        prototype.seed
                    };
                    seeds.0[lane] = zero;
                    **largest = largest.max(prototype.norm);
                }
            }
            Ok(())
        })?;
        frame.largest = largest.iter().fold(0.0, |a: f64, &b| a.max(b));
        Ok(Panels { form: Form::Floats, scale: 1.0, error: 0.0, stride, lines, seeds, zeros, units })
    }

    /// As `of`, in pairs.
    pub fn in_pairs(
        frame: &mut Frame,
        codebook: &[f32],
        order: &[u32],
        spare: Vec<Line>,
        level: Level,
        pool: &Pool,
    ) -> Result<Panels, Error> {
        let features = frame.features;
        let stride = pairs::count(features);
        let panels = order.len().div_ceil(LINE);
        let mut units = order.to_vec();
        units.resize(panels * LINE, NO_UNIT);
        let mut seeds = vec![Line([f32::INFINITY; LINE]); panels];
        let mut parts: Vec<_> = seeds.chunks_mut(PANELS_A_PART).map(|seeds| (seeds, (0.0f64, 0.0f32))).collect();
        let of = |part: usize| &units[part * PANELS_A_PART * LINE..];
        pool.chunks(&mut parts, 1, |part, found| {
            let (seeds, found) = &mut found[0];
            *found = level.run(Measure { frame, codebook, units: of(part), seeds });
            Ok(())
        })?;
        let norm = parts.iter().fold(0.0, |norm: f64, (_, found)| norm.max(found.0));
        let top = parts.iter().fold(0.0, |top, (_, found)| if found.1 > top { found.1 } else { top });
        frame.largest = norm;
        let scale = pairs::scale_for(norm, top);

        let same = spare.len() == panels * stride;
        let mut lines = if same { spare } else { pages::filled(Line([0.0; LINE]), panels * stride) };
        let mut parts: Vec<_> = lines.chunks_mut(PANELS_A_PART * stride).map(|lines| (lines, 0.0f64)).collect();
        pool.chunks(&mut parts, 1, |part, found| {
            let (lines, error) = &mut found[0];
            *error = level.run(Write { frame, codebook, units: of(part), scale, lines });
            Ok(())
        })?;
        let error = parts.iter().fold(0.0, |error: f64, (_, found)| error.max(*found));
        Ok(Panels { form: Form::Pairs, scale, error, stride, lines, seeds, zeros: Vec::new(), units })
    }

    pub fn count(&self) -> usize {
        self.seeds.len()
    }
}

/// What scores in pairs start from, and the largest norm and number of the prototypes.
struct Measure<'a> {
    frame: &'a Frame,
    codebook: &'a [f32],
    units: &'a [u32],
    seeds: &'a mut [Line],
}

impl Job for Measure<'_> {
    type Output = (f64, f32);

    #[inline(always)]
    fn run<L: Lanes>(self) -> (f64, f32) {
        let mut columns = vec![[0.0; LINE]; self.frame.features];
        let (mut norm, mut top) = (0.0f64, 0.0f32);
        for (seeds, units) in self.seeds.iter_mut().zip(self.units.as_chunks::<LINE>().0) {
            let (squares, tops) = columns_of::<L>(self.frame, self.codebook, units, &mut columns);
            for (lane, _) in units.iter().enumerate().filter(|(_, unit)| **unit != NO_UNIT) {
                seeds.0[lane] = (squares[lane] / 2.0) as f32;
                norm = norm.max(squares[lane]);
                top = top.max(tops[lane]);
            }
        }
        (norm.sqrt(), top)
    }
}

/// Writes panels in pairs; gives a bound on the norm of what rounding took away of each prototype.
struct Write<'a> {
    frame: &'a Frame,
    codebook: &'a [f32],
    units: &'a [u32],
    scale: f32,
    lines: &'a mut [Line],
}

impl Job for Write<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Lanes>(self) -> f64 {
        let features = self.frame.features;
        let stride = pairs::count(features);
        let (mut columns, mut written) = (vec![[0.0; LINE]; features], vec![0.0; stride * LINE]);
        let mut most = 0.0f64;
        // Columns are negated, as samples are.
        let inverses = [-1.0 / self.scale; LINE];
        for (lines, units) in self.lines.chunks_exact_mut(stride).zip(self.units.as_chunks::<LINE>().0) {
            columns_of::<L>(self.frame, self.codebook, units, &mut columns);
            let left = pairs::write_columns(&columns, &inverses, &mut written, LINE);
            lines.iter_mut().zip(written.as_chunks::<LINE>().0).for_each(|(line, written)| line.0 = *written);
            most = left.iter().fold(most, |most, &left| most.max(left));
        }
        pairs::error_of(self.scale, most, features)
    }
}

/// The prototypes of a panel in the frame, negated, feature after feature; gives their squared norms and largest
/// numbers. A lane without a unit has zeros.
#[inline(always)]
fn columns_of<L: Lanes>(
    frame: &Frame,
    codebook: &[f32],
    units: &[u32; LINE],
    columns: &mut [[f32; LINE]],
) -> ([f64; LINE], [f32; LINE]) {
    let (mut squares, mut tops) = ([0.0; LINE], [0.0; LINE]);
    side_by_side::<L, LINE>(
        &units.map(|unit| match unit {
            NO_UNIT => &frame.centre,
            unit => &codebook[unit as usize * frame.features..][..frame.features],
        }),
        columns,
    );
    frame.complete_samples(0, columns, &mut squares, &mut tops);
    (squares, tops)
}

/// Lays vectors side by side: the k-th, as long as there are columns, in lane k.
#[inline(always)]
pub(crate) fn side_by_side<L: Lanes, const W: usize>(vectors: &[&[f32]; W], columns: &mut [[f32; W]]) {
    let vectors = vectors.map(|vector| vector[..columns.len()].as_chunks::<LINE>());
    let (sixteens, rest) = columns.as_chunks_mut::<LINE>();
    for (at, columns) in sixteens.iter_mut().enumerate() {
        L::turn(&vectors.map(|(lines, _)| &lines[at]), columns);
    }
    for (lane, (_, last)) in vectors.iter().enumerate() {
        rest.iter_mut().zip(*last).for_each(|(column, &x)| column[lane] = x);
    }
}

/// The lanes of a panel that hold a unit, and which.
fn units_of(units: &[u32], panel: usize) -> impl Iterator<Item = (usize, u32)> {
    let lanes = units[panel * LINE..(panel + 1) * LINE].iter().copied().enumerate();
    lanes.filter(|(_, unit)| *unit != NO_UNIT)
}

const PANELS_A_PART: usize = 16;
