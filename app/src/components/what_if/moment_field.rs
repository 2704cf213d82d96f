//! The moment of the call, on the clock of the location.

use super::fields::WhatIfFields;
use crate::ids;
use crate::text::t;
use centrale_core::time::{Timestamp, Zone};
use leptos::prelude::*;

/// When the call comes in.
#[component]
pub(crate) fn MomentField(
    /// The fields of the question.
    fields: WhatIfFields,
    /// The zone of the location.
    #[prop(into)]
    zone: Signal<Zone>,
) -> impl IntoView {
    let field = ids::unique("moment");
    let value = Memo::new(move |_| zone.with(|zone| written(fields.at(), zone)));
    view! {
        <label for=field.clone()>{move || t("whatif-moment")}</label>
        <div class="what-if-moment">
            <input
                id=field
                type="datetime-local"
                min="2000-01-01T00:00"
                max="2099-12-31T23:59"
                prop:value=value
                on:input=move |event| {
                    let typed = zone.with_untracked(|zone| read(&event_target_value(&event), zone));
                    if typed.is_some() {
                        fields.moment.set(typed);
                    }
                }
            />
            <button
                type="button"
                class="button"
                title=move || t("whatif-now-hint")
                aria-pressed=move || fields.moment.get().is_none().to_string()
                on:click=move |_| fields.moment.set(None)
            >
                {move || t("whatif-now")}
            </button>
        </div>
    }
}

/// A moment as the browser's field holds it: `2026-11-25T18:40`.
fn written(at: Timestamp, zone: &Zone) -> String {
    let local = zone.local(at);
    let minute = local.minute_of_day();
    format!("{}T{:02}:{:02}", local.date(), minute / 60, minute % 60)
}

/// The moment in the browser's field; `None` while it is incomplete.
fn read(text: &str, zone: &Zone) -> Option<Timestamp> {
    let (date, time) = text.split_once('T')?;
    let (hours, minutes) = (
        time.get(..2)?.parse::<u16>().ok()?,
        time.get(3..5)?.parse::<u16>().ok()?,
    );
    Some(zone.instant(date.parse().ok()?, (hours * 60 + minutes).min(1439)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let zone = Zone::new("x", 3600, Vec::new()).unwrap();
        let check = |text: &str, expected: Option<i64>| {
            let at = read(text, &zone);
            assert_eq!(at.map(Timestamp::seconds), expected, "{text}");
            if let Some(at) = at {
                assert_eq!(written(at, &zone), text[..16]);
            }
        };
        check("1970-01-02T01:30", Some(86_400 + 1800));
        check("1970-01-02T01:30:00", Some(86_400 + 1800));
        check("1970-01-02", None);
        check("", None);
    }
}
