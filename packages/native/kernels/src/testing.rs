//! What tests share: a small generator of numbers and random samples.

use crate::samples::Matrix;

/// How many random cases to try: `full`, or that divided by SOM_TEST_SHARE where instructions are interpreted.
pub fn cases(full: usize) -> usize {
    full.div_ceil(option_env!("SOM_TEST_SHARE").and_then(|share| share.parse().ok()).unwrap_or(1))
}

/// `full`, or far less under Miri, which takes a thousand times as long.
pub fn size(full: usize) -> usize {
    if cfg!(miri) { full.div_ceil(10) } else { full }
}

/// SplitMix64: small, seeded, the same on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in 0..1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in 0..below.
    pub fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    /// Nearly standard normal: the sum of twelve uniforms.
    pub fn normal(&mut self) -> f32 {
        ((0..12).map(|_| self.unit()).sum::<f64>() - 6.0) as f32
    }

    pub fn normals(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.normal()).collect()
    }
}

/// A sparse matrix that owns its numbers.
pub struct Stored {
    pub rows: usize,
    pub columns: usize,
    pub offsets: Vec<u32>,
    pub indices: Vec<u32>,
    pub values: Vec<f32>,
}

impl Stored {
    /// The entries of a dense matrix that are not 0.
    pub fn of(rows: usize, columns: usize, data: &[f32]) -> Stored {
        let mut stored = Stored { rows, columns, offsets: vec![0], indices: Vec::new(), values: Vec::new() };
        for row in data.chunks_exact(columns) {
            for (f, &x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                stored.indices.push(f as u32);
                stored.values.push(x);
            }
            stored.offsets.push(stored.indices.len() as u32);
        }
        stored
    }

    pub fn matrix(&self) -> Matrix<'_> {
        Matrix::sparse(self.rows, self.columns, &self.offsets, &self.indices, &self.values).unwrap()
    }
}
