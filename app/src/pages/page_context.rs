//! The user whose pages are open: read from the address, loaded once, shared by the shell and the pages.

use crate::client::{Failure, call};
use crate::session::LoggedIn;
use centrale_core::api::organisation::{self, Overview};
use centrale_core::api::schedules::{Entry, ListOfUser};
use centrale_core::api::users::{self, Card};
use centrale_core::id::{LocationId, UserId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_query_map};

/// Whose pages are open, as a context.
#[derive(Clone, Copy)]
pub(crate) struct PageContext {
    /// The user in the address.
    pub(crate) user: Memo<Option<UserId>>,
    /// The location in the address, on an administrator's pages.
    pub(crate) location: Memo<Option<LocationId>>,
    /// The user's card; the last known one while another loads.
    pub(crate) card: RwSignal<Option<Card>>,
    /// The schedules that the user can link.
    pub(crate) schedules: RwSignal<Vec<Entry>>,
    /// What an administrator administers.
    pub(crate) overview: RwSignal<Option<Overview>>,
    /// Why the card could not be loaded.
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl PageContext {
    /// Follows the address and provides what it names.
    pub(crate) fn provide() -> Self {
        let (path, query) = (use_location().pathname, use_query_map());
        let part = move |name: &str| {
            path.with(|path| {
                let rest = path
                    .strip_prefix('/')?
                    .strip_prefix(name)?
                    .strip_prefix('/')?;
                rest.split('/').next()?.parse::<u32>().ok()
            })
        };
        let this = Self {
            user: Memo::new(move |_| part("users").map(UserId)),
            location: Memo::new(move |_| {
                let asked =
                    query.with(|query| query.get("location").and_then(|id| id.parse().ok()));
                part("locations")
                    .or(asked.filter(|_| path.get() == "/"))
                    .map(LocationId)
            }),
            card: RwSignal::new(None),
            schedules: RwSignal::new(Vec::new()),
            overview: RwSignal::new(None),
            failure: RwSignal::new(None),
        };
        Effect::new(move || {
            if let Some(user) = this.user.get() {
                this.load_card(user);
                this.load_schedules();
            }
        });
        if untrack(|| LoggedIn::from_context().is_admin()) {
            spawn_local(async move {
                this.overview
                    .set(call::<organisation::Get>((), ()).await.ok());
            });
        }
        provide_context(this);
        this
    }

    /// The name of a location that the administrator sees.
    pub(crate) fn location_name(self, id: LocationId) -> String {
        let known = self.overview.with(|o| {
            o.as_ref().and_then(|o| {
                o.locations
                    .iter()
                    .find(|l| l.id == id)
                    .map(|l| l.name.clone())
            })
        });
        known.unwrap_or_default()
    }

    /// The context of this page.
    pub(crate) fn from_context() -> Self {
        expect_context()
    }

    /// The user's card, when it is the one in the address.
    pub(crate) fn current_card(self) -> Option<Card> {
        self.card
            .get()
            .filter(|card| Some(card.id) == self.user.get())
    }

    /// Loads the schedules again, after they were changed.
    pub(crate) fn load_schedules(self) {
        let Some(user) = self.user.get_untracked() else {
            return;
        };
        spawn_local(async move {
            if let Ok(list) = call::<ListOfUser>(user, ()).await
                && self.user.get_untracked() == Some(user)
            {
                self.schedules.set(list);
            }
        });
    }

    /// Loads the card again, after it could not be loaded.
    pub(crate) fn retry(self) {
        if let Some(user) = self.user.get_untracked() {
            self.load_card(user);
        }
    }

    fn load_card(self, user: UserId) {
        self.failure.set(None);
        spawn_local(async move {
            let answer = call::<users::Get>(user, ()).await;
            if self.user.get_untracked() != Some(user) {
                return;
            }
            match answer {
                Ok(card) => self.card.set(Some(card)),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }
}
