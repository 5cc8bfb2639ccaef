//! A codebook where the arithmetic runs, and what the calls of a training run do to it.

use crate::error::Error;
use crate::lattice::Lattice;
use crate::matching::{LayeredSearch, Matcher, Matches, NearestUnits};
use crate::measure::Layers;
use crate::metric::Metric;
use crate::neighbourhood::Kernel;
use crate::online::{Online, Report};
use crate::parallel::Pool;
use crate::samples::Rows;
use crate::simd::Level;
use crate::smoothing;
use crate::sums::{self, Columns, Sums};
use crate::watch::Watch;
use std::sync::Arc;

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
    /// One neighbourhood radius per step.
    pub radius: &'a [f32],
    /// One learning rate per step.
    pub rate: &'a [f32],
}

/// A codebook and what makes the next call on it faster. Samples come with every call: nothing of them is kept but
/// their last units.
pub struct Session {
    task: Task,
    /// In place of the task's metric.
    layers: Option<Arc<Layers>>,
    features: usize,
    codebook: Vec<f32>,
    /// Made at the first online epoch and kept: updates may be pending in it from call to call.
    online: Option<Online>,
    newest: Newest,
    matcher: Matcher,
    /// Whether the matcher has seen the current codebook.
    is_met: bool,
    /// Memory of the last epoch's sums and codebook, for the next one: fresh pages cost more than what is written to
    /// them.
    spare: (Sums, Vec<f32>),
    pool: Pool,
}

/// Which of the two forms of the codebook took the last update.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Newest {
    Both,
    Rows,
    Online,
}

impl Session {
    /// Takes a codebook of lattice units × features. `threads` 0 means one per core.
    pub fn new(task: Task, features: usize, codebook: Vec<f32>, threads: usize) -> Result<Session, Error> {
        let units = task.lattice.units();
        if features == 0 || units == 0 || units.checked_mul(features) != Some(codebook.len()) {
            let expected = format!("{units} x {features} numbers, neither of them 0");
            return Err(Error::expected("codebook", expected, codebook.len()));
        }
        let matcher = Matcher::new(task.metric, task.lattice.rows, task.lattice.columns);
        let pool = Pool::new(threads)?;
        Ok(Session {
            task,
            layers: None,
            features,
            codebook,
            online: None,
            newest: Newest::Rows,
            matcher,
            is_met: false,
            spare: Default::default(),
            pool,
        })
    }

    /// The same session with a distance over layers in place of the task's metric.
    pub fn layered(self, layers: Layers) -> Session {
        Session { layers: Some(Arc::new(layers)), ..self }
    }

    /// Matches the samples, sums them and moves the codebook. If cancelled, it leaves the codebook unchanged.
    pub fn batch_epoch(&mut self, samples: &Rows<'_>, radius: f64, watch: &dyn Watch) -> Result<Report, Error> {
        if let Some(report) = self.sparse_epoch(samples, radius, watch)? {
            return Ok(report);
        }
        let spare = std::mem::take(&mut self.spare.0);
        let sums = self.sums_into(spare, samples, watch)?;
        self.update(&sums.sums, &sums.counts, radius, 1.0, watch)?;
        let report = Report { distance_sum: sums.distance, presented: sums.weight };
        self.spare.0 = sums;
        Ok(report)
    }

    /// As `batch_epoch`, with sums kept sparse; none where the samples are dense, have missing values or would gain
    /// nothing.
    fn sparse_epoch(&mut self, samples: &Rows<'_>, radius: f64, watch: &dyn Watch) -> Result<Option<Report>, Error> {
        let Task { lattice, kernel, .. } = self.task;
        self.check(samples)?;
        if !Columns::suit(samples, lattice.units(), &self.pool)? {
            return Ok(None);
        }
        self.settle()?;
        let Matches { unit, distance, .. } = self.matched(samples, false, watch)?;
        let columns = Columns::of(samples, &unit, &distance, lattice.units(), watch, &self.pool)?;
        self.newest = Newest::Rows;
        self.is_met = false;
        let (next, pool) = (&mut self.spare.1, &self.pool);
        smoothing::update_sparse(&lattice, kernel, &columns, radius, &mut self.codebook, next, watch, pool)?;
        Ok(Some(Report { distance_sum: columns.distance, presented: columns.weight }))
    }

