//! What rings for a user: their own phones or what stands in for them, and the numbers that ring along.

use super::{Asking, Call, FindMe, Patience, RING_LIMIT_SECONDS};
use crate::call::Endpoint;
use crate::dial::{Target, reach};
use crate::id::{DeviceId, UserId};
use crate::number::{Destination, E164};
use crate::outcome::LineFact;
use crate::service::call_waiting::{self, APPEARANCES};
use crate::service::ring_count::RING_SECONDS;
use crate::service::{AlongPhone, Stage, do_not_disturb};
use crate::snapshot::{Role, Subscriber};
use crate::trace::{FindMeStep, LineFound, NotRung, Party, What};

/// The user's own phones, and those that ring along with them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Base {
    devices: Vec<DeviceId>,
    mobile: Option<E164>,
    /// Stands in for the desk phones.
    remote: Option<Destination>,
    along: Vec<AlongPhone>,
}

impl Call {
    /// Settles what rings, now that the line of the user is known; without a line it counts as busy.
    pub(super) fn plan(&mut self, mut state: Box<FindMe>, line: Option<&LineFact>) {
        let user = state.user;
        let Some(subscriber) = self.config.user(user).cloned() else {
            return self.release(crate::trace::Cause::NotInUse);
        };
        let calls = line.map_or(APPEARANCES, |line| line.calls);
        let ringing = self.ringing(user, calls > 0);
        let mut base = Base {
            remote: ringing.stand_in,
            along: ringing.along,
            ..Base::default()
        };
        (base.devices, base.mobile) = phones(&subscriber, line);
        if base.remote.is_some() {
            base.devices.clear();
        }
        let none = base.devices.is_empty() && base.mobile.is_none() && base.remote.is_none();
        state.found = match calls {
            APPEARANCES.. => LineFound::Busy,
            1.. if !ringing.second_call => LineFound::Busy,
            _ if none => LineFound::Unreachable,
            1.. => LineFound::CallWaiting,
            0 => LineFound::Idle,
        };
        if line.is_some() {
            self.note(What::Line {
                user,
                state: state.found,
            });
        }
        if state.found == LineFound::Busy {
            base = Base {
                along: base.along,
                ..Base::default()
            };
        }
        let mut base_first = subscriber.rings > 0;
        if let Some(search) = ringing.search {
            state.left = search.phones.into();
            state.skippable = search.skippable;
            base_first &= search.base_first;
        }
        self.begin_ringing(state, base, base_first);
    }

    fn begin_ringing(&mut self, state: Box<FindMe>, base: Base, base_first: bool) {
        let user = state.user;
        let nothing = base.along.is_empty()
            && matches!(state.found, LineFound::Busy | LineFound::Unreachable);
        if nothing {
            return self.nothing_rings(state);
        }
        if !base_first {
            if !state.left.is_empty() {
                return self.search_next(state);
            }
            // No ring at all: the treatment comes at once.
            if state.found == LineFound::Busy {
                return self.busy(user);
            }
            if self.consult(user, Stage::NoAnswer) {
                return;
            }
        }
        let numbers: Vec<_> = base
            .remote
            .into_iter()
            .chain(base.along.iter().map(|phone| phone.number))
            .collect();
        self.ask(state, &numbers, Asking::Base(base));
    }

    pub(super) fn ring_base(&mut self, mut state: Box<FindMe>, base: &Base) {
        let user = state.user;
        let rings = self.config.user(user).map_or(0, |s| s.rings);
        let treated =
            state.found == LineFound::Busy || !state.left.is_empty() || self.waits_for_answer(user);
        let waits = rings > 0 && treated;
        self.legs.begin();
        let mut own: Vec<Endpoint> = base
            .devices
            .iter()
            .map(|device| Endpoint::Device(user, *device))
            .collect();
        if let Some(number) = base.remote {
            match self.phones_of(&state, &number) {
                Ok((_, endpoints)) => {
                    self.note(What::FindMe(FindMeStep::StandsIn { user, number }));
                    own = endpoints;
                }
                Err(because) => self.not_rung(user, number, because),
            }
        }
        let devices = own.len() as u16;
        own.extend(base.mobile.map(|number| Endpoint::Mobile(user, number)));
        if !own.is_empty() {
            let mobile = base.mobile.is_some();
            self.note(What::Rings {
                user,
                devices,
                mobile,
                rings: waits.then_some(rings),
            });
        }
        let mut ringing = own.clone();
        for endpoint in own {
            self.ring_leg(&mut state, endpoint, Party::User(user), true, false);
        }
        for phone in &base.along {
            let number = phone.number;
            match self.phones_of(&state, &number) {
                Ok((by, mut endpoints)) => {
                    // One colleague, or one number, in two spellings rings once.
                    endpoints
                        .retain(|phone| !ringing.iter().any(|other| same_phone(*phone, *other)));
                    if endpoints.is_empty() {
                        self.not_rung(user, number, NotRung::Twice);
                        continue;
                    }
                    self.note(What::FindMe(FindMeStep::RingsAlong { user, number }));
                    for endpoint in endpoints {
                        ringing.push(endpoint);
                        self.ring_leg(&mut state, endpoint, by, false, phone.confirm);
                    }
                }
                Err(because) => self.not_rung(user, number, because),
            }
        }
        let seconds = if waits {
            u32::from(rings) * RING_SECONDS
        } else {
            RING_LIMIT_SECONDS
        };
        state.patience = if waits {
            Patience::Services
        } else {
            Patience::Network
        };
        state.since = self.now;
        state.until = self.now.plus_seconds(i64::from(seconds));
        self.go_on(state);
    }

