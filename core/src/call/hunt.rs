//! Hunt groups (manual § 21, routing § 2): members ring in the order of the policy, each at most once a call.
//! The members' own forwarding, voicemail, simultaneous and sequential ring do not apply.

use super::find_me::phones;
use super::{Call, Endpoint, Input, LegAction, LegId, LineAction, State};
use crate::id::{DeviceId, UserId};
use crate::number::{Destination, E164};
use crate::organisation::{HuntGroup, Policy};
use crate::outcome::{GroupFact, LineFact};
use crate::policy::{Memory, order};
use crate::service::Stage;
use crate::service::do_not_disturb;
use crate::service::ring_count::RING_SECONDS;
use crate::snapshot::Role;
use crate::time::Timestamp;
use crate::trace::{Cause, GroupStep, LegFailure, Party, Skipped, Untaken, What};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// How far the search of a hunt group is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Hunt {
    /// The lines of the members are asked for.
    Asking { group: Arc<HuntGroup> },
    /// The line of the next member is asked for: since the search began they may have got another call.
    Looking(Search),
    /// Members ring.
    Ringing(Search),
}

/// A search that rings members.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Search {
    group: Arc<HuntGroup>,
    /// Who is yet to ring, in order.
    rest: VecDeque<Candidate>,
    /// Who rings.
    ringing: Vec<Rung>,
    /// When those who ring have had their rings.
    turn: Timestamp,
    /// When the search ends whatever is left to try.
    end: Option<Timestamp>,
    tally: Tally,
}

/// A member who can ring.
#[derive(Clone, Debug, PartialEq)]
struct Candidate {
    user: UserId,
    devices: Vec<DeviceId>,
    mobile: Option<E164>,
}

/// A member whose phones ring.
#[derive(Clone, Debug, PartialEq)]
struct Rung {
    user: UserId,
    legs: Vec<LegId>,
    /// One of the phones was busy, or declined.
    busy: bool,
}

/// What became of members so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    /// Somebody was rung until the time was over.
    pub(super) unanswered: bool,
    /// Somebody was busy, or declined.
    pub(super) busy: bool,
}

impl Tally {
    pub(super) fn untaken(self) -> Untaken {
        match (self.unanswered, self.busy) {
            (true, _) => Untaken::NoAnswer,
            (false, true) => Untaken::Busy,
            (false, false) => Untaken::Unreachable,
        }
    }
}

impl Call {
    pub(super) fn begin_hunt(&mut self, group: Arc<HuntGroup>) {
        let id = group.id;
        self.state = State::Hunting(Hunt::Asking { group });
        self.act(LineAction::AskGroup(id));
    }

    pub(super) fn hunt_input(&mut self, state: Hunt, input: Input) {
        match (state, input) {
            (Hunt::Asking { group }, Input::Group(fact)) if fact.group == group.id => {
                self.hunt(group, &fact);
            }
            (Hunt::Looking(search), Input::Line(line)) if search.is_next(line.user) => {
                self.looked(search, &line);
            }
            (Hunt::Ringing(search), input) => self.search_input(search, &input),
            (state, _) => self.state = State::Hunting(state),
        }
    }

    fn hunt(&mut self, group: Arc<HuntGroup>, fact: &GroupFact) {
        let mut tally = Tally::default();
        let mut idle = BTreeMap::new();
        for member in &group.members {
            match self.candidate(member.user, group.call_waiting, &fact.lines) {
                Ok(candidate) => drop(idle.insert(member.user, candidate)),
                Err(because) => self.skip_member(&group, &mut tally, member.user, because),
            }
        }
        let memory = Memory {
            last_answered: fact.last_answered,
            answered_at: &fact.answered_at,
        };
        let order = order(
            group.policy,
            &group.members,
            &|user| idle.contains_key(&user),
            memory,
            fact.seed,
        );
        let rest = order.iter().filter_map(|user| idle.remove(user)).collect();
        if !order.is_empty() {
            self.note_group(GroupStep::Tries {
                user: group.id,
                policy: group.policy,
                order,
            });
        }
        let total = i64::from(group.total_seconds);
        let end = (total > 0).then(|| self.now.plus_seconds(total));
        self.legs.begin();
        self.ring_members(Search {
            group,
            rest,
            ringing: Vec::new(),
            turn: self.now,
            end,
            tally,
        });
    }

