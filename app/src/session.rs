//! Who is logged in, for every page.

use crate::client::{self, call};
use crate::text;
use centrale_core::api::session::{Current, End, Identity, Session};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Who is logged in, as a context.
#[derive(Clone, Copy)]
pub(crate) struct LoggedIn {
    session: RwSignal<Option<Session>>,
    known: RwSignal<bool>,
    /// What the server's clock is ahead of this device's, in milliseconds.
    ahead: RwSignal<i64>,
}

impl LoggedIn {
    /// Asks the server who is logged in and provides the answer to every page.
    pub(crate) fn provide() -> Self {
        let this = Self {
            session: RwSignal::new(None),
            known: RwSignal::new(false),
            ahead: RwSignal::new(0),
        };
        provide_context(this);
        spawn_local(async move {
            if let Ok(session) = call::<Current>((), ()).await {
                this.start(session);
            }
            this.known.set(true);
        });
        this
    }

    /// The context of this page.
    pub(crate) fn from_context() -> Self {
        expect_context()
    }

    /// Whether it is known yet if somebody is logged in.
    pub(crate) fn known(self) -> bool {
        self.known.get()
    }

    /// Whether somebody is logged in.
    pub(crate) fn any(self) -> bool {
        self.session.with(Option::is_some)
    }

    /// The session; follows a new log-in.
    pub(crate) fn session(self) -> Option<Session> {
        self.session.get()
    }

    /// Whether it is an administrator.
    pub(crate) fn is_admin(self) -> bool {
        self.session.with(|s| {
            s.as_ref()
                .is_some_and(|s| matches!(s.who, Identity::Admin { .. }))
        })
    }

    /// Whether a second factor must be set up before anything else.
    pub(crate) fn must_set_up(self) -> bool {
        self.session
            .with(|s| s.as_ref().is_some_and(|s| s.must_set_up))
    }

    /// Asks again who is logged in, when that may have changed what they may do; if so, the portal begins anew.
    pub(crate) fn refresh(self) {
        spawn_local(async move {
            if let Ok(session) = call::<Current>((), ()).await {
                let before = self
                    .session
                    .with_untracked(|s| s.as_ref().is_some_and(|s| s.must_set_up));
                if before && !session.must_set_up {
                    let _ = window().location().set_href("/");
                }
            }
        });
    }

    /// The user themselves, when it is one.
    pub(crate) fn user(self) -> Option<UserId> {
        match self.session.get()?.who {
            Identity::User { id } => Some(id),
            Identity::Admin { .. } => None,
        }
    }

    /// The moment now by the server's clock.
    pub(crate) fn now(self) -> Timestamp {
        Timestamp(js_sys::Date::now() as i64 + self.ahead.get_untracked())
    }

    /// A session has begun. Somebody else than before starts with a fresh page.
    pub(crate) fn start(self, session: Session) {
        let other = self
            .session
            .with_untracked(|s| s.as_ref().is_some_and(|s| s.who != session.who));
        if other {
            crate::guard::clear();
            let _ = window().location().set_href("/");
            return;
        }
        text::suggest(session.language);
        self.ahead.set(session.now - js_sys::Date::now() as i64);
        self.session.set(Some(session));
        client::resume();
    }

    /// Ends the session.
    pub(crate) fn end() {
        spawn_local(async move {
            let _ = call::<End>((), ()).await;
            crate::guard::clear();
            let _ = window().location().set_href("/login");
        });
    }
}
