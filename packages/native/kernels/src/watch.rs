use crate::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};

/// Watches and stops long work from outside. Called from worker threads: both must be cheap.
pub trait Watch: Sync {
    /// Whether the work should stop.
    fn cancelled(&self) -> bool;
    /// Receives the share of the call's work that is done, 0 to 1; never less than before.
    fn progress(&self, share: f64);
}

/// Never stops the work, and ignores its progress.
pub struct Unwatched;

impl Watch for Unwatched {
    fn cancelled(&self) -> bool {
        false
    }
    fn progress(&self, _share: f64) {}
}

/// Counts the parts of a call's work that workers have finished, tells the watch, and passes on its wish to stop.
pub struct Meter<'a> {
    watch: &'a dyn Watch,
    /// Below 0: reports nothing.
    from: f64,
    per_part: f64,
    done: AtomicU64,
}

impl<'a> Meter<'a> {
    /// A meter over `parts` parts, which together are the whole call.
    pub fn new(watch: &'a dyn Watch, parts: u64) -> Meter<'a> {
        Meter::within(watch, 0.0, 1.0, parts)
    }

    /// A meter over `parts` parts, which together take the call from share `from` to share `to`.
    pub fn within(watch: &'a dyn Watch, from: f64, to: f64, parts: u64) -> Meter<'a> {
        let per_part = (to - from) / parts.max(1) as f64;
        Meter { watch, from, per_part, done: AtomicU64::new(0) }
    }

    /// A meter of work that comes on top: it stops when this one does, and reports no progress.
    pub fn silent(&self) -> Meter<'a> {
        Meter { watch: self.watch, from: -1.0, per_part: 0.0, done: AtomicU64::new(0) }
    }

    /// Says whether to continue: for use inside a part.
    pub fn check(&self) -> Result<(), Error> {
        if self.watch.cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Records `parts` more as done, and says whether to continue.
    pub fn advance(&self, parts: u64) -> Result<(), Error> {
        let done = self.done.fetch_add(parts, Ordering::Relaxed) + parts;
        if self.from >= 0.0 {
            self.watch.progress((self.from + done as f64 * self.per_part).min(1.0));
        }
        self.check()
    }
}
