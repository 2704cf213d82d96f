//! `t!`, beside the function of the same name.

/// The text of a key with its variables filled in: `t!("changes", count = 3)`.
macro_rules! t {
    ($key:expr) => { $crate::text::t($key) };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text::with($key, &[$((stringify!($name), ($value).to_string())),+])
    };
}
pub(crate) use t;
