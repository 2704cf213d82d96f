//! Passwords: asking for them.

use crate::password;
use anyhow::{Context, Result, bail};

/// The shortest password, in characters.
const SHORTEST: usize = 10;
/// Holds the password when nobody sits at the terminal.
const VARIABLE: &str = "CENTRALE_ADMIN_PASSWORD";

/// The hash of a password.
pub(super) fn hash(password: &str) -> Result<String> {
    password::hash(password).map_err(|error| anyhow::anyhow!("the password cannot be hashed: {error}"))
}

/// Takes a new password from the environment, or asks for it twice, and hashes it.
pub(super) async fn new_hash() -> Result<String> {
    tokio::task::spawn_blocking(|| {
        let password = match std::env::var(VARIABLE) {
            Ok(password) => password,
            Err(_) => ask()?,
        };
        if password.chars().count() < SHORTEST {
            bail!("a password has at least {SHORTEST} characters");
        }
        hash(&password)
    })
    .await?
}

fn ask() -> Result<String> {
    let prompt = |text| {
        rpassword::prompt_password(text)
            .with_context(|| format!("no terminal to ask for a password: set {VARIABLE}"))
    };
    let password = prompt("Password: ")?;
    if prompt("The same again: ")? != password {
        bail!("the passwords differ");
    }
    Ok(password)
}
