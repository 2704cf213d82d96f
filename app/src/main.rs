//! The portal: a single-page application in the browser. `pages` own routes and what they load, `components` show
//! plain data, `form` draws a service's form, `client` alone talks to the server.

#![allow(
    unreachable_pub,
    reason = "the component macro makes every component's struct public"
)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "components own their properties"
)]

mod app;
mod chunks;
mod client;
mod components;
mod draft;
mod focus;
mod form;
#[cfg(any(debug_assertions, feature = "gallery"))]
mod gallery;
mod guard;
mod ids;
mod pages;
mod sentence;
mod session;
mod storage;
mod text;
#[cfg(test)]
mod walls;

fn main() {
    guard::install();
    leptos::mount::mount_to_body(app::App);
}
