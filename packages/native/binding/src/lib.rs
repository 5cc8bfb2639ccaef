//! The kernels as a Node addon. It decides nothing: it turns JavaScript values into the kernels' types and answers
//! back, off the event loop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use napi::bindgen_prelude::*;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use som_kernels::Error as KernelError;
use som_kernels::lattice::{Cell, Lattice, Shape};
use som_kernels::measure::{Layer, Layers, Measure};
use som_kernels::metric::Metric;
use som_kernels::neighbourhood::Kernel;
use som_kernels::samples::{Matrix, Rows};
use som_kernels::session::{OnlineEpoch, Session, Task as KernelTask};
use som_kernels::watch::Watch;

/// The version of the package that this addon was built for.
#[napi]
pub fn version() -> &'static str {
    option_env!("SOM_NATIVE_VERSION").unwrap_or("unknown")
}

/// A request to stop, shared between JavaScript and the workers.
#[napi]
pub struct CancelToken {
    asked: Arc<AtomicBool>,
}

#[napi]
impl CancelToken {
    #[napi(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> CancelToken {
        CancelToken { asked: Arc::new(AtomicBool::new(false)) }
    }

    #[napi]
    pub fn cancel(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }
}

type ProgressFunction = ThreadsafeFunction<f64, (), f64, Status, false, true, 0>;

struct JsWatch {
    asked: Option<Arc<AtomicBool>>,
    progress: Option<ProgressFunction>,
    told: AtomicU32,
}

/// How many shares of progress are told apart: at most one JavaScript call for each.
const STEPS: f64 = 200.0;

impl JsWatch {
    fn new(cancel: Option<&CancelToken>, progress: Option<Function<'_, f64, ()>>) -> Result<JsWatch> {
        let progress = match progress {
            Some(function) => Some(function.build_threadsafe_function::<f64>().weak::<true>().build()?),
            None => None,
        };
        Ok(JsWatch { asked: cancel.map(|token| token.asked.clone()), progress, told: AtomicU32::new(0) })
    }
}

impl Watch for JsWatch {
    fn cancelled(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.load(Ordering::Relaxed))
    }

    fn progress(&self, share: f64) {
        let Some(progress) = &self.progress else { return };
        let step = (share * STEPS) as u32;
        if self.told.fetch_max(step, Ordering::Relaxed) < step {
            progress.call(share, ThreadsafeFunctionCallMode::NonBlocking);
        }
    }
}

/// Samples of one call: dense `data`, or `offsets`, `indices` and `values`. Held by reference, not copied, until the
/// call ends.
#[napi(object, object_to_js = false)]
pub struct NativeRows {
    pub rows: u32,
    pub columns: u32,
    pub data: Option<Float32Array>,
    pub offsets: Option<Uint32Array>,
    pub indices: Option<Uint32Array>,
    pub values: Option<Float32Array>,
    pub weights: Option<Float32Array>,
}

impl NativeRows {
    fn view(&self) -> std::result::Result<Rows<'_>, KernelError> {
        let (rows, columns) = (self.rows as usize, self.columns as usize);
        let matrix = match (&self.data, &self.offsets, &self.indices, &self.values) {
            (Some(data), ..) => Matrix::dense(rows, columns, data)?,
            (None, Some(offsets), Some(indices), Some(values)) => {
                Matrix::sparse(rows, columns, offsets, indices, values)?
            }
            _ => return Err(KernelError::Shape("samples: expected data, or offsets, indices and values".into())),
        };
        Rows::new(matrix, self.weights.as_deref())
    }
}

#[napi(object, object_from_js = false)]
pub struct NativeReport {
    pub distance: f64,
    pub weight: f64,
}

#[napi(object, object_from_js = false)]
pub struct NativeSums {
    pub sums: Float64Array,
    pub counts: Float64Array,
    pub distance: f64,
    pub weight: f64,
}

#[napi(object, object_from_js = false)]
pub struct NativeMatches {
    pub unit: Int32Array,
    pub distance: Float32Array,
    pub second_unit: Int32Array,
    pub second_distance: Float32Array,
}

#[napi(object, object_from_js = false)]
pub struct NativeNearest {
    pub unit: Int32Array,
    pub distance: Float32Array,
}

#[napi(object, object_to_js = false)]
pub struct NativeTask {
    pub cell: String,
    pub shape: String,
    pub rows: u32,
    pub columns: u32,
    pub metric: String,
    pub kernel: String,
    /// In place of the metric.
    pub layers: Option<Vec<NativeLayer>>,
}

/// Features with a metric and a weight of their own.
#[napi(object, object_to_js = false)]
pub struct NativeLayer {
    pub metric: String,
    pub weight: f64,
    pub columns: Uint32Array,
}

