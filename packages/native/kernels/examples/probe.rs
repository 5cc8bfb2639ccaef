//! Prints the machine's FMA peak and, beside it in the same run, what matching reaches.
//!
//!     cargo run --release --example probe -- limits|brute|train|sparse [threads] [level]

use som_kernels::lattice::{Cell, Lattice, Shape};
use som_kernels::matching::{Matcher, Way};
use som_kernels::metric::Metric;
use som_kernels::neighbourhood::Kernel;
use som_kernels::parallel::Pool;
use som_kernels::samples::{self, Matrix, Rows};
use som_kernels::simd::{Level, peak};
use som_kernels::smoothing;
use som_kernels::sums::sum_rows;
use som_kernels::watch::Unwatched;
use std::hint::black_box;
use std::sync::Mutex;
use std::time::Instant;

// The crate's own test helpers, which know samples by `crate::samples`.
#[allow(dead_code)]
#[path = "../src/testing.rs"]
mod testing;
use testing::{Random, Stored};

fn main() {
    let argument = |i: usize| std::env::args().nth(i);
    let threads = argument(2).and_then(|text| text.parse().ok()).unwrap_or(0);
    let pool = Pool::new(threads).unwrap();
    let level = argument(3)
        .and_then(|name| Level::available().into_iter().find(|level| level.name() == name))
        .unwrap_or_else(Level::best);
    match argument(1).as_deref() {
        Some("limits") => limits(level, &pool),
        Some("brute") => brute(level, &pool),
        Some("train") => {
            for (name, samples, side, features, epochs, uniform) in [
                ("W2", 100_000, 50, 16, 10, false),
                ("W3", 50_000, 200, 64, 6, false),
                ("W3, twice the units", 50_000, 283, 64, 6, false),
                ("W4", 60_000, 30, 784, 5, true),
                ("uniform", 100_000, 50, 3, 6, true),
            ] {
                println!("{name}: {samples} x {features} on {side} x {side}");
                train(level, &pool, samples, side, features, epochs, uniform);
            }
            println!("W5: 1000000 x 16 on a trained 100 x 100 map, matched once");
            once(level, &pool);
        }
        Some("sparse") => sparse(level, &pool),
        _ => println!("probe limits|brute|train|sparse [threads] [portable|avx2|avx512|neon]"),
    }
}

/// GFLOP/s a core of fused multiply-adds that need no memory: the best of a few.
fn peak_of(level: Level, pool: &Pool) -> f64 {
    const ROUNDS: usize = 50_000_000;
    (0..2)
        .map(|_| {
            let (time, flops) = seconds(|| pool.map(pool.threads(), |_| Ok(peak(level, ROUNDS))).unwrap());
            flops.iter().sum::<f64>() / time / 1e9
        })
        .fold(0.0, f64::max)
}

/// What the machine itself can do: fused multiply-adds on all threads, and memory read, and read and written, by all
/// threads at once.
fn limits(level: Level, pool: &Pool) {
    println!("{}, {} threads", level.name(), pool.threads());
    println!("fused multiply-adds: {:.1} GFLOP/s", peak_of(level, pool) * pool.threads() as f64);
    let (read, triad) = bandwidth(pool);
    println!("memory read: {read:.1} GB/s");
    println!("memory read and written (a = b + s c): {triad:.1} GB/s");
}

/// Bytes of each array of a thread: together far beyond any cache.
const STREAM_BYTES: usize = 1 << 27;

