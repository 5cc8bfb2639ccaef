//! Online steps as `docs/design/arithmetic.md` writes them: one unit after the other, no vectors, no threads. The oracle of `online`.

use crate::error::Error;
use crate::lattice::Lattice;
use crate::metric::Metric;
use crate::neighbourhood::{Kernel, Rule};
use crate::samples::{Matrix, Rows};
use crate::watch::{Meter, Watch};

/// What the steps of an epoch told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report {
    /// Sum of the distances found, in step order.
    pub distance: f64,
    /// Samples with at least one feature present.
    pub presented: f64,
}

/// Presents samples in `order`, one radius and rate a step, and moves `codebook` (units × features). Cancelled, it has taken some of the steps.
#[allow(clippy::too_many_arguments)]
pub fn steps(
    lattice: &Lattice,
    metric: Metric,
    kernel: Kernel,
    codebook: &mut [f32],
    rows: &Rows<'_>,
    order: &[u32],
    radius: &[f32],
    rate: &[f32],
    watch: &dyn Watch,
) -> Result<Report, Error> {
    let meter = Meter::new(watch, order.len() as u64);
    let mut report = Report::default();
    let mut sample = vec![0.0; rows.columns()];
    for (t, &i) in order.iter().enumerate() {
        read_row(&rows.matrix(), i as usize, &mut sample);
        if sample.iter().all(|x| x.is_nan()) {
            continue;
        }
        let (unit, distance) = nearest(metric, &sample, codebook);
        step(lattice, kernel, unit, &sample, f64::from(radius[t]), rate[t], codebook);
        report.distance += distance;
        report.presented += 1.0;
        meter.advance(1)?;
    }
    Ok(report)
}

/// Writes row `i` with its zeros into `row`.
fn read_row(matrix: &Matrix<'_>, i: usize, row: &mut [f32]) {
    match *matrix {
        Matrix::Dense { columns, data, .. } => row.copy_from_slice(&data[i * columns..(i + 1) * columns]),
        Matrix::Sparse { offsets, indices, values, .. } => {
            row.fill(0.0);
            for p in offsets[i] as usize..offsets[i + 1] as usize {
                row[indices[p] as usize] = values[p];
            }
        }
    }
}

/// The best-matching unit by f32 sums (f64 for cosine), and its distance.
fn nearest(metric: Metric, sample: &[f32], codebook: &[f32]) -> (usize, f64) {
    if metric == Metric::Cosine {
        let compared = codebook.chunks_exact(sample.len()).map(|prototype| metric.compared(sample, prototype));
        return lowest(compared);
    }
    let sums = codebook.chunks_exact(sample.len()).map(|prototype| {
        let mut sum = 0.0f32;
        for (x, w) in sample.iter().zip(prototype).filter(|(x, _)| !x.is_nan()) {
            let gap = x - w;
            match metric {
                Metric::Euclidean => sum += gap * gap,
                Metric::Manhattan => sum += gap.abs(),
                _ => sum = sum.max(gap.abs()),
            }
        }
        f64::from(sum)
    });
    let (unit, sum) = lowest(sums);
    (unit, if metric == Metric::Euclidean { sum.sqrt() } else { sum })
}

fn lowest(values: impl Iterator<Item = f64>) -> (usize, f64) {
    values.enumerate().fold((0, f64::INFINITY), |best, (k, value)| if value < best.1 { (k, value) } else { best })
}

/// Moves every unit in reach of `unit` towards the sample.
fn step(lattice: &Lattice, kernel: Kernel, unit: usize, sample: &[f32], radius: f64, rate: f32, codebook: &mut [f32]) {
    let reach2 = kernel.reach2(radius, Rule::Online);
    for (k, prototype) in codebook.chunks_exact_mut(sample.len()).enumerate() {
        let (row, column) = (k / lattice.columns, k % lattice.columns);
        let (bmu_row, bmu_column) = (unit / lattice.columns, unit % lattice.columns);
        let t2 = lattice.row_distance2(lattice.row_gap(bmu_row, row));
        let gap = lattice.column_gap(column, bmu_column, lattice.shift(row, bmu_row));
        if t2 + gap * gap > reach2 {
            continue;
        }
        let (along_rows, along_columns) = (kernel.axis(t2, radius), kernel.axis(gap * gap, radius));
        let g = if kernel.separable() {
            (f64::from(rate) * along_rows) as f32 * along_columns as f32
        } else {
            (f64::from(rate) * (along_rows * along_columns * kernel.rest(t2 + gap * gap, radius))) as f32
        };
        for (w, x) in prototype.iter_mut().zip(sample).filter(|(_, x)| !x.is_nan()) {
            *w += g * (x - *w);
        }
    }
}
