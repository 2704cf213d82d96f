//! Work that takes a processor for longer than a millisecond: done on a few threads of its own, so that neither calls nor
//! other requests wait for it. Each kind of work has a pool with a limit of threads, of places in the queue, of places for
//! one account, and of the time that who asks waits. What the work may cost is for the work itself to limit.

use crate::places::{Place, Places};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use thiserror::Error;
use tokio::runtime::{Builder, Runtime};
use tokio::task::AbortHandle;

/// Files and texts from outside: holidays, lists. Deep ones need a deep stack.
pub(crate) static READING: LazyLock<Pool> = LazyLock::new(|| {
    Pool::new(Shape {
        threads: 2,
        waiting: 30,
        of_one: 8,
        limit: Duration::from_secs(10),
        ..shape("reading")
    })
});
/// Questions about single calls, and the parts of the configuration that they touch.
pub(crate) static DECIDING: LazyLock<Pool> = LazyLock::new(|| {
    Pool::new(Shape {
        waiting: 64,
        limit: Duration::from_secs(10),
        ..shape("deciding")
    })
});
/// What goes through the whole organisation and takes seconds: findings.
pub(crate) static SURVEYS: LazyLock<Pool> = LazyLock::new(|| {
    let limit = Duration::from_mins(2);
    Pool::new(Shape {
        threads: 1,
        waiting: 15,
        of_one: 4,
        limit,
        ..shape("surveys")
    })
});
/// Answers as large as the organisation, which are written piece by piece while they are sent: the export.
pub(crate) static WRITING: LazyLock<Pool> = LazyLock::new(|| {
    let limit = Duration::from_mins(1);
    Pool::new(Shape {
        threads: 1,
        waiting: 31,
        of_one: 4,
        limit,
        ..shape("writing")
    })
});
/// Sounds that are uploaded or fetched: a sound of ten minutes takes up to 60 MB while it is read.
pub(crate) static SOUNDS: LazyLock<Pool> = LazyLock::new(|| {
    Pool::new(Shape {
        threads: 2,
        waiting: 14,
        of_one: 4,
        limit: Duration::from_mins(1),
        ..shape("sounds")
    })
});

/// Passwords: each takes a processor for tens of milliseconds, and 19 MB.
pub(crate) static HASHING: LazyLock<Pool> = LazyLock::new(|| {
    Pool::new(Shape {
        waiting: 200,
        ..shape("hashing")
    })
});
/// Passcodes that callers key in: they do not wait for those who log in.
pub(crate) static KEYED_IN: LazyLock<Pool> = LazyLock::new(|| {
    Pool::new(Shape {
        threads: 1,
        waiting: 100,
        ..shape("keyed-in")
    })
});

/// The stack of a thread: what the main thread of a program has on Linux.
const STACK: usize = 8 * 1024 * 1024;
/// How much calls and pages come before this work where processors are scarce (`nice`): at 10 a thread counts for a ninth.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// The measure of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// What its threads are called, at most 15 bytes.
    pub(crate) name: &'static str,
    /// How much is done at once.
    pub(crate) threads: usize,
    /// The stack of each thread, in bytes.
    pub(crate) stack: usize,
    /// How much waits for a thread at most.
    pub(crate) waiting: usize,
    /// How much of one account is done or waits at most.
    pub(crate) of_one: usize,
    /// How long who asks waits at most.
    pub(crate) limit: Duration,
}

/// A thread for each processor; the rest as most pools have it.
pub(crate) fn shape(name: &'static str) -> Shape {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    Shape {
        name,
        threads,
        stack: STACK,
        waiting: 32,
        of_one: 8,
        limit: Duration::from_secs(10),
    }
}

/// Threads for one kind of work.
pub(crate) struct Pool {
    shape: Shape,
    /// Whose threads for blocking work these are. It runs nothing else.
    runtime: Option<Runtime>,
    places: Places<i64>,
}

