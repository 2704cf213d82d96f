//! Where codes, speed dials, extensions and emergency numbers stand in each other's way (requirement C29, routing § 5).
//! Dialling always has an answer; the portal shows these so that nobody is surprised by it.

use crate::feature::{Codes, Feature};
use crate::id::{LocationId, UserId};
use crate::number::{Code, Extension};
use crate::service::speed_dial;
use crate::snapshot::{CompiledLocation, Snapshot, Subscriber};
use serde::{Deserialize, Serialize};

/// Two things that begin with, or are, the same digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "overlap")]
pub enum Overlap {
    /// Two features have one code: the second can not be dialled.
    SameCode {
        /// The code.
        code: Code,
        /// The feature that the code reaches.
        feature: Feature,
        /// The feature that it does not reach.
        hidden: Feature,
    },
    /// A code begins with another: after the shorter one the caller waits, or is taken to mean the longer one.
    CodeBegins {
        /// The feature with the shorter code.
        shorter: Feature,
        /// The feature with the longer code.
        longer: Feature,
    },
    /// A speed dial hides a code from its owner.
    SpeedDial {
        /// The user who has the speed dial.
        user: UserId,
        /// Its two digits.
        digits: String,
        /// The feature whose code it hides.
        hidden: Feature,
    },
    /// An extension is, or begins with, an emergency number: key by key that is called before it.
    Extension {
        /// The location at which it is dialled.
        location: LocationId,
        /// The user, virtual or not, who has the extension.
        user: UserId,
        /// The extension.
        extension: Extension,
        /// The emergency number.
        emergency: String,
    },
    /// An emergency number begins with the prefix of a location, which hides some of the extensions there.
    Prefix {
        /// The location at which the emergency number holds.
        location: LocationId,
        /// The location with the prefix.
        prefixed: LocationId,
        /// The emergency number.
        emergency: String,
    },
    /// A code begins with an emergency number, or is one.
    Code {
        /// The location at which the emergency number holds.
        location: LocationId,
        /// The feature.
        feature: Feature,
        /// The emergency number.
        emergency: String,
    },
    /// An extension of the own location hides one that is reached by a prefix and an extension.
    PrefixedExtension {
        /// Whose extension hides the other.
        user: UserId,
        /// Who is not reached from that location.
        hidden: UserId,
    },
}

/// Everything of a configuration that overlaps.
pub fn overlaps(snapshot: &Snapshot) -> Vec<Overlap> {
    let codes = snapshot.codes();
    let mut found = codes.overlaps();
    found.extend(snapshot.users().flat_map(|s| speed_dials(codes, s)));
    found.extend(
        snapshot
            .places()
            .flat_map(|place| emergencies(snapshot, codes, place)),
    );
    found.extend(snapshot.users().filter_map(|s| hides(snapshot, s)));
    found
}

impl Codes<'_> {
    /// The codes that are another's, or begin with another.
    pub fn overlaps(self) -> Vec<Overlap> {
        let all: Vec<(Feature, Code)> = self.all().collect();
        let mut found = Vec::new();
        for (place, (feature, code)) in all.iter().copied().enumerate() {
            let hidden = all[place + 1..].iter().filter(|(_, other)| *other == code);
            found.extend(hidden.map(|(hidden, _)| Overlap::SameCode {
                code,
                feature,
                hidden: *hidden,
            }));
            let longer = all
                .iter()
                .filter(|(_, other)| *other != code && other.starts_with(code));
            found.extend(longer.map(|(longer, _)| Overlap::CodeBegins {
                shorter: feature,
                longer: *longer,
            }));
        }
        found
    }

    /// The feature whose code a speed dial with this prefix and these two digits hides.
    pub fn hidden_by(self, prefix: &str, digits: &str) -> Option<Feature> {
        let dialled = format!("{prefix}{digits}");
        self.all()
            .find(|(_, code)| code.to_string() == dialled)
            .map(|(feature, _)| feature)
    }
}

fn speed_dials(codes: Codes<'_>, s: &Subscriber) -> impl Iterator<Item = Overlap> {
    let entries = speed_dial::entries(s);
    let prefix = &s.place.site.speed_dial_prefix;
    entries.iter().filter_map(move |entry| {
        let hidden = codes.hidden_by(prefix, &entry.code)?;
        Some(Overlap::SpeedDial {
            user: s.user.id,
            digits: entry.code.clone(),
            hidden,
        })
    })
}

fn emergencies(snapshot: &Snapshot, codes: Codes<'_>, place: &CompiledLocation) -> Vec<Overlap> {
    let mut found = Vec::new();
    let location = place.id;
    for number in place.emergency().map(|number| number.to_string()) {
        let emergency = || number.clone();
        let here = snapshot.users().filter(|s| s.place.id == location);
        found.extend(
            here.flat_map(|s| extensions(s).map(move |e| (s.user.id, e)))
                .filter_map(|(user, extension)| {
                    let clash = extension.to_string().starts_with(&number);
                    clash.then(|| Overlap::Extension {
                        location,
                        user,
                        extension,
                        emergency: emergency(),
                    })
                }),
        );
        let prefixes = snapshot.places().filter(|other| !other.prefix.is_empty());
        found.extend(
            prefixes
                .filter(|other| number.starts_with(other.prefix.as_str()))
                .map(|other| Overlap::Prefix {
                    location,
                    prefixed: other.id,
                    emergency: emergency(),
                }),
        );
        let clashes = codes
            .all()
            .filter(|(_, code)| code.to_string().starts_with(&number));
        found.extend(clashes.map(|(feature, _)| Overlap::Code {
            location,
            feature,
            emergency: emergency(),
        }));
    }
    found
}

/// Whom the extension of a user hides: somebody elsewhere whose prefix and extension are the same digits.
fn hides(snapshot: &Snapshot, s: &Subscriber) -> Option<Overlap> {
    let hidden = extensions(s)
        .find_map(|extension| super::prefixed(snapshot, &extension.to_string())?.user())?;
    (hidden != s.user.id).then_some(Overlap::PrefixedExtension {
        user: s.user.id,
        hidden,
    })
}

pub(crate) fn extensions(s: &Subscriber) -> impl Iterator<Item = Extension> {
    s.user.extension.into_iter().chain(
        s.user
            .alternates
            .iter()
            .filter_map(|alternate| alternate.extension),
    )
}