    /// Presents samples one after the other. If cancelled, some of the steps have been taken.
    pub fn online_epoch(
        &mut self,
        samples: &Rows<'_>,
        epoch: OnlineEpoch<'_>,
        watch: &dyn Watch,
    ) -> Result<Report, Error> {
        self.check(samples)?;
        let Task { lattice, metric, kernel } = self.task;
        let online = match &mut self.online {
            Some(online) => {
                if self.newest == Newest::Rows {
                    online.load(&self.codebook);
                }
                online
            }
            none => {
                let (codebook, layers) = (self.codebook.clone(), self.layers.clone());
                none.insert(match layers {
                    Some(layers) => Online::layered(lattice, layers, kernel, self.features, &codebook)?,
                    None => Online::new(lattice, metric, kernel, self.features, codebook)?,
                })
            }
        };
        self.newest = Newest::Online;
        self.is_met = false;
        let OnlineEpoch { order, radius, rate } = epoch;
        online.epoch(samples, order, radius, rate, watch, &self.pool)
    }

    /// Per-unit sums of samples matched to the current codebook.
    pub fn sums(&mut self, samples: &Rows<'_>, watch: &dyn Watch) -> Result<Sums, Error> {
        self.sums_into(Sums::default(), samples, watch)
    }

    fn sums_into(&mut self, spare: Sums, samples: &Rows<'_>, watch: &dyn Watch) -> Result<Sums, Error> {
        self.check(samples)?;
        self.settle()?;
        let Matches { unit, distance, .. } = self.matched(samples, false, watch)?;
        let missing = if self.layers.is_some() { None } else { self.matcher.found_missing() };
        let units = self.task.lattice.units();
        sums::sum_rows_into(spare, samples, missing, &unit, &distance, units, watch, &self.pool)
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
        self.settle()?;
        self.newest = Newest::Rows;
        self.is_met = false;
        let Task { lattice, kernel, .. } = self.task;
        smoothing::update_watched(
            &lattice,
            kernel,
            sums,
            counts,
            radius,
            rate,
            &mut self.codebook,
            &mut self.spare.1,
            watch,
            &self.pool,
        )
    }

    /// Best units of samples, second-best ones where they are wanted, and their distances.
    pub fn match_rows(&mut self, samples: &Rows<'_>, want_second: bool, watch: &dyn Watch) -> Result<Matches, Error> {
        self.check(samples)?;
        self.settle()?;
        self.matched(samples, want_second, watch)
    }

    /// The `k` nearest units of samples and their distances.
    pub fn nearest_rows(&mut self, samples: &Rows<'_>, k: usize, watch: &dyn Watch) -> Result<NearestUnits, Error> {
        self.check(samples)?;
        self.settle()?;
        if let Some(layers) = &self.layers {
            let search = LayeredSearch::new(layers, &self.codebook, self.features, Level::best());
            return search.nearest(samples, k, watch, &self.pool);
        }
        let is_met = std::mem::replace(&mut self.is_met, true);
        self.matcher.nearest_rows(&self.codebook, samples, k, is_met, watch, &self.pool)
    }

    fn matched(&mut self, samples: &Rows<'_>, want_second: bool, watch: &dyn Watch) -> Result<Matches, Error> {
        let Session { codebook, matcher, pool, .. } = self;
        if let Some(layers) = &self.layers {
            let search = LayeredSearch::new(layers, codebook, self.features, Level::best());
            return search.matches(samples, want_second, watch, pool);
        }
        if std::mem::replace(&mut self.is_met, true) {
            return matcher.match_again(codebook, samples, want_second, watch, pool);
        }
        matcher.match_rows(codebook, samples, want_second, watch, pool)
    }

    /// A copy of the codebook: units × features.
    pub fn codebook(&mut self) -> Result<Vec<f32>, Error> {
        self.settle()?;
        // In memory of the codebook before: no third one beside the two that exist.
        let mut copy = std::mem::take(&mut self.spare.1);
        copy.clone_from(&self.codebook);
        Ok(copy)
    }

    /// Makes pending online updates and brings the row-major codebook up to date.
    fn settle(&mut self) -> Result<(), Error> {
        if let (Newest::Online, Some(online)) = (self.newest, &mut self.online) {
            online.flush_into(&mut self.codebook, &self.pool)?;
            self.newest = Newest::Both;
        }
        Ok(())
    }

    fn check(&self, samples: &Rows<'_>) -> Result<(), Error> {
        if samples.columns() == self.features {
            return Ok(());
        }
        Err(Error::expected("samples", format!("{} features", self.features), samples.columns()))
    }
}
