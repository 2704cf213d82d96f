//! What an import refuses of an organisation, told alike by `centrale check`, `import` and the API: references, what is
//! there twice, settings, schedules, licences, more than one owner may have. The content of sounds is left to the server.

mod duplicates;
mod owners;
mod parts;
mod quotas;
mod settings;
mod structure;

use super::{Fault, Finding, Kind, Problem};
use crate::error::Code;
use crate::organisation::Organisation;
use std::collections::BTreeSet;

/// Everything that is wrong but for the content of sounds, in the order of the checks. `is_zone` tells whether there is a
/// time zone with a name.
pub fn problems(organisation: &Organisation, is_zone: &dyn Fn(&str) -> bool) -> Vec<Problem> {
    let mut found = Found(Vec::new());
    structure::check(organisation, is_zone, &mut found);
    duplicates::check(organisation, &mut found);
    settings::check(organisation, &mut found);
    parts::check(organisation, &mut found);
    owners::of_uploads(organisation, &mut found);
    owners::of_outgoing(organisation, &mut found);
    quotas::check(organisation, &mut found);
    found.0
}

/// The problems of which no finding tells: a finding says the same as the problem at its place, and by which call it is
/// seen.
pub fn not_in_findings(mut problems: Vec<Problem>, findings: &[Finding]) -> Vec<Problem> {
    let told = findings.iter().filter(|finding| is_problem(&finding.kind));
    let told: BTreeSet<String> = told.map(|finding| dotted(&finding.at)).collect();
    problems.retain(|problem| !told.contains(&dotted(&problem.at)));
    problems
}

/// What no import lets in, told of single fields too.
pub fn is_problem(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::SameNumber { .. }
            | Kind::SameExtension { .. }
            | Kind::MemberTwice { .. }
            | Kind::Weights { .. }
            | Kind::NoSubmenu { .. }
            | Kind::NoSound { .. }
    )
}

/// A path in the one spelling of several: `members[1]` and `members.1` are the same place.
fn dotted(path: &str) -> String {
    path.replace('[', ".").replace(']', "")
}

/// The problems found so far.
struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, path: impl std::fmt::Display, fault: Fault) {
        self.0.push(Problem {
            at: path.to_string(),
            fault,
        });
    }

    fn refused(&mut self, path: impl std::fmt::Display, code: Code) {
        self.add(
            path,
            Fault::Refused {
                code,
                names: Vec::new(),
            },
        );
    }
}
