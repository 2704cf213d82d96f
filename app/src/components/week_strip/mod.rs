//! A week of outcomes as a strip, with a cursor that travels in time. The cursor is a slider for keys and pointers.

mod legend;
pub(crate) mod segment;

pub(crate) use legend::Legend;
pub(crate) use segment::{Segment, WEEK, segments};

use crate::components::percent::percent;
use crate::text::t;
use leptos::prelude::*;

/// The strip and its cursor.
#[component]
pub(crate) fn WeekStrip(
    /// What the week looks like.
    #[prop(into)]
    segments: Signal<Vec<Segment>>,
    /// Where the cursor stands, in minutes since Monday 00:00.
    #[prop(into)]
    cursor: Signal<u16>,
    /// What stands at the cursor, for screen readers.
    #[prop(into)]
    value: Signal<String>,
    /// The cursor is moved to a minute; below 0 is the week before, from 10 080 on the week after.
    on_move: Callback<i32>,
) -> impl IntoView {
    let strip = NodeRef::<leptos::html::Div>::new();
    let dragging = StoredValue::new(false);
    let follow = move |event: &web_sys::PointerEvent| {
        let Some(strip) = strip.get_untracked() else {
            return;
        };
        let rect = strip.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        let minute = (share.clamp(0.0, 1.0) * f64::from(WEEK)) as i32 / 15 * 15;
        on_move.run(minute.min(i32::from(WEEK) - 15));
    };
    let keyed = move |event: web_sys::KeyboardEvent| {
        let at = i32::from(cursor.get_untracked());
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => (at - 1).div_euclid(15) * 15,
            "ArrowRight" | "ArrowUp" => at.div_euclid(15) * 15 + 15,
            "PageDown" => at - 1440,
            "PageUp" => at + 1440,
            "Home" => 0,
            "End" => i32::from(WEEK) - 15,
            _ => return,
        };
        event.prevent_default();
        on_move.run(to);
    };
    let share = |minute: u16| percent(minute, WEEK);
    view! {
        <div
            node_ref=strip
            class="strip"
            role="slider"
            tabindex="0"
            aria-label=move || t("strip-label")
            aria-valuemin="0"
            aria-valuemax=WEEK.to_string()
            aria-valuenow=move || cursor.get().to_string()
            aria-valuetext=value
            on:keydown=keyed
            on:pointerdown=move |event| {
                dragging.set_value(true);
                capture(&event);
                follow(&event);
            }
            on:pointermove=move |event| {
                if dragging.get_value() {
                    follow(&event);
                }
            }
            on:pointerup=move |_| dragging.set_value(false)
            on:pointercancel=move |_| dragging.set_value(false)
        >
            {move || {
                let bar = |segment: Segment| {
                    view! {
                        <i
                            class=segment.look.name()
                            style:left=share(segment.start)
                            style:width=share(segment.end - segment.start)
                        />
                    }
                };
                segments.get().into_iter().map(bar).collect_view()
            }}
            <b class="strip-cursor" style:left=move || share(cursor.get()) />
        </div>
    }
}

/// Lets the element that listens have every further event of this pointer.
pub(crate) fn capture(event: &web_sys::PointerEvent) {
    use wasm_bindgen::JsCast;
    if let Some(element) = event
        .current_target()
        .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
    {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
