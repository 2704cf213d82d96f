//! Tells what happens, for as long as the session lasts.

use super::LiveVisibility;
use crate::http::auth::{Principal, Scope};
use crate::http::mount::Answer;
use crate::http::refusal::Refusal;
use crate::state::{SessionEnd, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use centrale_core::api::live::Happening;
use futures_util::stream;
use std::collections::VecDeque;
use std::convert::Infallible;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Somebody who watches.
struct Watcher {
    state: State,
    principal: Principal,
    visibility: LiveVisibility,
    /// What is still to be told.
    told: VecDeque<Happening>,
    happenings: Receiver<Happening>,
    /// Tells of each change of the configuration.
    changes: watch::Receiver<u64>,
    /// Tells of sessions that end before their time.
    ends: Receiver<SessionEnd>,
    /// When to see whether the session lasts.
    check: Interval,
}

/// Everything that the principal may see as it is, and then what happens.
pub(crate) async fn watch(
    state: State,
    principal: Principal,
    (): (),
    (): (),
) -> Result<Answer<Happening>, Refusal> {
    // Listening begins before the state is read: a change between the two is told twice and never missed.
    let happenings = state.calls.happenings();
    let mut check = interval(state.settings.session_check);
    check.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut watcher = Watcher {
        visibility: LiveVisibility::of(state.live.view(), principal.scope),
        told: VecDeque::new(),
        happenings,
        changes: state.live.changes(),
        ends: state.sessions.hear(),
        check,
        principal,
        state,
    };
    watcher.begin();
    let events = stream::unfold(watcher, |mut watcher| async {
        let happening = watcher.next().await?;
        let event = Event::default()
            .event(happening.kind())
            .json_data(&happening);
        Some((Ok::<_, Infallible>(event.unwrap_or_default()), watcher))
    });
    Ok(Answer::written(
        Sse::new(events).keep_alive(KeepAlive::default()),
    ))
}

impl Watcher {
    /// Tells everything as it is.
    fn begin(&mut self) {
        self.told.clear();
        self.told.push_back(Happening::Anew);
        self.told.extend(self.state.calls.now());
    }

    /// What is told next; `None`: nothing any more.
    async fn next(&mut self) -> Option<Happening> {
        loop {
            while let Some(happening) = self.told.pop_front() {
                if self.visibility.shows(&happening) {
                    return Some(happening);
                }
            }
            tokio::select! {
                happened = self.happenings.recv() => match happened {
                    Ok(happening) => self.told.push_back(happening),
                    // Too slow for all that happens: as it is now, then.
                    Err(RecvError::Lagged(_)) => self.begin(),
                    Err(RecvError::Closed) => return None,
                },
                changed = self.changes.changed() => {
                    changed.ok()?;
                    self.look_again();
                }
                ended = self.ends.recv() => if self.is_mine(&ended) && !self.may_go_on().await {
                    return None;
                },
                () = self.state.calls.closed() => return None,
                _ = self.check.tick() => if !self.may_go_on().await {
                    return None;
                }
            }
        }
    }

    /// The configuration changed, and with it perhaps what the principal may see.
    fn look_again(&mut self) {
        let visibility = LiveVisibility::of(self.state.live.view(), self.principal.scope);
        let differs = !visibility.equals(&self.visibility);
        self.visibility = visibility;
        if differs {
            self.begin();
        }
    }

    /// The session may be among those that ended.
    fn is_mine(&self, ended: &Result<SessionEnd, RecvError>) -> bool {
        match ended {
            Ok(SessionEnd::One(session)) => *session == self.principal.session,
            Ok(SessionEnd::OfAccount(account)) => *account == self.principal.account.id,
            Err(_) => true,
        }
    }

    /// The session lasts, and the account has the scope that it had.
    async fn may_go_on(&self) -> bool {
        let session = self
            .state
            .store
            .session(&self.principal.session, self.state.clock.now())
            .await;
        session.is_ok_and(|found| {
            found.is_some_and(|s| Scope::from(s.account.who) == self.principal.scope)
        })
    }
}
