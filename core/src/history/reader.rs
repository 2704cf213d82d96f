//! Reads a trace step by step: who called, whom it reached, who talks with whom.

use super::line::{Line, Phase};
use super::{Entry, Kind, Named, Other};
use crate::caller::Caller;
use crate::dial::{Target, reach};
use crate::id::UserId;
use crate::number::Destination;
use crate::service::Verdict;
use crate::snapshot::{Role, Snapshot};
use crate::time::Timestamp;
use crate::trace::{
    FindMeStep, GroupStep, LegFailure, MailboxStep, MenuStep, Party, QueueStep, Step, TalkStep,
    What,
};

/// What is known so far.
pub(super) struct Reader<'a> {
    names: &'a Snapshot,
    lines: Vec<Line>,
    caller: Caller,
    dialled: &'a str,
    /// Somebody was reached: what follows is no longer what was dialled.
    placed: bool,
    /// The line of who stands where the caller stood.
    first: Option<usize>,
    /// Who talks with them, and their line.
    second: Option<(Party, Option<usize>)>,
    /// Who joined these two.
    joined: Vec<Party>,
    /// Who sent the call where it is now.
    through: Option<UserId>,
    /// Who rings for whom.
    along: Vec<Along>,
}

/// A number outside or a colleague that rings for a user.
struct Along {
    party: Party,
    user: UserId,
    since: Timestamp,
}

