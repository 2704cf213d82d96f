//! Passwords that the server itself gives to others, sealed.

use super::{Result, Store};
use crate::secret::Keyring;

/// Whose password it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum OwnSecret {
    /// That of the user of the server that takes mails.
    Smtp,
    /// That of the line to the public network, in both directions.
    Trunk,
}

impl OwnSecret {
    fn id(self) -> i64 {
        match self {
            Self::Smtp => 1,
            Self::Trunk => 2,
        }
    }

    /// The place that it is sealed for.
    fn place(self) -> String {
        format!("secrets.sealed:{}", self.id())
    }
}

impl Store {
    /// The password, when it was given.
    pub async fn own_secret(&self, keys: &Keyring, which: OwnSecret) -> Result<Option<String>> {
        let sealed: Option<String> = sqlx::query_scalar("SELECT sealed FROM secrets WHERE id = $1")
            .bind(which.id())
            .fetch_optional(&self.pool)
            .await?;
        Ok(sealed
            .map(|sealed| keys.unseal_text(&which.place(), &sealed))
            .transpose()?)
    }

    /// Keeps a password instead of the one before.
    pub async fn put_own_secret(
        &self,
        keys: &Keyring,
        which: OwnSecret,
        secret: &str,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO secrets (id, sealed) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET sealed = EXCLUDED.sealed",
        )
        .bind(which.id())
        .bind(keys.seal(&which.place(), secret.as_bytes())?)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets a password. `false`: there was none.
    pub async fn remove_own_secret(&self, which: OwnSecret) -> Result<bool> {
        let done = sqlx::query("DELETE FROM secrets WHERE id = $1")
            .bind(which.id())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
