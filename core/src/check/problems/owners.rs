//! Owners of uploads and of outgoing classes who are not there.

use super::Found;
use crate::check::Fault;
use crate::error::Code;
use crate::id::UserId;
use crate::organisation::{Organisation, OutgoingOwner, UploadOwner};
use crate::snapshot;
use std::collections::BTreeSet;

/// Who there is to own something.
struct Known<'a> {
    organisation: &'a Organisation,
    people: BTreeSet<UserId>,
}

impl<'a> Known<'a> {
    fn new(organisation: &'a Organisation) -> Self {
        Self {
            organisation,
            people: snapshot::people(organisation)
                .map(|(user, _)| user.id)
                .collect(),
        }
    }

    /// What is wrong with an owner, if anything is.
    fn fault(&self, owner: UploadOwner) -> Option<Fault> {
        let (there, fault) = match owner {
            UploadOwner::Enterprise => return None,
            UploadOwner::Location(location) => (
                self.organisation.locations.iter().any(|l| l.id == location),
                Fault::NoLocation { location },
            ),
            UploadOwner::Department(department) => {
                let there = self
                    .organisation
                    .departments
                    .iter()
                    .any(|d| d.id == department);
                (there, Fault::NoDepartment { department })
            }
            UploadOwner::User(user) => (self.people.contains(&user), Fault::NoUser { user }),
        };
        (!there).then_some(fault)
    }
}

/// Who owns an upload is there.
pub(super) fn of_uploads(organisation: &Organisation, found: &mut Found) {
    let known = Known::new(organisation);
    for (at, upload) in organisation.uploads.iter().enumerate() {
        if let Some(fault) = known.fault(upload.owner) {
            found.add(format_args!("uploads[{at}].owner"), fault);
        }
    }
}

/// Who is to be allowed calls is there, and once in the list.
pub(super) fn of_outgoing(organisation: &Organisation, found: &mut Found) {
    let known = Known::new(organisation);
    let mut owners = BTreeSet::new();
    for (at, outgoing) in organisation.outgoing.iter().enumerate() {
        if !owners.insert(outgoing.owner) {
            found.refused(format_args!("outgoing[{at}].owner"), Code::Twice);
        }
        let owner = match outgoing.owner {
            OutgoingOwner::Enterprise => UploadOwner::Enterprise,
            OutgoingOwner::Location(location) => UploadOwner::Location(location),
            OutgoingOwner::Department(department) => UploadOwner::Department(department),
            OutgoingOwner::User(user) => UploadOwner::User(user),
        };
        if let Some(fault) = known.fault(owner) {
            found.add(format_args!("outgoing[{at}].owner"), fault);
        }
    }
}