impl<'a> Reader<'a> {
    pub(super) fn new(names: &'a Snapshot) -> Self {
        Self {
            names,
            lines: Vec::new(),
            caller: Caller::default(),
            dialled: "",
            placed: false,
            first: None,
            second: None,
            joined: Vec::new(),
            through: None,
            along: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, step: &'a Step) {
        let at = step.at;
        match &step.what {
            What::Calls { caller, dialled } => (self.caller, self.dialled) = (*caller, dialled),
            What::Arrives { user } => self.arrives(*user, at),
            What::RingsOutside { number } => self.dials(Other::outside(*number), at),
            What::Emergency => self.dials(Other::default(), at),
            What::Considered {
                user,
                verdict: Verdict::Refuse { .. },
                ..
            } => {
                self.called(*user).into_iter().for_each(Line::leave_out);
            }
            What::Rings { user, .. } => self.rings(*user, at),
            What::FindMe(
                FindMeStep::RingsAlong { user, number }
                | FindMeStep::RingsNext { user, number, .. },
            ) => {
                self.rings(*user, at);
                let party = match self.reached_by(*user, number) {
                    Some(Target::Outside(number)) => Some(Party::Outside(number)),
                    target => target.and_then(Target::user).map(Party::User),
                };
                self.along.extend(party.map(|party| Along {
                    party,
                    user: *user,
                    since: at,
                }));
            }
            What::LegsFailed {
                user: Some(user),
                cause: LegFailure::Unreachable,
            } => {
                self.called(*user)
                    .into_iter()
                    .filter(|line| !line.own)
                    .for_each(Line::leave_out);
            }
            What::NotAnswered { user: Some(user) } => {
                self.called(*user)
                    .into_iter()
                    .filter(|line| !line.own)
                    .for_each(|line| line.stop(at));
            }
            What::Diverted { from, to } => self.diverted(*from, *to, at),
            What::Mailbox { user } => self.called(*user).into_iter().for_each(|line| line.end(at)),
            What::Voicemail(MailboxStep::Recorded { user }) => {
                let of_user =
                    |line: &&mut Line| line.entry.user == *user && line.entry.kind == Kind::Missed;
                if let Some(line) = self.lines.iter_mut().rev().find(of_user) {
                    line.entry.message = true;
                }
            }
            What::Menu(MenuStep::Opens { user, .. }) => {
                self.called(*user)
                    .into_iter()
                    .for_each(|line| line.take(at));
            }
            What::Group(step) => self.group(step, at),
            What::Queue(step) => self.queue(step, at),
            What::Talk(step) => self.talk(step, at),
            What::Answered { by } => self.answered(*by, at),
            _ => {}
        }
    }

    /// What is left when the call is over.
    pub(super) fn over(mut self, at: Timestamp) -> Vec<Entry> {
        self.lines.iter_mut().for_each(|line| line.end(at));
        self.lines
            .into_iter()
            .filter(|line| line.phase == Phase::Over)
            .map(|line| line.entry)
            .collect()
    }

    /// The first whom the call reaches is whom a caller of ours dialled.
    fn dials(&mut self, other: Other, at: Timestamp) {
        if std::mem::replace(&mut self.placed, true) {
            return;
        }
        if let Some(user) = self.caller.user {
            let mut line = Line::new(user, Kind::Placed, at, other);
            self.dialled.clone_into(&mut line.entry.dialled);
            self.first = Some(self.lines.len());
            self.lines.push(line);
        }
    }

    fn arrives(&mut self, user: UserId, at: Timestamp) {
        let Some(subscriber) = self.names.user(user) else {
            return;
        };
        self.dials(Other::user(user, self.names), at);
        let line = self.reaches(user, at);
        self.lines[line].own = true;
        if !matches!(subscriber.role, Role::Person) {
            self.through = Some(user);
        }
    }

    fn rings(&mut self, user: UserId, at: Timestamp) {
        let line = self.reaches(user, at);
        self.lines[line].ring();
    }

    /// The line of a user who is called, made when it is the first that is heard of them.
    fn reaches(&mut self, user: UserId, at: Timestamp) -> usize {
        let known = self
            .lines
            .iter()
            .position(|line| line.entry.user == user && line.is_called());
        known.unwrap_or_else(|| {
            let mut line = Line::new(
                user,
                Kind::Missed,
                at,
                Other::caller(&self.caller, self.names),
            );
            let through = self.through.filter(|through| *through != user);
            line.entry.via = through.map(|through| Named::of(through, self.names));
            self.lines.push(line);
            self.lines.len() - 1
        })
    }

    fn called(&mut self, user: UserId) -> Option<&mut Line> {
        self.lines
            .iter_mut()
            .find(|line| line.entry.user == user && line.is_called())
    }

    fn diverted(&mut self, from: UserId, to: Destination, at: Timestamp) {
        self.through = Some(from);
        let Some(line) = self.called(from) else {
            return;
        };
        if line.tried {
            line.entry.forwarded_to = Some(to);
            line.end(at);
        } else {
            line.leave_out();
        }
    }

    /// Whoever waited for the call has missed it: it goes elsewhere.
    fn missed_by_all(&mut self, at: Timestamp) {
        self.lines
            .iter_mut()
            .filter(|line| line.is_called())
            .for_each(|line| line.end(at));
    }

    /// What a number reaches, seen from a user.
    fn reached_by(&self, user: UserId, number: &Destination) -> Option<Target> {
        Some(reach(self.names, &self.names.user(user)?.place, number))
    }

    /// For whom a party rings who waits for the call.
    fn rung_for(&self, party: Party) -> Option<&Along> {
        let waits = |user| {
            self.lines
                .iter()
                .any(|line| line.entry.user == user && line.is_called())
        };
        self.along
            .iter()
            .find(|along| along.party == party && waits(along.user))
    }

    /// The line of who answers. A number outside answers for the user for whom it rings.
    fn answerer(&mut self, by: Party, at: Timestamp) -> Option<usize> {
        let along = self.rung_for(by).map(|along| (along.user, along.since));
        match (by, along) {
            (Party::User(user), Some((for_whom, since))) if self.called(user).is_none() => {
                let through = self.through.replace(for_whom);
                let line = self.reaches(user, since);
                self.through = through;
                Some(line)
            }
            (Party::User(user), _) | (Party::Outside(_), Some((user, _))) => {
                Some(self.reaches(user, at))
            }
            _ => None,
        }
    }

    /// Somebody answers; those who waited for the call too do not get it, when one gets it alone.
    fn answers(&mut self, by: Party, at: Timestamp, alone: bool) -> Option<usize> {
        let answerer = self.answerer(by, at);
        let user = answerer
            .map(|line| self.lines[line].entry.user)
            .filter(|_| alone);
        let member = user.map(|user| Named::of(user, self.names));
        for (place, line) in self
            .lines
            .iter_mut()
            .enumerate()
            .filter(|(_, line)| line.waits())
        {
            let role = self.names.user(line.entry.user).map(|s| &s.role);
            let is_person = role.is_none_or(|role| matches!(role, Role::Person));
            if line.entry.kind == Kind::Placed || Some(place) == answerer {
                line.answer(at);
            } else if !is_person {
                line.entry.answered_by.clone_from(&member);
                line.answer(at);
            } else if alone {
                line.leave_out();
            }
        }
        answerer
    }

    fn answered(&mut self, by: Party, at: Timestamp) {
        // A call that outlived the server that began it: nothing is known of how it came to be.
        let other = match by {
            Party::User(user) => Other::user(user, self.names),
            Party::Outside(number) => Other::outside(number),
            Party::Emergency => Other::default(),
        };
        self.dials(other, at);
        let line = self.answers(by, at, true);
        self.second = Some((by, line));
        self.joined.clear();
    }

    fn group(&mut self, step: &GroupStep, at: Timestamp) {
        match step {
            GroupStep::Tries { user, .. } => self.rings(*user, at),
            GroupStep::Calls { user, .. } => {
                self.rings(*user, at);
                self.through = Some(*user);
            }
            GroupStep::Misses { user, member, .. } => {
                let member = self.reached_by(*user, member).and_then(Target::user);
                if let Some(line) = member.and_then(|member| self.called(member)) {
                    line.end(at);
                }
            }
            GroupStep::Joins { by, .. } => drop(self.answers(*by, at, false)),
            GroupStep::Leaves {
                by: Party::User(user),
                ..
            } => self.hangs_up(*user, at),
            _ => {}
        }
    }

    fn queue(&mut self, step: &QueueStep, at: Timestamp) {
        match step {
            QueueStep::Joins { center, .. } => {
                if let Some(line) = self.called(*center) {
                    line.ring();
                }
            }
            QueueStep::Offered { agents, .. } => {
                for agent in agents {
                    self.rings(*agent, at);
                }
            }
            // Declined, or it never rang.
            QueueStep::Failed { agent, .. } => {
                self.called(*agent).into_iter().for_each(Line::leave_out);
            }
            QueueStep::Withdrawn { .. } => {
                let offered = self
                    .lines
                    .iter_mut()
                    .filter(|line| line.is_called() && !line.own);
                offered.for_each(|line| line.stop(at));
            }
            QueueStep::TakenBack { agent, .. } => self.hangs_up(*agent, at),
            _ => {}
        }
    }

    fn hangs_up(&mut self, user: UserId, at: Timestamp) {
        let talks = |line: &&mut Line| {
            line.entry.user == user && matches!(line.phase, Phase::Talking { .. })
        };
        self.lines
            .iter_mut()
            .filter(talks)
            .for_each(|line| line.end(at));
    }

    fn talk(&mut self, step: &TalkStep, at: Timestamp) {
        match step {
            TalkStep::Transferred { by, .. } | TalkStep::Parked { by, .. } => {
                self.joined.clear();
                self.departs(*by, at);
            }
            TalkStep::Recalled { .. }
            | TalkStep::ParkRecalled { .. }
            | TalkStep::ParkedAgain { .. } => {
                self.missed_by_all(at);
                self.through = None;
            }
            // Who picks up gets the call of whose phone rings.
            TalkStep::TakenBy { .. } if self.through.is_none() => {
                self.through = self
                    .lines
                    .iter()
                    .find(|line| line.is_called())
                    .map(|line| line.entry.user);
            }
            TalkStep::JoinedBy { user } => self.joined.push(Party::User(*user)),
            TalkStep::Left { by } => match self.joined.iter().position(|party| Some(*party) == *by)
            {
                Some(place) => drop(self.joined.remove(place)),
                None => self.leaves(*by, at),
            },
            _ => {}
        }
    }

    /// One of two sends the other on.
    fn departs(&mut self, by: Option<Party>, at: Timestamp) {
        self.through = match by {
            Some(Party::User(user)) => Some(user),
            _ => None,
        };
        if self.is_first(by) {
            self.first_leaves(at);
        } else {
            let stays = self.first;
            let others = self
                .lines
                .iter_mut()
                .enumerate()
                .filter(|(place, _)| Some(*place) != stays);
            let talking = others.filter(|(_, line)| matches!(line.phase, Phase::Talking { .. }));
            talking.for_each(|(_, line)| line.end(at));
        }
        self.second = None;
    }

    /// One of three leaves, and the others talk on.
    fn leaves(&mut self, by: Option<Party>, at: Timestamp) {
        if self.is_first(by) {
            self.first_leaves(at);
        } else if let Some((_, Some(line))) = self.second {
            self.lines[line].end(at);
        }
        self.second = (!self.joined.is_empty()).then(|| (self.joined.remove(0), None));
    }

    /// Whether it is who stands where the caller stood.
    fn is_first(&self, by: Option<Party>) -> bool {
        let first = self
            .caller
            .user
            .map(Party::User)
            .or(self.caller.number.map(Party::Outside));
        by == first && by != self.second.map(|(party, _)| party)
    }

    /// Who was called stands where the caller stood.
    fn first_leaves(&mut self, at: Timestamp) {
        if let Some(line) = self.first {
            self.lines[line].end(at);
        }
        let Some((party, line)) = self.second else {
            return;
        };
        self.first = line;
        self.caller = match party {
            Party::User(user) => Caller {
                user: Some(user),
                ..Caller::default()
            },
            Party::Outside(number) => Caller::external(number),
            Party::Emergency => Caller::unavailable(),
        };
    }
}
