//! Every way of matching gives what the definition gives, to the bit.

use som_kernels::lattice::{Cell, Lattice, Shape};
use som_kernels::matching::{MOST_NEAREST, Matcher, Matches, Way, match_plain, nearest_plain};
use som_kernels::metric::Metric;
use som_kernels::neighbourhood::Kernel;
use som_kernels::parallel::Pool;
use som_kernels::samples::{self, Matrix, Rows};
use som_kernels::session::{OnlineEpoch, Session, Task};
use som_kernels::simd::Level;
use som_kernels::watch::Unwatched;

// The crate's own test helpers, which know samples by `crate::samples`.
#[allow(dead_code)]
#[path = "../src/testing.rs"]
mod testing;
use testing::{Random, cases};

fn same(found: &Matches, expected: &Matches, what: &str) {
    assert_eq!(found.unit, expected.unit, "{what}: units");
    assert_eq!(found.second_unit, expected.second_unit, "{what}: second units");
    let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&found.distance), bits(&expected.distance), "{what}: distances");
    assert_eq!(bits(&found.second_distance), bits(&expected.second_distance), "{what}: second distances");
}

struct Case {
    rows: usize,
    columns: usize,
    features: usize,
    samples: usize,
    codebook: Vec<f32>,
    data: Vec<f32>,
}

/// Maps and samples of many kinds: near and far from the origin, huge and tiny, with ties, duplicates and missing
/// values.
fn case(random: &mut Random) -> Case {
    let (rows, columns) = (1 + random.below(14), 1 + random.below(14));
    let features = [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 33, 64][random.below(12)];
    let samples = random.below(70);
    let size = [1.0, 1.0, 1e-3, 1e4, 1e-18, 1e18, 1e-30, 1e-42, 1e30][random.below(9)];
    let offset = [0.0, 0.0, 1.0, 1e3, 1e6, -1e7][random.below(6)] * size;
    let grid = random.below(3) == 0;
    let value = |random: &mut Random| {
        let x = if grid { random.below(3) as f32 } else { random.normal() };
        x * size as f32 + offset as f32
    };
    let mut codebook: Vec<f32> = (0..rows * columns * features).map(|_| value(random)).collect();
    let mut data: Vec<f32> = (0..samples * features).map(|_| value(random)).collect();
    match random.below(6) {
        // Units that are equal, or nearly.
        0 => {
            for k in 1..rows * columns {
                let from = random.below(k) * features;
                if random.below(2) == 0 {
                    codebook.copy_within(from..from + features, k * features);
                    if random.below(2) == 0 {
                        let x = &mut codebook[k * features + random.below(features)];
                        *x = f32::from_bits(x.to_bits() ^ 1);
                    }
                }
            }
        }
        // Samples that are prototypes.
        1 => {
            for i in 0..samples {
                let from = random.below(rows * columns) * features;
                data[i * features..(i + 1) * features].copy_from_slice(&codebook[from..from + features]);
            }
        }
        // Missing values, whole rows among them.
        2 | 3 => {
            for x in &mut data {
                if random.below(4) == 0 {
                    *x = f32::NAN;
                }
            }
        }
        // A map that is all one prototype, or nothing.
        4 if random.below(3) == 0 => {
            let first = if random.below(2) == 0 { vec![0.0; features] } else { codebook[..features].to_vec() };
            codebook.chunks_exact_mut(features).for_each(|w| w.copy_from_slice(&first));
            if samples > 0 {
                data[..features].fill(0.0);
            }
        }
        _ => {}
    }
    Case { rows, columns, features, samples, codebook, data }
}

