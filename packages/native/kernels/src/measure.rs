//! Distances that are sums over groups of features, each with a metric and a weight of its own.

use crate::error::Error;
use crate::metric::{Metric, cosine_of};
use crate::named::named;
use crate::vector::Line;

named! {
    /// How far a sample is from a prototype in one layer. Features that are NaN in the sample are skipped.
    pub enum Measure {
        /// Σ(x - w)²
        Euclidean = "euclidean",
        Manhattan = "manhattan",
        Chebyshev = "chebyshev",
        Cosine = "cosine",
        /// The cosine distance of both rows less their own means.
        Correlation = "correlation",
        /// Σ|x - w| / n
        Hamming = "hamming",
        /// 1 - Σmin / Σmax
        Jaccard = "jaccard",
        /// The share of features that are at least 0.5 in one of the two alone.
        Tanimoto = "tanimoto",
    }
}

impl Measure {
    /// The metric of a whole map that has a search of its own.
    pub fn metric(self) -> Option<Metric> {
        match self {
            Measure::Euclidean => Some(Metric::Euclidean),
            Measure::Manhattan => Some(Metric::Manhattan),
            Measure::Chebyshev => Some(Metric::Chebyshev),
            Measure::Cosine => Some(Metric::Cosine),
            _ => None,
        }
    }
}

/// Features with a metric and a weight of their own.
#[derive(Clone, Debug)]
pub struct Layer {
    pub measure: Measure,
    pub weight: f64,
    /// Its features, ascending.
    pub columns: Vec<u32>,
}

/// The layers of a map. Each feature is in one of them.
#[derive(Clone, Debug)]
pub struct Layers(Vec<Layer>);

/// Units that are measured at once: those of a line.
pub(crate) const WIDTH: usize = 16;

type Values = [f64; WIDTH];

impl Layers {
    /// Checks that each of `features` features is in one layer and that weights are finite and above 0.
    pub fn new(layers: Vec<Layer>, features: usize) -> Result<Layers, Error> {
        let mut seen = vec![false; features];
        for column in layers.iter().flat_map(|layer| &layer.columns) {
            match seen.get_mut(*column as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => return Err(Error::expected("layers", format!("each of {features} features once"), column)),
            }
        }
        if let Some(f) = seen.iter().position(|seen| !seen) {
            return Err(Error::expected("layers", format!("each of {features} features"), format!("none with {f}")));
        }
        match layers.iter().find(|layer| !(layer.weight > 0.0 && layer.weight.is_finite())) {
            Some(layer) => Err(Error::expected("layers", "finite weights above 0", layer.weight)),
            None => Ok(Layers(layers)),
        }
    }

    /// One layer of all features.
    pub fn whole(measure: Measure, features: usize) -> Layers {
        Layers(vec![Layer { measure, weight: 1.0, columns: (0..features as u32).collect() }])
    }

    /// The value by which a unit is compared, in f64 and in the defined order: NaN where every feature is missing. The
    /// definition that `values` must agree with to the bit.
    pub fn compared(&self, sample: &[f32], prototype: &[f32]) -> f64 {
        let mut total = f64::NAN;
        for Layer { measure, weight, columns } in &self.0 {
            let pairs: Vec<(f64, f64)> = columns
                .iter()
                .map(|&column| (f64::from(sample[column as usize]), f64::from(prototype[column as usize])))
                .filter(|(x, _)| !x.is_nan())
                .collect();
            if !pairs.is_empty() {
                total = if total.is_nan() { 0.0 } else { total } + weight * plain(*measure, &pairs);
            }
        }
        total
    }

    /// The same of sixteen units, whose prototypes are `lines`, one line for each feature. `None` where every feature
    /// is missing.
    #[inline(always)]
    pub(crate) fn values(&self, sample: &[f32], lines: &[Line]) -> Option<Values> {
        let mut total = [0.0; WIDTH];
        let mut found = false;
        for Layer { measure, weight, columns } in &self.0 {
            let count = columns.iter().filter(|&&column| !sample[column as usize].is_nan()).count();
            if count == 0 {
                continue;
            }
            found = true;
            let values = of_lanes(*measure, Present { sample, lines, columns }, count as f64);
            for lane in 0..WIDTH {
                total[lane] += weight * values[lane];
            }
        }
        found.then_some(total)
    }
}

