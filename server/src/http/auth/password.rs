//! Checks passwords with argon2id, off the threads that serve requests and never many at once.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use std::sync::{LazyLock, OnceLock};
use tokio::sync::Semaphore;

/// Each check takes about 20 MB and one core for tens of milliseconds.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Semaphore::new(cores)
});

/// Whether the password is the one that was hashed. Without a hash (nobody has that name, or no password was set) it
/// takes as long to say no.
pub(crate) async fn verify(password: String, hash: Option<String>) -> bool {
    let Ok(_turn) = AT_ONCE.acquire().await else { return false };
    let check = move || match &hash {
        Some(hash) => matches(&password, hash),
        None => matches(&password, dummy()) && hash.is_some(),
    };
    tokio::task::spawn_blocking(check).await.unwrap_or(false)
}

fn matches(password: &str, hash: &str) -> bool {
    let check = |parsed| Argon2::default().verify_password(password.as_bytes(), &parsed);
    PasswordHash::new(hash).and_then(check).is_ok()
}

/// The hash of nobody's password, by the same parameters as real ones.
fn dummy() -> &'static str {
    static DUMMY: OnceLock<String> = OnceLock::new();
    DUMMY.get_or_init(|| {
        SaltString::encode_b64(b"nobody has this salt")
            .and_then(|salt| Ok(Argon2::default().hash_password(b"nobody", &salt)?.to_string()))
            .unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn passwords() {
        let salt = SaltString::encode_b64(b"sixteen bytes ok").unwrap();
        let hash = Argon2::default().hash_password(b"geheim", &salt).unwrap().to_string();
        assert!(hash.starts_with("$argon2id$"));
        assert!(dummy().starts_with("$argon2id$"));
        assert!(verify("geheim".into(), Some(hash.clone())).await);
        assert!(!verify("Geheim".into(), Some(hash)).await);
        assert!(!verify("nobody".into(), None).await);
        assert!(!verify("geheim".into(), Some("no hash".into())).await);
    }
}
