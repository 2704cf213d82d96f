//! How long a story can become: it is cut where a server could not afford more, and says so.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod support;

use centrale_core::acd::AgentState;
use centrale_core::call::Request;
use centrale_core::caller::Caller;
use centrale_core::id::UserId;
use centrale_core::snapshot::Snapshot;
use centrale_core::time::Timestamp;
use centrale_core::trace::{Cause, What};
use centrale_core::what_if::{
    CentersScript, Cut, Event, Later, MOST_MOMENTS, MOST_STEPS, Outcome, Story, TalkSide, WhatIf,
    tell,
};
use std::sync::Arc;
use support::{organisation, set, zone};

const CENTER: &str = r#"{"id": 60, "identity": {"name": "Sales", "location": 1, "number": "+31305550160", "extension": "160"},
    "agents": [{"user": 1}, {"user": 2}], "announcements": {"estimate": "position", "estimate_refresh": 10, "comfort": true,
    "comfort_interval": 10}}"#;

/// A caller waits at a call center whose agents are away.
fn waits(patience: Option<u32>, later: Vec<Later>) -> Story {
    let mut organisation = organisation();
    set(&mut organisation, "/call_centers/-", CENTER);
    let snapshot = Arc::new(Snapshot::of(&organisation, &zone));
    let agents = [1, 2]
        .map(|user| (UserId(user), AgentState::Unavailable { code: None }))
        .into();
    let request = Request {
        caller: Caller::external("+31205550100".parse().unwrap()),
        dialled: "+31305550160".into(),
        ..Request::default()
    };
    let at = Timestamp(1_795_597_200_000);
    let centers = CentersScript {
        agents,
        ..CentersScript::default()
    };
    tell(
        &snapshot,
        &WhatIf {
            request,
            at,
            patience,
            later,
            centers,
            ..WhatIf::default()
        },
    )
}

#[test]
fn an_hour_of_waiting_is_told_whole() {
    let story = waits(None, Vec::new());
    assert_eq!(story.cut, None);
    assert!(
        (300..MOST_STEPS).contains(&story.trace.len()),
        "{}",
        story.trace.len()
    );
}

#[test]
fn patience_without_end_is_cut() {
    let story = waits(Some(u32::MAX), Vec::new());
    assert!(story.cut.is_some(), "{} steps", story.trace.len());
    assert!(
        story.trace.len() <= MOST_STEPS + 100,
        "{} steps",
        story.trace.len()
    );
    // The caller gives up there, as they do when their patience is at its end.
    assert_eq!(
        story.outcome,
        Outcome::Ended {
            cause: Cause::CallerGone
        }
    );
    assert!(
        matches!(story.trace.last().unwrap().what, What::Ended { .. }),
        "{:?}",
        story.trace.last()
    );
}

#[test]
fn more_events_than_a_story_has_moments_are_cut() {
    let hold = |after| Later {
        after,
        event: Event::Hold {
            by: TalkSide::Caller,
        },
    };
    let story = waits(
        Some(u32::MAX),
        (0..MOST_MOMENTS as u32 + 10).map(|_| hold(1)).collect(),
    );
    assert!(
        matches!(story.cut, Some(Cut::Moments | Cut::Steps)),
        "{} steps",
        story.trace.len()
    );
    assert!(
        story.trace.len() <= MOST_STEPS + 100,
        "{} steps",
        story.trace.len()
    );
}
