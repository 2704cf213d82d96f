//! Who is on which call, and what follows when a line becomes free.

use super::{Exchange, Step};
use crate::call::Input;
use crate::id::{CallRef, UserId};
use crate::snapshot::Snapshot;

impl Exchange {
    /// A user is on a call from now on.
    pub(super) fn seat(&mut self, call: CallRef, user: Option<UserId>, step: &mut Step<'_>) {
        if let Some(user) = user {
            self.lines.entry(user).or_default().calls.insert(call);
            self.line_changed(user, step);
        }
    }

    /// A phone of a user is off a call; the user is when it was the last.
    pub(super) fn unseat(&mut self, call: CallRef, user: Option<UserId>, step: &mut Step<'_>) {
        if let Some(user) = user
            && !self
                .calls
                .get(&call)
                .is_some_and(|live| live.users().any(|seated| seated == user))
        {
            self.leaves(call, user, step);
        }
    }

    pub(super) fn leaves(&mut self, call: CallRef, user: UserId, step: &mut Step<'_>) {
        if let Some(line) = self.lines.get_mut(&user) {
            line.calls.remove(&call);
        }
        self.line_changed(user, step);
        self.line_freed(user, step);
    }

    /// Who waited for a line gets their turn, when it is free: first one camped-on call, else the callbacks.
    pub(super) fn line_freed(&mut self, user: UserId, step: &mut Step<'_>) {
        if !self.is_free(user) {
            return;
        }
        match self.waits.iter().position(|(awaited, _)| *awaited == user) {
            Some(place) => {
                let (_, call) = self.waits.remove(place);
                self.promise(call, user);
                step.tell(call, Input::Freed(user));
            }
            None => self.call_back(user, step),
        }
    }

    fn is_free(&self, user: UserId) -> bool {
        self.lines.get(&user).is_some_and(|line| line.taken() == 0)
    }

    /// A call is about to be told that it may ring a user: the line is taken until it knows.
    pub(super) fn promise(&mut self, call: CallRef, user: UserId) {
        if let Some(live) = self.calls.get_mut(&call) {
            live.promised.push(user);
            self.lines.entry(user).or_default().promised.insert(call);
        }
    }

    /// The call is told: what it does about it happens before anything else does. Or it is over.
    pub(super) fn promises_end(&mut self, call: CallRef, users: &[UserId]) {
        if let Some(live) = self.calls.get_mut(&call) {
            live.promised.retain(|user| !users.contains(user));
        }
        for user in users {
            if let Some(line) = self.lines.get_mut(user) {
                line.promised.remove(&call);
            }
        }
    }

    /// On no call, and a phone of theirs may ring.
    pub(super) fn can_talk(&self, user: UserId, config: &Snapshot) -> bool {
        self.is_free(user) && self.is_reachable(user, config)
    }

    /// A phone is registered, or calls ring a mobile phone, of which nothing is known.
    pub(super) fn is_reachable(&self, user: UserId, config: &Snapshot) -> bool {
        let registered = self
            .lines
            .get(&user)
            .is_some_and(|line| !line.devices.is_empty());
        let subscriber = config.user(user);
        registered
            || subscriber.is_some_and(|s| s.user.profile.rings_mobile() && s.user.mobile.is_some())
    }
}
