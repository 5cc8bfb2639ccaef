use super::*;
use crate::lattice::{Cell, Shape};
use crate::neighbourhood::Rule;
use crate::testing::{Random, cases};

/// The definition, written as `docs/design/arithmetic.md` has it: one plane, one number after another.
fn defined(lattice: &Lattice, kernel: Kernel, radius: f64, values: &[f64]) -> Vec<f64> {
    let (rows, columns) = (lattice.rows, lattice.columns);
    let reach2 = kernel.reach2(radius, Rule::Batch);
    let mut num = vec![0.0; rows * columns];
    for (unit, num) in num.iter_mut().enumerate() {
        let (row, column) = (unit / columns, unit % columns);
        for source in 0..rows {
            let t2 = lattice.row_distance2(lattice.row_gap(row, source));
            if t2 > reach2 {
                continue;
            }
            let gap = |j: usize| lattice.column_gap(column, j, lattice.shift(row, source));
            let value = |j: usize| values[source * columns + j];
            if kernel == Kernel::Gaussian {
                let mut c = 0.0;
                for j in (0..columns).filter(|&j| gap(j) * gap(j) <= reach2) {
                    c += kernel.axis(gap(j) * gap(j), radius) * value(j);
                }
                *num += kernel.axis(t2, radius) * c;
            } else if kernel.separable() {
                // By growing gap; at one gap the lower side before wrapping comes first.
                let mut inside: Vec<usize> = (0..columns).filter(|&j| t2 + gap(j) * gap(j) <= reach2).collect();
                let right = |j: usize| {
                    let offset = j as f64 - column as f64 - lattice.shift(row, source);
                    let wrapped = offset.rem_euclid(columns as f64);
                    if lattice.wraps_columns() {
                        wrapped == gap(j) && wrapped * 2.0 != columns as f64
                    } else {
                        offset > 0.0
                    }
                };
                inside.sort_by(|&a, &b| gap(a).total_cmp(&gap(b)).then(right(a).cmp(&right(b))));
                let mut window = 0.0;
                for j in inside {
                    window += kernel.axis(gap(j) * gap(j), radius) * value(j);
                }
                *num += kernel.axis(t2, radius) * window;
            } else {
                for j in 0..columns {
                    let d2 = t2 + gap(j) * gap(j);
                    if d2 <= reach2 {
                        *num += kernel.rest(d2, radius) * value(j);
                    }
                }
            }
        }
    }
    num
}

struct Case {
    lattice: Lattice,
    features: usize,
    sums: Vec<f64>,
    counts: Vec<f64>,
    codebook: Vec<f32>,
}

fn random_case(random: &mut Random) -> Case {
    let cell = Cell::ALL[random.below(2)];
    let shape = Shape::ALL[random.below(3)];
    let (mut rows, columns) = (1 + random.below(14), 1 + random.below(40));
    // Some with more rows than are taken at once.
    if random.below(8) == 0 {
        rows += 40;
    }
    if cell == Cell::Hexagonal && shape == Shape::Toroid {
        rows += rows % 2;
    }
    let lattice = Lattice { cell, shape, rows, columns };
    let units = lattice.units();
    // Some with more features than a line holds.
    let features = 1 + random.below(9) + if random.below(6) == 0 { 20 } else { 0 };
    let per_feature = random.below(2) == 1;
    let fill = random.unit();
    let mut sums = vec![0.0; units * features];
    let mut counts = vec![0.0; if per_feature { units * features } else { units }];
    for unit in (0..units).filter(|_| random.unit() < fill).collect::<Vec<_>>() {
        for f in 0..features {
            sums[unit * features + f] = f64::from(random.normal());
        }
        let width = counts.len() / units;
        for count in &mut counts[unit * width..(unit + 1) * width] {
            *count = random.below(4) as f64 + random.unit();
        }
    }
    Case { lattice, features, sums, counts, codebook: random.normals(units * features) }
}

fn plane(values: &[f64], width: usize, f: usize) -> Vec<f64> {
    values.iter().skip(f).step_by(width).copied().collect()
}

