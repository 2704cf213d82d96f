//! Secrets that people remember, passwords and passcodes: hashed with argon2id, on threads of their own, since each hash
//! takes 19 MB and one core for tens of milliseconds.

use crate::clock::{SystemTokens, TokenSource};
use crate::pool::{Pool, PoolError};
use argon2::Argon2;
use argon2::password_hash::{Error, PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use std::sync::OnceLock;

/// Whether the password is the one that was hashed. Without a hash (nobody has that name, or no password was set) it
/// takes as long to say no.
pub(crate) async fn verify(
    on: &Pool,
    password: String,
    hash: Option<String>,
) -> Result<bool, PoolError> {
    let check = move || match &hash {
        Some(hash) => matches(&password, hash),
        None => matches(&password, dummy()) && hash.is_some(),
    };
    on.run(check).await
}

/// Whether the password is the one that was hashed; takes its time.
pub(crate) fn matches(password: &str, hash: &str) -> bool {
    let check = |parsed| Argon2::default().verify_password(password.as_bytes(), &parsed);
    PasswordHash::new(hash).and_then(check).is_ok()
}

/// The hash of a password, with a salt of its own; takes its time.
pub(crate) fn hash(password: &str) -> Result<String, Error> {
    let salt = SaltString::encode_b64(&SystemTokens.token()[..16])?;
    Ok(Argon2::default()
        .hash_password(password.as_bytes(), &salt)?
        .to_string())
}

/// The hash of nobody's password, by the same parameters as real ones.
fn dummy() -> &'static str {
    static DUMMY: OnceLock<String> = OnceLock::new();
    DUMMY.get_or_init(|| hash("nobody").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::HASHING;

    #[tokio::test]
    async fn passwords() {
        let hash = hash("geheim").unwrap();
        assert_ne!(
            hash,
            super::hash("geheim").unwrap(),
            "each has a salt of its own"
        );
        assert!(hash.starts_with("$argon2id$"));
        assert!(dummy().starts_with("$argon2id$"));
        let check = async |password: &str, hash: Option<&str>, expected| {
            let right = verify(&HASHING, password.into(), hash.map(str::to_owned)).await;
            assert_eq!(right, Ok(expected), "{password} {hash:?}");
        };
        check("geheim", Some(&hash), true).await;
        check("Geheim", Some(&hash), false).await;
        check("nobody", None, false).await;
        check("geheim", Some("no hash"), false).await;
    }
}
