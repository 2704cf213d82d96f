//! Group calls (manual § 22): all members are called at once, and those who answer join one conference.
//! Each member is called by a call of its own, so that the member's services act as on any call.

use super::guests::{Guest, guests};
use super::hunt::{Tally, with_prefix};
use super::{
    Action, Call, CallRole, Endpoint, Input, LegAction, LegId, LineAction, MediaAction, Request,
    ServiceAction, Side, SignalAction, State,
};
use crate::id::UserId;
use crate::number::Destination;
use crate::organisation::GroupCall;
use crate::service::Stage;
use crate::time::Timestamp;
use crate::trace::{Cause, GroupStep, Missed, Party, Untaken, What};
use std::sync::Arc;

/// The members of a group call who are called, and those who talk.
#[derive(Clone)]
pub(super) struct Gathering {
    group: Arc<GroupCall>,
    /// Shown before the name of the caller.
    name: String,
    ringing: Vec<Invited>,
    joined: Vec<(LegId, Party)>,
    /// Somebody joined, though they may have left since.
    met: bool,
    /// When those who have not answered are given up.
    end: Timestamp,
    tally: Tally,
}

/// A member who is called.
#[derive(Clone)]
struct Invited {
    member: Destination,
    call: Box<Call>,
    /// The legs of the member's call, each with its name in the group's.
    legs: Vec<(LegId, LegId)>,
}

impl Call {
    pub(super) fn begin_gathering(&mut self, group: Arc<GroupCall>) {
        if matches!(self.role, CallRole::GroupInvitation(_)) {
            // A member forwards to a group call: nobody is called twice, and the one who calls waits for a person.
            let because = Untaken::Busy;
            self.note_group(GroupStep::NobodyTakes {
                user: group.id,
                because,
            });
            return self.release(Cause::Busy);
        }
        let (guests, left_out) = guests(&self.config, &group, self.request.caller.user);
        for step in left_out {
            self.note_group(step);
        }
        let name = self
            .config
            .user(group.id)
            .map_or_else(String::new, |s| s.user.name().trim().to_owned());
        let mut gathering = Gathering {
            end: self.now.plus_seconds(i64::from(group.ring_seconds)),
            group,
            name,
            ringing: Vec::new(),
            joined: Vec::new(),
            met: false,
            tally: Tally::default(),
        };
        for guest in &guests {
            self.invite(&mut gathering, guest);
        }
        self.gathered(gathering);
    }

    fn invite(&mut self, gathering: &mut Gathering, guest: &Guest) {
        let Guest {
            member,
            target,
            inhibited,
        } = *guest;
        self.note_group(GroupStep::Calls {
            user: gathering.group.id,
            member,
        });
        let diversion_inhibited = self.request.diversion_inhibited || inhibited;
        let request = Request {
            diversion_inhibited,
            ..self.request.clone()
        };
        let mut call = Box::new(Call::new(self.config.clone(), request));
        call.role = CallRole::GroupInvitation(target.user());
        call.hops = self.hops;
        call.diverted_by.clone_from(&self.diverted_by);
        call.now = self.now;
        call.caused_by = Some(gathering.group.id);
        call.reach(target);
        let actions = std::mem::take(&mut call.actions);
        self.carry_out(
            gathering,
            Invited {
                member,
                call,
                legs: Vec::new(),
            },
            actions,
        );
    }

    pub(super) fn gather_input(&mut self, mut gathering: Gathering, input: Input) {
        match input {
            Input::LegHungUp(leg) | Input::LegFailed(leg, _) if gathering.has_joined(leg) => {
                let user = gathering.group.id;
                for (_, by) in gathering.joined.extract_if(.., |(l, _)| *l == leg) {
                    self.note_group(GroupStep::Leaves { user, by });
                }
            }
            Input::TimerElapsed if gathering.end <= self.now => self.give_up_rest(&mut gathering),
            mut input => {
                if let Input::LegFailed(leg, _) | Input::LegHungUp(leg) = input {
                    self.legs.forget(leg);
                }
                for mut invited in std::mem::take(&mut gathering.ringing) {
                    let theirs = invited.translated(&input, self.now);
                    let actions = theirs.map(|input| invited.call.handle(self.now, input));
                    let actions = actions.unwrap_or_default();
                    // Another member who waits for the same line finds it taken.
                    if let Input::Line(line) = &mut input
                        && actions.iter().any(|action| rings(action, line.user))
                    {
                        line.calls += 1;
                    }
                    self.carry_out(&mut gathering, invited, actions);
                }
            }
        }
        self.gathered(gathering);
    }

