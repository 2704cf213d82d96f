//! The server of Centrale: the portal's API (`http`), the database (`store`), the configuration that calls and reads
//! go by (`live`), phones (`telephony`) and the command line (`cli`). Deciding calls is core's.

pub mod backup;
#[cfg(test)]
mod changed;
pub mod cli;
pub mod clock;
pub mod config;
mod holidays;
pub mod http;
pub mod live;
pub mod mail;
mod password;
mod password_rules;
mod places;
mod pool;
mod private;
mod problems;
pub mod rates;
pub mod reports;
mod second_factor;
pub mod secret;
mod sound;
pub mod state;
pub mod store;
pub mod telephony;
pub mod throttle;
mod wav;
pub mod zones;
