//! What calls ask about lines and groups.

use super::{Exchange, Step};
use crate::acd::AgentState;
use crate::call::{Adopted, Input, LineAction};
use crate::id::{CallRef, UserId};
use crate::outcome::{GroupFact, LineFact};
use crate::service::call_waiting::APPEARANCES;
use crate::snapshot::{Role, Snapshot};
use crate::time::Timestamp;

impl Exchange {
    /// Answers a question, or does what a call asks for.
    pub(super) fn line_action(&mut self, call: CallRef, action: LineAction, step: &mut Step<'_>) {
        match action {
            LineAction::AskLine(user) => step.tell(call, Input::Line(self.line(user))),
            LineAction::AskGroup(group) => {
                let fact = self.group(group, step.config);
                step.tell(call, Input::Group(fact));
            }
            LineAction::GroupAnswered { group, member } => {
                self.group_answered(group, member, step.now);
            }
            LineAction::ParkedAgain { at } => self.parked_again(at, step),
            LineAction::AwaitFree(user) => {
                self.waits.push((user, call));
                self.line_freed(user, step);
            }
            LineAction::SetCallback { caller, callee } => self.set_callback(caller, callee, step),
            LineAction::Adopt { leg, who } => match who {
                Adopted::Phone(user) => self.adopt(call, leg, user, step),
                Adopted::Consulted(_) => self.adopt_consulted(call, leg, step),
            },
            LineAction::NotTaken(_) => self.not_taken(call, step),
            LineAction::NoCallWaiting(user) => {
                if let Some(live) = self.calls.get_mut(&call) {
                    live.alone = Some(user);
                }
            }
        }
    }

    /// What the line of a user is now. Whoever wants no second call is on as many as a phone shows.
    pub fn line(&self, user: UserId) -> LineFact {
        let line = self.lines.get(&user);
        let calls = line.map_or(0, |line| u16::try_from(line.taken()).unwrap_or(u16::MAX));
        let alone = self
            .calls_of(user)
            .any(|call| self.calls.get(&call).is_some_and(|c| c.alone == Some(user)));
        LineFact {
            unavailable: self
                .acd
                .agent(user)
                .is_some_and(|agent| agent.state != AgentState::Available),
            user,
            devices: line.map(|line| line.devices.clone()).unwrap_or_default(),
            calls: if alone { calls.max(APPEARANCES) } else { calls },
        }
    }

    /// What a hunt group needs to know; each question gets a seed of its own.
    fn group(&mut self, group: UserId, config: &Snapshot) -> GroupFact {
        let members = match config.user(group).map(|s| &s.role) {
            Some(Role::HuntGroup(group)) => group.members.as_slice(),
            _ => &[],
        };
        let persons = members.iter().map(|member| member.user).filter(|user| {
            config
                .user(*user)
                .is_some_and(|s| matches!(s.role, Role::Person))
        });
        let lines = persons.map(|user| self.line(user)).collect();
        let memory = self.hunts.entry(group).or_default();
        memory.asked += 1;
        GroupFact {
            group,
            lines,
            last_answered: memory.last_answered,
            answered_at: memory.answered_at.clone(),
            seed: crate::policy::seed(self.seed, group, memory.asked),
        }
    }

    fn group_answered(&mut self, group: UserId, member: UserId, now: Timestamp) {
        let memory = self.hunts.entry(group).or_default();
        memory.last_answered = Some(member);
        memory.answered_at.insert(member, now);
    }
}
