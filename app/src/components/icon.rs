//! The icons, drawn inline: 24 by 24, one stroke.

use leptos::prelude::*;

/// An icon. It says nothing to a screen reader: what it stands beside has a name.
#[component]
pub(crate) fn Icon(
    /// What it shows.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=outline(name) />
        </svg>
    }
}

/// The icons by what they show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IconName {
    /// A telephone receiver: calls, phones.
    Phone,
    /// A calendar: schedules, holidays.
    Calendar,
    /// One person.
    Person,
    /// Several people.
    People,
    /// A cross: closes, takes away.
    Close,
    /// A plus: adds.
    Plus,
    /// A pencil: edits.
    Edit,
    /// A bin: deletes.
    Trash,
    /// An angle to the right: goes on, opens.
    Chevron,
    /// An arrow out of a door: logs out.
    LogOut,
    /// A sun: the light theme.
    Sun,
    /// A moon: the dark theme.
    Moon,
    /// A half disc: the theme of the system.
    Auto,
    /// A magnifying glass: searches.
    Search,
    /// A tick: done.
    Check,
    /// A lock: may not be changed.
    Lock,
    /// A clock: hours of the week.
    Clock,
}

/// The outline as an SVG path.
const fn outline(name: IconName) -> &'static str {
    match name {
        IconName::Phone => {
            "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2"
        }
        IconName::Calendar => {
            "M5 5h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M3 10h18M8 3v4M16 3v4"
        }
        IconName::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21a8 8 0 0 1 16 0",
        IconName::People => {
            "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14a6.5 6.5 0 0 1 3.5 6"
        }
        IconName::Close => "M6 6l12 12M18 6 6 18",
        IconName::Plus => "M12 5v14M5 12h14",
        IconName::Edit => "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
        IconName::Trash => "M4 7h16M10 11v6M14 11v6M6 7l1 13h10l1-13M9 7V4h6v3",
        IconName::Chevron => "M9 5l7 7-7 7",
        IconName::LogOut => "M14 4H6v16h8M10 12h11M18 9l3 3-3 3",
        IconName::Sun => {
            "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5"
        }
        IconName::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5",
        IconName::Auto => "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
        IconName::Search => "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
        IconName::Check => "M5 12l5 5L20 7",
        IconName::Lock => "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
        IconName::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 2",
    }
}
