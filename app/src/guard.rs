//! Asks before unsaved changes are left behind: on links, on the browser's back and forward, on programmed moves and
//! on closing the page. What the question looks like is left to the page that has the changes.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::sync::LazyLock;
use wasm_bindgen::prelude::*;

static DIRTY: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));
static PENDING: LazyLock<ArcRwSignal<Option<String>>> = LazyLock::new(|| ArcRwSignal::new(None));
static AT: LazyLock<ArcRwSignal<String>> = LazyLock::new(|| ArcRwSignal::new(String::new()));

/// Starts watching. Must come before the router, which listens to the same events.
pub(crate) fn install() {
    listen("click", on_click);
    listen("popstate", on_back);
    listen("beforeunload", |event| {
        if DIRTY.get_untracked() {
            event.prevent_default();
        }
    });
}

/// Guards the page as long as `dirty` holds and the page is there.
pub(crate) fn watch(dirty: Signal<bool>) {
    Effect::new(move || {
        AT.set(address());
        DIRTY.set(dirty.get());
    });
    on_cleanup(clear);
}

/// Where somebody wants to go while there are unsaved changes.
pub(crate) fn pending() -> ArcRwSignal<Option<String>> {
    PENDING.clone()
}

/// Stops guarding.
pub(crate) fn clear() {
    DIRTY.set(false);
    PENDING.set(None);
}

/// A move to another page that asks first when there are unsaved changes.
pub(crate) fn use_go() -> impl Fn(&str) + Clone + 'static {
    let navigate = use_navigate();
    move |path| {
        if DIRTY.get_untracked() {
            PENDING.set(Some(path.to_owned()));
        } else {
            navigate(path, NavigateOptions::default());
        }
    }
}

fn listen(name: &str, handler: fn(&web_sys::Event)) {
    let handler = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| handler(&event));
    let _ = window().add_event_listener_with_callback_and_bool(
        name,
        handler.as_ref().unchecked_ref(),
        true,
    );
    handler.forget();
}

fn address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn on_click(event: &web_sys::Event) {
    if !DIRTY.get_untracked() {
        return;
    }
    let Some(click) = event.dyn_ref::<web_sys::MouseEvent>() else {
        return;
    };
    if click.ctrl_key() || click.meta_key() || click.shift_key() || click.button() != 0 {
        return;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok())
    else {
        return;
    };
    let leaves = link.pathname() != window().location().pathname().unwrap_or_default();
    if leaves && link.target().is_empty() && Ok(link.origin()) == window().location().origin() {
        event.prevent_default();
        event.stop_immediate_propagation();
        PENDING.set(Some(link.pathname() + &link.search()));
    }
}

fn on_back(event: &web_sys::Event) {
    let to = address();
    let at = AT.get_untracked();
    if DIRTY.get_untracked() && to != at {
        event.stop_immediate_propagation();
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&at));
        }
        PENDING.set(Some(to));
    }
}
