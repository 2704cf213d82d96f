//! A disk that is full, and then is not: a file system of a few megabytes of its own, which only root can make.

use crate::base::{Base, NOW, SANNE, actor, change, demo};
use crate::cluster::Cluster;
use centrale_core::api::schedules::New;
use centrale_core::id::UploadId;
use centrale_core::organisation::{ContentHash, Upload, UploadOwner};
use centrale_core::schedule::ScheduleOwner;
use centrale_server::clock::SeededTokens;
use centrale_server::store::{Outage, SaveError, Store};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use serde_json::json;
use sqlx::{AnyConnection, Connection, Executor};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::task::JoinSet;

/// As many as SQLite has connections.
const SAVERS: u64 = 8;

/// A small file system in memory, gone when it is dropped.
struct Disk {
    folder: TempDir,
}

impl Disk {
    /// `None`: it cannot be made here.
    fn of(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(folder.path())
            .output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self { folder });
        }
        eprintln!("**** SKIPPED: a file system of its own needs root ****");
        None
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        use std::io::Write;
        let mut filler = std::fs::File::create(self.filler()).unwrap();
        while filler.write_all(&[1; 4096]).is_ok() {}
    }

    fn make_room(&self) {
        std::fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount")
            .arg("--lazy")
            .arg(self.folder.path())
            .status()
            .ok();
    }
}

/// An upload that is larger than what the write-ahead log may have room for, and packs no further.
fn upload(number: u64) -> (Upload, Vec<u8>) {
    let mut block = vec![0; 50_000];
    StdRng::seed_from_u64(number).fill_bytes(&mut block);
    let content = block.repeat(60);
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&number.to_be_bytes());
    let upload = Upload {
        id: UploadId(0),
        owner: UploadOwner::User(SANNE),
        name: format!("Geluid {number}"),
        length_ms: 10,
        bytes: 3_000_000,
        content: ContentHash(hash),
    };
    (upload, content)
}

/// Many uploads at the same time, over all connections; how each ended.
async fn uploads(store: &Store) -> Vec<Result<(), SaveError>> {
    let mut saves = JoinSet::new();
    for number in 0..SAVERS {
        let store = store.clone();
        saves.spawn(async move {
            let (upload, content) = upload(number);
            store
                .add_upload(&actor(), NOW, upload, &content)
                .await
                .map(drop)
        });
    }
    saves.join_all().await
}

/// Small saves at the same time, over all connections; how each ended.
async fn small(store: &Store, round: u64) -> Vec<Result<(), SaveError>> {
    let mut saves = JoinSet::new();
    for number in 0..SAVERS {
        let store = store.clone();
        let kind = json!({"type": "time", "blocks": [{"start": "mon 08:00", "end": "mon 12:00"}]});
        let new = New {
            name: format!("Rooster {round}-{number}"),
            kind: serde_json::from_value(kind).unwrap(),
        };
        saves.spawn(async move {
            store
                .add_schedule(&actor(), NOW, ScheduleOwner::User(SANNE), &new)
                .await
                .map(drop)
        });
    }
    saves.join_all().await
}

async fn until_health_says(store: &Store, expected: Option<Outage>) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while store.outage().await != expected {
        assert!(Instant::now() < deadline, "health never said {expected:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// `small_too`: the disk takes not even a small save.
async fn fills_and_heals(store: &Store, disk: &Disk, small_too: bool) {
    until_health_says(store, None).await;
    disk.fill();
    for save in uploads(store).await {
        assert_eq!(save.unwrap_err().outage(), Some(Outage::Full));
    }
    if small_too {
        // What is left of the write-ahead log takes some of them yet.
        for round in 0.. {
            let refused: Vec<_> = small(store, round)
                .await
                .into_iter()
                .filter_map(Result::err)
                .collect();
            for error in &refused {
                assert_eq!(error.outage(), Some(Outage::Full), "{error}");
            }
            if refused.len() as u64 == SAVERS {
                break;
            }
        }
        until_health_says(store, Some(Outage::Full)).await;
    }
    disk.make_room();
    for save in 0..5 * SAVERS {
        let rings = json!({ "rings": 2 + save % 8 });
        store
            .save_services(
                &actor(),
                NOW,
                SANNE,
                &[change("ring-count", 1 + save, rings)],
            )
            .await
            .unwrap();
    }
    let (fresh, content) = upload(SAVERS);
    store
        .add_upload(&actor(), NOW, fresh, &content)
        .await
        .unwrap();
    until_health_says(store, None).await;
}
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_saves_again_once_there_is_room() {
    let Some(disk) = Disk::of(12) else { return };
    let base = Base::sqlite_in(disk.path()).await;
    base.with_demo().await;
    fills_and_heals(&base.store, &disk, true).await;
    base.end().await;
}

/// The tables lie on the small file system, in a table space; PostgreSQL's own log does not, for without that it ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_saves_again_once_there_is_room() {
    let Some(disk) = Disk::of(40) else { return };
    let Some(cluster) = Cluster::start("disk::postgres_saves_again_once_there_is_room") else {
        return;
    };
    cluster.give(disk.path());
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&cluster.url("postgres"))
        .await
        .unwrap();
    let space = format!(
        "CREATE TABLESPACE small LOCATION '{}'",
        disk.path().display()
    );
    connection.execute(space.as_str()).await.unwrap();
    connection
        .execute("CREATE DATABASE centrale TABLESPACE small")
        .await
        .unwrap();
    connection.close().await.unwrap();
    let store = Store::open(&cluster.url("centrale")).await.unwrap();
    store
        .import(&demo(), &|_| None, &SeededTokens::new(1))
        .await
        .unwrap();
    fills_and_heals(&store, &disk, false).await;
    store.close().await;
}