impl NativeTask {
    /// The task, and its distance where that is one over layers.
    fn read(&self, features: usize) -> Result<(KernelTask, Option<Layers>)> {
        let unknown =
            |thing: &str, name: &str| Error::new(Status::InvalidArg, format!("{thing}: no such one as {name}"));
        let lattice = Lattice {
            cell: Cell::from_name(&self.cell).ok_or_else(|| unknown("cell", &self.cell))?,
            shape: Shape::from_name(&self.shape).ok_or_else(|| unknown("shape", &self.shape))?,
            rows: self.rows as usize,
            columns: self.columns as usize,
        };
        let measure = |name: &str| Measure::from_name(name).ok_or_else(|| unknown("metric", name));
        let kernel = Kernel::from_name(&self.kernel).ok_or_else(|| unknown("kernel", &self.kernel))?;
        let (metric, layers) = match &self.layers {
            Some(layers) => {
                let layer = |NativeLayer { metric, weight, columns }: &NativeLayer| {
                    Ok(Layer { measure: measure(metric)?, weight: *weight, columns: columns.to_vec() })
                };
                let layers = layers.iter().map(layer).collect::<Result<Vec<_>>>()?;
                (None, Some(guarded(|| Layers::new(layers, features))?))
            }
            None => {
                let measure = measure(&self.metric)?;
                let metric = measure.metric();
                (metric, metric.is_none().then(|| Layers::whole(measure, features)))
            }
        };
        Ok((KernelTask { lattice, metric: metric.unwrap_or(Metric::Cosine), kernel }, layers))
    }
}

/// The names that this addon knows, for a face that must say why it rejects a task.
#[napi(ts_args_type = "thing: 'cell' | 'shape' | 'metric' | 'kernel', name: string")]
pub fn knows(thing: String, name: String) -> bool {
    match thing.as_str() {
        "cell" => Cell::from_name(&name).is_some(),
        "shape" => Shape::from_name(&name).is_some(),
        "metric" => Measure::from_name(&name).is_some(),
        "kernel" => Kernel::from_name(&name).is_some(),
        _ => false,
    }
}

type Shared = Arc<Mutex<Option<Session>>>;

#[napi]
pub struct NativeSession {
    shared: Shared,
}

#[napi]
impl NativeSession {
    /// Copies the codebook; `threads` 0 means one per core.
    #[napi(constructor)]
    pub fn new(task: NativeTask, features: u32, codebook: Float32Array, threads: u32) -> Result<NativeSession> {
        let (task, layers) = task.read(features as usize)?;
        let session = guarded(|| Session::new(task, features as usize, codebook.to_vec(), threads as usize))?;
        let session = match layers {
            Some(layers) => session.layered(layers),
            None => session,
        };
        Ok(NativeSession { shared: Arc::new(Mutex::new(Some(session))) })
    }

    #[napi(ts_return_type = "Promise<NativeReport>")]
    pub fn batch_epoch(
        &self,
        rows: NativeRows,
        radius: f64,
        cancel: Option<&CancelToken>,
        progress: Option<Function<'_, f64, ()>>,
    ) -> Result<AsyncTask<Call<NativeReport>>> {
        self.call(cancel, progress, move |session, watch| {
            let report = session.batch_epoch(&rows.view()?, radius, watch)?;
            Ok(NativeReport { distance: report.distance_sum, weight: report.presented })
        })
    }

    #[napi(ts_return_type = "Promise<NativeReport>")]
    #[allow(clippy::too_many_arguments)]
    pub fn online_epoch(
        &self,
        rows: NativeRows,
        order: Uint32Array,
        radius: Float32Array,
        rate: Float32Array,
        cancel: Option<&CancelToken>,
        progress: Option<Function<'_, f64, ()>>,
    ) -> Result<AsyncTask<Call<NativeReport>>> {
        self.call(cancel, progress, move |session, watch| {
            let epoch = OnlineEpoch { order: &order, radius: &radius, rate: &rate };
            let report = session.online_epoch(&rows.view()?, epoch, watch)?;
            Ok(NativeReport { distance: report.distance_sum, weight: report.presented })
        })
    }

    #[napi(ts_return_type = "Promise<NativeSums>")]
    pub fn sums(
        &self,
        rows: NativeRows,
        cancel: Option<&CancelToken>,
        progress: Option<Function<'_, f64, ()>>,
    ) -> Result<AsyncTask<Call<NativeSums>>> {
        self.call(cancel, progress, move |session, watch| {
            let sums = session.sums(&rows.view()?, watch)?;
            Ok(NativeSums {
                sums: Float64Array::new(sums.sums),
                counts: Float64Array::new(sums.counts),
                distance: sums.distance,
                weight: sums.weight,
            })
        })
    }

