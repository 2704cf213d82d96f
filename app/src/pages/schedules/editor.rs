//! The schedule in hand: what it was, what it has become, and what saving it takes.

use crate::client::{Failure, call};
use crate::components::holiday_list::Imported;
use centrale_core::api::schedules::{
    AddToLocation, AddToUser, Conflict, DateOrder, Delete, Entry, Import, ListOfLocation,
    ListOfUser, New, Put, ReadHolidays, Replace,
};
use centrale_core::api::{Endpoint, Remove};
use centrale_core::error::{Code, UsedBy};
use centrale_core::id::ScheduleId;
use centrale_core::schedule::{
    HolidaySchedule, Problem, Schedule, ScheduleError, ScheduleKind, ScheduleOwner, SchedulePart,
    ScheduleType, TimeSchedule,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use std::future::Future;
use std::time::Duration;

/// How long it is told that something was saved.
const TOLD: Duration = Duration::from_secs(4);

/// The state of the page.
#[derive(Clone, Copy)]
pub(crate) struct Editor {
    /// Whose schedules the page is about.
    pub(crate) owner: ScheduleOwner,
    /// The schedules, once they are loaded.
    pub(crate) list: RwSignal<Option<Vec<Entry>>>,
    /// The schedule in hand as it was saved; version 0: never.
    pub(crate) base: RwSignal<Option<Entry>>,
    /// The schedule in hand as it is now.
    pub(crate) draft: RwSignal<Option<Schedule>>,
    /// Somebody tried to save, so that what is missing is told as well.
    pub(crate) tried: RwSignal<bool>,
    /// A save is under way.
    pub(crate) busy: RwSignal<bool>,
    /// It was saved just now.
    pub(crate) saved: RwSignal<bool>,
    /// Why the last request failed.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// What somebody else saved in the meantime.
    pub(crate) conflict: RwSignal<Option<Conflict>>,
    /// It is asked whether the schedule may be deleted.
    pub(crate) deleting: RwSignal<bool>,
    /// What uses the schedule that was to be deleted.
    pub(crate) in_use: RwSignal<Vec<UsedBy>>,
    /// What else is to be opened, while unsaved changes ask first.
    pub(crate) wanted: RwSignal<Option<Wanted>>,
    /// What came of a file.
    pub(crate) imported: RwSignal<Option<Imported>>,
    /// The text of a file whose dates can be read in two ways.
    pub(crate) asked: RwSignal<Option<String>>,
}

/// What is to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Nothing: back to the list.
    Nothing,
    /// A new schedule.
    New(ScheduleType),
    /// One of the list.
    Known(ScheduleId),
}

impl Editor {
    /// The schedules of an owner; begins to load them.
    pub(crate) fn new(owner: ScheduleOwner) -> Self {
        let this = Self {
            owner,
            list: RwSignal::new(None),
            base: RwSignal::new(None),
            draft: RwSignal::new(None),
            tried: RwSignal::new(false),
            busy: RwSignal::new(false),
            saved: RwSignal::new(false),
            failure: RwSignal::new(None),
            conflict: RwSignal::new(None),
            deleting: RwSignal::new(false),
            in_use: RwSignal::new(Vec::new()),
            wanted: RwSignal::new(None),
            imported: RwSignal::new(None),
            asked: RwSignal::new(None),
        };
        this.run(
            async move {
                match owner {
                    ScheduleOwner::User(user) => call::<ListOfUser>(user, ()).await,
                    ScheduleOwner::Location(location) => call::<ListOfLocation>(location, ()).await,
                }
            },
            move |list| this.list.set(Some(list)),
        );
        this
    }

    /// Whether there are unsaved changes.
    pub(crate) fn dirty(self) -> bool {
        self.base.with(|base| {
            self.draft
                .with(|draft| base.as_ref().map(|base| &base.schedule) != draft.as_ref())
        })
    }

    /// Opens something, or asks first when there are unsaved changes.
    pub(crate) fn want(self, wanted: Wanted) {
        if untrack(|| self.dirty()) {
            self.wanted.set(Some(wanted));
        } else {
            self.open(wanted);
        }
    }