/// A layer of one sample, feature by feature, by the definition.
fn plain(measure: Measure, pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let sum = |term: fn(f64, f64) -> f64| pairs.iter().fold(0.0, |sum, &(x, w)| sum + term(x, w));
    let cosine = |a: f64, b: f64| {
        let (dot, squares, prototype_squares) = pairs.iter().fold((0.0, 0.0, 0.0), |(dot, x2, w2), &(x, w)| {
            let (x, w) = (x - a, w - b);
            (dot + x * w, x2 + x * x, w2 + w * w)
        });
        cosine_of(dot, squares, prototype_squares)
    };
    match measure {
        Measure::Euclidean => sum(|x, w| (x - w) * (x - w)),
        Measure::Manhattan => sum(|x, w| (x - w).abs()),
        Measure::Chebyshev => pairs.iter().fold(0.0, |most, &(x, w)| f64::max(most, (x - w).abs())),
        Measure::Cosine => cosine(0.0, 0.0),
        Measure::Correlation => cosine(sum(|x, _| x) / count, sum(|_, w| w) / count),
        Measure::Hamming => sum(|x, w| (x - w).abs()) / count,
        Measure::Jaccard => jaccard(sum(|x, w| if x < w { x } else { w }), sum(|x, w| if x < w { w } else { x })),
        Measure::Tanimoto => sum(|x, w| if (x >= 0.5) != (w >= 0.5) { 1.0 } else { 0.0 }) / count,
    }
}

#[inline(always)]
fn jaccard(least: f64, most: f64) -> f64 {
    if most > 0.0 { 1.0 - least / most } else { 0.0 }
}

/// The features of a layer that a sample has.
#[derive(Clone, Copy)]
struct Present<'a> {
    sample: &'a [f32],
    lines: &'a [Line],
    columns: &'a [u32],
}

impl Present<'_> {
    /// Each lane's sum, or whatever `add` makes of it, in the order of the features.
    #[inline(always)]
    fn fold(self, add: impl Fn(f64, f64, f64) -> f64) -> Values {
        let mut sums = [0.0; WIDTH];
        self.each(|x, w| {
            for lane in 0..WIDTH {
                sums[lane] = add(sums[lane], x, f64::from(w[lane]));
            }
        });
        sums
    }

    #[inline(always)]
    fn each(self, mut visit: impl FnMut(f64, &[f32; WIDTH])) {
        for &column in self.columns {
            let x = self.sample[column as usize];
            if !x.is_nan() {
                visit(f64::from(x), &self.lines[column as usize].0);
            }
        }
    }

    /// The cosine distances of a sample less `centre` and prototypes less `centres`.
    #[inline(always)]
    fn cosines(self, centre: f64, centres: Values) -> Values {
        let (mut dots, mut squares, mut of_sample) = ([0.0; WIDTH], [0.0; WIDTH], 0.0);
        self.each(|x, w| {
            let x = x - centre;
            of_sample += x * x;
            for lane in 0..WIDTH {
                let w = f64::from(w[lane]) - centres[lane];
                dots[lane] += x * w;
                squares[lane] += w * w;
            }
        });
        std::array::from_fn(|lane| cosine_of(dots[lane], of_sample, squares[lane]))
    }
}

