//! Passwords: asking for them.

use crate::{password, password_rules};
use anyhow::{Context, Result, bail};
use centrale_core::error::Code;

/// Holds the password when nobody sits at the terminal.
const VARIABLE: &str = "CENTRALE_ADMIN_PASSWORD";

/// The hash of a password.
pub(super) fn hash(password: &str) -> Result<String> {
    password::hash(password)
        .map_err(|error| anyhow::anyhow!("the password cannot be hashed: {error}"))
}

/// Takes a new password from the environment, or asks for it twice, and hashes it. `own`: words of the person, which it does
/// not hold.
pub(super) async fn new_hash(own: Vec<String>) -> Result<String> {
    tokio::task::spawn_blocking(move || {
        let password = match std::env::var(VARIABLE) {
            Ok(password) => password,
            Err(_) => ask()?,
        };
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        match password_rules::check(&password, &own) {
            Ok(()) => hash(&password),
            Err(Code::PasswordTooShort) => {
                bail!(
                    "a password has at least {} characters",
                    password_rules::SHORTEST
                )
            }
            Err(Code::PasswordOwnWord) => {
                bail!("a password has neither the login, nor the name, nor the enterprise in it")
            }
            Err(Code::PasswordTooLong) => bail!("the password is too long"),
            Err(_) => bail!("the password is easily guessed, or known from leaks"),
        }
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
