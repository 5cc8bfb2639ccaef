//! The influence of a unit over its neighbours: core's `neighbourhood.ts`, one arm per kernel.

use crate::exponential::exp_negative;
use crate::named::named;

named! {
    /// A neighbourhood kernel. `docs/design/arithmetic.md` has the table.
    pub enum Kernel {
        /// exp(-d² / 2r²)
        Gaussian = "gaussian",
        /// exp(-d² / 2r²) within the radius
        CutGaussian = "cut-gaussian",
        /// 1 within the radius
        Bubble = "bubble",
        /// 1 - d / r within the radius
        Triangle = "triangle",
        /// 1 - d² / r² within the radius
        Epanechnikov = "epanechnikov",
        /// (1 - d² / r²) exp(-d² / 2r²): excites near units, inhibits farther ones. Online only.
        MexicanHat = "mexican-hat",
    }
}

/// What an influence must be seen by: an f32 step, or an f64 sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Online,
    Batch,
}

impl Kernel {
    /// Whether the influence is `axis(dr²)·axis(dc²)` and nothing else: then no exp() runs per unit.
    pub fn separable(self) -> bool {
        matches!(self, Kernel::Gaussian | Kernel::CutGaussian | Kernel::Bubble)
    }

    /// Whether the batch reach is cut on a disc; otherwise on each axis separately.
    pub fn cut(self) -> bool {
        self != Kernel::Gaussian
    }

    /// Whether the influence can be negative, so that a batch mean has no fixed denominator.
    pub fn signed(self) -> bool {
        self == Kernel::MexicanHat
    }

    /// Influence along one axis at a squared distance; 1 for kernels without such a factor.
    #[inline(always)]
    pub fn axis(self, t2: f64, radius: f64) -> f64 {
        match self {
            Kernel::Gaussian | Kernel::CutGaussian | Kernel::MexicanHat => {
                exp_negative(-t2 * (1.0 / (2.0 * radius * radius)))
            }
            Kernel::Bubble | Kernel::Triangle | Kernel::Epanechnikov => 1.0,
        }
    }

    /// Influence at a squared distance within reach, without the axes' factors.
    #[inline(always)]
    pub fn rest(self, d2: f64, radius: f64) -> f64 {
        match self {
            Kernel::Gaussian | Kernel::CutGaussian | Kernel::Bubble => 1.0,
            Kernel::Triangle => 1.0 - d2.sqrt() / radius,
            Kernel::Epanechnikov | Kernel::MexicanHat => 1.0 - d2 / (radius * radius),
        }
    }

    /// Squared distance beyond which the influence counts as 0: below 2⁻²⁵ a gaussian moves no f32 prototype by half a
    /// unit in its last place, below 2⁻⁵⁰ it is lost in an f64 sum.
    pub fn reach2(self, radius: f64, rule: Rule) -> f64 {
        match (self, rule) {
            (Kernel::Gaussian, Rule::Online) => 34.657359 * radius * radius,
            (Kernel::Gaussian, Rule::Batch) => 69.314718 * radius * radius,
            (Kernel::MexicanHat, _) => 49.0 * radius * radius,
            _ => radius * radius,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kernel_is_1_at_its_centre() {
        for kernel in Kernel::ALL {
            assert_eq!(kernel.axis(0.0, 2.5) * kernel.axis(0.0, 2.5) * kernel.rest(0.0, 2.5), 1.0);
        }
    }

    #[test]
    fn the_mexican_hat_alone_is_negative_somewhere() {
        for kernel in Kernel::ALL {
            let reach = kernel.reach2(3.0, Rule::Online).sqrt();
            let negative = (0..100).any(|i| {
                let d2 = (reach * f64::from(i) / 100.0).powi(2);
                kernel.axis(d2, 3.0) * kernel.rest(d2, 3.0) < 0.0
            });
            assert_eq!(negative, kernel.signed(), "{kernel:?}");
        }
    }
}
