//! What each side is shown of the other (requirements C19, C23, C24, H6): the extension within the enterprise, the number
//! outside, and who answered.

use super::{Call, Connected, Endpoint, Manner, Origin, SignalAction};
use crate::id::UserId;
use crate::organisation::RingPattern;
use crate::service::{call_policies, caller_id_blocking, connected_id_blocking};
use crate::snapshot::Subscriber;
use crate::trace::Party;

impl Call {
    /// What an endpoint is shown of this call.
    pub(super) fn manner(&self, endpoint: Endpoint) -> Manner {
        let caller = &self.request.caller;
        let known = caller.user.and_then(|user| self.config.user(user));
        let mut manner = Manner {
            number: caller.number,
            extension: caller
                .extension
                .filter(|_| matches!(endpoint, Endpoint::Device(..))),
            name: known.map(|s| s.user.name()).unwrap_or_default(),
            withheld: caller.withheld,
            diverted_by: self.diverted_by.last().copied(),
            pattern: self.pattern(),
            ..Manner::default()
        };
        if !matches!(endpoint, Endpoint::Device(..)) {
            manner.diverted_by = manner.diverted_by.filter(|by| self.shows_number(*by));
        }
        if let (Endpoint::Outside(_), Some(subscriber)) = (endpoint, known) {
            self.show_outside(subscriber, &mut manner);
        }
        manner
    }

    /// Whether the number of somebody who forwards a call is shown outside: not when they block their caller ID.
    pub(super) fn shows_number(&self, user: UserId) -> bool {
        self.config
            .user(user)
            .is_none_or(|subscriber| !caller_id_blocking::is_on(subscriber))
    }

    /// What leaves the enterprise: the number and name of the location where they are set, or nothing.
    fn show_outside(&self, subscriber: &Subscriber, manner: &mut Manner) {
        // What a number outside is shown changes no step.
        if self.config.edge().is_some() {
            return;
        }
        let shown = &subscriber.place.site.caller_id;
        manner.number = shown.number.or(manner.number);
        if shown.use_name && !shown.name.is_empty() {
            manner.name.clone_from(&shown.name);
        }
        let blocks = caller_id_blocking::is_on(subscriber) || manner.withheld;
        manner.withheld = self.request.block_next.unwrap_or(blocks);
    }

    /// A parked call that goes back rings as the location of who parked it says.
    fn pattern(&self) -> RingPattern {
        match self.origin {
            Origin::ParkRecalled { parker, .. } => self
                .place_of(parker)
                .map(|place| place.site.park.ring_pattern)
                .unwrap_or_default(),
            _ => RingPattern::Normal,
        }
    }

    /// How the desk phones of a user ring for the number of theirs that was dialled (manual § 9.4.3).
    pub(super) fn dialled_pattern(&self, user: UserId) -> RingPattern {
        let place = self.alternate.map(usize::from);
        let alternates = self
            .config
            .user(user)
            .map(|subscriber| &subscriber.user.alternates);
        let dialled = alternates
            .zip(place)
            .and_then(|(alternates, place)| alternates.get(place));
        dialled.map_or(self.pattern(), |alternate| alternate.ring_pattern)
    }

    /// Tells the caller who answered, where that is not simply who did: the first who forwarded the call and hides it
    /// (requirement C24), or nobody (requirement C23).
    pub(super) fn show_answerer(&mut self, by: Party) {
        let internal = self.request.caller.is_internal();
        let config = self.config.clone();
        let hides = |user: &UserId| {
            let subscriber = config.user(*user)?;
            call_policies::hides_answerer(subscriber, internal).then_some(subscriber)
        };
        let hidden_behind = self.diverted_by.iter().find_map(hides);
        let answerer = match by {
            Party::User(user) => config.user(user),
            Party::Outside(_) | Party::Emergency => None,
        };
        let shown = hidden_behind.or(answerer);
        let blocks = shown.is_some_and(|s| connected_id_blocking::hides(s, internal));
        let connected = match shown {
            _ if blocks => Connected {
                withheld: true,
                ..Connected::default()
            },
            Some(subscriber) if hidden_behind.is_some() => Connected {
                number: subscriber.user.number,
                extension: subscriber.user.extension.filter(|_| internal),
                name: subscriber.user.name(),
                withheld: false,
            },
            _ => return,
        };
        self.act(SignalAction::Connected(Box::new(connected)));
    }

    /// Tells the caller that the call is being forwarded, where who forwards it wants that (requirement C24).
    pub(super) fn tell_forwarding(&mut self, from: UserId) {
        let internal = self.request.caller.is_internal();
        let forwards = self.config.user(from);
        if !self.answered && forwards.is_some_and(|s| call_policies::tells_forwarding(s, internal))
        {
            self.act(SignalAction::ForwardingNotice);
        }
    }
}
