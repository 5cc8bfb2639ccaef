//! Times the seed case: online, 1000 × 1000 × 3, 20 colours, 1000 epochs of 20 steps.
//! `cargo run --release --example seed_case [threads] [eager|lazy|auto] [epochs]`

use som_kernels::error::Error;
use som_kernels::lattice::{Cell, Lattice, Shape};
use som_kernels::metric::Metric;
use som_kernels::neighbourhood::Kernel;
use som_kernels::online::{Online, Way};
use som_kernels::parallel::Pool;
use som_kernels::samples::{Matrix, Rows};
use som_kernels::simd::Level;
use som_kernels::watch::Unwatched;
use std::time::Instant;

fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let threads = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    let way = match arguments.next().as_deref() {
        Some("eager") => Way::Eager,
        Some("lazy") => Way::Lazy,
        _ => Way::Auto,
    };
    let epochs: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1000);
    let level = match arguments.next().as_deref() {
        Some("avx2") => Level::Avx2,
        Some("portable") => Level::Portable,
        _ => Level::best(),
    };
    let mut state = 42u64;
    let mut random = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f32 / (1u64 << 24) as f32
    };
    let lattice = Lattice { cell: Cell::Rectangular, shape: Shape::Sheet, rows: 1000, columns: 1000 };
    let codebook: Vec<f32> = (0..3_000_000).map(|_| random()).collect();
    let colours: Vec<f32> = (0..60).map(|_| random()).collect();
    let rows = Rows::new(Matrix::dense(20, 3, &colours)?, None)?;
    let pool = Pool::new(threads)?;
    let mut online = Online::with(level, way, lattice, Metric::Euclidean, Kernel::Gaussian, 3, &codebook)?;
    let order: Vec<u32> = (0..20).collect();
    let started = Instant::now();
    let mut last = 0.0;
    let mut mark = Instant::now();
    for epoch in 0..epochs {
        let share = |t: usize| (epoch * 20 + t) as f64 / 19_999.0;
        let radius: Vec<f32> = (0..20).map(|t| (500.0 * (1.0f64 / 500.0).powf(share(t))) as f32).collect();
        let rate: Vec<f32> = (0..20).map(|t| (0.5 * (0.01f64 / 0.5).powf(share(t))) as f32).collect();
        last = online.epoch(&rows, &order, &radius, &rate, &Unwatched, &pool)?.distance_sum / 20.0;
        if (epoch + 1) % 100 == 0 {
            println!("  {:4} epochs: {:.3} s, radius {:.1}", epoch + 1, mark.elapsed().as_secs_f64(), radius[19]);
            mark = Instant::now();
        }
    }
    let found = online.into_codebook(&pool)?;
    let bits = found.iter().fold(0u64, |hash, w| (hash ^ u64::from(w.to_bits())).wrapping_mul(0x100000001b3));
    println!(
        "{way:?}, {} threads, {}: {:.3} s, quantization error {last:.6}, bits {bits:016x}",
        pool.threads(),
        level.name(),
        started.elapsed().as_secs_f64()
    );
    Ok(())
}
