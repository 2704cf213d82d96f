//! The event stream: one WebSocket, opened again whenever it breaks.
//! A call that began while it was closed was refused by Asterisk itself; legs that ended meanwhile
//! are found by comparing [`Ari::channels`] after `Signal::Connected`.

use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

use super::client::Ari;
use super::event::Event;

/// What the stream says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// The stream is open: calls enter from now on.
    Connected,
    /// An event of a channel, a playback, a recording or an account.
    Event(Box<Event>),
    /// Another server has the application now. It is not taken back: two servers that did that would go on for ever.
    Replaced,
    /// The stream broke; it is being opened again.
    Disconnected,
}

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Opens the stream in a task of its own, which ends when the receiver is dropped.
/// Must be called within a tokio runtime.
pub fn events(ari: Ari) -> mpsc::Receiver<Signal> {
    let (sender, receiver) = mpsc::channel(1024);
    tokio::spawn(async move {
        let mut pause = FIRST_PAUSE;
        while !sender.is_closed() && !ari.stood_down() {
            match follow(&ari, &sender).await {
                Ok(()) if ari.stood_down() => return,
                Ok(()) => {
                    pause = FIRST_PAUSE;
                    if sender.send(Signal::Disconnected).await.is_err() {
                        return;
                    }
                }
                Err(error) => {
                    tracing::debug!(%error, "event stream");
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = sender.closed() => return,
            }
        }
    });
    receiver
}

/// Follows one connection to its end. An error means that it never came to be.
async fn follow(ari: &Ari, sender: &mpsc::Sender<Signal>) -> anyhow::Result<()> {
    let (mut socket, _) = connect_async(address(ari)?).await?;
    // Whichever of Asterisk and this server started first: only listed accounts tell of their phones.
    if let Err(error) = ari.reload_accounts().await {
        tracing::warn!(%error, "accounts cannot be listed");
    }
    if let Err(error) = ari.watch_endpoints().await {
        tracing::warn!(%error, "registrations cannot be watched");
    }
    if sender.send(Signal::Connected).await.is_err() {
        return Ok(());
    }
    loop {
        let message = tokio::select! {
            message = socket.next() => message,
            () = sender.closed() => return Ok(()),
        };
        let text = match message {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Close(_))) | None => return Ok(()),
            Some(Ok(_)) => continue,
            Some(Err(error)) => {
                tracing::warn!(%error, "event stream broke");
                return Ok(());
            }
        };
        match serde_json::from_str(text.as_str()) {
            Ok(Event::Other) => {}
            // From here on every command would disturb the calls of the other server.
            Ok(Event::ApplicationReplaced) => {
                ari.stand_down();
                sender.send(Signal::Replaced).await.ok();
                return Ok(());
            }
            Ok(event) => {
                if sender.send(Signal::Event(Box::new(event))).await.is_err() {
                    return Ok(());
                }
            }
            Err(error) => tracing::warn!(%error, event = text.as_str(), "event cannot be read"),
        }
    }
}

fn address(ari: &Ari) -> anyhow::Result<String> {
    let config = &ari.config;
    let mut url = config.base.clone();
    url.path_segments_mut()
        .map_err(|()| super::AriError::Address)?
        .pop_if_empty()
        .push("events");
    url.query_pairs_mut()
        .append_pair("app", &format!("{},{}", config.app, ari.watcher()))
        .append_pair("api_key", &format!("{}:{}", config.user, config.secret));
    let secure = url.scheme() == "https";
    let rest = url.as_str().split_once(':').map_or("", |(_, rest)| rest);
    Ok(format!("{}:{rest}", if secure { "wss" } else { "ws" }))
}