/// Why work was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum PoolError {
    /// Too much waits already, or did not get a thread in time.
    #[error("busy")]
    Busy,
    /// It did not come to an end in time. It goes on, and keeps its place until it does.
    #[error("took too long")]
    TookTooLong,
    /// It panicked, or its thread cannot be made. It is logged.
    #[error("failed")]
    Failed,
}

impl Pool {
    /// A pool; its threads begin when there is work, and end when there was none for ten seconds.
    pub(crate) fn new(shape: Shape) -> Self {
        let mut runtime = Builder::new_current_thread();
        runtime
            .max_blocking_threads(shape.threads)
            .thread_stack_size(shape.stack)
            .thread_name(shape.name);
        let runtime = runtime.on_thread_start(step_back).build();
        let places = Places::new(shape.threads + shape.waiting, shape.of_one);
        let runtime = runtime
            .inspect_err(|error| tracing::error!(%error, shape.name, "a pool cannot be made"));
        Self {
            shape,
            runtime: runtime.ok(),
            places,
        }
    }

    /// Does work of an account.
    pub(crate) async fn run_for<T: Send + 'static>(
        &self,
        account: i64,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PoolError> {
        self.run_at(self.places.take(Some(account)), work).await
    }

    /// Does work. When who asks goes away, what waits is not done, and what was begun goes on.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PoolError> {
        self.run_at(self.places.take(None), work).await
    }

    async fn run_at<T: Send + 'static>(
        &self,
        place: Option<Place<i64>>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PoolError> {
        let place = place.ok_or(PoolError::Busy)?;
        let runtime = self.runtime.as_ref().ok_or(PoolError::Failed)?;
        let begun = Arc::new(AtomicBool::new(false));
        let task = runtime.spawn_blocking(held(place, begun.clone(), work));
        let _given_up = GiveUp(task.abort_handle());
        match tokio::time::timeout(self.shape.limit, task).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => {
                tracing::error!(%error, pool = self.shape.name, "work failed");
                Err(PoolError::Failed)
            }
            Err(_) if begun.load(Ordering::Acquire) => {
                tracing::warn!(pool = self.shape.name, limit = ?self.shape.limit, "work takes too long");
                Err(PoolError::TookTooLong)
            }
            Err(_) => Err(PoolError::Busy),
        }
    }
}

impl Drop for Pool {
    /// A runtime that is simply dropped would wait for its threads.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Work that holds its place until it is done.
fn held<T>(
    place: Place<i64>,
    begun: Arc<AtomicBool>,
    work: impl FnOnce() -> T,
) -> impl FnOnce() -> T {
    move || {
        let _place = place;
        begun.store(true, Ordering::Release);
        work()
    }
}

/// What has not begun is not done any more.
struct GiveUp(AbortHandle);

impl Drop for GiveUp {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Lets calls and pages go first. On Linux a priority is a thread's; elsewhere it would be the whole server's.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "a thread keeps its priority");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use tokio::task::JoinHandle;

    fn small(limit: Duration) -> Arc<Pool> {
        Arc::new(Pool::new(Shape {
            threads: 1,
            waiting: 1,
            of_one: 1,
            limit,
            ..shape("small")
        }))
    }

    /// Work of an account or of nobody that has begun and is held up; and what ends it.
    async fn busy(
        pool: &Arc<Pool>,
        account: Option<i64>,
    ) -> (JoinHandle<Result<(), PoolError>>, mpsc::Sender<()>) {
        let ((begun, begins), (end, ends)) = (mpsc::channel(), mpsc::channel::<()>());
        let work = move || {
            begun.send(()).unwrap();
            ends.recv().ok();
        };
        let pool = pool.clone();
        let first = tokio::spawn(async move {
            match account {
                Some(account) => pool.run_for(account, work).await,
                None => pool.run(work).await,
            }
        });
        tokio::task::spawn_blocking(move || begins.recv().unwrap())
            .await
            .unwrap();
        (first, end)
    }

