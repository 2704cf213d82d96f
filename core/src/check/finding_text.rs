//! Findings in words, as the command line tells them.

use super::{Finding, Kind, Never, Shut};
use crate::dial::Overlap;
use crate::id::UserId;
use crate::organisation::OutgoingOwner;
use crate::snapshot::Snapshot;
use crate::trace::kebab;
use std::fmt::{self, Write};

impl Finding {
    /// Writes it as one line of plain English. `snapshot` tells what users are called.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn Write, snapshot: &Snapshot) -> fmt::Result {
        let name = |user: &UserId| match snapshot.user(*user) {
            None => format!("user {user}"),
            Some(s) => s
                .role
                .identity()
                .map_or(&s.user.login, |identity| &identity.name)
                .clone(),
        };
        write!(out, "{}: ", self.at)?;
        match &self.kind {
            Kind::Loop { through } => {
                let names: Vec<_> = through.iter().chain(through.first()).map(name).collect();
                write!(out, "calls go round in a loop: {}", names.join(" → "))?;
            }
            Kind::LoopsUnsearched { parties } => write!(
                out,
                "not every loop among these {parties} was looked for: there are too many ways between them"
            )?,
            Kind::RuleNeverFires {
                service,
                rule,
                because,
            } => {
                write!(
                    out,
                    "rule {} of {service} can never fire: {because}",
                    rule + 1
                )?;
            }
            Kind::NoCallerShows {
                service,
                rule,
                number,
            } => {
                write!(
                    out,
                    "no caller shows {number}, which rule {} of {service} lists",
                    rule + 1
                )?;
            }
            Kind::Masked { service, by } => {
                write!(
                    out,
                    "{service} never gets its turn: {by} takes every call before it"
                )?;
            }
            Kind::ForcedMasked { by: Shut::Holiday } => {
                out.write_str(
                    "forced forwarding does not hold on holidays: holiday service comes first",
                )?;
            }
            Kind::ForcedMasked { by: Shut::Night } => {
                out.write_str(
                    "forced forwarding does not hold out of hours: night service comes first",
                )?;
            }
            Kind::MenuDeadEnd => out.write_str("a caller can do nothing in this menu")?,
            Kind::MenuNoExit => {
                out.write_str("callers can leave this menu and those below only by hanging up")?;
            }
            Kind::OrphanSubmenu { menu } => write!(out, "nothing leads to submenu {menu}")?,
            Kind::NoSubmenu { menu } => write!(out, "there is no submenu {menu}")?,
            Kind::NobodyThere { to, .. } => write!(out, "nobody has {to}")?,
            Kind::Barred {
                to, class, set_by, ..
            } => {
                let by = match set_by {
                    None => "by default",
                    Some(OutgoingOwner::Enterprise) => "by the enterprise",
                    Some(OutgoingOwner::Location(_)) => "by the location",
                    Some(OutgoingOwner::Department(_)) => "by the department",
                    Some(OutgoingOwner::User(_)) => "for the user",
                };
                write!(
                    out,
                    "{to} may not be called: {} is not allowed {by}",
                    class.name()
                )?;
            }
            Kind::SpeedDialCircle { code } => {
                write!(out, "speed dial {code} stands for itself in the end")?;
            }
            Kind::CodeTakesNone { to, feature } => {
                write!(
                    out,
                    "{to} is the code of {} with digits after it, and it takes none",
                    feature.name()
                )?;
            }
            Kind::ExtensionBegins {
                shorter,
                longer,
                of,
            } => {
                write!(
                    out,
                    "extension {longer} of {} begins with {shorter}",
                    name(of)
                )?;
            }
            Kind::NoMembers => out.write_str("there are no members")?,
            Kind::MemberElsewhere { user, location } => {
                write!(out, "{} is at another location, {location}", name(user))?;
            }
            Kind::NoAnswerOnly { to } => {
                write!(
                    out,
                    "when nobody can be reached calls end, and do not go to {to} as unanswered ones do"
                )?;
            }
            Kind::MailboxOff { user } => write!(out, "the mailbox of {} is off", name(user))?,
            Kind::NotTheirs { service, because } => {
                write!(out, "{service} is on and does nothing: {}", kebab(because))?;
            }
            Kind::NoUser { user } => write!(out, "there is no user {user}")?,
            Kind::NotAPerson { user } => write!(out, "{} is not a person", name(user))?,
            Kind::MemberTwice { user } => write!(out, "{} stands there twice", name(user))?,
            Kind::NoSchedule { schedule } => write!(out, "there is no schedule {schedule}")?,
            Kind::NoSound { name } => write!(out, "there is no sound {name:?} to be played here")?,
            Kind::SameNumber { number, first } => {
                write!(out, "{number} is there already, at {first}")?;
            }
            Kind::SameExtension { extension, first } => {
                write!(out, "extension {extension} is there already, at {first}")?;
            }
            Kind::SamePrefix { first } => write!(out, "the prefix clashes with that of {first}")?,
            Kind::Overlap(overlap) => write_overlap(out, overlap, &name)?,
            Kind::Weights { sum } => write!(out, "the weights add up to {sum}, not to 100")?,
            Kind::HoursGap {
                user,
                open,
                away,
                at,
            } => write!(
                out,
                "at {at} the menu is open by schedule {open} and leads to {}, who forwards by schedule {away}",
                name(user)
            )?,
        }
        self.witness.write(out, &name)
    }
}

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time { schedule } => write!(f, "there is no such time in schedule {schedule}"),
            Self::Past { schedule } => write!(f, "its time in schedule {schedule} is past"),
            Self::Apart { time, holiday } => {
                write!(
                    f,
                    "schedules {time} and {holiday} are never at once as it asks"
                )
            }
            Self::Covered { by } => write!(f, "rule {} fires whenever it would", by + 1),
            Self::HeldBack { by } => write!(
                f,
                "rule {} holds the service back whenever it would",
                by + 1
            ),
            Self::NoCaller => f.write_str("no caller shows any of its numbers"),
        }
    }
}

fn write_overlap(
    out: &mut dyn Write,
    overlap: &Overlap,
    name: &dyn Fn(&UserId) -> String,
) -> fmt::Result {
    match overlap {
        Overlap::SameCode {
            code,
            feature,
            hidden,
        } => {
            write!(
                out,
                "{code} is the code of {} and of {}",
                feature.name(),
                hidden.name()
            )
        }
        Overlap::CodeBegins { shorter, longer } => {
            write!(
                out,
                "the code of {} begins with that of {}",
                longer.name(),
                shorter.name()
            )
        }
        Overlap::SpeedDial {
            user,
            digits,
            hidden,
        } => {
            write!(
                out,
                "speed dial {digits} of {} hides the code of {}",
                name(user),
                hidden.name()
            )
        }
        Overlap::Extension {
            user,
            extension,
            emergency,
            ..
        } => {
            write!(
                out,
                "extension {extension} of {} begins with emergency number {emergency}",
                name(user)
            )
        }
        Overlap::Prefix {
            prefixed,
            emergency,
            ..
        } => {
            write!(
                out,
                "emergency number {emergency} begins with the prefix of location {prefixed}"
            )
        }
        Overlap::Code {
            feature, emergency, ..
        } => {
            write!(
                out,
                "the code of {} begins with emergency number {emergency}",
                feature.name()
            )
        }
        Overlap::PrefixedExtension { user, hidden } => {
            write!(
                out,
                "the extension of {} hides {} behind a prefix",
                name(user),
                name(hidden)
            )
        }
    }
}
