//! The kernels as a WebAssembly module, with no tool beside cargo: plain functions of numbers. It decides nothing.
//!
//! An instance holds one session, so that dropping the instance gives its memory back. Arrays live in numbered buffers
//! of the instance's memory: JavaScript asks for one, writes or reads it through its address, and names it by its
//! number. Calls give 0, or 1 and leave a message in buffer 0.
#![allow(unsafe_code)] // Exporting a function by its name is counted as unsafe; nothing else here is.

use som_kernels::Error;
use som_kernels::lattice::{Cell, Lattice, Shape};
use som_kernels::measure::{Layer, Layers, Measure};
use som_kernels::metric::Metric;
use som_kernels::neighbourhood::Kernel;
use som_kernels::samples::{Matrix, Rows};
use som_kernels::session::{OnlineEpoch, Session, Task};
use som_kernels::watch::Watch;
use std::cell::RefCell;

enum Buffer {
    Free,
    Bytes(Vec<u8>),
    F32(Vec<f32>),
    F64(Vec<f64>),
    U32(Vec<u32>),
    I32(Vec<i32>),
}

#[derive(Default)]
struct State {
    /// Buffer 0 is the message.
    buffers: Vec<Buffer>,
    session: Option<Session>,
    /// Those of the session that is about to be opened.
    layers: Vec<Layer>,
    given: Option<Given>,
    /// Buffers that the last call answered with.
    answers: Vec<u32>,
    /// What a call tells beside arrays.
    numbers: [f64; 2],
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// A buffer that was not given: `weights` of samples that have none.
const NONE: u32 = u32::MAX;

impl State {
    fn put(&mut self, buffer: Buffer) -> u32 {
        if self.buffers.is_empty() {
            self.buffers.push(Buffer::Free);
        }
        let free = self.buffers.iter().skip(1).position(|buffer| matches!(buffer, Buffer::Free));
        match free {
            Some(at) => {
                self.buffers[at + 1] = buffer;
                at as u32 + 1
            }
            None => {
                self.buffers.push(buffer);
                self.buffers.len() as u32 - 1
            }
        }
    }

    fn take(&mut self, answer: Answer) {
        self.numbers = answer.numbers;
        self.answers = answer.buffers.into_iter().map(|buffer| self.put(buffer)).collect();
    }
}

fn f32s(buffers: &[Buffer], at: u32) -> Result<&[f32], Error> {
    match buffers.get(at as usize) {
        Some(Buffer::F32(values)) => Ok(values),
        _ => Err(Error::expected("buffer", "one of f32", at)),
    }
}

fn f64s(buffers: &[Buffer], at: u32) -> Result<&[f64], Error> {
    match buffers.get(at as usize) {
        Some(Buffer::F64(values)) => Ok(values),
        _ => Err(Error::expected("buffer", "one of f64", at)),
    }
}

fn u32s(buffers: &[Buffer], at: u32) -> Result<&[u32], Error> {
    match buffers.get(at as usize) {
        Some(Buffer::U32(values)) => Ok(values),
        _ => Err(Error::expected("buffer", "one of u32", at)),
    }
}

/// Runs `work`; an error's message goes to buffer 0.
fn call(work: impl FnOnce(&mut State) -> Result<(), Error>) -> u32 {
    STATE.with_borrow_mut(|state| match work(state) {
        Ok(()) => 0,
        Err(error) => {
            state.put(Buffer::Free);
            state.buffers[0] = Buffer::Bytes(error.to_string().into_bytes());
            1
        }
    })
}

/// Told the share that is done; says whether to stop.
struct Host;

#[cfg(target_arch = "wasm32")]
#[link(wasm_import_module = "host")]
unsafe extern "C" {
    safe fn look(share: f64) -> u32;
}

#[cfg(not(target_arch = "wasm32"))]
fn look(_: f64) -> u32 {
    0
}

impl Watch for Host {
    fn cancelled(&self) -> bool {
        look(-1.0) != 0
    }

    fn progress(&self, share: f64) {
        look(share);
    }
}

/// A new buffer of zeros: 0 for f32, 1 for f64, 2 for u32, 3 for bytes.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(kind: u32, length: usize) -> u32 {
    let buffer = match kind {
        0 => Buffer::F32(vec![0.0; length]),
        1 => Buffer::F64(vec![0.0; length]),
        3 => Buffer::Bytes(vec![0; length]),
        _ => Buffer::U32(vec![0; length]),
    };
    STATE.with_borrow_mut(|state| state.put(buffer))
}

