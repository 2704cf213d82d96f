//! `centrale simulate`: what a call would do, by the same engine that decides live calls and the portal's previews.

use super::people::{Line, agent_of, line_of, named, number_of};
use super::say;
use super::source::Source;
use crate::clock::{Clock, SystemClock};
use crate::zones;
use anyhow::{Context, Result, bail};
use centrale_core::call::{Detail, Request, write_trace};
use centrale_core::caller::Caller;
use centrale_core::dial::{Target, dial};
use centrale_core::id::LocationId;
use centrale_core::snapshot::{CompiledLocation, Snapshot, Subscriber};
use centrale_core::time::{Timestamp, Zone};
use centrale_core::trace::Party;
use centrale_core::what_if::{
    CentersScript, Cut, MOST_MOMENTS, MOST_STEPS, Outcome, WhatIf, caller_from, tell,
};
use chrono::{DateTime, NaiveDateTime, Timelike};
use clap::Args;
use serde::Serialize;
use std::fmt::Write;
use std::sync::Arc;

/// Tells what a call would do, step by step.
#[derive(Args)]
pub(super) struct Simulate {
    #[command(flatten)]
    source: Source,
    /// Who calls: a number, an extension, `withheld` or `unknown`
    #[arg(long, value_name = "NUMBER")]
    caller: String,
    /// What is dialled: a number, an extension, the login of a user, or the name of a group, a menu or a queue
    #[arg(long, value_name = "NUMBER")]
    to: String,
    /// The location at whose phone it is dialled, by its id; a caller of the organisation dials at their own
    #[arg(long, value_name = "ID")]
    from_location: Option<LocationId>,
    /// When: 2026-11-25T18:40 at the location of who is called, or RFC 3339; without it now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// What the line of a user does; those not named answer
    #[arg(long = "line", value_name = "LOGIN=STATE")]
    lines: Vec<String>,
    /// What an agent of call centers is: available, unavailable, wrap-up or signed-out; those not named are available
    #[arg(long = "agent", value_name = "LOGIN=STATE")]
    agents: Vec<String>,
    /// The calls that wait already in each queue
    #[arg(long, value_name = "COUNT", default_value = "0")]
    ahead: u16,
    /// What a number outside the organisation does, instead of what --outside says
    #[arg(long = "number", value_name = "NUMBER=STATE")]
    numbers: Vec<String>,
    /// What numbers outside the organisation do
    #[arg(long, value_enum, default_value = "answers")]
    outside: Line,
    /// The caller asks that nobody forwards the call (*80)
    #[arg(long)]
    inhibit_diversion: bool,
    /// The keys that the caller presses: a word for each prompt, - where none is pressed
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    keys: String,
    /// From which draws of the weighted policy are made
    #[arg(long, default_value = "1")]
    seed: u64,
    /// Leave out the services that are switched off or not assigned
    #[arg(long)]
    brief: bool,
    /// The answer as JSON
    #[arg(long)]
    json: bool,
}

impl Simulate {
    pub(super) async fn run(self) -> Result<()> {
        let organisation = self.source.read().await?;
        let snapshot = Arc::new(Snapshot::of(&organisation, &zones::zone));
        let (question, zone) = self.question(&snapshot)?;
        let story = tell(&snapshot, &question);
        if self.json {
            say(serde_json::to_string_pretty(&story)?);
            return Ok(());
        }
        let mut text = format!("{} {}\n", on_the_clock(question.at, &zone), zone.name());
        write_trace(&mut text, &story.trace, &snapshot, self.detail())?;
        if let Some(cut) = story.cut {
            writeln!(text, "cut: {}", told(cut))?;
        }
        say(text + "outcome: " + &outcome(story.outcome, &snapshot));
        Ok(())
    }

    fn detail(&self) -> Detail {
        if self.brief {
            Detail::Brief
        } else {
            Detail::Full
        }
    }