#[inline(always)]
fn of_lanes(measure: Measure, present: Present<'_>, count: f64) -> Values {
    match measure {
        Measure::Euclidean => present.fold(|sum, x, w| sum + (x - w) * (x - w)),
        Measure::Manhattan => present.fold(|sum, x, w| sum + (x - w).abs()),
        Measure::Chebyshev => present.fold(|most, x, w| f64::max(most, (x - w).abs())),
        Measure::Cosine => present.cosines(0.0, [0.0; WIDTH]),
        Measure::Correlation => {
            let mut sum = 0.0;
            present.each(|x, _| sum += x);
            present.cosines(sum / count, present.fold(|sum, _, w| sum + w).map(|sum| sum / count))
        }
        Measure::Hamming => present.fold(|sum, x, w| sum + (x - w).abs()).map(|sum| sum / count),
        Measure::Jaccard => {
            let least = present.fold(|sum, x, w| sum + if x < w { x } else { w });
            let most = present.fold(|sum, x, w| sum + if x < w { w } else { x });
            std::array::from_fn(|lane| jaccard(least[lane], most[lane]))
        }
        Measure::Tanimoto => {
            let unlike = present.fold(|sum, x, w| sum + if (x >= 0.5) != (w >= 0.5) { 1.0 } else { 0.0 });
            unlike.map(|sum| sum / count)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, cases};

    #[test]
    fn sixteen_units_at_once_have_the_bits_of_one_after_another() {
        let mut random = Random(5);
        for number in 0..cases(400) {
            let features = 1 + random.below(9);
            let mut layers: Vec<Layer> = Vec::new();
            for column in 0..features as u32 {
                if layers.is_empty() || random.below(2) == 0 {
                    let measure = Measure::ALL[random.below(Measure::ALL.len())];
                    layers.push(Layer { measure, weight: random.unit() + 0.1, columns: Vec::new() });
                }
                let at = random.below(layers.len());
                layers[at].columns.push(column);
            }
            let layers = Layers::new(layers, features).unwrap();
            let mut sample = random.normals(features);
            sample.iter_mut().for_each(|x| *x = if number % 2 == 1 && random.below(3) == 0 { f32::NAN } else { *x });
            let lines: Vec<Line> = (0..features).map(|_| Line(std::array::from_fn(|_| random.normal()))).collect();
            let found = layers.values(&sample, &lines);
            for lane in 0..WIDTH {
                let prototype: Vec<f32> = lines.iter().map(|line| line.0[lane]).collect();
                let expected = layers.compared(&sample, &prototype);
                assert_eq!(
                    found.map(|values| values[lane].to_bits()),
                    (!expected.is_nan()).then(|| expected.to_bits())
                );
            }
        }
    }

    #[test]
    fn measures_worked_out_by_hand() {
        let of = |measure, x: &[f32], w: &[f32]| Layers::whole(measure, x.len()).compared(x, w);
        assert_eq!(of(Measure::Euclidean, &[1.0, -2.0], &[4.0, 2.0]), 25.0);
        assert_eq!(of(Measure::Hamming, &[1.0, 0.0, 1.0, 1.0], &[1.0, 1.0, 0.0, 1.0]), 0.5);
        assert_eq!(of(Measure::Jaccard, &[1.0, 0.0, 1.0, 1.0], &[1.0, 1.0, 0.0, 1.0]), 0.5);
        assert_eq!(of(Measure::Tanimoto, &[1.0, 0.0, f32::NAN, 1.0], &[0.4, 0.2, 0.0, 0.5]), 1.0 / 3.0);
        assert!(of(Measure::Correlation, &[1.0, 2.0, 3.0], &[10.0, 30.0, 50.0]).abs() < 1e-15);
        assert_eq!(of(Measure::Correlation, &[1.0, 1.0], &[1.0, 2.0]), 1.0);
    }

    #[test]
    fn a_feature_in_no_layer_in_two_or_beyond_the_last_is_refused() {
        let layer = |columns: &[u32]| Layer { measure: Measure::Manhattan, weight: 1.0, columns: columns.to_vec() };
        assert!(Layers::new(vec![layer(&[0, 2]), layer(&[1])], 3).is_ok());
        for columns in [&[0][..], &[0, 1, 1], &[0, 1, 2]] {
            assert!(Layers::new(vec![layer(columns)], 2).is_err());
        }
        assert!(Layers::new(vec![Layer { weight: 0.0, ..layer(&[0]) }], 1).is_err());
    }
}