/// Where a buffer's first number is.
#[unsafe(no_mangle)]
pub extern "C" fn address(buffer: u32) -> usize {
    STATE.with_borrow(|state| match state.buffers.get(buffer as usize) {
        Some(Buffer::Bytes(values)) => values.as_ptr().addr(),
        Some(Buffer::F32(values)) => values.as_ptr().addr(),
        Some(Buffer::F64(values)) => values.as_ptr().addr(),
        Some(Buffer::U32(values)) => values.as_ptr().addr(),
        Some(Buffer::I32(values)) => values.as_ptr().addr(),
        Some(Buffer::Free) | None => 0,
    })
}

/// How many numbers a buffer has.
#[unsafe(no_mangle)]
pub extern "C" fn length(buffer: u32) -> usize {
    STATE.with_borrow(|state| match state.buffers.get(buffer as usize) {
        Some(Buffer::Bytes(values)) => values.len(),
        Some(Buffer::F32(values)) => values.len(),
        Some(Buffer::F64(values)) => values.len(),
        Some(Buffer::U32(values)) => values.len(),
        Some(Buffer::I32(values)) => values.len(),
        Some(Buffer::Free) | None => 0,
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn release(buffer: u32) {
    STATE.with_borrow_mut(|state| {
        if let Some(buffer) = state.buffers.get_mut(buffer as usize) {
            *buffer = Buffer::Free;
        }
    });
}

/// One of the two numbers that the last call told.
#[unsafe(no_mangle)]
pub extern "C" fn number(at: usize) -> f64 {
    STATE.with_borrow(|state| state.numbers.get(at).copied().unwrap_or(f64::NAN))
}

/// The number of the cell (thing 0), shape (1), metric (2) or kernel (3) with the name in a buffer; all ones where
/// there is none.
#[unsafe(no_mangle)]
pub extern "C" fn named(thing: u32, name: u32) -> u32 {
    fn place<T: PartialEq>(all: &[T], wanted: Option<T>) -> Option<usize> {
        wanted.and_then(|wanted| all.iter().position(|one| *one == wanted))
    }
    STATE.with_borrow(|state| {
        let Some(Buffer::Bytes(name)) = state.buffers.get(name as usize) else { return NONE };
        let Ok(name) = std::str::from_utf8(name) else { return NONE };
        let place = match thing {
            0 => place(&Cell::ALL, Cell::from_name(name)),
            1 => place(&Shape::ALL, Shape::from_name(name)),
            2 => place(&Measure::ALL, Measure::from_name(name)),
            _ => place(&Kernel::ALL, Kernel::from_name(name)),
        };
        place.map_or(NONE, |place| place as u32)
    })
}

/// Adds a layer to the session that is opened next: its metric by number, its weight and the buffer of its features.
#[unsafe(no_mangle)]
pub extern "C" fn layer(metric: usize, weight: f64, columns: u32) -> u32 {
    call(|state| {
        let measure = Measure::ALL.get(metric).ok_or_else(|| Error::expected("layer", "a metric", metric))?;
        let columns = u32s(&state.buffers, columns)?.to_vec();
        state.layers.push(Layer { measure: *measure, weight, columns });
        Ok(())
    })
}

/// Opens the session; cell, shape, metric and kernel by their numbers.
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments)]
pub extern "C" fn open(
    cell: usize,
    shape: usize,
    rows: usize,
    columns: usize,
    metric: usize,
    kernel: usize,
    features: usize,
    codebook: u32,
) -> u32 {
    call(|state| {
        let unknown = || Error::Shape("task: expected a cell, shape, metric and kernel of this module".into());
        let cell = *Cell::ALL.get(cell).ok_or_else(unknown)?;
        let shape = *Shape::ALL.get(shape).ok_or_else(unknown)?;
        let measure = *Measure::ALL.get(metric).ok_or_else(unknown)?;
        let layers = std::mem::take(&mut state.layers);
        let layers = match measure.metric() {
            _ if !layers.is_empty() => Some(Layers::new(layers, features)?),
            Some(_) => None,
            None => Some(Layers::whole(measure, features)),
        };
        let metric = measure.metric().unwrap_or(Metric::Cosine);
        let kernel = *Kernel::ALL.get(kernel).ok_or_else(unknown)?;
        let task = Task { lattice: Lattice { cell, shape, rows, columns }, metric, kernel };
        let codebook = f32s(&state.buffers, codebook)?.to_vec();
        let session = Session::new(task, features, codebook, 1)?;
        state.session = Some(match layers {
            Some(layers) => session.layered(layers),
            None => session,
        });
        Ok(())
    })
}

/// Samples by their buffers: `data` alone where dense, else the other three.
struct Given {
    rows: usize,
    columns: usize,
    data: u32,
    offsets: u32,
    indices: u32,
    values: u32,
    weights: u32,
}

impl Given {
    fn rows<'a>(&self, buffers: &'a [Buffer]) -> Result<Rows<'a>, Error> {
        let matrix = if self.data != NONE {
            Matrix::dense(self.rows, self.columns, f32s(buffers, self.data)?)?
        } else {
            let (offsets, indices) = (u32s(buffers, self.offsets)?, u32s(buffers, self.indices)?);
            Matrix::sparse(self.rows, self.columns, offsets, indices, f32s(buffers, self.values)?)?
        };
        let weights = if self.weights == NONE { None } else { Some(f32s(buffers, self.weights)?) };
        Rows::new(matrix, weights)
    }
}