    /// Does what the call of a member wants, in the name of the group call.
    fn carry_out(&mut self, gathering: &mut Gathering, mut invited: Invited, actions: Vec<Action>) {
        let told = invited
            .call
            .trace
            .drain(..)
            .filter(|step| !is_an_end(&step.what));
        self.trace.extend(told);
        for action in actions {
            match action {
                Action::Leg(LegAction::Ring {
                    leg,
                    endpoint,
                    mut manner,
                }) => {
                    let ours = self.legs.add();
                    invited.legs.push((leg, ours));
                    manner.name = with_prefix(&gathering.name, &manner.name);
                    self.act(LegAction::Ring {
                        leg: ours,
                        endpoint,
                        manner,
                    });
                }
                Action::Leg(LegAction::CancelLeg(leg)) => {
                    if let Some(ours) = invited.ours(leg) {
                        self.legs.forget(ours);
                        self.act(LegAction::CancelLeg(ours));
                    }
                }
                Action::Media(MediaAction::PlayTo(leg, sounds)) => {
                    if let Some(ours) = invited.ours(leg) {
                        self.act(MediaAction::PlayTo(ours, sounds));
                    }
                }
                Action::Leg(LegAction::Bridge(leg)) => {
                    if let (Some(ours), State::Talking(talk)) =
                        (invited.ours(leg), &invited.call.state)
                    {
                        self.joins(gathering, ours, talk.with());
                    }
                }
                Action::Signal(SignalAction::Alert) => {
                    if !std::mem::replace(&mut self.alerted, true) {
                        self.act(SignalAction::Alert);
                    }
                }
                Action::Leg(LegAction::Release(cause)) => {
                    gathering.tally.busy |= cause == Cause::Busy;
                    gathering.tally.unanswered |= cause == Cause::NoAnswer;
                    self.misses(gathering, invited.member, Missed::Ended);
                }
                Action::Line(
                    LineAction::AskLine(_)
                    | LineAction::AskGroup(_)
                    | LineAction::GroupAnswered { .. },
                )
                | Action::Signal(SignalAction::RingSplash(_))
                | Action::Service(ServiceAction::Notify { .. }) => self.act(action),
                // These are for a caller who listens to a menu, a queue, a mailbox or an announcement.
                Action::Leg(
                    LegAction::Unbridge(_) | LegAction::Conference(_) | LegAction::BecomeCaller(_),
                )
                | Action::Line(
                    LineAction::AwaitFree(_)
                    | LineAction::SetCallback { .. }
                    | LineAction::NotTaken(_)
                    | LineAction::Adopt { .. }
                    | LineAction::ParkedAgain { .. }
                    | LineAction::NoCallWaiting(_),
                )
                | Action::Queue(_)
                | Action::Signal(
                    SignalAction::Answer
                    | SignalAction::Connected(_)
                    | SignalAction::ForwardingNotice,
                )
                | Action::Media(
                    MediaAction::Play(_)
                    | MediaAction::StopPlaying
                    | MediaAction::Music(_)
                    | MediaAction::MusicTo(..)
                    | MediaAction::Silence
                    | MediaAction::SilenceTo(_)
                    | MediaAction::Ringback,
                )
                | Action::Mailbox(_)
                | Action::Service(ServiceAction::Change { .. } | ServiceAction::Perform { .. }) => {
                    self.give_up(&mut invited);
                    gathering.tally.unanswered = true;
                    return self.misses(gathering, invited.member, Missed::NotAPerson);
                }
            }
        }
        if !matches!(invited.call.state, State::Talking(_) | State::Ended) {
            gathering.ringing.push(invited);
        }
    }

    fn joins(&mut self, gathering: &mut Gathering, leg: LegId, by: Party) {
        self.legs.forget(leg);
        self.note_group(GroupStep::Joins {
            user: gathering.group.id,
            by,
        });
        gathering.joined.push((leg, by));
        gathering.met = true;
        self.act(LegAction::Conference(leg));
    }

    fn misses(&mut self, gathering: &Gathering, member: Destination, because: Missed) {
        self.note_group(GroupStep::Misses {
            user: gathering.group.id,
            member,
            because,
        });
    }

