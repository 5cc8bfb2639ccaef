//! Memory for millions of numbers. A fresh page costs more than what is written to it, so large vectors ask the system
//! for large pages.

/// Vectors smaller than this are left alone.
#[cfg(any(test, all(target_os = "linux", not(miri))))]
const LARGE: usize = 4 << 20;

/// `count` zeros.
pub(crate) fn zeros<T: Copy + Default>(count: usize) -> Vec<T> {
    // Zeros of the system's own: pages that nothing has been written to yet.
    let numbers = vec![T::default(); count];
    advise(numbers.as_ptr() as usize, std::mem::size_of_val(numbers.as_slice()));
    numbers
}

/// `count` times `value`.
pub(crate) fn filled<T: Copy>(value: T, count: usize) -> Vec<T> {
    let mut numbers = Vec::with_capacity(count);
    advise(numbers.as_ptr() as usize, count * size_of::<T>());
    numbers.resize(count, value);
    numbers
}

/// Asks for large pages; a system that has none continues with small ones.
#[cfg(all(target_os = "linux", not(miri)))]
fn advise(address: usize, bytes: usize) {
    use std::ffi::{c_int, c_void};

    const LARGE_PAGE: usize = 2 << 20;
    const MADV_HUGEPAGE: c_int = 14;
    unsafe extern "C" {
        fn madvise(address: *mut c_void, length: usize, advice: c_int) -> c_int;
    }
    let from = address.next_multiple_of(LARGE_PAGE);
    let to = (address + bytes) / LARGE_PAGE * LARGE_PAGE;
    if bytes >= LARGE && from < to {
        // SAFETY: The range lies within an allocation of the caller's, and the advice changes the size of its pages,
        // not what is in them.
        unsafe { madvise(from as *mut c_void, to - from, MADV_HUGEPAGE) };
    }
}

#[cfg(not(all(target_os = "linux", not(miri))))]
fn advise(_: usize, _: usize) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_and_small_vectors_hold_what_they_should() {
        for count in [0, 7, LARGE] {
            assert_eq!(zeros::<f64>(count), vec![0.0; count]);
            assert_eq!(filled(1.5f32, count), vec![1.5; count]);
        }
    }
}
