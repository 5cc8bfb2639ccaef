#![doc = include_str!("../README.md")]
// To the bit as `docs/design/arithmetic.md` defines it. Knows nothing of Node. `unsafe` is only allowed in the SIMD
// modules.

pub mod error;
pub mod exponential;
pub mod lattice;
pub mod matching;
pub mod measure;
pub mod metric;
mod named;
pub mod neighbourhood;
pub mod online;
#[allow(unsafe_code)]
mod pages;
pub mod parallel;
pub mod samples;
pub mod session;
pub mod simd;
pub mod smoothing;
pub mod sums;
#[cfg(test)]
mod testing;
mod vector;
pub mod watch;

pub use error::Error;