    /// Opens something. What was in hand is forgotten.
    pub(crate) fn open(self, wanted: Wanted) {
        let entry = match wanted {
            Wanted::Nothing => None,
            Wanted::New(kind) => Some(self.blank(kind)),
            Wanted::Known(id) => self.list.with_untracked(|list| {
                list.iter().flatten().find(|e| e.schedule.id == id).cloned()
            }),
        };
        self.wanted.set(None);
        self.hold(entry);
    }

    /// Undoes the changes.
    pub(crate) fn reset(self) {
        self.hold(self.base.get_untracked());
    }

    /// Changes the schedule in hand.
    pub(crate) fn change(self, change: impl FnOnce(&mut Schedule)) {
        self.failure.set(None);
        self.saved.set(false);
        self.draft.update(|draft| draft.as_mut().map_or((), change));
    }

    /// What is wrong and should be told: what is merely missing waits until somebody tries to save.
    pub(crate) fn problems(self) -> Vec<Problem> {
        let missing = |problem: &Problem| {
            matches!(
                problem.error,
                ScheduleError::NameEmpty | ScheduleError::NoBlocks | ScheduleError::NoLines
            )
        };
        let mut problems = self
            .draft
            .with(|d| d.as_ref().map(Schedule::validate).unwrap_or_default());
        if !self.tried.get() {
            problems.retain(|problem| !missing(problem));
        }
        problems
    }

    /// What is wrong with the name.
    pub(crate) fn name_errors(self) -> Vec<Code> {
        let mut errors =
            crate::components::week_grid::codes(&self.problems(), SchedulePart::Name, None);
        let refused = self.failure.with(|failure| {
            let fields = failure.as_ref().map(Failure::fields).unwrap_or_default();
            fields
                .iter()
                .filter(|field| field.field == "name")
                .map(|field| field.code)
                .collect::<Vec<_>>()
        });
        let taken = self.draft.with(|draft| {
            let Some(draft) = draft else { return false };
            self.list.with(|list| {
                list.iter()
                    .flatten()
                    .map(|entry| &entry.schedule)
                    .any(|other| {
                        other.id != draft.id
                            && other.owner == draft.owner
                            && same(&other.name, &draft.name)
                    })
            })
        });
        if taken || refused.contains(&Code::ScheduleNameTaken) {
            errors.push(Code::ScheduleNameTaken);
        }
        errors
    }

    /// Saves; `then` follows when it is saved.
    pub(crate) fn save(self, then: impl FnOnce() + 'static) {
        // The page may have been left meanwhile.
        if self.draft.is_disposed() {
            return;
        }
        self.tried.set(true);
        let flawed = untrack(|| !self.problems().is_empty() || !self.name_errors().is_empty());
        let (Some(draft), Some(base)) = (self.draft.get_untracked(), self.base.get_untracked())
        else {
            return;
        };
        if flawed || self.busy.get_untracked() {
            return;
        }
        let version = base.version;
        let saved = async move {
            let Schedule {
                id,
                owner,
                name,
                kind,
            } = draft;
            let name = name.trim().to_owned();
            match owner {
                _ if version > 0 => {
                    call::<Put>(
                        id,
                        Replace {
                            version,
                            name,
                            kind,
                        },
                    )
                    .await
                }
                ScheduleOwner::User(user) => call::<AddToUser>(user, New { name, kind }).await,
                ScheduleOwner::Location(location) => {
                    call::<AddToLocation>(location, New { name, kind }).await
                }
            }
        };
        self.run(saved, move |entry| {
            self.put(entry.clone());
            self.hold(Some(entry));
            self.saved.set(true);
            set_timeout(move || _ = self.saved.try_set(false), TOLD);
            then();
        });
    }

    /// Asks whether the schedule in hand may be deleted; one that is used cannot be.
    pub(crate) fn ask_delete(self) {
        let uses = self
            .base
            .with_untracked(|base| base.as_ref().map(|b| b.used_by.clone()).unwrap_or_default());
        if uses.is_empty() {
            self.deleting.set(true);
        } else {
            self.in_use.set(uses);
        }
    }

