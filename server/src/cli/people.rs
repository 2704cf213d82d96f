//! How people and groups are named on the command line, and what they do there.

use anyhow::{Context, Result, bail};
use centrale_core::acd::AgentState;
use centrale_core::dial::{Target, dial};
use centrale_core::id::UserId;
use centrale_core::number::E164;
use centrale_core::organisation::RoleKind;
use centrale_core::snapshot::{CompiledLocation, Snapshot, Subscriber};
use centrale_core::what_if::LineScript;
use clap::ValueEnum;

/// What a line does when it is called.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Line {
    Answers,
    Busy,
    NoAnswer,
    Unreachable,
}

impl From<Line> for LineScript {
    fn from(line: Line) -> Self {
        match line {
            Line::Answers => Self::Answers,
            Line::Busy => Self::Busy,
            Line::NoAnswer => Self::NoAnswer,
            Line::Unreachable => Self::Unreachable,
        }
    }
}

/// A user by login, or a group, menu or queue by name; capitals or not.
pub(super) fn named<'a>(snapshot: &'a Snapshot, name: &str) -> Option<&'a Subscriber> {
    let (name, lower) = (name.trim(), name.trim().to_lowercase());
    let is = |s: &&Subscriber| match s.role.kind() {
        RoleKind::Person => s.user.login.eq_ignore_ascii_case(name),
        _ => s
            .role
            .identity()
            .is_some_and(|own| own.name.to_lowercase() == lower),
    };
    snapshot.users().find(is)
}

/// `WHO=STATE` of a line.
pub(super) fn line_of(snapshot: &Snapshot, text: &str) -> Result<(UserId, LineScript)> {
    let (subscriber, state) = of_somebody(snapshot, "--line", text)?;
    Ok((
        subscriber.user.id,
        line(state).with_context(|| format!("--line {text}"))?,
    ))
}

/// `NUMBER=STATE` of a number outside, as it is dialled at a place.
pub(super) fn number_of(
    snapshot: &Snapshot,
    place: &CompiledLocation,
    text: &str,
) -> Result<(E164, LineScript)> {
    let (number, state) = text
        .split_once('=')
        .with_context(|| format!("--number {text}: write NUMBER=STATE"))?;
    let Target::Outside(number) = dial(snapshot, place, None, number.trim()) else {
        bail!("--number {text}: {number} is no number outside the organisation");
    };
    Ok((
        number,
        line(state).with_context(|| format!("--number {text}"))?,
    ))
}

/// `LOGIN=STATE` of an agent.
pub(super) fn agent_of(snapshot: &Snapshot, text: &str) -> Result<(UserId, AgentState)> {
    let (subscriber, state) = of_somebody(snapshot, "--agent", text)?;
    let user = subscriber.user.id;
    if !snapshot
        .call_centers()
        .any(|center| center.agents.iter().any(|agent| agent.user == user))
    {
        bail!(
            "--agent {text}: {} works for no call center",
            subscriber.user.login
        );
    }
    let state = match state {
        "available" => AgentState::Available,
        "unavailable" => AgentState::Unavailable {
            code: snapshot.shared().centers.default_code,
        },
        "wrap-up" => AgentState::WrapUp,
        "signed-out" => AgentState::SignedOut,
        _ => bail!("--agent {text}: an agent is available, unavailable, wrap-up or signed-out"),
    };
    Ok((user, state))
}

fn of_somebody<'a, 'b>(
    snapshot: &'a Snapshot,
    option: &str,
    text: &'b str,
) -> Result<(&'a Subscriber, &'b str)> {
    let (who, state) = text
        .split_once('=')
        .with_context(|| format!("{option} {text}: write LOGIN=STATE"))?;
    let subscriber =
        named(snapshot, who).with_context(|| format!("{option} {text}: no user {who}"))?;
    Ok((subscriber, state))
}

fn line(state: &str) -> Result<LineScript> {
    let Ok(state) = Line::from_str(state, true) else {
        bail!("a line is busy, no-answer, unreachable or answers");
    };
    Ok(state.into())
}