/// GB/s of reading, and of the triad of J. McCalpin's STREAM, whose written array is counted once: the best of a few,
/// by the clock.
fn bandwidth(pool: &Pool) -> (f64, f64) {
    let numbers = STREAM_BYTES / 4;
    let arrays: Vec<_> =
        (0..pool.threads()).map(|_| Mutex::new([0.5f32, 1.0, 2.0].map(|value| vec![value; numbers]))).collect();
    let mut best = (0.0f64, 0.0f64);
    for _ in 0..5 {
        let start = Instant::now();
        pool.map(arrays.len(), |i| Ok(black_box(sum_of(&arrays[i].lock().unwrap()[0])))).unwrap();
        best.0 = best.0.max((STREAM_BYTES * arrays.len()) as f64 / start.elapsed().as_secs_f64() / 1e9);
        let start = Instant::now();
        pool.map(arrays.len(), |i| {
            let [a, b, c] = &mut *arrays[i].lock().unwrap();
            a.iter_mut().zip(b.iter()).zip(c.iter()).for_each(|((a, b), c)| *a = b + 3.0 * c);
            Ok(black_box(a[numbers / 2]))
        })
        .unwrap();
        best.1 = best.1.max((3 * STREAM_BYTES * arrays.len()) as f64 / start.elapsed().as_secs_f64() / 1e9);
    }
    best
}

/// Sums in many lanes, so that adding is never what is waited for.
fn sum_of(values: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 64];
    for chunk in values.chunks_exact(64) {
        lanes.iter_mut().zip(chunk).for_each(|(lane, x)| *lane += x);
    }
    lanes.iter().sum()
}

/// Seconds of computing, all threads together, where the system reports them: a busy neighbour does not count. Else by
/// the clock.
fn seconds<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let (from, start) = (computed(), Instant::now());
    let result = work();
    let passed = start.elapsed().as_secs_f64();
    (from.zip(computed()).map_or(passed, |(from, to)| to - from), result)
}

