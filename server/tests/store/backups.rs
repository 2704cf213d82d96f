//! Backups: everything of one database in another, of either kind, or nothing.

use crate::base::{Base, NOW, SANNE, change};
use crate::on_both;
use centrale_server::backup::{self, Error, Target};
use centrale_server::secret::Keyring;
use centrale_server::store::{self, Cell, LEFT_OUT, Restoring, Store, Table, seed_place};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

on_both! {
    everything_is_restored_into_either
    every_table_is_backed_up_or_left_out_by_name
    what_is_there_is_never_overwritten
    a_backup_of_before_is_brought_up_to_date
}

const PASSPHRASE: &str = "kraan molen zwaluw";
/// The second factor of the first account.
const SEED: &[u8] = b"12345678901234567890";

/// Puts something into every table that the demo organisation leaves empty.
async fn fill(base: &Base, keys: &Keyring) {
    base.with_demo().await;
    base.save(&[change(
        "do-not-disturb",
        0,
        json!({ "active": true, "ring_splash": false }),
    )])
    .await
    .unwrap();
    let seed = keys.seal(&seed_place(1), SEED).unwrap();
    for sql in [
        "INSERT INTO browsers VALUES ('ab', 1, 5)",
        "INSERT INTO calls VALUES (1, 5, 1, 'missed', '{\"naam\": \"Zoë \\\\ ''\\u2603\"}')",
        "INSERT INTO failures VALUES ('mailbox:1', 9223372036854775807), ('mailbox:1', -9223372036854775807)",
        "INSERT INTO kept VALUES ('agents', '{}')",
        "INSERT INTO log_in_failures VALUES ('sanne', '10.0.0.1', 3, 5, 6)",
        "INSERT INTO mails VALUES ('a@b', 'c@d', 'Hallo', 5, NULL, 2, 'full', 7), ('b@b', 'c@d', '', 5, 6, 0, NULL, NULL)",
        "INSERT INTO marks VALUES ('demo')",
        "INSERT INTO passcodes VALUES (1, NULL, '[]', 5)",
        "INSERT INTO password_resets VALUES (1, 'ab', 5)",
        "INSERT INTO recovery_codes VALUES (1, 'ab')",
        "INSERT INTO reports VALUES (1, 'daily', 5)",
        "INSERT INTO security_events VALUES (1, 'log-in', 5, 5, 1, NULL, 'sanne', '', '10.0.0.1', '')",
        "INSERT INTO statistics VALUES (1, 5, '{}')",
        "INSERT INTO secrets VALUES (1, '1.AAAA')",
        "INSERT INTO sessions (token_hash, account_id, expires_at) VALUES ('ab', 1, 5)",
        &format!("INSERT INTO second_factors VALUES (1, '{seed}', 5, 6)"),
    ] {
        base.meddle(sql).await;
    }
    // A row that refers to a later one, and more rows than go into one statement.
    base.meddle("UPDATE departments SET parent_id = 3 WHERE id = 1")
        .await;
    for at in 0..250 {
        base.meddle(&format!("INSERT INTO statistics VALUES (2, {at}, '{{}}')"))
            .await;
    }
    let sounds = ["00ff0a", &"7f00".repeat(700_000)];
    for (name, content) in ["small", "large"].iter().zip(sounds) {
        let content = if base.url.starts_with("sqlite") {
            format!("x'{content}'")
        } else {
            format!("'\\x{content}'")
        };
        base.meddle(&format!("INSERT INTO sounds VALUES ('{name}', {content})"))
            .await;
    }
}

/// Every row of every table that is backed up, in an order of its own.
async fn content(store: &Store) -> BTreeMap<String, Vec<String>> {
    let mut dump = store.dump().await.unwrap();
    let mut all = BTreeMap::new();
    for table in Store::tables().await.unwrap() {
        let mut rows = Vec::new();
        let seen = dump.rows(&table, |row| {
            // How often it was filled as a whole is the database's own.
            if table.name != "counters" || row[0] != Cell::Text(Some("whole".into())) {
                rows.push(format!("{row:?}"));
            }
            Ok::<(), store::Error>(())
        });
        seen.await.unwrap();
        rows.sort();
        all.insert(table.name, rows);
    }
    dump.end().await.unwrap();
    all
}

