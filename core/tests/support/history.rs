//! Call histories as text.

use centrale_core::history::{Entry, Kind, Named, Other};
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use std::fmt::Write;

/// An entry of a call history in one line.
pub fn told(entry: &Entry, names: &Snapshot, start: Timestamp) -> String {
    let subscriber = names.user(entry.user).unwrap();
    let name = subscriber
        .role
        .identity()
        .map_or(&subscriber.user.login, |identity| &identity.name);
    let side = if entry.kind == Kind::Placed {
        "to"
    } else {
        "from"
    };
    let Other {
        number,
        extension,
        name: other,
        withheld,
    } = &entry.other;
    let number = number.map(|number| number.to_string());
    let extension = extension.map(|extension| extension.to_string());
    let withheld = withheld.then(|| "somebody who withholds it".to_owned());
    let shown = [
        Some(other.clone()).filter(|name| !name.is_empty()),
        extension,
        number,
        withheld,
    ];
    let shown = shown.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let after = entry.at.since(start) / 1000;
    let mut text = format!(
        "{name} {}: {side} {shown} at {after}s, waited {}s",
        entry.kind.name(),
        entry.waited
    );
    let named = |named: &Option<Named>| named.as_ref().map(|n| n.name.clone());
    for (word, value) in [
        ("talked", entry.talked.map(|seconds| format!("{seconds}s"))),
        (
            "dialled",
            Some(entry.dialled.clone()).filter(|dialled| !dialled.is_empty()),
        ),
        ("via", named(&entry.via)),
        ("answered by", named(&entry.answered_by)),
        ("forwarded to", entry.forwarded_to.map(|to| to.to_string())),
    ] {
        if let Some(value) = value {
            write!(text, ", {word} {value}").unwrap();
        }
    }
    if entry.message {
        text.push_str(", a message was left");
    }
    text
}