    /// Work that waits for a thread.
    async fn waiting<T: Send + 'static>(
        pool: &Arc<Pool>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> JoinHandle<Result<T, PoolError>> {
        let waits = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(work).await }
        });
        while pool.places.taken() < 2 {
            tokio::task::yield_now().await;
        }
        waits
    }

    #[tokio::test]
    async fn work_is_done_on_threads_of_the_pool() {
        let pool = small(Duration::from_mins(1));
        let name = pool
            .run(|| std::thread::current().name().map(str::to_owned))
            .await
            .unwrap();
        assert_eq!(name.as_deref(), Some("small"));
        #[cfg(target_os = "linux")]
        assert_eq!(
            pool.run(|| rustix::process::getpriority_process(None))
                .await
                .unwrap(),
            Ok(NICE)
        );
    }

    #[tokio::test]
    async fn a_full_pool_is_busy() {
        let pool = small(Duration::from_mins(1));
        let (first, end) = busy(&pool, None).await;
        let waits = waiting(&pool, || 7).await;
        assert_eq!(pool.run(|| 8).await, Err(PoolError::Busy));
        end.send(()).unwrap();
        assert_eq!(first.await.unwrap(), Ok(()));
        assert_eq!(waits.await.unwrap(), Ok(7));
        assert_eq!(pool.run(|| 9).await, Ok(9));
    }

    #[tokio::test]
    async fn an_account_has_its_share_only() {
        let pool = Arc::new(Pool::new(Shape {
            threads: 2,
            waiting: 2,
            of_one: 1,
            ..shape("shared")
        }));
        let (first, end) = busy(&pool, Some(1)).await;
        assert_eq!(pool.run_for(1, || ()).await, Err(PoolError::Busy));
        assert_eq!(pool.run_for(2, || ()).await, Ok(()));
        end.send(()).unwrap();
        assert_eq!(first.await.unwrap(), Ok(()));
        assert_eq!(pool.run_for(1, || ()).await, Ok(()));
        assert_eq!(pool.places.taken(), 0);
    }

    #[tokio::test]
    async fn who_asks_waits_so_long() {
        let pool = small(Duration::from_secs(1));
        let (first, end) = busy(&pool, None).await;
        assert_eq!(first.await.unwrap(), Err(PoolError::TookTooLong));
        // It goes on, so what comes next gets no thread.
        assert_eq!(pool.run(|| ()).await, Err(PoolError::Busy));
        end.send(()).unwrap();
    }

    #[tokio::test]
    async fn what_was_given_up_is_not_begun() {
        let pool = small(Duration::from_mins(1));
        let (first, end) = busy(&pool, None).await;
        let (told, tells) = mpsc::channel();
        let gone = waiting(&pool, move || told.send(())).await;
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled());
        end.send(()).unwrap();
        first.await.unwrap().unwrap();
        assert_eq!(pool.run(|| 1).await, Ok(1));
        assert!(tells.recv().is_err(), "it was done for nobody");
    }

    #[tokio::test]
    async fn a_panic_is_told() {
        let pool = small(Duration::from_mins(1));
        let failed: Result<(), _> = pool.run(|| panic!("a mistake of ours")).await;
        assert_eq!(failed, Err(PoolError::Failed));
        assert_eq!(pool.run(|| 1).await, Ok(1));
    }

    #[tokio::test]
    async fn a_deep_stack_is_there() {
        fn deep(levels: u32) -> u32 {
            let here = std::hint::black_box([levels; 256]);
            if levels == 0 {
                0
            } else {
                deep(levels - 1) + u32::from(here[9] > 0)
            }
        }
        // About 6 MB: more than the 2 MB that a thread has of itself.
        assert_eq!(
            small(Duration::from_mins(1)).run(|| deep(3_000)).await,
            Ok(3_000)
        );
    }
}
