//! A call arrives at a call center: which policy takes it, in the one order that holds (routing § 3), or it joins the
//! queue.

use super::waiting::{Start, Waiting};
use super::{Call, Next, Queued, State};
use crate::announcement::Announcement;
use crate::id::ScheduleId;
use crate::number::Destination;
use crate::organisation::{Audio, CallCenter, ClosedAction, NightService, StrandedAction};
use crate::outcome::CenterFact;
use crate::rule::Schedules;
use crate::service::Stage;
use crate::trace::{CenterPolicy, PolicyResult, QueueStep};
use std::sync::Arc;

/// The order in which the policies get their turn.
const ORDER: [CenterPolicy; 5] = [
    CenterPolicy::HolidayService,
    CenterPolicy::NightService,
    CenterPolicy::ForcedForwarding,
    CenterPolicy::StrandedUnavailable,
    CenterPolicy::Stranded,
];

impl Call {
    pub(super) fn trace_dnis(&mut self, center: &CallCenter) {
        if let Some(number) = self.dnis(center) {
            self.step(QueueStep::Dnis {
                center: center.id,
                number,
            });
        }
    }

    /// The further number of the call center that was dialled, as it is shown.
    pub(super) fn dnis(&self, center: &CallCenter) -> Option<String> {
        let alternate = center
            .identity
            .alternates
            .get(usize::from(self.alternate?))?;
        alternate
            .number
            .map(|number| number.to_string())
            .or_else(|| alternate.extension.map(|extension| extension.to_string()))
    }

    pub(super) fn treat_arrival(&mut self, center: Arc<CallCenter>, fact: &CenterFact) {
        let id = center.id;
        let CenterFact {
            joined,
            unavailable,
            waiting,
            ..
        } = *fact;
        self.step(QueueStep::Found {
            center: id,
            joined,
            unavailable,
            waiting,
        });
        for policy in ORDER {
            let result = self.weigh(&center, policy, fact);
            let takes = matches!(result, PolicyResult::Applies | PolicyResult::Forced);
            let inhibited = takes && self.request.diversion_inhibited && sends_on(&center, policy);
            let result = if inhibited {
                PolicyResult::Inhibited
            } else {
                result
            };
            self.step(QueueStep::Considered {
                center: id,
                policy,
                result,
            });
            match result {
                PolicyResult::Applies | PolicyResult::Forced => {
                    return self.apply(&center, policy, result == PolicyResult::Forced);
                }
                PolicyResult::Stays => break,
                _ => {}
            }
        }
        let since = self.waits_since(&center);
        let waiting = Box::new(Waiting::new(&center, start(&center, fact), since));
        if center.announcements.welcome && center.announcements.welcome_mandatory {
            self.answer();
            let audio = center.announcements.welcome_audio.clone();
            self.state = State::Queued(Queued::Welcomed { center, waiting });
            return self.say(id, Announcement::QueueWelcome, &audio);
        }
        self.enqueue(center, waiting);
    }

    fn weigh(&self, center: &CallCenter, policy: CenterPolicy, fact: &CenterFact) -> PolicyResult {
        match policy {
            CenterPolicy::HolidayService => match (&center.holiday.action, center.holiday.schedule)
            {
                (ClosedAction::None, _) => PolicyResult::Off,
                (_, schedule) => self.by_schedule(center, schedule, true),
            },
            CenterPolicy::NightService if center.night.action == ClosedAction::None => {
                PolicyResult::Off
            }
            CenterPolicy::NightService if night_forced(&center.night, fact) => PolicyResult::Forced,
            CenterPolicy::NightService => self.by_schedule(center, center.night.hours, false),
            CenterPolicy::ForcedForwarding => {
                let by_code = fact.forwarding_forced.filter(|_| center.forced.by_code);
                match (
                    by_code.unwrap_or(center.forced.active),
                    center.forced.number,
                ) {
                    (false, _) => PolicyResult::Off,
                    (true, None) => PolicyResult::NoNumber,
                    (true, Some(_)) => PolicyResult::Forced,
                }
            }
            CenterPolicy::StrandedUnavailable => {
                let policy = &center.stranded_unavailable;
                let Some(code) = policy.code else {
                    return PolicyResult::Off;
                };
                let carry = fact.codes.get(&code).copied().unwrap_or(0);
                strands(center, carry >= policy.agents.max(1), &policy.action)
            }
            CenterPolicy::Stranded => strands(
                center,
                fact.unavailable >= fact.joined,
                &center.stranded.action,
            ),
        }
    }

