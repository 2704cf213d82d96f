//! Secrets at rest that must be read again, and so cannot be hashed: sealed (XChaCha20-Poly1305) under a key that lies in
//! a file apart from the database. A sealed text names its key, so that keys can be rotated, and opens only in the
//! place that it was sealed for. Which columns of the database are sealed is the store's to say.

use crate::clock::{SystemTokens, TokenSource};
use arc_swap::ArcSwap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// Bytes of a nonce; so many random ones never meet twice.
const NONCE: usize = 24;
/// The first line of a key file.
const HEAD: &str =
    "# Keys of Centrale. Whoever has this file and the database can read its secrets.\n";

/// Why something is not sealed or not opened.
#[derive(Debug, Error)]
pub enum SecretError {
    /// The file of keys cannot be read or written.
    #[error("key file {path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        cause: std::io::Error,
    },
    /// A line of the file of keys is none.
    #[error("key file {path}: line {line} is no key")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1 on.
        line: usize,
    },
    /// The file holds no key.
    #[error("key file {0}: there is no key in it")]
    NoKey(PathBuf),
    /// The file holds other keys than those that are to be put there.
    #[error("key file {0} holds other keys than the backup: name a file that is not there yet")]
    OtherKeys(PathBuf),
    /// It was sealed under a key that is not there.
    #[error("a secret is sealed under key {0}, which is not in the key file")]
    UnknownKey(u32),
    /// It is no sealed text, was changed, or was sealed for another place.
    #[error("a sealed secret cannot be opened")]
    Broken,
}

/// The keys under which secrets are sealed; the last one seals.
pub struct Keyring {
    /// Where they are kept; none: in memory only.
    path: Option<PathBuf>,
    keys: ArcSwap<Vec<Key>>,
}

#[derive(Clone, PartialEq, Eq)]
struct Key {
    id: u32,
    bytes: [u8; 32],
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// A key that ends with the process, for databases that do.
    pub fn in_memory() -> Self {
        Self {
            path: None,
            keys: ArcSwap::from_pointee(vec![Key::drawn(1)]),
        }
    }

    /// The keys of a file. It is made, with one key and for its owner only (0600), when it is not there.
    pub fn open(path: &Path) -> Result<Self, SecretError> {
        let failed = |cause| SecretError::File {
            path: path.into(),
            cause,
        };
        if !path.try_exists().map_err(failed)? {
            write(path, &[Key::drawn(1)], true)?;
        }
        warn_if_exposed(path);
        Ok(Self {
            path: Some(path.into()),
            keys: ArcSwap::from_pointee(read(path)?),
        })
    }

    /// Seals a text for a place, such as `second_factors.seed:7`: it opens there only.
    pub fn seal(&self, place: &str, text: &[u8]) -> Result<String, SecretError> {
        let keys = self.keys.load();
        let key = keys.last().ok_or(SecretError::Broken)?;
        let nonce = &SystemTokens.token()[..NONCE];
        let payload = Payload {
            msg: text,
            aad: place.as_bytes(),
        };
        let sealed = key.cipher().encrypt(XNonce::from_slice(nonce), payload);
        let sealed = sealed.map_err(|_| SecretError::Broken)?;
        Ok(format!(
            "{}.{}",
            key.id,
            BASE64.encode([nonce, &sealed].concat())
        ))
    }

    /// Opens what was sealed for the place.
    pub fn unseal(&self, place: &str, sealed: &str) -> Result<Vec<u8>, SecretError> {
        let (id, text) = sealed.split_once('.').ok_or(SecretError::Broken)?;
        let id = id.parse().map_err(|_| SecretError::Broken)?;
        let bytes = BASE64.decode(text).map_err(|_| SecretError::Broken)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(SecretError::Broken)?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let key = self.key(id)?;
        key.cipher()
            .decrypt(XNonce::from_slice(nonce), payload)
            .map_err(|_| SecretError::Broken)
    }

    /// Opens a text that was sealed for the place.
    pub(crate) fn unseal_text(&self, place: &str, sealed: &str) -> Result<String, SecretError> {
        String::from_utf8(self.unseal(place, sealed)?).map_err(|_| SecretError::Broken)
    }

    /// Whether a text is sealed under the key that seals now.
    pub fn is_current(&self, sealed: &str) -> bool {
        let newest = self.keys.load().last().map(|key| key.id);
        newest.is_some() && key_of(sealed) == newest
    }

