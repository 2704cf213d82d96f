//! The store on real databases: every test runs on SQLite and, when `CENTRALE_TEST_POSTGRES` holds the URL of a server
//! that may make databases, on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub
)]

mod accounts;
mod away;
mod backups;
mod base;
mod calls;
mod cluster;
mod disk;
mod files;
mod follow;
mod live;
mod log;
mod mails;
mod organisation;
mod parts;
mod passcodes;
mod reports;
mod saves;
mod schedules;
mod sealed;
mod statistics;
mod uploads;

/// Runs each test on both databases.
macro_rules! on_both {
    ($($test:ident)+) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                let base = crate::base::Base::sqlite().await;
                super::$test(&base).await;
                base.end().await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                if let Some(base) = crate::base::Base::postgres(concat!(module_path!(), "::", stringify!($test))).await {
                    super::$test(&base).await;
                    base.end().await;
                }
            })+
        }
    };
}
pub(crate) use on_both;