    /// Notes that a number does not ring for a user, and why.
    pub(super) fn not_rung(&mut self, user: UserId, number: Destination, because: NotRung) {
        let outside = self
            .place_of(user)
            .and_then(|place| number.public(place.country));
        self.note_barred(user, because, outside);
        self.note(What::FindMe(FindMeStep::NotRung {
            user,
            number,
            because,
        }));
    }

    /// Whose line has to be known before a number can ring for a user; `None`: nobody's.
    pub(super) fn whose_line(&self, user: UserId, number: &Destination) -> Option<UserId> {
        let owner = reach(&self.config, &*self.place_of(user)?, number).user()?;
        let person = matches!(self.config.user(owner)?.role, Role::Person);
        (person && owner != user).then_some(owner)
    }

    /// The phones behind a number that rings for a user, and who answers them. The services of whose number it is do not
    /// act, but for do not disturb and call waiting.
    pub(super) fn phones_of(
        &self,
        state: &FindMe,
        number: &Destination,
    ) -> Result<(Party, Vec<Endpoint>), NotRung> {
        let user = state.user;
        let Some(subscriber) = self.config.user(user) else {
            return Err(NotRung::NotInUse);
        };
        match reach(&self.config, &subscriber.place, number) {
            Target::User(owner) | Target::Alternate(owner, _) if owner == user => {
                Err(NotRung::OwnNumber)
            }
            Target::User(owner) | Target::Alternate(owner, _) => self
                .phones_of_colleague(state, owner)
                .map(|endpoints| (Party::User(owner), endpoints)),
            Target::Outside(number) if Some(number) == own_mobile(subscriber) => {
                Err(NotRung::OwnNumber)
            }
            Target::Outside(number) if self.barred_for(user, number).is_some() => {
                Err(NotRung::Barred)
            }
            Target::Outside(number) => {
                Ok((Party::Outside(number), vec![Endpoint::Outside(number)]))
            }
            Target::Emergency(_) => Err(NotRung::Emergency),
            Target::Code(..) | Target::NotInUse | Target::NotDiallable => Err(NotRung::NotInUse),
        }
    }

    fn phones_of_colleague(&self, state: &FindMe, owner: UserId) -> Result<Vec<Endpoint>, NotRung> {
        let Some(subscriber) = self.config.user(owner) else {
            return Err(NotRung::NotInUse);
        };
        if !matches!(subscriber.role, Role::Person) {
            return Err(NotRung::NotAPhone);
        }
        let Some(line) = state.lines.iter().find(|line| line.user == owner) else {
            return Err(NotRung::Unreachable);
        };
        let appearances = call_waiting::appearances(subscriber);
        if line.calls >= appearances || do_not_disturb::is_on(subscriber) {
            return Err(NotRung::Busy);
        }
        let (devices, mobile) = phones(subscriber, Some(line));
        let devices = devices
            .into_iter()
            .map(|device| Endpoint::Device(owner, device));
        let endpoints: Vec<_> = devices
            .chain(mobile.map(|number| Endpoint::Mobile(owner, number)))
            .collect();
        if endpoints.is_empty() {
            Err(NotRung::Unreachable)
        } else {
            Ok(endpoints)
        }
    }
}

/// Whether two endpoints are one phone: a mobile is also reached by its number.
fn same_phone(one: Endpoint, other: Endpoint) -> bool {
    let number = |endpoint| match endpoint {
        Endpoint::Mobile(_, number) | Endpoint::Outside(number) => Some(number),
        Endpoint::Device(..) | Endpoint::Emergency(_) => None,
    };
    one == other || (number(one).is_some() && number(one) == number(other))
}

/// The phones of a user that can ring, by their profile.
pub(in crate::call) fn phones(
    subscriber: &Subscriber,
    line: Option<&LineFact>,
) -> (Vec<DeviceId>, Option<E164>) {
    let devices = line.filter(|_| subscriber.user.profile.rings_devices());
    (
        devices.map_or_else(Vec::new, |line| line.devices.clone()),
        own_mobile(subscriber),
    )
}

/// The mobile number that rings with the user's own.
fn own_mobile(subscriber: &Subscriber) -> Option<E164> {
    subscriber
        .user
        .mobile
        .filter(|_| subscriber.user.profile.rings_mobile())
}
