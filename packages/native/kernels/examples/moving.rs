//! Times smoothing and online epochs over maps of several sizes.
//! `cargo run --release --example moving [threads]`

use som_kernels::error::Error;
use som_kernels::lattice::{Cell, Lattice, Shape};
use som_kernels::metric::Metric;
use som_kernels::neighbourhood::Kernel;
use som_kernels::online::{Online, Way};
use som_kernels::parallel::Pool;
use som_kernels::samples::{Matrix, Rows};
use som_kernels::simd::Level;
use som_kernels::smoothing::update;
use som_kernels::watch::Unwatched;
use std::time::Instant;

struct Random(u64);

impl Random {
    fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }
}

fn main() -> Result<(), Error> {
    let threads = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let pool = Pool::new(threads)?;
    println!("{} threads, {}", pool.threads(), Level::best().name());
    let kernels = [Kernel::Gaussian, Kernel::CutGaussian, Kernel::Bubble, Kernel::Epanechnikov];
    for (rows, columns, features) in [(50, 50, 16), (200, 200, 64), (30, 30, 784), (1000, 1000, 3)] {
        for cell in Cell::ALL {
            for kernel in kernels {
                for radius in [columns as f64 / 4.0, 5.0, 0.5] {
                    if !kernel.separable() && radius > 20.0 {
                        continue;
                    }
                    smoothing(cell, rows, columns, features, kernel, radius, &pool)?;
                }
            }
        }
    }
    // W6 of the benchmark, then larger maps of clustered samples.
    for (side, features, samples, epochs) in [
        (20, 4, 150, 67),
        (50, 16, 1000, 3),
        (100, 16, 1000, 3),
        (100, 64, 1000, 3),
        (300, 3, 1000, 3),
        (300, 16, 500, 2),
    ] {
        for way in [Way::Eager, Way::Auto] {
            online(side, features, samples, epochs, way, &pool)?;
        }
    }
    Ok(())
}

fn smoothing(
    cell: Cell,
    rows: usize,
    columns: usize,
    features: usize,
    kernel: Kernel,
    radius: f64,
    pool: &Pool,
) -> Result<(), Error> {
    let lattice = Lattice { cell, shape: Shape::Sheet, rows, columns };
    let mut random = Random(1);
    let sums: Vec<f64> = (0..lattice.units() * features).map(|_| f64::from(random.unit())).collect();
    let counts: Vec<f64> = (0..lattice.units()).map(|_| 1.0).collect();
    let mut codebook = vec![0.0f32; lattice.units() * features];
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let started = Instant::now();
        update(&lattice, kernel, &sums, &counts, radius, 1.0, &mut codebook, pool)?;
        best = best.min(started.elapsed().as_secs_f64());
    }
    println!("smoothing {rows} x {columns} x {features}, {cell:?}, {kernel:?}, radius {radius}: {:.1} ms", best * 1e3);
    Ok(())
}

fn online(side: usize, features: usize, samples: usize, epochs: usize, way: Way, pool: &Pool) -> Result<(), Error> {
    let lattice = Lattice { cell: Cell::Rectangular, shape: Shape::Sheet, rows: side, columns: side };
    let mut random = Random(2);
    let centres: Vec<f32> = (0..20 * features).map(|_| random.unit() * 10.0).collect();
    let data: Vec<f32> =
        (0..samples * features).map(|i| centres[i / features % 20 * features + i % features] + random.unit()).collect();
    let codebook: Vec<f32> = (0..lattice.units() * features).map(|_| random.unit() * 10.0).collect();
    let rows = Rows::new(Matrix::dense(samples, features, &data)?, None)?;
    let order: Vec<u32> = (0..samples as u32).collect();
    let mut online =
        Online::with(Level::best(), way, lattice, Metric::Euclidean, Kernel::Gaussian, features, &codebook)?;
    let started = Instant::now();
    let mut error = 0.0;
    for epoch in 0..epochs {
        let share = |t: usize| (epoch * samples + t) as f64 / (epochs * samples) as f64;
        let start = side as f64 / 4.0;
        let radius: Vec<f32> = (0..samples).map(|t| (start * (0.5 / start).powf(share(t))) as f32).collect();
        let rate: Vec<f32> = (0..samples).map(|t| (0.5 * 0.02f64.powf(share(t))) as f32).collect();
        error = online.epoch(&rows, &order, &radius, &rate, &Unwatched, pool)?.distance_sum / samples as f64;
    }
    let seconds = started.elapsed().as_secs_f64();
    let step = seconds * 1e6 / (epochs * samples) as f64;
    println!(
        "online {side} x {side} x {features}, {way:?}: {step:.2} us a step, {:.0} ms, error {error:.4}",
        seconds * 1e3
    );
    Ok(())
}
