//! The store of unsaved changes: per service the settings as typed, beside the saved ones and their versions.

use super::CheckContext;
use centrale_core::api::routing::Draft;
use centrale_core::api::services::{Change, Conflict, Save, Setting};
use centrale_core::error::FieldError;
use centrale_core::id::UserId;
use centrale_core::service::{ServiceId, find};
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// The unsaved changes of one user, as a context.
#[derive(Clone, Copy)]
pub(crate) struct DraftStore {
    /// The user whose services they are.
    pub(crate) user: UserId,
    /// The service whose dialog is open.
    pub(crate) opened: RwSignal<Option<Opened>>,
    /// What others saved in the meantime, while it waits for a choice.
    pub(crate) conflict: RwSignal<Option<Conflict>>,
    context: Signal<Option<CheckContext>>,
    saved: RwSignal<Vec<Setting>>,
    edited: RwSignal<BTreeMap<ServiceId, Value>>,
    usable: RwSignal<BTreeMap<ServiceId, Value>>,
    refused: RwSignal<BTreeMap<ServiceId, Vec<FieldError>>>,
}

/// A service whose dialog is open.
#[derive(Clone, PartialEq)]
pub(crate) struct Opened {
    /// The service.
    pub(crate) service: ServiceId,
    /// What its dialog can change, as it was before: the service, and those whose settings hold shared fields.
    before: Vec<(ServiceId, Value)>,
}

impl DraftStore {
    /// An empty store, until [`Self::load`].
    pub(crate) fn new(user: UserId, context: Signal<Option<CheckContext>>) -> Self {
        Self {
            user,
            opened: RwSignal::new(None),
            conflict: RwSignal::new(None),
            context,
            saved: RwSignal::default(),
            edited: RwSignal::default(),
            usable: RwSignal::default(),
            refused: RwSignal::default(),
        }
    }

    /// What settings are checked against, when it is loaded.
    pub(crate) fn context(self) -> Option<CheckContext> {
        self.context.get()
    }

    /// The services as the server has them now. Changes that are not saved stay.
    pub(crate) fn load(self, settings: Vec<Setting>) {
        self.saved.set(settings);
    }

    /// The services as the server has them.
    pub(crate) fn saved(self) -> Vec<Setting> {
        self.saved.get()
    }

    /// The saved settings of a service; its defaults when they cannot be read, so that saving anew mends them.
    pub(crate) fn saved_settings(self, service: ServiceId) -> Value {
        let Some(entry) = find(service.0) else {
            return Value::Null;
        };
        let saved = self.saved.with(|all| {
            all.iter()
                .find(|s| s.service == service)
                .map(|s| s.settings.clone())
        });
        saved
            .filter(|settings| entry.normal(settings).is_some())
            .unwrap_or_else(|| entry.defaults())
    }

    /// The settings of a service with its unsaved changes.
    pub(crate) fn settings(self, service: ServiceId) -> Value {
        let edited = self.edited.with(|all| all.get(&service).cloned());
        edited.unwrap_or_else(|| self.saved_settings(service))
    }

    /// Changes a service. What equals the saved settings is no change.
    pub(crate) fn set(self, service: ServiceId, settings: Value) {
        let Some(entry) = find(service.0) else { return };
        let saved = untrack(|| self.saved_settings(service));
        let same = entry
            .normal(&settings)
            .is_some_and(|settings| Some(settings) == entry.normal(&saved));
        let flawless = self.context.with_untracked(|g| {
            g.as_ref()
                .is_none_or(|g| g.check(entry, &settings).is_empty())
        });
        self.refused.update(|all| drop(all.remove(&service)));
        if same || flawless {
            self.usable
                .update(|all| drop(all.insert(service, settings.clone())));
        }
        self.edited.update(|all| {
            drop(if same {
                all.remove(&service)
            } else {
                all.insert(service, settings)
            });
        });
    }

    /// Switches a service on or off. One that cannot be switched on as it is opens its dialog.
    pub(crate) fn switch(self, service: ServiceId, on: bool) {
        let before = self.before(service);
        let mut settings = untrack(|| self.settings(service));
        settings["active"] = on.into();
        self.set(service, settings);
        if on && !untrack(|| self.errors(service)).is_empty() {
            self.opened.set(Some(Opened { service, before }));
        }
    }

    /// Opens the dialog of a service.
    pub(crate) fn open(self, service: ServiceId) {
        self.opened.set(Some(Opened {
            service,
            before: self.before(service),
        }));
    }

    /// Closes the dialog and takes back what it changed.
    pub(crate) fn cancel(self) {
        if let Some(opened) = self.opened.get_untracked() {
            self.opened.set(None);
            for (service, settings) in opened.before {
                self.set(service, settings);
            }
        }
    }