    fn skip_member(
        &mut self,
        group: &HuntGroup,
        tally: &mut Tally,
        member: UserId,
        because: Skipped,
    ) {
        tally.busy |= matches!(because, Skipped::OnCall | Skipped::DoNotDisturb);
        self.note_group(GroupStep::Skips {
            user: group.id,
            member,
            because,
        });
    }

    /// Asks for the line of the next member; when nobody is left the group has its say.
    fn next_member(&mut self, search: Search) {
        self.timeout = None;
        let Some(next) = search.rest.front() else {
            return self.nobody_takes(&search);
        };
        self.act(LineAction::AskLine(next.user));
        self.state = State::Hunting(Hunt::Looking(search));
    }

    fn looked(&mut self, mut search: Search, line: &LineFact) {
        match self.candidate(
            line.user,
            search.group.call_waiting,
            std::slice::from_ref(line),
        ) {
            Ok(candidate) => {
                search.rest[0] = candidate;
                self.ring_members(search);
            }
            Err(because) => {
                search.rest.pop_front();
                self.skip_member(&search.group.clone(), &mut search.tally, line.user, because);
                self.next_member(search);
            }
        }
    }

    /// The phones of a member, or why the member is skipped.
    fn candidate(
        &self,
        user: UserId,
        second: bool,
        lines: &[LineFact],
    ) -> Result<Candidate, Skipped> {
        let subscriber = self.config.user(user).ok_or(Skipped::Unknown)?;
        if !matches!(subscriber.role, Role::Person) {
            return Err(Skipped::NotAPerson);
        }
        let line = lines.iter().find(|line| line.user == user);
        let (devices, mobile) = phones(subscriber, line);
        if devices.is_empty() && mobile.is_none() {
            return Err(Skipped::Unreachable);
        }
        if do_not_disturb::is_on(subscriber) {
            return Err(Skipped::DoNotDisturb);
        }
        if !second && line.is_some_and(|line| line.calls > 0) {
            return Err(Skipped::OnCall);
        }
        Ok(Candidate {
            user,
            devices,
            mobile,
        })
    }

    /// Rings the next member, or all of them; when nobody is left the group has its say.
    fn ring_members(&mut self, mut search: Search) {
        let count = if search.group.policy == Policy::Simultaneous {
            search.rest.len()
        } else {
            1
        };
        let turn: Vec<_> = search.rest.drain(..count.min(search.rest.len())).collect();
        if turn.is_empty() {
            return self.nobody_takes(&search);
        }
        for Candidate {
            user,
            devices,
            mobile,
        } in turn
        {
            self.note(What::Rings {
                user,
                devices: devices.len() as u16,
                mobile: mobile.is_some(),
                rings: Some(search.group.rings),
            });
            let phones = devices.iter().map(|device| Endpoint::Device(user, *device));
            let phones = phones.chain(mobile.map(|number| Endpoint::Mobile(user, number)));
            let legs = phones
                .map(|endpoint| self.ring_for(&search.group.prefix, endpoint))
                .collect();
            search.ringing.push(Rung {
                user,
                legs,
                busy: false,
            });
        }
        search.turn = self
            .now
            .plus_seconds(i64::from(u32::from(search.group.rings) * RING_SECONDS));
        self.wait_for_members(search);
    }

    fn wait_for_members(&mut self, search: Search) {
        self.timeout = Some(search.end.map_or(search.turn, |end| end.min(search.turn)));
        self.state = State::Hunting(Hunt::Ringing(search));
    }

    /// Rings a phone in the name of a group: its prefix stands before the name of the caller.
    pub(super) fn ring_for(&mut self, prefix: &str, endpoint: Endpoint) -> LegId {
        let leg = self.legs.add();
        let mut manner = Box::new(self.manner(endpoint));
        manner.name = with_prefix(prefix, &manner.name);
        self.act(LegAction::Ring {
            leg,
            endpoint,
            manner,
        });
        leg
    }

