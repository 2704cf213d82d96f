//! The user whose pages are open: read from the address, loaded once, shared by the shell and the pages.

use crate::client::{Failure, call};
use centrale_core::api::schedules::{Entry, ListOfUser};
use centrale_core::api::users::{self, Card};
use centrale_core::id::{LocationId, UserId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

/// Whose pages are open, as a context.
#[derive(Clone, Copy)]
pub(crate) struct Here {
    /// The user in the address.
    pub(crate) user: Memo<Option<UserId>>,
    /// The location in the address, on an administrator's pages.
    pub(crate) location: Memo<Option<LocationId>>,
    /// The user's card; the last known one while another loads.
    pub(crate) card: RwSignal<Option<Card>>,
    /// The schedules that the user can link.
    pub(crate) schedules: RwSignal<Vec<Entry>>,
    /// Why the card could not be loaded.
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Here {
    /// Follows the address and provides what it names.
    pub(crate) fn provide() -> Self {
        let path = use_location().pathname;
        let part = move |name: &str| {
            path.with(|path| {
                let rest = path.strip_prefix('/')?.strip_prefix(name)?.strip_prefix('/')?;
                rest.split('/').next()?.parse::<u32>().ok()
            })
        };
        let this = Self {
            user: Memo::new(move |_| part("users").map(UserId)),
            location: Memo::new(move |_| part("locations").map(LocationId)),
            card: RwSignal::new(None),
            schedules: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
        };
        Effect::new(move || {
            if let Some(user) = this.user.get() {
                this.load_card(user);
                this.load_schedules();
            }
        });
        provide_context(this);
        this
    }

    /// The context of this page.
    pub(crate) fn get() -> Self {
        expect_context()
    }

    /// The user's card, when it is the one in the address.
    pub(crate) fn current_card(self) -> Option<Card> {
        self.card.get().filter(|card| Some(card.id) == self.user.get())
    }

    /// Loads the schedules again, after they were changed.
    pub(crate) fn load_schedules(self) {
        let Some(user) = self.user.get_untracked() else { return };
        spawn_local(async move {
            if let Ok(list) = call::<ListOfUser>(user, ()).await
                && self.user.get_untracked() == Some(user)
            {
                self.schedules.set(list);
            }
        });
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
