//! What is sealed under the key file: every column that holds sealed texts, for whoever rotates keys.

use super::{Result, Store};

/// A column of sealed texts, in a table whose rows are named by a number.
struct Column {
    table: &'static str,
    id: &'static str,
    text: &'static str,
}

const COLUMNS: &[Column] = &[
    Column {
        table: "second_factors",
        id: "account_id",
        text: "seed",
    },
    Column {
        table: "devices",
        id: "id",
        text: "sealed_secret",
    },
    Column {
        table: "secrets",
        id: "id",
        text: "sealed",
    },
];

/// A sealed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    column: usize,
    id: i64,
    /// As it is stored.
    pub text: String,
}

impl Sealed {
    /// The place that it is sealed for.
    pub fn place(&self) -> String {
        let Column { table, text, .. } = COLUMNS[self.column];
        format!("{table}.{text}:{}", self.id)
    }
}

impl Store {
    /// Every sealed text.
    pub async fn sealed(&self) -> Result<Vec<Sealed>> {
        let mut all = Vec::new();
        for (
            column,
            Column {
                table,
                id,
                text: name,
            },
        ) in COLUMNS.iter().enumerate()
        {
            let query =
                format!("SELECT {id}, {name} FROM {table} WHERE {name} IS NOT NULL ORDER BY {id}");
            let rows: Vec<(i64, String)> = sqlx::query_as(&query).fetch_all(&self.pool).await?;
            all.extend(
                rows.into_iter()
                    .map(|(id, text)| Sealed { column, id, text }),
            );
        }
        Ok(all)
    }

    /// Puts another in its place, unless it was changed in the meantime.
    pub async fn reseal(&self, sealed: &Sealed, text: &str) -> Result<()> {
        let Column {
            table,
            id,
            text: name,
        } = COLUMNS[sealed.column];
        let query = format!("UPDATE {table} SET {name} = $1 WHERE {id} = $2 AND {name} = $3");
        sqlx::query(&query)
            .bind(text)
            .bind(sealed.id)
            .bind(&sealed.text)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