/// A folder with messages, and where things go to.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("messages/7")).unwrap();
        std::fs::write(
            folder.path().join("messages/7/call-1-1-message.wav"),
            [0, 1, 255],
        )
        .unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    async fn backup(&self, store: &Store, keys: &Keyring) -> PathBuf {
        let file = self.path("backup");
        let messages = self.path("messages");
        backup::write(store, keys, &messages, &file, PASSPHRASE, NOW)
            .await
            .unwrap();
        file
    }

    fn target(&self, database: &str, name: &str) -> Target {
        Target {
            database: database.to_owned(),
            key_file: Some(self.path(&format!("{name}.key"))),
            messages: self.path(&format!("{name}/messages")),
        }
    }
}

/// A fresh database of each kind.
async fn fresh() -> Vec<Base> {
    let postgres = Base::postgres("a database to restore into").await;
    std::iter::once(Base::sqlite().await)
        .chain(postgres)
        .collect()
}

async fn refused(file: &Path, passphrase: &str, target: &Target) -> Error {
    match backup::restore(file, passphrase, target).await {
        Ok((_, contents)) => panic!("it was restored: {contents:?}"),
        Err(error) => error,
    }
}

async fn everything_is_restored_into_either(base: &Base) {
    let (folder, keys) = (Folder::new(), Keyring::in_memory());
    fill(base, &keys).await;
    let expected = content(&base.store).await;
    let file = folder.backup(&base.store, &keys).await;
    for (at, into) in fresh().await.into_iter().enumerate() {
        let target = folder.target(&into.url, &at.to_string());
        let (store, contents) = backup::restore(&file, PASSPHRASE, &target).await.unwrap();
        assert_eq!(backup::check(&file, PASSPHRASE).unwrap(), contents);
        assert_eq!(
            (contents.tables, contents.messages),
            (expected.len() as u64, 1)
        );
        assert_eq!(content(&store).await, expected, "{}", into.url);
        assert_eq!(
            store.load().await.unwrap().organisation,
            base.store.load().await.unwrap().organisation
        );
        assert_eq!(
            std::fs::read(target.messages.join("7/call-1-1-message.wav")).unwrap(),
            [0, 1, 255]
        );
        let keys = Keyring::open(&target.key_file.unwrap()).unwrap();
        let sealed = store
            .sealed()
            .await
            .unwrap()
            .into_iter()
            .find(|sealed| sealed.place() == seed_place(1))
            .unwrap();
        assert_eq!(keys.unseal(&sealed.place(), &sealed.text).unwrap(), SEED);
        // References between tables hold again at once.
        let orphaned = into
            .try_to_meddle(&format!("DELETE FROM users WHERE id = {}", SANNE.0))
            .await;
        assert!(orphaned.is_err(), "{}", into.url);
        store.close().await;
        into.end().await;
    }
}

async fn every_table_is_backed_up_or_left_out_by_name(base: &Base) {
    fill(base, &Keyring::in_memory()).await;
    let query = if base.url.starts_with("sqlite") {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    } else {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()"
    };
    let there: BTreeSet<String> = base.texts(query).await.into_iter().collect();
    let content = content(&base.store).await;
    let known = content
        .keys()
        .map(String::as_str)
        .chain(LEFT_OUT)
        .map(str::to_owned);
    assert_eq!(
        there,
        known.collect(),
        "each table is in a backup, or left out by its name"
    );
    let empty: Vec<_> = content
        .iter()
        .filter(|(_, rows)| rows.is_empty())
        .map(|(name, _)| name)
        .collect();
    assert!(
        empty.is_empty(),
        "`fill` puts nothing into {empty:?}, so that nothing shows that it is restored"
    );
}

