//! A batch epoch on sparse rows never makes dense sums where they would be mostly 0. The two calls that do make them
//! are the plain way.

use som_kernels::lattice::{Cell, Lattice, Shape};
use som_kernels::metric::Metric;
use som_kernels::neighbourhood::Kernel;
use som_kernels::samples::{self, Rows};
use som_kernels::session::{Session, Task};
use som_kernels::watch::Unwatched;

#[allow(dead_code)]
#[path = "../src/testing.rs"]
mod testing;
use testing::{Random, Stored, cases};

fn bits(codebook: &[f32]) -> Vec<u32> {
    codebook.iter().map(|w| w.to_bits()).collect()
}

#[test]
fn a_sparse_epoch_has_the_bits_of_dense_sums_and_an_update() {
    let mut random = Random(5);
    let kernels: Vec<Kernel> = Kernel::ALL.into_iter().filter(|kernel| !kernel.signed()).collect();
    for case in 0..cases(60) {
        let (rows, columns) = (2 * (1 + random.below(6)), 1 + random.below(20));
        let lattice = Lattice { rows, columns, cell: Cell::ALL[random.below(2)], shape: Shape::ALL[random.below(3)] };
        let (samples, features) = (1 + random.below(200), 1 + random.below(1500));
        let mut data = vec![0.0; samples * features];
        for row in data.chunks_exact_mut(features) {
            (0..random.below(20)).for_each(|_| row[random.below(features)] = random.normal());
        }
        if case % 5 == 0 {
            data[random.below(samples * features)] = f32::NAN;
        }
        let stored = Stored::of(samples, features, &data);
        let weights: Vec<f32> = (0..samples).map(|_| random.unit() as f32).collect();
        let matrix = samples::Matrix::sparse(samples, features, &stored.offsets, &stored.indices, &stored.values);
        let given = Rows::new(matrix.unwrap(), (case % 2 == 0).then_some(&weights[..])).unwrap();
        let codebook = random.normals(lattice.units() * features);
        let task = Task { lattice, metric: Metric::Euclidean, kernel: kernels[case % kernels.len()] };
        let mut plain = Session::new(task, features, codebook.clone(), 1).unwrap();
        let mut session = Session::new(task, features, codebook, 1 + case % 3).unwrap();
        for radius in [4.0, 1.5, 0.4] {
            let sums = plain.sums(&given, &Unwatched).unwrap();
            plain.update(&sums.sums, &sums.counts, radius, 1.0, &Unwatched).unwrap();
            let report = session.batch_epoch(&given, radius, &Unwatched).unwrap();
            assert_eq!((report.distance_sum, report.presented), (sums.distance, sums.weight), "case {case}");
            let same = bits(&session.codebook().unwrap()) == bits(&plain.codebook().unwrap());
            assert!(same, "case {case}: {lattice:?}, radius {radius}");
        }
    }
}
