//! Secrets that people remember, passwords and passcodes: hashed with argon2id, off the threads that serve requests and
//! never many at once.

use crate::clock::{SystemTokens, TokenSource};
use argon2::Argon2;
use argon2::password_hash::{Error, PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use std::sync::{LazyLock, OnceLock};
use tokio::sync::Semaphore;

/// Each hash takes about 20 MB and one core for tens of milliseconds.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Semaphore::new(cores)
});

/// Hashes or checks something when it is its turn. `None`: it panicked, or the server is going down.
pub(crate) async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _turn = AT_ONCE.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}

/// Whether the password is the one that was hashed. Without a hash (nobody has that name, or no password was set) it
/// takes as long to say no.
pub(crate) async fn verify(password: String, hash: Option<String>) -> bool {
    let check = move || match &hash {
        Some(hash) => matches(&password, hash),
        None => matches(&password, dummy()) && hash.is_some(),
    };
    in_turn(check).await.unwrap_or(false)
}

/// Whether the password is the one that was hashed; takes its time.
pub(crate) fn matches(password: &str, hash: &str) -> bool {
    let check = |parsed| Argon2::default().verify_password(password.as_bytes(), &parsed);
    PasswordHash::new(hash).and_then(check).is_ok()
}

/// The hash of a password, with a salt of its own; takes its time.
pub(crate) fn hash(password: &str) -> Result<String, Error> {
    let salt = SaltString::encode_b64(&SystemTokens.token()[..16])?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt)?.to_string())
}

/// The hash of nobody's password, by the same parameters as real ones.
fn dummy() -> &'static str {
    static DUMMY: OnceLock<String> = OnceLock::new();
    DUMMY.get_or_init(|| hash("nobody").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn passwords() {
        let hash = hash("geheim").unwrap();
        assert_ne!(hash, super::hash("geheim").unwrap(), "each has a salt of its own");
        assert!(hash.starts_with("$argon2id$"));
        assert!(dummy().starts_with("$argon2id$"));
        assert!(verify("geheim".into(), Some(hash.clone())).await);
        assert!(!verify("Geheim".into(), Some(hash)).await);
        assert!(!verify("nobody".into(), None).await);
        assert!(!verify("geheim".into(), Some("no hash".into())).await);
    }
}
