//! The files of SQLite: whose they are to read, and that one server has them.

use crate::base::Base;
use centrale_server::store::{Error, Store};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn modes(folder: &Path) -> Vec<(String, u32)> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut modes: Vec<_> = entries
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                mode(&entry.path()),
            )
        })
        .collect();
    modes.sort();
    modes
}

#[tokio::test]
async fn nobody_else_reads_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let base = Base::sqlite_in(folder.path()).await;
    base.with_demo().await;
    let own =
        ["centrale.db", "centrale.db-shm", "centrale.db-wal"].map(|name| (name.to_owned(), 0o600));
    assert_eq!(modes(folder.path()), own);
    // They were made by an earlier version, or by somebody else's hand.
    for (name, _) in &own {
        std::fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o644)).unwrap();
    }
    let again = Store::open(&base.url).await.unwrap();
    assert_eq!(modes(folder.path()), own);
    again.close().await;
    base.end().await;
}

#[tokio::test]
async fn a_file_has_one_server() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
    let server = Store::open_to_serve(&url).await.unwrap();
    let refused = Store::open_to_serve(&url).await.err().unwrap();
    assert!(matches!(refused, Error::Served(_)), "{refused}");
    // Commands work beside it.
    Store::open_existing(&url).await.unwrap().close().await;
    // What a server left behind keeps nobody out.
    server.close().await;
    drop(server);
    Store::open_to_serve(&url).await.unwrap().close().await;
}