    /// Whether the key of a sealed text is there.
    pub fn can_open(&self, sealed: &str) -> bool {
        key_of(sealed).is_some_and(|id| self.key(id).is_ok())
    }

    /// All keys, as a file holds them. Whoever has them can read every secret.
    pub fn to_text(&self) -> String {
        text(&self.keys.load())
    }

    /// Puts keys from [`Keyring::to_text`] into a file that is not there yet, or that holds them all. True: it was made.
    pub fn put_back(path: &Path, keys: &str) -> Result<bool, SecretError> {
        let keys = parse_all(path, keys)?;
        if path.try_exists().map_err(|cause| SecretError::File {
            path: path.into(),
            cause,
        })? {
            let there = read(path)?;
            if keys.iter().any(|key| !there.contains(key)) {
                return Err(SecretError::OtherKeys(path.into()));
            }
            return Ok(false);
        }
        write(path, &keys, true)?;
        // Somebody else may have made it in the meantime.
        if read(path)? == keys {
            Ok(true)
        } else {
            Err(SecretError::OtherKeys(path.into()))
        }
    }

    /// Adds a key, under which is sealed from now on; tells its number.
    pub fn add_key(&self) -> Result<u32, SecretError> {
        let mut keys = self.keys.load().to_vec();
        let id = keys.last().map_or(1, |key| key.id.saturating_add(1));
        keys.push(Key::drawn(id));
        self.replace(keys)?;
        Ok(id)
    }

    /// Removes all keys but the newest and the one before it, under which a server that runs may still seal. Tells how
    /// many there were.
    pub fn forget_old_keys(&self) -> Result<usize, SecretError> {
        let mut keys = self.keys.load().to_vec();
        let old = keys.len().saturating_sub(2);
        keys.drain(..old);
        self.replace(keys)?;
        Ok(old)
    }

    fn replace(&self, keys: Vec<Key>) -> Result<(), SecretError> {
        if let Some(path) = &self.path {
            write(path, &keys, false)?;
        }
        self.keys.store(Arc::new(keys));
        Ok(())
    }

    /// A key; one that is not known may have been added to the file since it was read.
    fn key(&self, id: u32) -> Result<Key, SecretError> {
        let find = || self.keys.load().iter().find(|key| key.id == id).cloned();
        if let Some(key) = find() {
            return Ok(key);
        }
        if let Some(path) = &self.path {
            self.keys.store(Arc::new(read(path)?));
        }
        find().ok_or(SecretError::UnknownKey(id))
    }
}

impl Key {
    fn drawn(id: u32) -> Self {
        Self {
            id,
            bytes: SystemTokens.token(),
        }
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.bytes.into())
    }
}

fn key_of(sealed: &str) -> Option<u32> {
    sealed.split_once('.')?.0.parse().ok()
}

fn read(path: &Path) -> Result<Vec<Key>, SecretError> {
    let text = std::fs::read_to_string(path).map_err(|cause| SecretError::File {
        path: path.into(),
        cause,
    })?;
    parse_all(path, &text)
}

fn parse_all(path: &Path, text: &str) -> Result<Vec<Key>, SecretError> {
    let mut keys = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let key = parse(line).ok_or_else(|| SecretError::Line {
            path: path.into(),
            line: at + 1,
        })?;
        keys.push(key);
    }
    if keys.is_empty() {
        Err(SecretError::NoKey(path.into()))
    } else {
        Ok(keys)
    }
}

fn parse(line: &str) -> Option<Key> {
    let (id, bytes) = line.split_once(' ')?;
    Some(Key {
        id: id.parse().ok()?,
        bytes: BASE64.decode(bytes.trim()).ok()?.try_into().ok()?,
    })
}

fn text(keys: &[Key]) -> String {
    let lines = keys
        .iter()
        .map(|key| format!("{} {}\n", key.id, BASE64.encode(key.bytes)));
    std::iter::once(HEAD.to_owned()).chain(lines).collect()
}

/// Writes the file beside itself and then in its place, so that no crash leaves half a file. A new one never takes the
/// place of one that somebody else has just made.
fn write(path: &Path, keys: &[Key], new: bool) -> Result<(), SecretError> {
    let failed = |cause| SecretError::File {
        path: path.into(),
        cause,
    };
    let text = text(keys);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", std::process::id()));
    let beside = path.with_file_name(name);
    let written = private_file(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        if new {
            std::fs::hard_link(&beside, path)
        } else {
            std::fs::rename(&beside, path)
        }
    });
    if written.is_err() || new {
        std::fs::remove_file(&beside).ok();
    }
    match written {
        Err(cause) if new && cause.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        written => written.map_err(failed),
    }
}

fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn warn_if_exposed(path: &Path) {
    #[cfg(unix)]
    if let Ok(found) = std::fs::metadata(path)
        && std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o077 != 0
    {
        tracing::warn!(path = %path.display(), "others than the owner can read the key file: it should be 0600");
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_in_its_place_only() {
        let keys = Keyring::in_memory();
        let sealed = keys.seal("a:1", b"geheim").unwrap();
        assert!(
            !sealed.contains("geheim") && sealed.starts_with("1."),
            "{sealed}"
        );
        assert_ne!(
            sealed,
            keys.seal("a:1", b"geheim").unwrap(),
            "each has a nonce of its own"
        );
        assert_eq!(keys.unseal("a:1", &sealed).unwrap(), b"geheim");
        let refused =
            |place: &str, sealed: &str| keys.unseal(place, sealed).unwrap_err().to_string();
        assert_eq!(refused("a:2", &sealed), "a sealed secret cannot be opened");
        let mut changed = sealed.clone();
        let last = if changed.pop() == Some('A') { 'B' } else { 'A' };
        changed.push(last);
        for broken in ["", "geheim", "1.", "1.AAAA", "x.AAAA", "1.é", &changed] {
            assert_eq!(
                refused("a:1", broken),
                "a sealed secret cannot be opened",
                "{broken}"
            );
        }
        assert!(refused("a:1", &sealed.replacen('1', "9", 1)).contains("under key 9"));
        assert!(
            Keyring::in_memory().unseal("a:1", &sealed).is_err(),
            "another key"
        );
        assert!(!format!("{keys:?}").contains(&BASE64.encode(keys.key(1).unwrap().bytes)));
    }

    #[test]
    fn keys_are_kept_in_a_file_and_rotated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("centrale.key");
        let first = Keyring::open(&path).unwrap();
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(
                &std::fs::metadata(&path).unwrap().permissions()
            ) & 0o777,
            0o600
        );
        let old = first.seal("a", b"geheim").unwrap();
        // A server runs with the keys of before, while somebody rotates them.
        let running = Keyring::open(&path).unwrap();
        assert_eq!(running.unseal("a", &old).unwrap(), b"geheim");
        assert_eq!(first.add_key().unwrap(), 2);
        let new = first.seal("a", b"geheim").unwrap();
        assert!(first.is_current(&new) && !first.is_current(&old));
        assert_eq!(running.unseal("a", &new).unwrap(), b"geheim");
        assert_eq!(first.forget_old_keys().unwrap(), 0);
        assert_eq!(first.add_key().unwrap(), 3);
        assert_eq!(first.forget_old_keys().unwrap(), 1);
        assert!(!first.can_open(&old) && first.can_open(&new));
        assert!(matches!(
            Keyring::open(&path).unwrap().unseal("a", &old),
            Err(SecretError::UnknownKey(1))
        ));
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing else is left"
        );
    }

    #[test]
    fn keys_are_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let keys = Keyring::open(&path("a.key")).unwrap();
        keys.add_key().unwrap();
        let sealed = keys.seal("a", b"geheim").unwrap();
        let text = keys.to_text();
        assert!(Keyring::put_back(&path("b.key"), &text).unwrap());
        assert_eq!(
            Keyring::open(&path("b.key"))
                .unwrap()
                .unseal("a", &sealed)
                .unwrap(),
            b"geheim"
        );
        keys.add_key().unwrap();
        assert!(
            !Keyring::put_back(&path("a.key"), &text).unwrap(),
            "they are all in it"
        );
        let refused = Keyring::put_back(&path("b.key"), &keys.to_text())
            .unwrap_err()
            .to_string();
        assert!(refused.contains("b.key holds other keys"), "{refused}");
        assert!(matches!(
            Keyring::put_back(&path("c.key"), ""),
            Err(SecretError::NoKey(_))
        ));
        assert!(!path("c.key").exists());
    }

    #[test]
    fn files_that_are_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("centrale.key");
        let check = |text: &str, expected: &str| {
            std::fs::write(&path, text).unwrap();
            let error = Keyring::open(&path).unwrap_err().to_string();
            assert!(error.ends_with(expected), "{error}");
        };
        check("", "there is no key in it");
        check("# nothing\n\n1 abc\n", "line 3 is no key");
        check("1 AAAA\n", "line 1 is no key");
        assert!(Keyring::open(&folder.path().join("no/folder.key")).is_err());
    }
}