/// One after the other of the kernels that a batch takes.
fn batch_kernel(number: usize) -> Kernel {
    let count = Kernel::ALL.iter().filter(|kernel| !kernel.signed()).count();
    Kernel::ALL.into_iter().filter(|kernel| !kernel.signed()).nth(number % count).unwrap()
}

#[test]
fn an_update_has_the_defined_bits_on_every_level_and_any_number_of_threads() {
    let mut random = Random(11);
    let pools = [1, 2, 3, 8].map(|threads| Pool::new(threads).unwrap());
    for number in 0..cases(400) {
        let Case { lattice, features, sums, counts, codebook } = random_case(&mut random);
        let kernel = batch_kernel(number);
        let radius = 0.2 + 12.0 * random.unit() * random.unit();
        let rate = if number % 3 == 0 { 0.3 } else { 1.0 };
        let width = counts.len() / lattice.units();
        let mut expected = codebook.clone();
        for f in 0..features {
            let num = defined(&lattice, kernel, radius, &plane(&sums, features, f));
            let den = defined(&lattice, kernel, radius, &plane(&counts, width, f % width));
            for unit in (0..lattice.units()).filter(|&unit| den[unit] > 0.0) {
                let w = f64::from(expected[unit * features + f]);
                let mean = num[unit] / den[unit];
                expected[unit * features + f] = if rate == 1.0 { mean as f32 } else { (w + rate * (mean - w)) as f32 };
            }
        }
        let batch = Batch { sums: &sums, counts: &counts };
        for level in Level::available() {
            let pool = &pools[number % 4];
            let mut found = codebook.clone();
            update_at(level, &lattice, kernel, batch, radius, rate, &mut found, &Unwatched, pool).unwrap();
            let same = found.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits());
            assert!(same, "case {number}: {lattice:?} {kernel:?} radius {radius}, {}", level.name());
        }
    }
}

#[test]
fn smoothing_is_the_sum_over_all_pairs_of_units() {
    /// f64 rounding over some hundred terms of mixed sign, and the gaussian's reach on each axis instead of a disc.
    const TOLERANCE: f64 = 1e-12;
    let mut random = Random(12);
    for number in 0..cases(100) {
        let Case { lattice, features, sums, .. } = random_case(&mut random);
        let kernel = batch_kernel(number);
        let radius = 0.3 + 5.0 * random.unit();
        let values = plane(&sums, features, 0);
        let found = defined(&lattice, kernel, radius, &values);
        for (unit, found) in found.iter().enumerate() {
            let direct: f64 = (0..lattice.units())
                .map(|other| {
                    let d2 = lattice.distance2(unit, other);
                    let inside = kernel == Kernel::Gaussian || d2 <= radius * radius;
                    let axes = if kernel.separable() { kernel.axis(d2, radius) } else { 1.0 };
                    if inside { axes * kernel.rest(d2, radius) * values[other] } else { 0.0 }
                })
                .sum();
            assert!((found - direct).abs() < TOLERANCE, "{lattice:?} {kernel:?}: {found}, {direct}");
        }
    }
}

#[test]
fn a_cancelled_update_leaves_the_codebook() {
    struct Stop;
    impl Watch for Stop {
        fn cancelled(&self) -> bool {
            true
        }
        fn progress(&self, _: f64) {}
    }
    let Case { lattice, sums, counts, mut codebook, .. } = random_case(&mut Random(3));
    let before = codebook.clone();
    let pool = Pool::new(1).unwrap();
    let result = update_watched(
        &lattice,
        Kernel::Gaussian,
        &sums,
        &counts,
        2.0,
        1.0,
        &mut codebook,
        &mut Vec::new(),
        &Stop,
        &pool,
    );
    assert_eq!(result, Err(Error::Cancelled));
    assert_eq!(codebook, before);
}

#[test]
fn the_mexican_hat_is_refused() {
    let Case { lattice, sums, counts, mut codebook, .. } = random_case(&mut Random(3));
    let pool = Pool::new(1).unwrap();
    let result = update(&lattice, Kernel::MexicanHat, &sums, &counts, 2.0, 1.0, &mut codebook, &pool);
    assert!(result.unwrap_err().to_string().contains("online only"));
}