    /// The question, and the zone in which its moment is told.
    fn question(&self, snapshot: &Snapshot) -> Result<(WhatIf, Zone)> {
        let first = snapshot
            .places()
            .next()
            .context("the organisation has no location")?
            .clone();
        let named = named(snapshot, &self.to);
        let at_phone = |id| {
            snapshot
                .place(id)
                .cloned()
                .with_context(|| format!("no location {id}"))
        };
        let asked = self.from_location.map(at_phone).transpose()?;
        let near = asked
            .clone()
            .or_else(|| named.map(|s| s.place.clone()))
            .unwrap_or_else(|| first.clone());
        let caller = self.caller(snapshot, &near)?;
        let own = caller
            .user
            .and_then(|user| snapshot.user(user))
            .map(|s| s.place.clone());
        let phone = asked.or(own);
        let dialled = match named {
            Some(subscriber) => dialled(subscriber, phone.as_deref())?,
            None => self.to.clone(),
        };
        let called = match dial(snapshot, phone.as_ref().unwrap_or(&first), None, &dialled) {
            Target::User(user) => snapshot.user(user).map(|s| s.place.clone()),
            _ => None,
        };
        let zone = called
            .or_else(|| phone.clone())
            .unwrap_or(first)
            .zone
            .clone();
        let at = match &self.at {
            Some(text) => moment(text, &zone)?,
            None => SystemClock.now(),
        };
        let lines = self
            .lines
            .iter()
            .map(|line| line_of(snapshot, line))
            .collect::<Result<_>>()?;
        let agents = self
            .agents
            .iter()
            .map(|agent| agent_of(snapshot, agent))
            .collect::<Result<_>>()?;
        let numbers = self
            .numbers
            .iter()
            .map(|number| number_of(snapshot, &near, number));
        let numbers = numbers.collect::<Result<_>>()?;
        let request = Request {
            caller,
            dialled,
            from: phone.map(|place| place.id),
            diversion_inhibited: self.inhibit_diversion,
            ..Request::default()
        };
        let keys = self
            .keys
            .split(' ')
            .map(|text| text.trim_matches('-').to_owned())
            .collect();
        Ok((
            WhatIf {
                request,
                at,
                lines,
                outside: self.outside.into(),
                numbers,
                centers: CentersScript {
                    agents,
                    ahead: self.ahead,
                    ..CentersScript::default()
                },
                keys,
                seed: self.seed,
                ..WhatIf::default()
            },
            zone,
        ))
    }

    fn caller(&self, snapshot: &Snapshot, near: &CompiledLocation) -> Result<Caller> {
        match self.caller.as_str() {
            "withheld" => Ok(Caller::withheld()),
            "unknown" | "" => Ok(Caller::unavailable()),
            text => caller_from(snapshot, near, text, false).with_context(|| {
                format!("--caller {text}: neither a number nor an extension in use")
            }),
        }
    }
}

/// A user as they are named on the command line.
fn shown(user: &Subscriber) -> String {
    user.role
        .identity()
        .map_or_else(|| user.user.login.clone(), |identity| identity.name.clone())
}

/// What reaches a user: the number, or the extension from a phone of the location.
fn dialled(to: &Subscriber, phone: Option<&CompiledLocation>) -> Result<String> {
    let near = phone.is_some_and(|place| place.id == to.place.id);
    match (to.user.number, to.user.extension) {
        (Some(number), _) => Ok(number.to_string()),
        (None, Some(extension)) if near => Ok(extension.to_string()),
        _ => bail!(
            "--to {}: there is no number that can be dialled from there",
            shown(to)
        ),
    }
}

fn moment(text: &str, zone: &Zone) -> Result<Timestamp> {
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return Ok(Timestamp(exact.timestamp_millis()));
    }
    let local = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
    ]
    .iter()
    .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
    .with_context(|| {
        format!("--at {text}: write it as 2026-11-25T18:40, or with an offset as RFC 3339")
    })?;
    let minute = (local.hour() * 60 + local.minute()) as u16;
    Ok(zone
        .instant(local.date(), minute)
        .plus_seconds(local.second().into()))
}

fn on_the_clock(at: Timestamp, zone: &Zone) -> String {
    let local = zone.local(at);
    let minute = local.minute_of_day();
    format!(
        "{} {} {:02}:{:02}",
        local.weekday(),
        local.date(),
        minute / 60,
        minute % 60
    )
}

fn outcome(outcome: Outcome, names: &Snapshot) -> String {
    let name = |user| {
        names
            .user(user)
            .map_or_else(|| format!("user {user}"), |s| s.user.name())
    };
    match outcome {
        Outcome::Answered {
            by: Party::User(user),
        } => format!("{} answers", name(user)),
        Outcome::Answered {
            by: Party::Outside(number),
        } => format!("{number} answers"),
        Outcome::Answered {
            by: Party::Emergency,
        } => "the emergency services answer".into(),
        Outcome::Mailbox { user } => format!("the caller can leave a message for {}", name(user)),
        Outcome::Menu { user, .. } => {
            format!(
                "the caller hears a menu of {} and chooses nothing",
                name(user)
            )
        }
        Outcome::Announced { announcement } => {
            format!("the caller hears {} and is sent away", wire(&announcement))
        }
        Outcome::Ended { cause } => format!("the call ends: {}", wire(&cause)),
        Outcome::NotKnown => "what becomes of the call is not known here".into(),
    }
}

/// Why a story goes no further.
fn told(cut: Cut) -> String {
    match cut {
        Cut::Steps => format!("more than {MOST_STEPS} steps; the caller gives up here"),
        Cut::Moments => {
            format!(
                "something happens at more than {MOST_MOMENTS} moments; the caller gives up here"
            )
        }
    }
}

fn wire(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