    fn search_input(&mut self, mut search: Search, input: &Input) {
        match *input {
            Input::LegRinging(leg) => self.leg_ringing(leg),
            Input::LegAnswered(leg) => {
                if let Some(member) = search.whose(leg) {
                    self.act(LineAction::GroupAnswered {
                        group: search.group.id,
                        member,
                    });
                    return self.connect(leg, Party::User(member));
                }
            }
            Input::LegFailed(leg, cause) => return self.member_failed(search, leg, cause),
            Input::TimerElapsed => {
                search.tally.unanswered = true;
                for rung in search.ringing.drain(..) {
                    self.note(What::NotAnswered {
                        user: Some(rung.user),
                    });
                }
                self.cancel_ringing();
                if search.end.is_none_or(|end| self.now < end) {
                    return self.next_member(search);
                }
                let seconds = search.group.total_seconds;
                self.note_group(GroupStep::TimeOver {
                    user: search.group.id,
                    seconds,
                });
                return self.nobody_takes(&search);
            }
            _ => {}
        }
        self.state = State::Hunting(Hunt::Ringing(search));
    }

    /// A phone failed. When it was the last of the only member who rings, the next one rings at once.
    fn member_failed(&mut self, mut search: Search, leg: LegId, cause: LegFailure) {
        self.legs.forget(leg);
        if let Some(place) = search
            .ringing
            .iter()
            .position(|rung| rung.legs.contains(&leg))
        {
            let rung = &mut search.ringing[place];
            rung.legs.retain(|l| *l != leg);
            rung.busy |= cause == LegFailure::Busy;
            if rung.legs.is_empty() {
                let Rung { user, busy, .. } = search.ringing.remove(place);
                search.tally.busy |= busy;
                let cause = if busy {
                    LegFailure::Busy
                } else {
                    LegFailure::Unreachable
                };
                self.note(What::LegsFailed {
                    user: Some(user),
                    cause,
                });
            }
            if search.ringing.is_empty() {
                return self.next_member(search);
            }
        }
        self.state = State::Hunting(Hunt::Ringing(search));
    }

    /// All were tried, or the time is over: the treatment of the group (routing § 2).
    fn nobody_takes(&mut self, search: &Search) {
        self.timeout = None;
        let group = &search.group;
        let because = search.tally.untaken();
        self.note_group(GroupStep::NobodyTakes {
            user: group.id,
            because,
        });
        match because {
            Untaken::NoAnswer if self.group_forwards(group, Stage::NoAnswer, group.no_answer) => {}
            Untaken::NoAnswer => self.group_unanswered(group.id),
            Untaken::Unreachable
                if self.group_forwards(group, Stage::NotReachable, group.not_reachable) => {}
            Untaken::Unreachable if !group.busy_when_unreachable => self.not_reachable(group.id),
            Untaken::Unreachable | Untaken::Busy => self.busy(group.id),
        }
    }

    /// The no-answer services of a group, else busy tone.
    fn group_unanswered(&mut self, group: UserId) {
        if !self.consult(group, Stage::NoAnswer) {
            self.release(Cause::Busy);
        }
    }

    fn group_forwards(&mut self, group: &HuntGroup, stage: Stage, to: Option<Destination>) -> bool {
        let Some(to) = to else { return false };
        if self.request.diversion_inhibited {
            self.note_group(GroupStep::Inhibited { user: group.id, to });
            return false;
        }
        self.divert(group.id, stage, &to);
        true
    }

    pub(super) fn note_group(&mut self, step: GroupStep) {
        self.note(What::Group(step));
    }
}

impl Search {
    fn is_next(&self, user: UserId) -> bool {
        self.rest.front().is_some_and(|next| next.user == user)
    }

    fn whose(&self, leg: LegId) -> Option<UserId> {
        self.ringing
            .iter()
            .find(|rung| rung.legs.contains(&leg))
            .map(|rung| rung.user)
    }
}

/// `Support` and `Sam Jones` make `Support - Sam Jones` (manual § 21.1.2).
pub(super) fn with_prefix(prefix: &str, name: &str) -> String {
    match (prefix.is_empty(), name.is_empty()) {
        (true, _) => name.to_owned(),
        (_, true) => prefix.to_owned(),
        (false, false) => format!("{prefix} - {name}"),
    }
}