    #[napi(ts_return_type = "Promise<void>")]
    pub fn update(
        &self,
        sums: Float64Array,
        counts: Float64Array,
        radius: f64,
        rate: f64,
    ) -> Result<AsyncTask<Call<()>>> {
        self.call(None, None, move |session, watch| session.update(&sums, &counts, radius, rate, watch))
    }

    #[napi(ts_return_type = "Promise<NativeMatches>")]
    pub fn match_rows(
        &self,
        rows: NativeRows,
        second: bool,
        cancel: Option<&CancelToken>,
        progress: Option<Function<'_, f64, ()>>,
    ) -> Result<AsyncTask<Call<NativeMatches>>> {
        self.call(cancel, progress, move |session, watch| {
            let matches = session.match_rows(&rows.view()?, second, watch)?;
            Ok(NativeMatches {
                unit: Int32Array::new(matches.unit),
                distance: Float32Array::new(matches.distance),
                second_unit: Int32Array::new(matches.second_unit),
                second_distance: Float32Array::new(matches.second_distance),
            })
        })
    }

    #[napi(ts_return_type = "Promise<NativeNearest>")]
    pub fn nearest_rows(
        &self,
        rows: NativeRows,
        k: u32,
        cancel: Option<&CancelToken>,
        progress: Option<Function<'_, f64, ()>>,
    ) -> Result<AsyncTask<Call<NativeNearest>>> {
        self.call(cancel, progress, move |session, watch| {
            let nearest = session.nearest_rows(&rows.view()?, k as usize, watch)?;
            Ok(NativeNearest { unit: Int32Array::new(nearest.unit), distance: Float32Array::new(nearest.distance) })
        })
    }

    #[napi(ts_return_type = "Promise<Float32Array>")]
    pub fn codebook(&self) -> Result<AsyncTask<Call<Float32Array>>> {
        self.call(None, None, |session, _| session.codebook().map(Float32Array::new))
    }

    /// Panics in a worker, for the test that shows that a panic is an error and not the end of the process.
    #[napi(ts_return_type = "Promise<void>")]
    pub fn panic(&self) -> Result<AsyncTask<Call<()>>> {
        self.call(None, None, |_, _| panic!("asked to"))
    }

    /// Gives codebook and threads back, at once or when the running call ends. Closing twice is fine.
    #[napi]
    pub fn close(&self) {
        match self.shared.try_lock() {
            Ok(mut session) => *session = None,
            // A call is running: it holds the lock. Whoever closes during a call has asked it to stop before.
            Err(_) => {
                let shared = self.shared.clone();
                std::thread::spawn(move || *shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = None);
            }
        }
    }

    fn call<T: 'static + Send + ToNapiValue + TypeName>(
        &self,
        cancel: Option<&CancelToken>,
        progress: Option<Function<'_, f64, ()>>,
        work: impl FnOnce(&mut Session, &dyn Watch) -> std::result::Result<T, KernelError> + Send + 'static,
    ) -> Result<AsyncTask<Call<T>>> {
        let watch = JsWatch::new(cancel, progress)?;
        Ok(AsyncTask::new(Call { shared: self.shared.clone(), watch, work: Some(Box::new(work)) }))
    }
}

type Work<T> = Box<dyn FnOnce(&mut Session, &dyn Watch) -> std::result::Result<T, KernelError> + Send>;

/// One call on a session, run on a worker of Node's.
pub struct Call<T> {
    shared: Shared,
    watch: JsWatch,
    work: Option<Work<T>>,
}

impl<T: 'static + Send + ToNapiValue + TypeName> Task for Call<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> Result<T> {
        let work = self.work.take().ok_or_else(|| Error::from_reason("a call runs once"))?;
        let mut lock = self.shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let answer = guarded(|| match lock.as_mut() {
            Some(session) => work(session, &self.watch),
            None => Err(KernelError::Closed),
        });
        if matches!(&answer, Err(error) if error.status == Status::GenericFailure) {
            // After a panic the codebook may be half moved.
            *lock = None;
        }
        answer
    }

    fn resolve(&mut self, _env: Env, output: T) -> Result<T> {
        Ok(output)
    }
}

/// Runs `work`; a panic becomes an error, so that it never ends the process.
fn guarded<T>(work: impl FnOnce() -> std::result::Result<T, KernelError>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(KernelError::Cancelled)) => Err(Error::new(Status::Cancelled, "cancelled")),
        Ok(Err(KernelError::Closed)) => Err(Error::new(Status::Closing, "session: it is closed; open another one")),
        Ok(Err(error)) => Err(Error::new(Status::InvalidArg, error.to_string())),
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(ToString::to_string);
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            Err(Error::new(
                Status::GenericFailure,
                format!("the native backend failed and its session is closed: {text}"),
            ))
        }
    }
}