#[test]
fn every_level_and_number_of_threads_gives_the_bits_of_the_definition() {
    let pools: Vec<Pool> = [1, 2, 3, 8].into_iter().map(|threads| Pool::new(threads).unwrap()).collect();
    let mut random = Random(7);
    for number in 0..cases(400) {
        let case = case(&mut random);
        let metric = Metric::ALL[number % Metric::ALL.len()];
        let rows = Rows::new(Matrix::dense(case.samples, case.features, &case.data).unwrap(), None).unwrap();
        for want_second in [false, true] {
            let expected = match_plain(metric, &case.codebook, &rows, want_second).unwrap();
            for level in Level::available() {
                let pool = &pools[(number + level as usize) % pools.len()];
                for way in [Way::Auto, Way::Brute, Way::Pruned, Way::Alike] {
                    let pairs = !(number + way as usize).is_multiple_of(3);
                    let matcher = Matcher::new(metric, case.rows, case.columns).with_level(level).with_way(way);
                    let mut matcher = matcher.with_pairs(pairs);
                    for again in 0..3 {
                        let found = if again < 2 {
                            matcher.match_rows(&case.codebook, &rows, want_second, &Unwatched, pool).unwrap()
                        } else {
                            matcher.match_again(&case.codebook, &rows, want_second, &Unwatched, pool).unwrap()
                        };
                        let what = format!(
                            "case {number}, {metric:?}, {level:?}, {way:?}, pairs: {pairs}, {}x{} units, {} features, {} samples, time {again}",
                            case.rows, case.columns, case.features, case.samples
                        );
                        same(&found, &expected, &what);
                    }
                }
            }
        }
    }
}

