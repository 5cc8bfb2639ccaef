//! When to be lazy.

/// Decides between eager and lazy from how many tiles searches look into.
pub(super) struct Pace {
    pub(super) lazy: bool,
    /// Eager steps until lazy is tried.
    pub(super) wait: u32,
    pause: u32,
    steps: u32,
    looked: usize,
}

impl Pace {
    /// A random codebook has every tile spread over all the samples: some steps draw units together first.
    const WAIT: u32 = 24;
    const LONGEST_PAUSE: u32 = 1024;
    /// Searches between two decisions.
    const WINDOW: u32 = 16;
    /// Searches that look into more than one tile in so many are better done in one pass.
    const WORTH: usize = 6;

    pub(super) fn new() -> Pace {
        Pace { lazy: false, wait: Pace::WAIT, pause: Pace::WAIT, steps: 0, looked: 0 }
    }

    /// Whether lazy should be tried from the next step on.
    pub(super) fn eager_step(&mut self) -> bool {
        self.wait = self.wait.saturating_sub(1);
        self.wait == 0
    }

    pub(super) fn lazy_step(&mut self, looked: usize, tiles: usize) {
        self.steps += 1;
        self.looked += looked;
        if self.steps < Pace::WINDOW {
            return;
        }
        if self.looked * Pace::WORTH > tiles * Pace::WINDOW as usize {
            self.back_off();
        } else {
            self.pause = Pace::WAIT;
        }
        (self.steps, self.looked) = (0, 0);
    }

    pub(super) fn back_off(&mut self) {
        self.lazy = false;
        self.wait = self.pause;
        self.pause = (self.pause * 2).min(Pace::LONGEST_PAUSE);
    }
}