async fn what_is_there_is_never_overwritten(base: &Base) {
    let (folder, keys) = (Folder::new(), Keyring::in_memory());
    fill(base, &keys).await;
    let file = folder.backup(&base.store, &keys).await;
    let before = content(&base.store).await;
    let error = refused(&file, PASSPHRASE, &folder.target(&base.url, "own")).await;
    assert!(
        matches!(error, Error::Store(store::Error::NotEmpty)),
        "{error}"
    );
    assert_eq!(content(&base.store).await, before);
    for into in fresh().await {
        let empty = content(&into.store).await;
        let target = folder.target(&into.url, "new");
        let error = refused(&file, "kraan molen", &target).await;
        assert!(matches!(error, Error::Passphrase), "{error}");
        let there = Target {
            messages: folder.path("messages"),
            ..target.clone()
        };
        let error = refused(&file, PASSPHRASE, &there).await;
        assert!(matches!(error, Error::MessagesThere(_)), "{error}");
        let other = Target {
            key_file: Some(folder.path("other.key")),
            ..target.clone()
        };
        Keyring::open(&folder.path("other.key")).unwrap();
        let error = refused(&file, PASSPHRASE, &other).await;
        assert!(
            error.to_string().contains("other.key holds other keys"),
            "{error}"
        );
        let whole = std::fs::read(&file).unwrap();
        let cut = folder.path("cut");
        for length in [0, 60, whole.len() / 2, whole.len() - 1] {
            std::fs::write(&cut, &whole[..length]).unwrap();
            let error = refused(&cut, PASSPHRASE, &target).await;
            assert!(
                matches!(error, Error::Damaged | Error::NoBackup),
                "{length} bytes: {error}"
            );
        }
        // What the database does not take leaves nothing behind elsewhere.
        let broken = broken(&folder, &keys).await;
        let error = refused(&broken, PASSPHRASE, &target).await;
        assert!(
            matches!(error, Error::Store(store::Error::Database(_))),
            "{error}"
        );
        assert_eq!(content(&into.store).await, empty, "{}", into.url);
        assert!(!target.messages.exists() && !target.key_file.unwrap().exists());
        into.end().await;
    }
}

/// A backup in which a phone is nobody's.
async fn broken(folder: &Folder, keys: &Keyring) -> PathBuf {
    let base = Base::sqlite().await;
    base.with_demo().await;
    base.meddle("PRAGMA foreign_keys = OFF; UPDATE devices SET user_id = 999 WHERE id = 1")
        .await;
    let file = folder.path("broken");
    backup::write(
        &base.store,
        keys,
        &folder.path("messages"),
        &file,
        PASSPHRASE,
        NOW,
    )
    .await
    .unwrap();
    base.end().await;
    file
}

async fn a_backup_of_before_is_brought_up_to_date(base: &Base) {
    let versions: Vec<i64> = (1..=9).collect();
    let restoring = async |url: &str| Store::restoring(url, &versions).await;
    let error = restoring(&base.url).await.err().unwrap();
    assert!(matches!(error, store::Error::LaterTables), "{error}");
    let error = Store::restoring(&base.url, &[1, 9999]).await.err().unwrap();
    assert!(matches!(error, store::Error::LaterBackup(9999)), "{error}");
    base.drop_everything().await;
    let mut into: Restoring = restoring(&base.url).await.unwrap();
    let table = |name: &str, columns: serde_json::Value| -> Table {
        serde_json::from_value(json!({ "name": name, "columns": columns })).unwrap()
    };
    let text = |name: &str| json!({ "name": name, "kind": "text" });
    let number = |name: &str| json!({ "name": name, "kind": "number" });
    let error = into
        .table(table("failures", json!([text("key")])))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "the table failures does not fit");
    into.table(table("failures", json!([text("key"), number("at")])))
        .await
        .unwrap();
    for key in ["login:sanne", "mailbox:1"] {
        into.row(vec![Cell::Text(Some(key.into())), Cell::Number(Some(5))])
            .await
            .unwrap();
    }
    let error = into
        .row(vec![Cell::Number(None), Cell::Number(Some(5))])
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "a row of failures does not fit");
    into.table(table("counters", json!([text("name"), number("value")])))
        .await
        .unwrap();
    for name in [
        "accounts",
        "admins",
        "calls",
        "events",
        "groups",
        "schedules",
        "users",
        "whole",
    ] {
        into.row(vec![Cell::Text(Some(name.into())), Cell::Number(Some(7))])
            .await
            .unwrap();
    }
    into.complete().await.unwrap();
    into.commit().await.unwrap();
    // What later versions did to the rows is done to these as well.
    Store::open(&base.url).await.unwrap().close().await;
    assert_eq!(base.texts("SELECT key FROM failures").await, ["mailbox:1"]);
}
