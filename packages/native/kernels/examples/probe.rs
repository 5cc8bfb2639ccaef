//! Prints the machine's FMA peak and what share of it each case of matching reaches in the same run.
//!
//!     cargo run --release --example probe -- [threads] [case …]

use som_kernels::matching::Matcher;
use som_kernels::metric::Metric;
use som_kernels::parallel::Pool;
use som_kernels::samples::{Matrix, Rows};
use som_kernels::simd::{Level, peak};
use som_kernels::watch::Unwatched;
use std::time::Instant;

#[path = "../tests/common/mod.rs"]
mod common;
use common::Random;

fn clusters(random: &mut Random, samples: usize, features: usize) -> Vec<f32> {
    let centres: Vec<f32> = (0..20 * features).map(|_| (random.unit() * 10.0 - 5.0) as f32).collect();
    (0..samples)
        .flat_map(|_| {
            let from = random.below(20) * features;
            centres[from..from + features].iter().map(|c| c + random.normal()).collect::<Vec<_>>()
        })
        .collect()
}

/// GFLOP/s of fused multiply-adds that need no memory, on every thread of the pool.
fn peak_of(level: Level, pool: &Pool) -> f64 {
    const ROUNDS: usize = 20_000_000;
    (0..3)
        .map(|_| {
            let start = Instant::now();
            let flops: f64 = pool.map(pool.threads(), |_| Ok(peak(level, ROUNDS))).unwrap().iter().sum();
            flops / start.elapsed().as_secs_f64() / 1e9
        })
        .fold(0.0, f64::max)
}

fn main() {
    let threads = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let pool = Pool::new(threads).unwrap();
    let mut random = Random(1);
    for level in Level::available().into_iter().rev() {
        let before = peak_of(level, &pool);
        println!("{} on {} threads: FMA peak {before:.0} GFLOP/s", level.name(), pool.threads());
        for (samples, side, features) in
            [(20_000, 50, 16), (20_000, 50, 64), (6_000, 200, 16), (3_000, 200, 64), (5_000, 30, 784), (20_000, 50, 3)]
        {
            let data = clusters(&mut random, samples, features);
            let codebook = clusters(&mut random, side * side, features);
            let rows = Rows::new(Matrix::dense(samples, features, &data).unwrap(), None).unwrap();
            for want_second in [false, true] {
                let mut matcher = Matcher::new(Metric::Euclidean, side, side).with_level(level);
                let mut best = f64::INFINITY;
                for _ in 0..5 {
                    let start = Instant::now();
                    matcher.match_rows(&codebook, &rows, want_second, &Unwatched, &pool).unwrap();
                    best = best.min(start.elapsed().as_secs_f64());
                }
                let rate = 2.0 * (samples * side * side * features) as f64 / best / 1e9;
                println!(
                    "  {samples:>6} x {features:<3} on {side} x {side}, {}: {:8.2} ms, {rate:5.0} GFLOP/s, {:3.0} % of the peak",
                    if want_second { "two best" } else { "best    " },
                    best * 1e3,
                    rate / before * 100.0
                );
            }
        }
    }
}