    fn before(self, service: ServiceId) -> Vec<(ServiceId, Value)> {
        let shared = find(service.0)
            .into_iter()
            .flat_map(|entry| entry.form.iter().filter_map(|f| f.shared));
        untrack(|| {
            std::iter::once(service)
                .chain(shared)
                .map(|service| (service, self.settings(service)))
                .collect()
        })
    }

    /// Whether a service has unsaved changes.
    pub(crate) fn changed(self, service: ServiceId) -> bool {
        self.edited.with(|all| all.contains_key(&service))
    }

    /// How many services have unsaved changes.
    pub(crate) fn count(self) -> usize {
        self.edited.with(BTreeMap::len)
    }

    /// What is wrong with a service: by core's check, and by the server's last word on the same settings.
    pub(crate) fn errors(self, service: ServiceId) -> Vec<FieldError> {
        let Some(entry) = find(service.0) else {
            return Vec::new();
        };
        let settings = self.settings(service);
        let mut errors = self.context.with(|g| {
            g.as_ref()
                .map(|g| g.check(entry, &settings))
                .unwrap_or_default()
        });
        let refused = self
            .refused
            .with(|all| all.get(&service).cloned().unwrap_or_default());
        errors.extend(
            refused
                .into_iter()
                .filter(|e| !errors.contains(e))
                .collect::<Vec<_>>(),
        );
        errors
    }

    /// The first changed service that cannot be saved as it is.
    pub(crate) fn first_flawed(self) -> Option<ServiceId> {
        let edited = self
            .edited
            .with_untracked(|all| all.keys().copied().collect::<Vec<_>>());
        edited
            .into_iter()
            .find(|service| !untrack(|| self.errors(*service)).is_empty())
    }

    /// The changes for a preview. A service that is half typed counts as it last made sense.
    pub(crate) fn drafts(self) -> Memo<Vec<Draft>> {
        Memo::new(move |_| {
            let draft = |service: &ServiceId| {
                let settings = self.usable.with(|usable| usable.get(service).cloned())?;
                Some(Draft {
                    user: self.user,
                    service: *service,
                    settings,
                })
            };
            self.edited
                .with(|all| all.keys().filter_map(draft).collect())
        })
    }

    /// Every change, complete, to be saved.
    pub(crate) fn save(self) -> Save {
        let version = |service: ServiceId| {
            self.saved.with_untracked(|all| {
                all.iter()
                    .find(|s| s.service == service)
                    .map_or(0, |s| s.version)
            })
        };
        let changes = self.edited.with_untracked(|all| {
            all.iter()
                .map(|(service, settings)| Change {
                    service: *service,
                    version: version(*service),
                    settings: find(service.0)
                        .and_then(|e| e.normal(settings))
                        .unwrap_or_else(|| settings.clone()),
                })
                .collect()
        });
        Save { changes }
    }

    /// The server saved these. What was typed since then stays a change.
    pub(crate) fn was_saved(self, settings: Vec<Setting>) {
        let services: Vec<ServiceId> = settings.iter().map(|s| s.service).collect();
        self.adopt(settings);
        for service in services {
            self.set(service, untrack(|| self.settings(service)));
        }
    }

    /// The server refused these fields; `field` begins with the service: `forwarding-busy.number`.
    pub(crate) fn was_refused(self, fields: &[FieldError]) {
        let mut refused: BTreeMap<ServiceId, Vec<FieldError>> = BTreeMap::new();
        for error in fields {
            let (service, field) = error.field.split_once('.').unwrap_or((&error.field, ""));
            if let Some(entry) = find(service) {
                refused
                    .entry(entry.id)
                    .or_default()
                    .push(FieldError::new(field, error.code));
            }
        }
        if let Some(service) = refused.keys().next() {
            self.open(*service);
        }
        self.refused.set(refused);
    }

    /// Takes what others saved as the saved settings, under the changes that are not saved yet.
    pub(crate) fn adopt(self, newer: Vec<Setting>) {
        self.saved.update(|all| {
            for setting in newer {
                match all.iter_mut().find(|s| s.service == setting.service) {
                    Some(known) => *known = setting,
                    None => all.push(setting),
                }
            }
        });
    }

    /// Forgets the changes of a service.
    pub(crate) fn forget(self, service: ServiceId) {
        self.set(service, untrack(|| self.saved_settings(service)));
    }

    /// Forgets all changes.
    pub(crate) fn reset(self) {
        self.refused.set(BTreeMap::new());
        self.usable.set(BTreeMap::new());
        self.edited.set(BTreeMap::new());
    }
}