#[test]
fn the_nearest_units_are_those_of_the_definition_on_every_level_and_number_of_threads() {
    let pools: Vec<Pool> = [1, 2, 3].into_iter().map(|threads| Pool::new(threads).unwrap()).collect();
    let mut random = Random(17);
    for number in 0..cases(300) {
        let mut case = case(&mut random);
        let metric = Metric::ALL[number % Metric::ALL.len()];
        if number % 3 == 0 {
            for (i, x) in case.data.iter_mut().enumerate() {
                *x = if (i * 7919) % 5 == 0 { f32::NAN } else { *x };
            }
        }
        let rows = Rows::new(Matrix::dense(case.samples, case.features, &case.data).unwrap(), None).unwrap();
        for k in [1, 2, 3, 6, 32] {
            let expected = nearest_plain(metric, &case.codebook, &rows, k).unwrap();
            for level in Level::available() {
                let pool = &pools[(number + level as usize) % pools.len()];
                for pairs in [false, true] {
                    let matcher = Matcher::new(metric, case.rows, case.columns).with_level(level);
                    let mut matcher = matcher.with_pairs(pairs);
                    for again in [false, true] {
                        let found = matcher.nearest_rows(&case.codebook, &rows, k, again, &Unwatched, pool).unwrap();
                        let what = format!(
                            "case {number}, {metric:?}, {level:?}, k {k}, pairs: {pairs}, {}x{} units, {} features, {} samples, again: {again}",
                            case.rows, case.columns, case.features, case.samples
                        );
                        assert_eq!(found.unit, expected.unit, "{what}");
                        let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                        assert_eq!(bits(&found.distance), bits(&expected.distance), "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_number_of_nearest_units_beyond_the_largest_is_refused() {
    let rows = Rows::new(Matrix::dense(1, 1, &[0.5]).unwrap(), None).unwrap();
    let pool = Pool::new(1).unwrap();
    for k in [0, MOST_NEAREST + 1] {
        let mut matcher = Matcher::new(Metric::Euclidean, 1, 2);
        assert!(matcher.nearest_rows(&[0.0, 1.0], &rows, k, false, &Unwatched, &pool).is_err());
    }
}

#[test]
fn a_codebook_met_again_serves_rows_with_and_without_missing_values_and_sparse_ones() {
    let (side, features) = (12, 7);
    let mut random = Random(11);
    let codebook: Vec<f32> = (0..side * side * features).map(|_| random.normal()).collect();
    let pool = Pool::new(2).unwrap();
    for metric in Metric::ALL {
        let mut matcher = Matcher::new(metric, side, side);
        for turn in 0..12 {
            let count = 1 + random.below(300);
            let mut data: Vec<f32> = (0..count * features).map(|_| random.normal()).collect();
            if turn % 3 == 1 {
                data[random.below(count * features)] = f32::NAN;
            }
            let offsets: Vec<u32> = (0..=count as u32).collect();
            let indices: Vec<u32> = (0..count).map(|_| random.below(features) as u32).collect();
            let matrix = if turn % 4 == 3 {
                Matrix::sparse(count, features, &offsets, &indices, &data[..count])
            } else {
                Matrix::dense(count, features, &data)
            };
            let rows = Rows::new(matrix.unwrap(), None).unwrap();
            let expected = match_plain(metric, &codebook, &rows, true).unwrap();
            let found = matcher.match_again(&codebook, &rows, true, &Unwatched, &pool).unwrap();
            same(&found, &expected, &format!("{metric:?}, turn {turn}"));
        }
    }
}

#[test]
fn a_session_matches_by_the_codebook_as_each_call_left_it() {
    let lattice = Lattice { cell: Cell::Hexagonal, shape: Shape::Sheet, rows: 9, columns: 8 };
    let task = Task { lattice, metric: Metric::Euclidean, kernel: Kernel::Gaussian };
    let features = 5;
    let mut random = Random(12);
    let mut drawn = |count: usize| (0..count * features).map(|_| random.normal()).collect::<Vec<f32>>();
    let data = drawn(90);
    let rows = Rows::new(Matrix::dense(90, features, &data).unwrap(), None).unwrap();
    let mut session = Session::new(task, features, drawn(72), 2).unwrap();
    let order: Vec<u32> = (0..90).collect();
    for step in 0..9 {
        match step % 3 {
            0 => {
                session.batch_epoch(&rows, 2.0, &Unwatched).unwrap();
            }
            1 => {
                let (radius, rate) = ([1.5; 90], [0.3; 90]);
                let epoch = OnlineEpoch { order: &order, radius: &radius, rate: &rate };
                session.online_epoch(&rows, epoch, &Unwatched).unwrap();
            }
            _ => {
                let sums = session.sums(&rows, &Unwatched).unwrap();
                session.update(&sums.sums, &sums.counts, 1.0, 0.5, &Unwatched).unwrap();
            }
        }
        for _ in 0..2 {
            let found = session.match_rows(&rows, true, &Unwatched).unwrap();
            let expected = match_plain(task.metric, &session.codebook().unwrap(), &rows, true).unwrap();
            same(&found, &expected, &format!("step {step}"));
        }
    }
}

/// A map like a trained one: a surface with bends, and samples around it.
fn smooth(
    random: &mut Random,
    rows: usize,
    columns: usize,
    features: usize,
    samples: usize,
    bend: f32,
) -> (Vec<f32>, Vec<f32>) {
    let waves: Vec<[f32; 4]> = (0..features).map(|_| std::array::from_fn(|_| random.normal())).collect();
    let codebook: Vec<f32> = (0..rows * columns)
        .flat_map(|k| {
            let (r, c) = ((k / columns) as f32 / rows as f32, (k % columns) as f32 / columns as f32);
            waves
                .iter()
                .map(move |[a, b, p, q]| a * r + b * c + bend * (p * 9.0 * r + q * 7.0 * c).sin())
                .collect::<Vec<_>>()
        })
        .collect();
    let data = (0..samples)
        .flat_map(|_| {
            let from = random.below(rows * columns) * features;
            codebook[from..from + features].iter().map(|w| w + 0.2 * random.normal()).collect::<Vec<_>>()
        })
        .collect();
    (codebook, data)
}

#[test]
fn pruning_finds_the_units_of_the_definition_on_smooth_maps_from_call_to_call() {
    let mut random = Random(11);
    let pool = Pool::new(2).unwrap();
    for (number, (rows, columns, features)) in
        [(40, 37, 3), (33, 50, 16), (64, 64, 5), (7, 200, 8), (90, 20, 33), (48, 48, 2)]
            .into_iter()
            .take(cases(6))
            .enumerate()
    {
        let (codebook, mut data) = smooth(&mut random, rows, columns, features, 600, 0.3 * (number % 3) as f32);
        if number % 2 == 1 {
            for x in data.iter_mut().take(40) {
                *x = if random.below(3) == 0 { f32::NAN } else { *x };
            }
        }
        let rows_of = Rows::new(Matrix::dense(600, features, &data).unwrap(), None).unwrap();
        // The map as training moves it; the last call finds it where it was.
        let moved: Vec<f32> = codebook.iter().map(|w| w + 0.01 * random.normal()).collect();
        let moves = [&codebook, &moved, &moved];
        for metric in [Metric::Euclidean, Metric::Cosine] {
            let plain = |w: &Vec<f32>| [false, true].map(|second| match_plain(metric, w, &rows_of, second).unwrap());
            let (before, after) = (plain(&codebook), plain(&moved));
            let expected = [&before, &after, &after];
            for level in Level::available() {
                for way in [Way::Auto, Way::Pruned, Way::Alike] {
                    let mut matcher = Matcher::new(metric, rows, columns).with_level(level).with_way(way);
                    for (call, (codebook, expected)) in moves.into_iter().zip(expected).enumerate() {
                        for (want_second, expected) in [false, true].into_iter().zip(expected) {
                            let found = matcher.match_rows(codebook, &rows_of, want_second, &Unwatched, &pool).unwrap();
                            same(
                                &found,
                                expected,
                                &format!("map {number}, {metric:?}, {level:?}, {way:?}, call {call}"),
                            );
                        }
                    }
                    assert!(way == Way::Auto || matcher.report().pruned);
                }
            }
        }
    }
}

#[test]
fn a_map_without_order_on_the_lattice_is_pruned_by_likeness() {
    let mut random = Random(13);
    let (side, features, samples) = (40, 12, 5000);
    let centres: Vec<f32> = (0..20 * features).map(|_| 10.0 * random.normal()).collect();
    let mut clustered = |count: usize| -> Vec<f32> {
        (0..count)
            .flat_map(|_| {
                let from = random.below(20) * features;
                centres[from..from + features].iter().map(|c| c + random.normal()).collect::<Vec<_>>()
            })
            .collect()
    };
    let (codebook, mut data) = (clustered(side * side), clustered(samples));
    data[3] = f32::NAN;
    let rows = Rows::new(Matrix::dense(samples, features, &data).unwrap(), None).unwrap();
    for metric in [Metric::Euclidean, Metric::Cosine] {
        let expected = match_plain(metric, &codebook, &rows, true).unwrap();
        for threads in [1, 3] {
            let mut matcher = Matcher::new(metric, side, side);
            for again in 0..2 {
                let pool = Pool::new(threads).unwrap();
                let found = matcher.match_rows(&codebook, &rows, true, &Unwatched, &pool).unwrap();
                same(&found, &expected, &format!("{metric:?}, {threads} threads, call {again}"));
                assert!(matcher.report().pruned && matcher.report().panels < 0.5, "{:?}", matcher.report());
            }
        }
    }
}

#[test]
fn sparse_samples_match_as_the_sparse_definition_says() {
    let mut random = Random(13);
    let pools: Vec<Pool> = [1, 2, 3].into_iter().map(|threads| Pool::new(threads).unwrap()).collect();
    for number in 0..cases(300) {
        let mut case = case(&mut random);
        let share = 1 + random.below(12);
        for x in &mut case.data {
            if random.below(12) >= share {
                *x = 0.0;
            }
        }
        let stored = testing::Stored::of(case.samples, case.features, &case.data);
        let rows = Rows::new(stored.matrix(), None).unwrap();
        for metric in Metric::ALL {
            for want_second in [false, true] {
                let expected = match_plain(metric, &case.codebook, &rows, want_second).unwrap();
                for level in Level::available() {
                    let mut matcher = Matcher::new(metric, case.rows, case.columns).with_level(level);
                    let pool = &pools[number % pools.len()];
                    let found = matcher.match_rows(&case.codebook, &rows, want_second, &Unwatched, pool).unwrap();
                    same(
                        &found,
                        &expected,
                        &format!("case {number}, {metric:?}, {level:?}, {} features", case.features),
                    );
                }
            }
        }
    }
}

#[test]
fn samples_far_beyond_the_codebook_find_the_units_of_the_definition() {
    let pool = Pool::new(2).unwrap();
    for every in [1, 40] {
        let mut random = Random(5);
        let (codebook, mut data) = smooth(&mut random, 40, 40, 6, 600, 0.3);
        for (i, x) in data.chunks_exact_mut(6).enumerate().step_by(every) {
            let away = [1.0, 3.0, 30.0, 1e3, 1e6, 1e12, 1e16, 1e20, 1e30][i / every % 9];
            x.iter_mut().for_each(|x| *x *= away);
        }
        let rows = Rows::new(Matrix::dense(600, 6, &data).unwrap(), None).unwrap();
        let expected = match_plain(Metric::Euclidean, &codebook, &rows, true).unwrap();
        for (level, pairs) in Level::available().into_iter().flat_map(|level| [(level, false), (level, true)]) {
            for way in [Way::Auto, Way::Brute, Way::Pruned, Way::Alike] {
                let matcher = Matcher::new(Metric::Euclidean, 40, 40).with_level(level).with_way(way);
                let mut matcher = matcher.with_pairs(pairs);
                for again in 0..2 {
                    let found = matcher.match_rows(&codebook, &rows, true, &Unwatched, &pool).unwrap();
                    same(
                        &found,
                        &expected,
                        &format!("{level:?}, pairs: {pairs}, {way:?}, one in {every}, call {again}"),
                    );
                }
            }
        }
    }
}

/// Rows may be written to between calls, as long as they stay where they are.
#[test]
fn rows_that_come_to_lack_a_value_or_to_have_it_are_matched_as_they_are() {
    let pool = Pool::new(2).unwrap();
    let (side, features, samples) = (24, 20, 900);
    for level in Level::available() {
        for way in [Way::Auto, Way::Brute, Way::Pruned, Way::Alike] {
            let mut random = Random(31);
            let (codebook, mut data) = smooth(&mut random, side, side, features, samples, 0.3);
            let mut matcher = Matcher::new(Metric::Euclidean, side, side).with_level(level).with_way(way);
            for (call, value) in [0.25, f32::NAN, f32::NAN, 0.5, f32::NAN].into_iter().enumerate() {
                (0..samples).step_by(70).for_each(|i| data[i * features + i % features] = value);
                let rows = Rows::new(Matrix::dense(samples, features, &data).unwrap(), None).unwrap();
                let expected = match_plain(Metric::Euclidean, &codebook, &rows, true).unwrap();
                let found = matcher.match_rows(&codebook, &rows, true, &Unwatched, &pool).unwrap();
                same(&found, &expected, &format!("{level:?}, {way:?}, call {call}"));
                assert_eq!(matcher.found_missing(), Some(value.is_nan()), "{level:?}, {way:?}, call {call}");
            }
        }
    }
}

/// Samples in tight clusters far apart: nothing but their distances to each other tells the units of a cluster apart.
#[test]
fn integers_too_coarse_for_the_map_change_nothing_but_the_time() {
    let mut random = Random(23);
    let (side, features, samples) = (24, 16, 900);
    for tightness in [1e-1f32, 1e-3, 1e-5, 1e-6] {
        let centres = random.normals(5 * features);
        let mut near = |count: usize| -> Vec<f32> {
            let rows = (0..count).flat_map(|_| {
                let from = random.below(5) * features;
                let shifts = random.normals(features);
                centres[from..from + features].iter().zip(shifts).map(|(c, s)| c + s * tightness).collect::<Vec<_>>()
            });
            rows.collect()
        };
        let (codebook, data) = (near(side * side), near(samples));
        let rows = Rows::new(Matrix::dense(samples, features, &data).unwrap(), None).unwrap();
        let expected = match_plain(Metric::Euclidean, &codebook, &rows, true).unwrap();
        for level in Level::available() {
            for way in [Way::Auto, Way::Brute, Way::Pruned, Way::Alike] {
                let matcher = Matcher::new(Metric::Euclidean, side, side).with_level(level).with_way(way);
                let mut matcher = matcher.with_pairs(true);
                let pool = Pool::new(2).unwrap();
                for again in 0..3 {
                    let found = matcher.match_rows(&codebook, &rows, true, &Unwatched, &pool).unwrap();
                    same(&found, &expected, &format!("{tightness}, {level:?}, {way:?}, time {again}"));
                }
            }
        }
    }
}