    /// Whether a policy holds that goes by a schedule: while it holds, or while it does not.
    fn by_schedule(
        &self,
        center: &CallCenter,
        schedule: Option<ScheduleId>,
        inside: bool,
    ) -> PolicyResult {
        let Some(id) = schedule else {
            return PolicyResult::NoSchedule;
        };
        let (Some(schedule), Some(place)) = (self.config.schedule(id), self.place_of(center.id))
        else {
            return PolicyResult::ScheduleMissing { schedule: id };
        };
        if schedule.state_at(place.zone.local(self.now)).active == inside {
            PolicyResult::Applies
        } else {
            PolicyResult::NotNow { schedule: id }
        }
    }

    fn apply(&mut self, center: &CallCenter, policy: CenterPolicy, forced: bool) {
        match policy {
            CenterPolicy::HolidayService => {
                let holiday = &center.holiday;
                let audio = holiday.announce.then_some(&holiday.audio);
                self.close(center, &holiday.action, Announcement::QueueHoliday, audio);
            }
            CenterPolicy::NightService => self.night(center, forced),
            CenterPolicy::ForcedForwarding => {
                let forced = &center.forced;
                let audio = forced.announce.then_some(&forced.audio);
                if let Some(to) = forced.number {
                    self.send_on(center, to, Announcement::QueueForced, audio);
                }
            }
            CenterPolicy::StrandedUnavailable => {
                self.strand(center, &center.stranded_unavailable.action);
            }
            CenterPolicy::Stranded => self.strand(center, &center.stranded.action),
        }
    }

    /// Night service takes the call.
    pub(super) fn night(&mut self, center: &CallCenter, forced: bool) {
        let night = &center.night;
        let audio = if forced {
            &night.manual_audio
        } else {
            &night.audio
        };
        self.close(
            center,
            &night.action,
            Announcement::QueueNight,
            night.announce.then_some(audio),
        );
    }

    fn close(
        &mut self,
        center: &CallCenter,
        action: &ClosedAction,
        said: Announcement,
        audio: Option<&Audio>,
    ) {
        match action {
            ClosedAction::None | ClosedAction::Busy => {
                self.after_saying(center, said, audio, Next::Busy(center.id));
            }
            ClosedAction::Forward { to } => self.send_on(center, *to, said, audio),
        }
    }

    /// Forwards the call in the name of the call center, after an announcement when there is one; a call that nobody may
    /// forward gets the busy treatment (routing § 7).
    pub(super) fn send_on(
        &mut self,
        center: &CallCenter,
        to: Destination,
        said: Announcement,
        audio: Option<&Audio>,
    ) {
        let mut then = Next::Forward {
            from: center.id,
            to,
            stage: Stage::Arrival,
        };
        if self.request.diversion_inhibited {
            self.step(QueueStep::Inhibited {
                center: center.id,
                to,
            });
            then = Next::Busy(center.id);
        }
        self.after_saying(center, said, audio, then);
    }

    pub(super) fn after_saying(
        &mut self,
        center: &CallCenter,
        said: Announcement,
        audio: Option<&Audio>,
        then: Next,
    ) {
        match audio {
            Some(audio) => self.say_then(center.id, said, audio, then),
            None => self.next(then),
        }
    }
}

/// Night service is in manual mode: by what is configured, or by code where codes may say so.
fn night_forced(night: &NightService, fact: &CenterFact) -> bool {
    fact.night_forced
        .filter(|_| night.by_code)
        .unwrap_or(night.forced)
}

/// Whether a policy that takes calls sends them on.
fn sends_on(center: &CallCenter, policy: CenterPolicy) -> bool {
    let closed = |action: &ClosedAction| matches!(action, ClosedAction::Forward { .. });
    let stranded = |action: &StrandedAction| match action {
        StrandedAction::Forward { .. } => true,
        StrandedAction::Night => closed(&center.night.action),
        _ => false,
    };
    match policy {
        CenterPolicy::HolidayService => closed(&center.holiday.action),
        CenterPolicy::NightService => closed(&center.night.action),
        CenterPolicy::ForcedForwarding => true,
        CenterPolicy::StrandedUnavailable => stranded(&center.stranded_unavailable.action),
        CenterPolicy::Stranded => stranded(&center.stranded.action),
    }
}

fn strands(center: &CallCenter, holds: bool, action: &StrandedAction) -> PolicyResult {
    match (holds, action.takes_calls(&center.night)) {
        (false, _) => PolicyResult::AgentsLeft,
        (true, false) => PolicyResult::Stays,
        (true, true) => PolicyResult::Applies,
    }
}

/// How the wait begins: with ringback when it is expected to be short (comfort bypass).
fn start(center: &CallCenter, fact: &CenterFact) -> Start {
    let bypass = &center.bypass;
    if bypass.active && fact.waiting == 0 && fact.estimated_wait < u32::from(bypass.below_seconds) {
        Start::ShortWait
    } else {
        Start::Announcements
    }
}
