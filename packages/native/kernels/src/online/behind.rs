//! Updates that other threads apply to all tiles while the search for the next samples continues.

use super::apply::{CAPACITY, Pending};
use super::pass::{concerning, take};
use super::ring::Ring;
use super::tiles::{Grid, Tile, Tiles};
use crate::parallel::Pool;
use crate::simd::Level;
use crate::vector::{self, Vectors, Work};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A full ring of updates that is being applied to all tiles. A search that reaches a tile first applies them itself.
pub(super) struct Behind {
    work: Arc<Flush>,
    jobs: Arc<Jobs>,
}

impl Behind {
    /// Hands the updates to all threads of the pool but one.
    pub fn start(level: Level, grid: Grid, ring: Ring, tiles: Arc<Tiles>, pool: &Pool) -> Behind {
        let work = Arc::new(Flush { level, grid, ring, tiles, next: AtomicUsize::new(0) });
        let jobs =
            Arc::new(Jobs { running: Mutex::new(pool.threads() - 1), ended: Condvar::new(), panic: Mutex::new(None) });
        for _ in 1..pool.threads() {
            let (work, jobs) = (Arc::clone(&work), Arc::clone(&jobs));
            pool.spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(|| work.help()));
                // Before the end is reported, because whoever waits for it needs the tiles exclusively.
                drop(work);
                jobs.end(result.err());
            });
        }
        Behind { work, jobs }
    }

    pub fn ring(&self) -> &Ring {
        &self.work.ring
    }

    /// Helps until everything is done, and returns the ring. Panics if another thread did.
    pub fn end(self) -> Option<Ring> {
        self.work.help();
        self.jobs.wait();
        Arc::into_inner(self.work).map(|work| work.ring)
    }
}

struct Flush {
    level: Level,
    grid: Grid,
    ring: Ring,
    tiles: Arc<Tiles>,
    /// The next row of tiles that no thread has started.
    next: AtomicUsize,
}

impl Flush {
    fn help(&self) {
        loop {
            let down = self.next.fetch_add(1, Ordering::Relaxed);
            if down >= self.grid.down {
                return;
            }
            vector::run(self.level, Row { flush: self, down });
        }
    }
}

/// A row of tiles.
struct Row<'a> {
    flush: &'a Flush,
    down: usize,
}

impl Work for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, v: V) {
        let Flush { ring, grid, tiles, .. } = self.flush;
        let mut list = [Pending::default(); CAPACITY];
        let list = concerning(ring, self.down, &mut list);
        for across in 0..grid.across {
            let mut tile = Tile::held(&tiles[self.down * grid.across + across]);
            take(v, ring, (self.down, across), list, &mut tile);
        }
    }
}

/// How many threads are still working, and the panic of one of them, if any.
struct Jobs {
    running: Mutex<usize>,
    ended: Condvar,
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

impl Jobs {
    fn end(&self, panic: Option<Box<dyn Any + Send>>) {
        if panic.is_some() {
            *self.panic.lock().unwrap_or_else(PoisonError::into_inner) = panic;
        }
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.ended.notify_all();
    }

    fn wait(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.ended.wait_while(running, |running| *running > 0).unwrap_or_else(PoisonError::into_inner));
        let panic = self.panic.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(panic) = panic {
            resume_unwind(panic);
        }
    }
}