    /// Deletes the schedule in hand.
    pub(crate) fn delete(self) {
        let Some(base) = self.base.get_untracked() else {
            return;
        };
        let (id, version) = (base.schedule.id, base.version);
        self.run(call::<Delete>(id, Remove { version }), move |()| {
            self.list.update(|list| {
                if let Some(list) = list {
                    list.retain(|entry| entry.schedule.id != id);
                }
            });
            self.hold(None);
        });
    }

    /// Adds the holidays of a calendar file to the schedule in hand.
    pub(crate) fn import(self, text: String, dates: Option<DateOrder>) {
        self.imported.set(None);
        self.asked.set(None);
        let file = Import {
            text: text.clone(),
            owner: Some(self.owner),
            dates,
        };
        self.run_or(
            call::<ReadHolidays>((), file),
            move |read: <ReadHolidays as Endpoint>::Response| {
                self.change(|schedule| {
                    if let ScheduleKind::Holidays(holidays) = &mut schedule.kind {
                        let before = holidays.lines.len();
                        let known: HashSet<_> = holidays.lines.iter().cloned().collect();
                        holidays.lines.extend(read.lines.into_iter().filter(|line| !known.contains(line)));
                        let count = holidays.lines.len() - before;
                        let (notes, more_notes) = (read.notes, read.more_notes);
                        self.imported.set(Some(Imported { count, notes, more_notes }));
                    }
                });
            },
            move |failure| {
                let is_open =
                    matches!(&failure, Failure::Refused(body) if body.code == Code::ImportDateOrder);
                self.asked.set(is_open.then_some(text));
                self.failure.set(Some(failure));
            },
        );
    }

    /// Takes what somebody else saved. With `mine`, the own changes stay on top of it.
    pub(crate) fn settle(self, mine: bool) {
        let Some(conflict) = self.conflict.get_untracked() else {
            return;
        };
        self.conflict.set(None);
        self.put(conflict.current.clone());
        if mine {
            self.base.set(Some(conflict.current));
        } else {
            self.hold(Some(conflict.current));
        }
    }

    fn hold(self, entry: Option<Entry>) {
        self.tried.set(false);
        self.saved.set(false);
        self.failure.set(None);
        self.imported.set(None);
        self.asked.set(None);
        self.draft
            .set(entry.as_ref().map(|entry| entry.schedule.clone()));
        self.base.set(entry);
    }

    fn put(self, entry: Entry) {
        self.list.update(|list| {
            let list = list.get_or_insert_default();
            match list
                .iter_mut()
                .find(|known| known.schedule.id == entry.schedule.id)
            {
                Some(known) => *known = entry,
                None => list.push(entry),
            }
        });
    }

    fn blank(self, kind: ScheduleType) -> Entry {
        let kind = match kind {
            ScheduleType::Time => ScheduleKind::Time(TimeSchedule::default()),
            ScheduleType::Holidays => ScheduleKind::Holidays(HolidaySchedule::default()),
        };
        let schedule = Schedule {
            id: ScheduleId(0),
            owner: self.owner,
            name: String::new(),
            kind,
        };
        Entry {
            schedule,
            version: 0,
            editable: true,
            used_by: Vec::new(),
        }
    }

    fn run<T: 'static>(
        self,
        request: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        self.run_or(request, done, move |failure| {
            self.failure.set(Some(failure));
        });
    }

    fn run_or<T: 'static>(
        self,
        request: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
        failed: impl FnOnce(Failure) + 'static,
    ) {
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let answer = request.await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => done(answer),
                Err(failure) => match (failure.conflict::<Put>(), &failure) {
                    (Some(conflict), _) => self.conflict.set(Some(conflict)),
                    (None, Failure::Refused(body)) if body.code == Code::InUse => {
                        self.in_use.set(body.used_by.clone());
                    }
                    _ => failed(failure),
                },
            }
        });
    }
}

fn same(a: &str, b: &str) -> bool {
    // By the browser, as case tables would add to the download.
    let folded = |name: &str| js_sys::JsString::from(name.trim()).to_lower_case();
    folded(a) == folded(b)
}
