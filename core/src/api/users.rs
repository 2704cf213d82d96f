//! Users: the list that an administrator chooses from, and the card of one.

use super::{Params, endpoint};
use crate::id::{DepartmentId, DeviceId, LocationId, UserId};
use crate::number::{Country, E164, Extension};
use crate::organisation::{Device, Language, Profile, RoleKind};
use crate::time::Zone;
use serde::{Deserialize, Serialize};

/// What to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Part of a name, number or extension; empty: everyone.
    pub search: String,
    /// Only this location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationId>,
    /// Only users after this one in the order of the list: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<u32>,
}

/// A page of the list, ordered by last name and first name; at most 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// The users.
    pub users: Vec<Listed>,
    /// How many there are in all.
    pub total: u32,
    /// What to ask for the page after this one.
    pub next: Option<u32>,
}

/// A user in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listed {
    /// The user.
    pub id: UserId,
    /// First and last name.
    pub name: String,
    /// The profile.
    pub profile: Profile,
    /// The fixed number.
    pub number: Option<E164>,
    /// The extension.
    pub extension: Option<Extension>,
    /// The name of the location.
    pub location: String,
    /// The name of the department.
    pub department: Option<String>,
    /// The services that are switched on, by id.
    pub active: Vec<String>,
}

/// The card of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card {
    /// The user.
    pub id: UserId,
    /// The name to log in with.
    pub login: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// Where mail reaches them.
    pub email: String,
    /// The language of their screens.
    pub language: Language,
    /// The profile.
    pub profile: Profile,
    /// The fixed number.
    pub number: Option<E164>,
    /// The extension.
    pub extension: Option<Extension>,
    /// The mobile number.
    pub mobile: Option<E164>,
    /// The phones.
    pub devices: Vec<Device>,
    /// The location.
    pub location: Located,
    /// The department.
    pub department: Option<(DepartmentId, String)>,
}

/// Where a user is, and how time and numbers are read there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Located {
    /// The location.
    pub id: LocationId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Country,
    /// Its time zone.
    pub zone: Zone,
    /// How speed dials are dialled there.
    pub speed_dial: SpeedDialling,
}

/// How speed dials are dialled at the phones of a location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SpeedDialling {
    /// What is dialled before the two digits.
    pub prefix: String,
    /// The two digits that make a feature access code with the prefix: such a speed dial hides that code.
    pub hiding: Vec<String>,
}

/// Which colleagues to find.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// Part of a name, number or extension; empty: nobody by this.
    pub search: String,
    /// Ids, separated by commas: these in any case.
    pub ids: String,
    /// Those that are searched for are of this kind; none: of any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<RoleKind>,
}

/// What everybody of an enterprise may know of each other: persons, groups, menus and queues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Colleague {
    /// The user.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// What they are.
    pub kind: RoleKind,
    /// The number.
    pub number: Option<E164>,
    /// The extension.
    pub extension: Option<Extension>,
    /// The name of the location.
    pub location: String,
}

/// A phone of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Phone {
    /// The user.
    pub user: UserId,
    /// The phone.
    pub device: DeviceId,
}

impl Params for Phone {
    fn segments(&self) -> Vec<String> {
        vec![self.user.to_string(), self.device.to_string()]
    }

    #[cfg(feature = "schema")]
    fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema> {
        vec![
            generator.subschema_for::<UserId>(),
            generator.subschema_for::<DeviceId>(),
        ]
    }
}

/// With what a phone registers from now on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewSecret {
    /// The account, which stays the same.
    pub account: String,
    /// The new password: 32 hexadecimal digits. It is told once.
    pub secret: String,
}

endpoint! {
    /// Gives a phone another SIP password, which is told once and counts within 40 seconds; a phone that is registered with the
    /// one before stays so until its registration ends, for an hour at most.
    RenewSecret: Post "/api/users/{user}/devices/{device}/secret", Admin, Phone, () => NewSecret
}
endpoint! {
    /// Finds colleagues of a user, for lists in their settings; of those searched for the first 20.
    Colleagues: Get "/api/users/{user}/colleagues", OfUser, UserId, Wanted => Vec<Colleague>
}
endpoint! {
    /// Lists the users that the administrator may see.
    List: Get "/api/users", Admin, (), Filter => Page
}
endpoint! {
    /// Gives the card of a user.
    Get: Get "/api/users/{user}", OfUser, UserId, () => Card
}