    fn give_up(&mut self, invited: &mut Invited) {
        for (_, leg) in invited.legs.drain(..) {
            if self.legs.knows(leg) {
                self.legs.forget(leg);
                self.act(LegAction::CancelLeg(leg));
            }
        }
    }

    fn give_up_rest(&mut self, gathering: &mut Gathering) {
        for mut invited in std::mem::take(&mut gathering.ringing) {
            self.give_up(&mut invited);
            gathering.tally.unanswered = true;
            self.misses(gathering, invited.member, Missed::NoAnswer);
        }
    }

    /// Goes on while somebody rings or talks; when all left, or nobody came, the call goes elsewhere or ends.
    fn gathered(&mut self, gathering: Gathering) {
        let Gathering {
            ringing,
            joined,
            end,
            ..
        } = &gathering;
        let next = ringing
            .iter()
            .filter_map(|invited| invited.call.next_timeout())
            .fold(*end, Timestamp::min);
        self.timeout = (!ringing.is_empty()).then_some(next);
        if !ringing.is_empty() || !joined.is_empty() {
            self.state = State::Gathering(gathering);
            return;
        }
        if gathering.met {
            return self.release(Cause::Normal);
        }
        let (user, because) = (gathering.group.id, gathering.tally.untaken());
        self.note_group(GroupStep::NobodyTakes { user, because });
        match because {
            Untaken::NoAnswer if self.consult(user, Stage::NoAnswer) => {}
            Untaken::NoAnswer => self.release(Cause::NoAnswer),
            Untaken::Busy => self.busy(user),
            Untaken::Unreachable => self.not_reachable(user),
        }
    }

    /// The caller is gone, and with them the conference.
    pub(super) fn leave_gathering(&mut self, mut gathering: Gathering) -> Cause {
        for mut invited in std::mem::take(&mut gathering.ringing) {
            self.give_up(&mut invited);
        }
        self.act_each(
            gathering
                .joined
                .drain(..)
                .map(|(leg, _)| LegAction::CancelLeg(leg)),
        );
        if gathering.met {
            Cause::Normal
        } else {
            Cause::CallerGone
        }
    }
}

impl Gathering {
    /// Somebody answered.
    pub(super) fn has_met(&self) -> bool {
        self.met
    }

    fn has_joined(&self, leg: LegId) -> bool {
        self.joined.iter().any(|(l, _)| *l == leg)
    }
}

impl Invited {
    fn ours(&self, theirs: LegId) -> Option<LegId> {
        self.legs
            .iter()
            .find(|(leg, _)| *leg == theirs)
            .map(|(_, ours)| *ours)
    }

    fn theirs(&self, ours: LegId) -> Option<LegId> {
        self.legs
            .iter()
            .find(|(_, leg)| *leg == ours)
            .map(|(theirs, _)| *theirs)
    }

    /// A fact of the group call as the member's call needs it; `None` when it is not about it.
    fn translated(&self, input: &Input, now: Timestamp) -> Option<Input> {
        Some(match input {
            Input::Line(_) | Input::Group(_) => input.clone(),
            Input::LegRinging(leg) => Input::LegRinging(self.theirs(*leg)?),
            Input::LegAnswered(leg) => Input::LegAnswered(self.theirs(*leg)?),
            Input::LegFailed(leg, cause) => Input::LegFailed(self.theirs(*leg)?, *cause),
            Input::LegHungUp(leg) => Input::LegHungUp(self.theirs(*leg)?),
            Input::Key(Side::Leg(leg), key) => Input::Key(Side::Leg(self.theirs(*leg)?), *key),
            Input::TimerElapsed if self.call.next_timeout().is_some_and(|at| at <= now) => {
                Input::TimerElapsed
            }
            _ => return None,
        })
    }
}

fn rings(action: &Action, user: UserId) -> bool {
    matches!(action, Action::Leg(LegAction::Ring { endpoint: Endpoint::Device(whose, _) | Endpoint::Mobile(whose, _), .. }) if *whose == user)
}

/// The group tells of the ends of its members' calls in its own words.
fn is_an_end(what: &What) -> bool {
    matches!(
        what,
        What::Answered { .. } | What::Ended { .. } | What::Announced { .. } | What::Mailbox { .. }
    )
}
