use super::*;
use crate::lattice::{Cell, Shape};
use crate::neighbourhood::Rule;
use crate::testing::{Random, cases, size};
use crate::watch::Unwatched;

/// The definition, unit after unit.
fn defined(
    lattice: &Lattice,
    metric: Metric,
    kernel: Kernel,
    codebook: &mut [f32],
    data: &[f32],
    steps: Steps<'_>,
) -> Report {
    let features = codebook.len() / lattice.units();
    let mut report = Report::default();
    for (t, &i) in steps.order.iter().enumerate() {
        let x = &data[i as usize * features..(i as usize + 1) * features];
        if x.iter().all(|x| x.is_nan()) {
            continue;
        }
        let (mut best, mut bmu) = (f64::INFINITY, 0);
        for (unit, w) in codebook.chunks_exact(features).enumerate() {
            let mut sum = 0.0f32;
            for (&x, &w) in x.iter().zip(w).filter(|(x, _)| !x.is_nan()) {
                let gap = x - w;
                sum = match metric {
                    Metric::Euclidean => sum + gap * gap,
                    Metric::Manhattan => sum + gap.abs(),
                    _ => sum.max(gap.abs()),
                };
            }
            let value = if metric == Metric::Cosine { metric.compared(x, w) } else { f64::from(sum) };
            if value < best {
                (best, bmu) = (value, unit);
            }
        }
        report.distance_sum += metric.distance_of(best);
        report.presented += 1.0;
        let (radius, rate) = (f64::from(steps.radius[t]), f64::from(steps.rate[t]));
        for (unit, w) in codebook.chunks_exact_mut(features).enumerate() {
            let d2 = lattice.distance2(bmu, unit);
            if d2 > kernel.reach2(radius, Rule::Online) {
                continue;
            }
            let (row, bmu_row) = (unit / lattice.columns, bmu / lattice.columns);
            let t2 = lattice.row_distance2(lattice.row_gap(row, bmu_row));
            let gap = lattice.column_gap(unit % lattice.columns, bmu % lattice.columns, lattice.shift(row, bmu_row));
            let (er, ec) = (kernel.axis(t2, radius), kernel.axis(gap * gap, radius));
            let g = if kernel.separable() {
                (rate * er) as f32 * ec as f32
            } else {
                (rate * (er * ec * kernel.rest(d2, radius))) as f32
            };
            for (w, &x) in w.iter_mut().zip(x).filter(|(_, x)| !x.is_nan()) {
                *w += g * (x - *w);
            }
        }
    }
    report
}

struct Case {
    lattice: Lattice,
    metric: Metric,
    kernel: Kernel,
    samples: usize,
    features: usize,
    data: Vec<f32>,
    codebook: Vec<f32>,
    order: Vec<u32>,
    radius: Vec<f32>,
    rate: Vec<f32>,
}

fn random_case(random: &mut Random, number: usize) -> Case {
    let (cell, shape) = (Cell::ALL[random.below(2)], Shape::ALL[random.below(3)]);
    let (mut rows, columns) = (1 + random.below(size(90)), 1 + random.below(size(90)));
    if cell == Cell::Hexagonal && shape == Shape::Toroid {
        rows += rows % 2;
    }
    let lattice = Lattice { cell, shape, rows, columns };
    let (samples, features) = (1 + random.below(12), 1 + random.below(7));
    let mut data = random.normals(samples * features);
    if number.is_multiple_of(3) {
        data.iter_mut().for_each(|x| *x = if random.below(5) == 0 { f32::NAN } else { *x });
    }
    if number.is_multiple_of(7) {
        data.iter_mut().for_each(|x| *x = *x * 1e-3 + 100.0);
    }
    let steps = 1 + random.below(size(700));
    let start = 0.5 + random.unit() * 60.0;
    // A few steps in a row may share a radius, and some are far too long or short.
    let radius = (0..steps).map(|t| (start * 0.02f64.powf(t as f64 / steps as f64)) as f32).collect();
    let full = random.unit();
    Case {
        lattice,
        metric: if number.is_multiple_of(4) { Metric::ALL[random.below(Metric::ALL.len())] } else { Metric::Euclidean },
        kernel: if number.is_multiple_of(2) { Kernel::ALL[random.below(Kernel::ALL.len())] } else { Kernel::Gaussian },
        samples,
        features,
        codebook: match number % 5 {
            0 => vec![0.0; lattice.units() * features],
            1 => (0..lattice.units() * features).map(|i| (i / features % columns) as f32 * 0.05).collect(),
            _ => random.normals(lattice.units() * features),
        },
        data,
        order: (0..steps).map(|_| random.below(samples) as u32).collect(),
        radius,
        rate: (0..steps).map(|t| (full * (1.0 - t as f64 / steps as f64)) as f32).collect(),
    }
}

