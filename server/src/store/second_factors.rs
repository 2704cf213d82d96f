//! Second factors: seeds, sealed, and recovery codes, hashed.

use super::{Result, Store, Tx, row, sessions};
use centrale_core::time::Timestamp;

/// The second factor of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// The seed, sealed for [`seed_place`].
    pub seed: String,
    /// Since when it is asked; none: it was not confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// How many recovery codes are left.
    pub recovery_codes: u32,
}

/// The place that the seed of an account is sealed for.
pub fn seed_place(account: i64) -> String {
    format!("second_factors.seed:{account}")
}

impl Store {
    /// The second factor of an account, confirmed or not.
    pub async fn second_factor(&self, account: i64) -> Result<Option<SecondFactor>> {
        let found: Option<(String, Option<i64>, i64)> = sqlx::query_as(
            "SELECT seed, confirmed_at, (SELECT COUNT(*) FROM recovery_codes c WHERE c.account_id = f.account_id)
             FROM second_factors f WHERE account_id = $1",
        )
        .bind(account)
        .fetch_optional(&self.pool)
        .await?;
        let Some((seed, at, codes)) = found else {
            return Ok(None);
        };
        Ok(Some(SecondFactor {
            seed,
            confirmed_at: at.map(Timestamp),
            recovery_codes: row::id(codes)?,
        }))
    }

    /// Begins one, in the place of one that was not confirmed. `false`: there is one that was.
    pub async fn begin_second_factor(&self, account: i64, seed: &str) -> Result<bool> {
        let done = sqlx::query(
            "INSERT INTO second_factors (account_id, seed, confirmed_at, last_step) VALUES ($1, $2, NULL, 0)
             ON CONFLICT (account_id) DO UPDATE SET seed = $2 WHERE second_factors.confirmed_at IS NULL",
        )
        .bind(account)
        .bind(seed)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Confirms the one that was begun with this seed, by the code of a step, and keeps recovery codes by their hashes.
    /// All sessions but one end. `false`: it was confirmed or begun anew in the meantime.
    pub async fn confirm_second_factor(
        &self,
        account: i64,
        (seed, step): (&str, i64),
        codes: &[String],
        session: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sqlx::query(
            "UPDATE second_factors SET confirmed_at = $1, last_step = $2
             WHERE account_id = $3 AND seed = $4 AND confirmed_at IS NULL",
        )
        .bind(now.0)
        .bind(step)
        .bind(account)
        .bind(seed)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1")
            .bind(account)
            .execute(&mut *tx)
            .await?;
        for code in codes {
            sqlx::query("INSERT INTO recovery_codes (account_id, code_hash) VALUES ($1, $2)")
                .bind(account)
                .bind(code)
                .execute(&mut *tx)
                .await?;
        }
        sessions::end(&mut tx, account, Some(session)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes the code of a step, once. `false`: it, or a later one, was taken before.
    pub async fn take_step(&self, account: i64, step: i64) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE second_factors SET last_step = $1 WHERE account_id = $2 AND last_step < $1",
        )
        .bind(step)
        .bind(account)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Takes a recovery code, once. `false`: there is none with this hash.
    pub async fn take_recovery_code(&self, account: i64, hash: &str) -> Result<bool> {
        let done =
            sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1 AND code_hash = $2")
                .bind(account)
                .bind(hash)
                .execute(&self.pool)
                .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Removes the second factor. All sessions end but one, by the hash of its token. `false`: there was none.
    pub async fn remove_second_factor(&self, account: i64, session: Option<&str>) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = remove(&mut tx, account).await?;
        if done {
            sessions::end(&mut tx, account, session).await?;
        }
        tx.commit().await?;
        Ok(done)
    }
}

async fn remove(tx: &mut Tx, account: i64) -> sqlx::Result<bool> {
    sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1")
        .bind(account)
        .execute(&mut **tx)
        .await?;
    let done = sqlx::query("DELETE FROM second_factors WHERE account_id = $1")
        .bind(account)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}
