use crate::error::Error;
use std::sync::{Mutex, PoisonError};

/// A fixed number of threads, kept for a session's life. Work is cut by its own size, never by the number of threads,
/// so that results do not depend on it. With one thread, or without the feature `parallel`, work runs on the calling
/// thread.
pub struct Pool {
    threads: usize,
    #[cfg(feature = "parallel")]
    workers: Option<rayon::ThreadPool>,
}

impl Pool {
    /// Starts `threads` threads; 0 means one per core.
    pub fn new(threads: usize) -> Result<Pool, Error> {
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            some => some,
        };
        #[cfg(feature = "parallel")]
        {
            if threads == 1 {
                return Ok(Pool { threads, workers: None });
            }
            let workers = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .thread_name(|i| format!("som-{i}"))
                .build()
                .map_err(|error| Error::System(format!("threads: expected to start {threads}, found {error}")))?;
            Ok(Pool { threads, workers: Some(workers) })
        }
        #[cfg(not(feature = "parallel"))]
        {
            let _ = threads;
            Ok(Pool { threads: 1 })
        }
    }

    pub fn threads(&self) -> usize {
        self.threads
    }

    /// `work(part)` for every part below `parts`, results in order of the parts. The first error found is given, the
    /// rest of the work dropped.
    pub fn map<T: Send>(
        &self,
        parts: usize,
        work: impl Fn(usize) -> Result<T, Error> + Sync + Send,
    ) -> Result<Vec<T>, Error> {
        // One part is not worth waking a thread for.
        #[cfg(feature = "parallel")]
        if let Some(workers) = self.workers.as_ref().filter(|_| parts > 1) {
            use rayon::prelude::*;
            return workers.install(|| (0..parts).into_par_iter().with_max_len(1).map(work).collect());
        }
        (0..parts).map(work).collect()
    }

    /// Does `work` on one of the threads, while the calling one continues; on the calling one if there are no others.
    pub fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        #[cfg(feature = "parallel")]
        if let Some(workers) = &self.workers {
            workers.spawn(work);
            return;
        }
        work();
    }

    /// `work(part, chunk)` for every chunk of `size` elements of `data` (the last may be shorter).
    pub fn chunks<T: Send>(
        &self,
        data: &mut [T],
        size: usize,
        work: impl Fn(usize, &mut [T]) -> Result<(), Error> + Sync + Send,
    ) -> Result<(), Error> {
        let size = size.max(1);
        #[cfg(feature = "parallel")]
        if let Some(workers) = self.workers.as_ref().filter(|_| data.len() > size) {
            use rayon::prelude::*;
            return workers.install(|| {
                data.par_chunks_mut(size).enumerate().with_max_len(1).try_for_each(|(part, chunk)| work(part, chunk))
            });
        }
        data.chunks_mut(size).enumerate().try_for_each(|(part, chunk)| work(part, chunk))
    }
}

/// What workers leave for the next part of the work: memory is requested once per worker, not once per part.
pub(crate) struct Spares<T>(Mutex<Vec<T>>);

impl<T> Default for Spares<T> {
    fn default() -> Spares<T> {
        Spares(Mutex::new(Vec::new()))
    }
}

impl<T: Default> Spares<T> {
    /// Does `work` with something left by an earlier part, or with a new one.
    pub fn lend<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let left = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut lent = left.unwrap_or_default();
        let result = work(&mut lent);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(lent);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chunk_is_worked_on_once_on_any_number_of_threads() {
        for threads in [1, 2, 3, 8] {
            let pool = Pool::new(threads).unwrap();
            let mut data = vec![0usize; 1003];
            pool.chunks(&mut data, 10, |part, chunk| {
                chunk.iter_mut().for_each(|value| *value += part + 1);
                Ok(())
            })
            .unwrap();
            assert!(data.iter().enumerate().all(|(i, &value)| value == i / 10 + 1));
        }
    }

    #[test]
    fn what_is_left_is_lent_again() {
        let spares = Spares::<Vec<usize>>::default();
        let first = spares.lend(|numbers| {
            numbers.push(7);
            spares.lend(|other| other.len())
        });
        assert_eq!((first, spares.lend(|_| spares.lend(|numbers| numbers.clone()))), (0, vec![]));
        let pool = Pool::new(2).unwrap();
        pool.map(100, |part| {
            spares.lend(|numbers| {
                numbers.push(part);
                Ok(())
            })
        })
        .unwrap();
        let both = spares.lend(|a| spares.lend(|b| [a.clone(), b.clone()].concat()));
        assert_eq!(both.len(), 101);
    }

    #[test]
    fn an_error_in_one_part_is_the_error_of_the_whole() {
        let pool = Pool::new(2).unwrap();
        let result = pool.map(100, |part| if part == 57 { Err(Error::Cancelled) } else { Ok(part) });
        assert_eq!(result, Err(Error::Cancelled));
    }
}