/// The samples that following calls are about.
#[unsafe(no_mangle)]
pub extern "C" fn give(rows: usize, columns: usize, data: u32, offsets: u32, indices: u32, values: u32, weights: u32) {
    let given = Given { rows, columns, data, offsets, indices, values, weights };
    STATE.with_borrow_mut(|state| state.given = Some(given));
}

/// Runs `work` on the session and the given samples.
fn on_samples(work: impl FnOnce(&mut Session, &[Buffer], &Rows<'_>) -> Result<Answer, Error>) -> u32 {
    call(|state| {
        let State { buffers, session, given, .. } = state;
        let given = given.as_ref().ok_or_else(|| Error::expected("samples", "some given", "none"))?;
        let session = session.as_mut().ok_or(Error::Closed)?;
        let answer = work(session, buffers, &given.rows(buffers)?)?;
        state.take(answer);
        Ok(())
    })
}

#[derive(Default)]
struct Answer {
    numbers: [f64; 2],
    buffers: Vec<Buffer>,
}

/// The buffer of the last call's answer `i`.
#[unsafe(no_mangle)]
pub extern "C" fn answer(i: usize) -> u32 {
    STATE.with_borrow(|state| state.answers.get(i).copied().unwrap_or(NONE))
}

/// Tells the sum of distances and the total weight.
#[unsafe(no_mangle)]
pub extern "C" fn batch_epoch(radius: f64) -> u32 {
    on_samples(|session, _, rows| {
        let report = session.batch_epoch(rows, radius, &Host)?;
        Ok(Answer { numbers: [report.distance_sum, report.presented], ..Answer::default() })
    })
}

/// Tells the sum of distances and the number of samples presented.
#[unsafe(no_mangle)]
pub extern "C" fn online_epoch(order: u32, radius: u32, rate: u32) -> u32 {
    on_samples(|session, buffers, rows| {
        let epoch =
            OnlineEpoch { order: u32s(buffers, order)?, radius: f32s(buffers, radius)?, rate: f32s(buffers, rate)? };
        let report = session.online_epoch(rows, epoch, &Host)?;
        Ok(Answer { numbers: [report.distance_sum, report.presented], ..Answer::default() })
    })
}

/// Tells distance and weight; answers sums and counts.
#[unsafe(no_mangle)]
pub extern "C" fn sums() -> u32 {
    on_samples(|session, _, rows| {
        let sums = session.sums(rows, &Host)?;
        Ok(Answer {
            numbers: [sums.distance, sums.weight],
            buffers: vec![Buffer::F64(sums.sums), Buffer::F64(sums.counts)],
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn update(sums: u32, counts: u32, radius: f64, rate: f64) -> u32 {
    call(|state| {
        let session = state.session.as_mut().ok_or(Error::Closed)?;
        session.update(f64s(&state.buffers, sums)?, f64s(&state.buffers, counts)?, radius, rate, &Host)
    })
}

/// Answers unit, distance, second unit and second distance; the last two are empty where `second` is 0.
#[unsafe(no_mangle)]
pub extern "C" fn match_rows(second: u32) -> u32 {
    on_samples(|session, _, rows| {
        let matches = session.match_rows(rows, second != 0, &Host)?;
        Ok(Answer {
            buffers: vec![
                Buffer::I32(matches.unit),
                Buffer::F32(matches.distance),
                Buffer::I32(matches.second_unit),
                Buffer::F32(matches.second_distance),
            ],
            ..Answer::default()
        })
    })
}

/// Answers unit and distance: `k` for each sample.
#[unsafe(no_mangle)]
pub extern "C" fn nearest_rows(k: u32) -> u32 {
    on_samples(|session, _, rows| {
        let nearest = session.nearest_rows(rows, k as usize, &Host)?;
        Ok(Answer { buffers: vec![Buffer::I32(nearest.unit), Buffer::F32(nearest.distance)], ..Answer::default() })
    })
}

/// Answers the codebook.
#[unsafe(no_mangle)]
pub extern "C" fn codebook() -> u32 {
    call(|state| {
        let codebook = state.session.as_mut().ok_or(Error::Closed)?.codebook()?;
        state.take(Answer { buffers: vec![Buffer::F32(codebook)], ..Answer::default() });
        Ok(())
    })
}
