//! Where the keyboard is: moves the focus to an element by its id, or to the first that a selector finds.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Focuses the element with this id, once the page has been drawn.
pub(crate) fn focus(id: String) {
    request_animation_frame(move || focus_now(document().get_element_by_id(&id)));
}

/// Focuses a text field by its id, once the page has been drawn, and selects what stands in it.
pub(crate) fn focus_and_select(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        focus_now(element.clone());
        if let Some(field) = element.and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            field.select();
        }
    });
}

/// Focuses the first element that the selector finds in the page as it is; false when it finds none.
pub(crate) fn focus_first(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let any = found.is_some();
    focus_now(found);
    any
}

/// Focuses an element, if there is one that can have the focus.
pub(crate) fn focus_now(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
