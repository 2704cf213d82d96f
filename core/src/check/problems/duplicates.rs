//! What must be unique and is there twice.

use super::Found;
use crate::check::{Fault, numbers};
use crate::organisation::Organisation;
use std::collections::BTreeMap;
use std::fmt::Display;

pub(super) fn check(organisation: &Organisation, found: &mut Found) {
    let o = organisation;
    ids("service_packs", o.service_packs.iter().map(|p| p.id), found);
    ids("locations", o.locations.iter().map(|l| l.id), found);
    ids("departments", o.departments.iter().map(|d| d.id), found);
    ids("admins", o.admins.iter().map(|a| a.id), found);
    ids("users", o.users.iter().map(|u| u.id), found);
    ids("schedules", o.schedules.iter().map(|s| s.id), found);
    ids("uploads", o.uploads.iter().map(|u| u.id), found);

    let (mut logins, mut mobiles) = (Seen::default(), Seen::default());
    let (mut devices, mut accounts, mut names) =
        (Seen::default(), Seen::default(), Seen::default());
    for (at, admin) in o.admins.iter().enumerate() {
        logins.add(
            admin.login.trim().to_lowercase(),
            format!("admins[{at}].login"),
            found,
        );
    }
    for (at, user) in o.users.iter().enumerate() {
        let path = format!("users[{at}]");
        logins.add(
            user.login.trim().to_lowercase(),
            format!("{path}.login"),
            found,
        );
        if let Some(number) = user.mobile {
            mobiles.add(number.to_string(), format!("{path}.mobile"), found);
        }
        for (place, device) in user.devices.iter().enumerate() {
            devices.add(
                device.id.to_string(),
                format!("{path}.devices[{place}].id"),
                found,
            );
            accounts.add(
                device.account.clone(),
                format!("{path}.devices[{place}].account"),
                found,
            );
        }
    }
    for (at, first) in numbers::twice(o) {
        found.add(
            at,
            Fault::Twice {
                value: String::new(),
                first,
            },
        );
    }
    let mut sounds = Seen::default();
    for (at, upload) in o.uploads.iter().enumerate() {
        let name = format!(
            "{:?} of {}",
            upload.name.trim().to_lowercase(),
            upload.owner
        );
        sounds.add(name, format!("uploads[{at}].name"), found);
    }
    for (at, schedule) in o.schedules.iter().enumerate() {
        let name = format!(
            "{:?} of {:?}",
            schedule.name.trim().to_lowercase(),
            schedule.owner
        );
        names.add(name, format!("schedules[{at}].name"), found);
    }
}

fn ids(list: &str, ids: impl Iterator<Item = impl Display>, found: &mut Found) {
    let mut seen = Seen::default();
    for (at, id) in ids.enumerate() {
        seen.add(id.to_string(), format!("{list}[{at}].id"), found);
    }
}

/// Where each value stood first.
#[derive(Default)]
struct Seen(BTreeMap<String, String>);

impl Seen {
    fn add(&mut self, value: String, path: String, found: &mut Found) {
        match self.0.get(&value) {
            Some(first) => found.add(
                path,
                Fault::Twice {
                    value,
                    first: first.clone(),
                },
            ),
            None => drop(self.0.insert(value, path)),
        }
    }
}