fn same_bits(a: &[f32], b: &[f32]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

#[test]
fn eager_and_lazy_have_the_defined_bits_in_any_pieces_on_every_level_and_any_number_of_threads() {
    let mut random = Random(21);
    let pools = [1, 2, 3, 8].map(|threads| Pool::new(threads).unwrap());
    for number in 0..cases(240) {
        let case = random_case(&mut random, number);
        let Case { lattice, metric, kernel, samples, features, data, codebook, order, radius, rate } = &case;
        let steps = Steps { order, radius, rate };
        let mut expected = codebook.clone();
        let told = defined(lattice, *metric, *kernel, &mut expected, data, steps);
        let rows = Rows::new(Matrix::dense(*samples, *features, data).unwrap(), None).unwrap();
        for level in Level::available() {
            for way in [Way::Eager, Way::Lazy, Way::Auto] {
                let pool = &pools[random.below(4)];
                let mut online = Online::with(level, way, *lattice, *metric, *kernel, *features, codebook).unwrap();
                let mut found = vec![0.0; codebook.len()];
                let (mut distance, mut presented) = (0.0, 0.0);
                let mut from = 0;
                while from < order.len() {
                    let to = (from + 1 + random.below(order.len())).min(order.len());
                    let (order, radius, rate) = (&order[from..to], &radius[from..to], &rate[from..to]);
                    let report = online.epoch(&rows, order, radius, rate, &Unwatched, pool).unwrap();
                    distance += report.distance_sum;
                    presented += report.presented;
                    if random.below(3) == 0 {
                        online.flush_into(&mut found, pool).unwrap();
                    }
                    from = to;
                }
                found.copy_from_slice(&online.into_codebook(pool).unwrap());
                let about = format!("case {number}: {lattice:?} {metric:?} {kernel:?} {way:?} {}", level.name());
                assert!(same_bits(&found, &expected), "{about}");
                assert_eq!(presented, told.presented, "{about}");
                // Pieces are summed apart here.
                assert!((distance - told.distance_sum).abs() <= 1e-9 * told.distance_sum, "{about}");
            }
        }
    }
}

#[test]
fn sparse_samples_of_many_features_take_the_defined_steps_within_rounding() {
    /// Some hundred steps, each with a few roundings of f32 in another place than the dense ones.
    const TOLERANCE: f32 = 2e-5;
    let mut random = Random(31);
    let pool = Pool::new(1).unwrap();
    for number in 0..cases(24) {
        let (cell, shape) = (Cell::ALL[random.below(2)], Shape::ALL[random.below(3)]);
        let lattice = Lattice { cell, shape, rows: 2 + 2 * random.below(6), columns: 1 + random.below(20) };
        let metric = if number % 4 == 3 { Metric::Cosine } else { Metric::Euclidean };
        let kernel = Kernel::ALL[number % Kernel::ALL.len()];
        let (samples, features, steps) = (20, 260 + random.below(60), 200);
        let mut data = vec![0.0; samples * features];
        for x in &mut data {
            if random.below(16) == 0 {
                *x = if number % 3 == 1 && random.below(4) == 0 { f32::NAN } else { random.normal() };
            }
        }
        let codebook: Vec<f32> = random.normals(lattice.units() * features).iter().map(|w| w * 0.3).collect();
        let order: Vec<u32> = (0..steps).map(|_| random.below(samples) as u32).collect();
        let radius: Vec<f32> = (0..steps).map(|t| 4.0 - 3.5 * t as f32 / steps as f32).collect();
        // Low, or units grow so alike that rounding picks among them; 1 makes the best-matching unit the sample, and
        // its scale 0.
        let full = number % 5 == 0 && kernel != Kernel::Bubble;
        let rate: Vec<f32> = (0..steps).map(|t| if full && t % 50 == 7 { 1.0 } else { 0.02 }).collect();
        let mut expected = codebook.clone();
        let all = Steps { order: &order, radius: &radius, rate: &rate };
        let told = defined(&lattice, metric, kernel, &mut expected, &data, all);

        let stored = crate::testing::Stored::of(samples, features, &data);
        let rows = Rows::new(stored.matrix(), None).unwrap();
        let mut online = Online::new(lattice, metric, kernel, features, codebook).unwrap();
        let mut distance = 0.0;
        for from in (0..steps).step_by(70) {
            let part = from..(from + 70).min(steps);
            let (order, radius, rate) = (&order[part.clone()], &radius[part.clone()], &rate[part]);
            distance += online.epoch(&rows, order, radius, rate, &Unwatched, &pool).unwrap().distance_sum;
        }
        assert!(online.scaled.is_some());
        let found = online.into_codebook(&pool).unwrap();
        let worst = found.iter().zip(&expected).fold(0.0f32, |worst, (a, b)| worst.max((a - b).abs()));
        assert!(worst <= TOLERANCE, "case {number}: {lattice:?} {metric:?} {kernel:?}: {worst}");
        assert!((distance - told.distance_sum).abs() <= f64::from(TOLERANCE) * told.distance_sum);
    }
}

#[test]
fn steps_that_do_not_fit_are_refused_with_what_was_found() {
    let lattice = Lattice { cell: Cell::Rectangular, shape: Shape::Sheet, rows: 2, columns: 2 };
    let mut online = Online::new(lattice, Metric::Euclidean, Kernel::Gaussian, 1, vec![0.0; 4]).unwrap();
    let rows = Rows::new(Matrix::dense(2, 1, &[1.0, 2.0]).unwrap(), None).unwrap();
    let pool = Pool::new(1).unwrap();
    for (order, radius, rate, message) in [
        (&[2][..], &[1.0][..], &[0.5][..], "order[0]"),
        (&[1], &[1.0, 2.0], &[0.5], "radius"),
        (&[1], &[0.0], &[0.5], "radius[0]"),
        (&[1], &[1.0], &[f32::NAN], "rate[0]"),
    ] {
        let result = online.epoch(&rows, order, radius, rate, &Unwatched, &pool);
        assert!(result.unwrap_err().to_string().starts_with(message));
    }
}

#[test]
fn a_pass_shared_among_threads_has_the_same_bits() {
    // Larger than SHARED_PASS, so that eager passes and the making of pending updates are handed out.
    let mut random = Random(41);
    let lattice = Lattice { cell: Cell::Hexagonal, shape: Shape::Cylinder, rows: size(260), columns: size(300) };
    let codebook = random.normals(lattice.units() * 8);
    let data = random.normals(12 * 8);
    let rows = Rows::new(Matrix::dense(12, 8, &data).unwrap(), None).unwrap();
    let order: Vec<u32> = (0..150).map(|_| random.below(12) as u32).collect();
    let radius: Vec<f32> = (0..150).map(|t| 70.0 * 0.97f32.powi(t)).collect();
    let rate = vec![0.2; 150];
    let mut first: Option<(Report, Vec<f32>)> = None;
    for threads in [1, 2, 3, 8] {
        let pool = Pool::new(threads).unwrap();
        for way in [Way::Eager, Way::Lazy, Way::Auto] {
            let level = Level::best();
            let mut online =
                Online::with(level, way, lattice, Metric::Euclidean, Kernel::Gaussian, 8, &codebook).unwrap();
            let report = online.epoch(&rows, &order, &radius, &rate, &Unwatched, &pool).unwrap();
            let found = online.into_codebook(&pool).unwrap();
            let (told, expected) = first.get_or_insert_with(|| (report, found.clone()));
            assert_eq!(report, *told, "{threads} threads, {way:?}");
            assert!(same_bits(&found, expected), "{threads} threads, {way:?}");
        }
    }
}