fn computed() -> Option<f64> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = tasks.map(|task| {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<Option<f64>>().map(|sum| sum / 1e9)
}

/// Twenty Gaussian clusters, centres uniform in ±5, deviation 1; or uniform in 0..1.
fn samples_of(random: &mut Random, samples: usize, features: usize, uniform: bool) -> Vec<f32> {
    if uniform {
        return (0..samples * features).map(|_| random.unit() as f32).collect();
    }
    let centres: Vec<f32> = (0..20 * features).map(|_| (random.unit() * 10.0 - 5.0) as f32).collect();
    (0..samples)
        .flat_map(|_| {
            let from = random.below(20) * features;
            centres[from..from + features].iter().map(|c| c + random.normal()).collect::<Vec<_>>()
        })
        .collect()
}

fn sampled(random: &mut Random, data: &[f32], features: usize, units: usize) -> Vec<f32> {
    (0..units)
        .flat_map(|_| {
            let from = random.below(data.len() / features) * features;
            data[from..from + features].to_vec()
        })
        .collect()
}

fn brute(level: Level, pool: &Pool) {
    let mut random = Random(1);
    println!(
        "{}, {} threads; best of six stretches of a tenth of a second, the same rows again",
        level.name(),
        pool.threads()
    );
    for (samples, side, features) in [
        (20_000, 50, 16),
        (20_000, 50, 64),
        (6_000, 200, 16),
        (3_000, 200, 64),
        (6_000, 30, 784),
        (20_000, 50, 3),
        (20_000, 50, 8),
    ] {
        let data = samples_of(&mut random, samples, features, false);
        let codebook = sampled(&mut random, &data, features, side * side);
        let rows = Rows::new(Matrix::dense(samples, features, &data).unwrap(), None).unwrap();
        for (metric, want_second) in [
            (Metric::Euclidean, false),
            (Metric::Euclidean, true),
            (Metric::Cosine, false),
            (Metric::Manhattan, false),
            (Metric::Chebyshev, false),
        ] {
            let mut matcher = Matcher::new(metric, side, side).with_level(level).with_way(Way::Brute);
            let peak = peak_of(level, pool);
            matcher.match_rows(&codebook, &rows, want_second, &Unwatched, pool).unwrap();
            // The best of a few stretches, each long enough for the system's clock of computing time.
            let mut best = f64::INFINITY;
            for _ in 0..6 {
                let (mut sum, mut times) = (0.0, 0.0);
                while sum < 0.1 {
                    sum += seconds(|| matcher.match_rows(&codebook, &rows, want_second, &Unwatched, pool).unwrap()).0;
                    times += 1.0;
                }
                best = best.min(sum / times);
            }
            let rate = 2.0 * (samples * side * side * features) as f64 / best / 1e9;
            println!(
                "  {samples:>6} x {features:<3} on {side:>3} x {side:<3} {metric:?}{}: {:.2} ms, {rate:.0} of {peak:.0} GFLOP/s, {:.0} %",
                if want_second { ", two best" } else { "" },
                best * 1e3,
                rate / peak * 100.0
            );
        }
    }
}

/// A batch epoch's second half for a gaussian on a rectangular sheet, near enough for a probe.
fn smooth(values: &[f64], side: usize, width: usize, radius: f64) -> Vec<f64> {
    let reach = (radius * 8.5) as usize;
    let influence: Vec<f64> = (0..side).map(|t| (-((t * t) as f64) / (2.0 * radius * radius)).exp()).collect();
    let mut along = vec![0.0; values.len()];
    for (u, along) in along.chunks_exact_mut(width).enumerate() {
        let (r, c) = (u / side, u % side);
        for s in c.saturating_sub(reach)..(c + reach + 1).min(side) {
            let from = &values[(r * side + s) * width..][..width];
            along.iter_mut().zip(from).for_each(|(to, x)| *to += influence[c.abs_diff(s)] * x);
        }
    }
    let mut both = vec![0.0; values.len()];
    for (r, both) in both.chunks_exact_mut(side * width).enumerate() {
        for s in r.saturating_sub(reach)..(r + reach + 1).min(side) {
            let from = &along[s * side * width..][..side * width];
            both.iter_mut().zip(from).for_each(|(to, x)| *to += influence[r.abs_diff(s)] * x);
        }
    }
    both
}

/// Trains and matches each epoch's codebook in all ways. Gives the samples and the last codebook.
fn train(
    level: Level,
    pool: &Pool,
    samples: usize,
    side: usize,
    features: usize,
    epochs: usize,
    uniform: bool,
) -> (Vec<f32>, Vec<f32>) {
    let mut random = Random(1);
    let data = samples_of(&mut random, samples, features, uniform);
    let mut codebook = sampled(&mut random, &data, features, side * side);
    let rows = Rows::new(Matrix::dense(samples, features, &data).unwrap(), None).unwrap();
    let matcher = || Matcher::new(Metric::Euclidean, side, side).with_level(level);
    let (mut auto, mut brute) = (matcher(), matcher().with_way(Way::Brute));
    let (mut all_auto, mut all_brute) = (0.0, 0.0);
    for epoch in 0..epochs {
        let radius = side as f64 / 4.0 * (2.0 / side as f64).powf(epoch as f64 / (epochs - 1) as f64);
        let (brute_time, _) = seconds(|| brute.match_rows(&codebook, &rows, false, &Unwatched, pool).unwrap());
        let (time, matches) = seconds(|| auto.match_rows(&codebook, &rows, false, &Unwatched, pool).unwrap());
        let (sum_time, sums) =
            seconds(|| sum_rows(&rows, &matches.unit, &matches.distance, side * side, &Unwatched, pool).unwrap());
        let report = auto.report();
        (all_auto, all_brute) = (all_auto + time, all_brute + brute_time);
        println!(
            "  epoch {epoch}: brute {:8.2} ms, auto {:8.2} ms ({:4.1} times; {} met {:.1} % of the panels, patches {:.1} %), sums {:.2} ms, error {:.4}",
            brute_time * 1e3,
            time * 1e3,
            brute_time / time,
            if report.pruned { "pruned," } else { "brute," },
            report.panels * 100.0,
            report.patches * 100.0,
            sum_time * 1e3,
            sums.distance / sums.weight
        );
        let (above, below) = (smooth(&sums.sums, side, features, radius), smooth(&sums.counts, side, 1, radius));
        for ((w, above), &below) in codebook.chunks_exact_mut(features).zip(above.chunks_exact(features)).zip(&below) {
            if below > 0.0 {
                w.iter_mut().zip(above).for_each(|(w, above)| *w = (above / below) as f32);
            }
        }
    }
    println!(
        "  all epochs: brute {:.1} ms, auto {:.1} ms, {:.1} times",
        all_brute * 1e3,
        all_auto * 1e3,
        all_brute / all_auto
    );
    (data, codebook)
}

fn once(level: Level, pool: &Pool) {
    let (_, codebook) = train(level, pool, 100_000, 100, 16, 8, false);
    let data = samples_of(&mut Random(1), 1_000_000, 16, false);
    let rows = Rows::new(Matrix::dense(1_000_000, 16, &data).unwrap(), None).unwrap();
    for want_second in [false, true] {
        for way in [Way::Brute, Way::Auto] {
            let mut matcher = Matcher::new(Metric::Euclidean, 100, 100).with_level(level).with_way(way);
            let (time, _) = seconds(|| matcher.match_rows(&codebook, &rows, want_second, &Unwatched, pool).unwrap());
            println!("  {way:?}, {} best: {:.1} ms; {:?}", 1 + usize::from(want_second), time * 1e3, matcher.report());
        }
    }
}

fn sparse(level: Level, pool: &Pool) {
    let (samples, features, side) = (20_000, 10_000, 50);
    let mut random = Random(1);
    let mut stored = Stored { rows: samples, columns: features, offsets: vec![0], indices: vec![], values: vec![] };
    for _ in 0..samples {
        let mut columns: Vec<u32> = (0..features / 200).map(|_| random.below(features) as u32).collect();
        columns.sort_unstable();
        columns.dedup();
        stored.values.extend(columns.iter().map(|_| random.unit() as f32));
        stored.indices.extend(columns);
        stored.offsets.push(stored.indices.len() as u32);
    }
    // Each prototype the mean of a few samples.
    let mut codebook = vec![0.0; side * side * features];
    for w in codebook.chunks_exact_mut(features) {
        for _ in 0..8 {
            let i = random.below(samples);
            for at in stored.offsets[i] as usize..stored.offsets[i + 1] as usize {
                w[stored.indices[at] as usize] += stored.values[at] / 8.0;
            }
        }
    }
    let rows = Rows::new(stored.matrix(), None).unwrap();
    println!("W7: {samples} x {features} at 0.5 % on {side} x {side}");
    for metric in [Metric::Euclidean, Metric::Cosine, Metric::Manhattan] {
        let mut matcher = Matcher::new(metric, side, side).with_level(level);
        for _ in 0..3 {
            let (time, matches) = seconds(|| matcher.match_rows(&codebook, &rows, false, &Unwatched, pool).unwrap());
            let (sums, _) =
                seconds(|| sum_rows(&rows, &matches.unit, &matches.distance, side * side, &Unwatched, pool).unwrap());
            println!("  {metric:?}: matched in {:.1} ms, sums {:.1} ms", time * 1e3, sums * 1e3);
        }
        if metric == Metric::Euclidean {
            let matches = matcher.match_rows(&codebook, &rows, false, &Unwatched, pool).unwrap();
            let sums = sum_rows(&rows, &matches.unit, &matches.distance, side * side, &Unwatched, pool).unwrap();
            let (mut next, mut spare) = (codebook.clone(), Vec::new());
            for radius in [12.5, 12.5, 5.6, 0.5] {
                let lattice = Lattice { cell: Cell::Rectangular, shape: Shape::Sheet, rows: side, columns: side };
                let (time, ()) = seconds(|| {
                    let (sums, counts, next) = (&sums.sums, &sums.counts, &mut next);
                    smoothing::update_watched(
                        &lattice,
                        Kernel::Gaussian,
                        sums,
                        counts,
                        radius,
                        1.0,
                        next,
                        &mut spare,
                        &Unwatched,
                        pool,
                    )
                    .unwrap()
                });
                println!("  smoothed, radius {radius}: {:.1} ms", time * 1e3);
            }
        }
    }
}
