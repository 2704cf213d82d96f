//! Lists of users and services.

use super::piece::{Piece, State};
use super::samples::{locations, nothing, packs, service, users};
use crate::components::{
    Licences, LocationList, Pager, ServiceFilter, ServiceFilterChoice, ServiceRow, UserTable,
};
use centrale_core::service::Unavailable;
use leptos::prelude::*;

/// The lists.
#[component]
pub(super) fn Lists() -> impl IntoView {
    let filter = RwSignal::new(ServiceFilterChoice::All);
    view! {
        <Piece name="LocationList and Licences">
            <div class="figures">
                <LocationList locations=locations() />
                <Licences packs=packs() />
            </div>
        </Piece>
        <Piece name="UserTable">
            <State name="users">
                <UserTable users=Signal::derive(users) none=Signal::stored(false) />
            </State>
            <State name="nobody">
                <UserTable users=Signal::derive(Vec::new) none=Signal::stored(true) />
            </State>
        </Piece>
        <Piece name="Pager">
            {pager("the only page", 1, 2, false, false)}
            {pager("the first page", 1, 250, false, true)}
            {pager("a page between", 101, 250, true, true)}
        </Piece>
        <Piece name="ServiceFilter">
            <ServiceFilter shown=filter />
        </Piece>
        <Piece name="ServiceRow">
            <ul class="card">
                {row("forwarding-always", Some(true), "", "→ 06 5550 1199", None)}
                {row("forwarding-busy", Some(false), "", "", None)}
                {row("do-not-disturb", Some(true), "changed", "", None)}
                {row("forwarding-no-answer", Some(true), "flawed", "", None)}
                {row("caller-id-blocking", Some(false), "locked", "", None)}
                {row("speed-dial", None, "", "", None)}
                {row("privacy", Some(false), "", "", Some(Unavailable::NotAssigned))}
            </ul>
        </Piece>
    }
}

fn pager(name: &'static str, first: usize, total: u32, before: bool, after: bool) -> impl IntoView {
    view! {
        <State name>
            <Pager
                first=Signal::stored(first)
                shown=Signal::stored(total.min(100) as usize)
                total=Signal::stored(total)
                before=Signal::stored(before)
                after=Signal::stored(after)
                on_turn=nothing()
            />
        </State>
    }
}

/// A row in the state of this name: `changed`, `flawed`, `locked` or none of them.
fn row(
    id: &str,
    on: Option<bool>,
    state: &'static str,
    target: &str,
    unavailable: Option<Unavailable>,
) -> impl IntoView {
    let entry = service(id)?;
    Some(view! {
        <ServiceRow
            service=entry.id
            unavailable
            locked=state == "locked"
            on=Signal::stored(on)
            target=Signal::stored(target.to_owned())
            summary=Signal::stored(id.to_owned())
            changed=Signal::stored(state == "changed")
            flawed=Signal::stored(state == "flawed")
            on_switch=nothing()
            on_edit=nothing()
        />
    })
}
