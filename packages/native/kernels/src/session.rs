//! A codebook where the arithmetic runs, and what the calls of a training run do to it.

use crate::error::Error;
use crate::lattice::Lattice;
use crate::matching::{Matcher, Matches};
use crate::metric::Metric;
use crate::neighbourhood::Kernel;
use crate::online_plain::{Report, steps};
use crate::parallel::Pool;
use crate::samples::Rows;
use crate::smoothing::{self, Batch};
use crate::sums::{self, Sums};
use crate::watch::Watch;

/// What stays the same for a whole training run.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    pub lattice: Lattice,
    pub metric: Metric,
    pub kernel: Kernel,
}

/// One epoch of the online rule, as numbers.
#[derive(Clone, Copy, Debug)]
pub struct OnlineEpoch<'a> {
    /// Samples in the order they are presented.
    pub order: &'a [u32],
    /// One neighbourhood radius a step.
    pub radius: &'a [f32],
    /// One learning rate a step.
    pub rate: &'a [f32],
}

/// A codebook and what makes the next call on it faster. Samples come with every call: nothing of them is kept but their last units.
pub struct Session {
    task: Task,
    features: usize,
    codebook: Vec<f32>,
    matcher: Matcher,
    pool: Pool,
}

impl Session {
    /// Takes a codebook of lattice units × features. `threads` 0 means one a core.
    pub fn new(task: Task, features: usize, codebook: Vec<f32>, threads: usize) -> Result<Session, Error> {
        let units = task.lattice.units();
        if features == 0 || units == 0 || units.checked_mul(features) != Some(codebook.len()) {
            let expected = format!("{units} x {features} numbers, neither of them 0");
            return Err(Error::expected("codebook", expected, codebook.len()));
        }
        let matcher = Matcher::new(task.metric, task.lattice.rows, task.lattice.columns);
        Ok(Session { task, features, codebook, matcher, pool: Pool::new(threads)? })
    }

    /// Matches the samples, sums them and moves the codebook. Cancelled, it leaves the codebook as it was.
    pub fn batch_epoch(&mut self, samples: &Rows<'_>, radius: f64, watch: &dyn Watch) -> Result<Sums, Error> {
        let sums = self.sums(samples, watch)?;
        self.update(&sums.sums, &sums.counts, radius, 1.0, watch)?;
        Ok(sums)
    }

    /// Presents samples one after the other. Cancelled, it has taken some of the steps.
    pub fn online_epoch(
        &mut self,
        samples: &Rows<'_>,
        epoch: OnlineEpoch<'_>,
        watch: &dyn Watch,
    ) -> Result<Report, Error> {
        self.check(samples)?;
        check_steps(&epoch, samples.rows())?;
        let Task { lattice, metric, kernel } = self.task;
        let OnlineEpoch { order, radius, rate } = epoch;
        steps(&lattice, metric, kernel, &mut self.codebook, samples, order, radius, rate, watch)
    }

    /// Per-unit sums of samples matched to the codebook as it is.
    pub fn sums(&mut self, samples: &Rows<'_>, watch: &dyn Watch) -> Result<Sums, Error> {
        self.check(samples)?;
        let Matches { unit, distance, .. } = self.matcher.match_rows(&self.codebook, samples, false, watch, &self.pool)?;
        sums::sum_rows(samples, &unit, &distance, self.task.lattice.units(), watch, &self.pool)
    }

    /// Smooths sums over the lattice and moves the codebook towards the means, all the way at rate 1.
    pub fn update(
        &mut self,
        sums: &[f64],
        counts: &[f64],
        radius: f64,
        rate: f64,
        watch: &dyn Watch,
    ) -> Result<(), Error> {
        let Task { lattice, kernel, .. } = self.task;
        let batch = Batch { sums, counts };
        smoothing::update(&lattice, kernel, batch, radius, rate, &mut self.codebook, watch, &self.pool)
    }

    /// Best and second-best units of samples, and their distances.
    pub fn match_rows(&mut self, samples: &Rows<'_>, watch: &dyn Watch) -> Result<Matches, Error> {
        self.check(samples)?;
        self.matcher.match_rows(&self.codebook, samples, true, watch, &self.pool)
    }

    /// A copy of the codebook: units × features.
    pub fn codebook(&mut self) -> Vec<f32> {
        self.codebook.clone()
    }

    fn check(&self, samples: &Rows<'_>) -> Result<(), Error> {
        if samples.columns() == self.features {
            return Ok(());
        }
        Err(Error::expected("samples", format!("{} features", self.features), samples.columns()))
    }
}

fn check_steps(epoch: &OnlineEpoch<'_>, rows: usize) -> Result<(), Error> {
    let OnlineEpoch { order, radius, rate } = epoch;
    if radius.len() != order.len() || rate.len() != order.len() {
        let found = format!("{} and {}", radius.len(), rate.len());
        return Err(Error::expected("radius, rate", format!("{} each", order.len()), found));
    }
    if let Some(i) = order.iter().find(|&&i| i as usize >= rows) {
        return Err(Error::expected("order", format!("indices below {rows}"), i));
    }
    if let Some(r) = radius.iter().find(|&&r| !(r > 0.0 && r.is_finite())) {
        return Err(Error::expected("radius", "finite numbers above 0", r));
    }
    if let Some(a) = rate.iter().find(|&&a| !a.is_finite()) {
        return Err(Error::expected("rate", "finite numbers", a));
    }
    Ok(())
}
