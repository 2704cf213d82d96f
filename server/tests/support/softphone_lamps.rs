//! What a phone shows besides calls: messages that wait, the lines and queues that it watches, and texts.

use super::super::message::Message;
use super::SoftPhone;

impl SoftPhone {
    /// Asks to be told of messages that wait (RFC 3842).
    pub async fn subscribe_to_messages(&self) {
        let uri = format!("sip:{}@{}", self.inner.account, self.inner.server);
        let more = "Event: message-summary\r\nAccept: application/simple-message-summary\r\n";
        self.asks("SUBSCRIBE", &uri, more).await;
    }

    /// Whether the lamp was set in answer to a subscription, the last time.
    pub fn lamp_is_subscribed(&self) -> bool {
        self.lamps()
            .pop()
            .is_some_and(|notice| notice.header("Call-ID").starts_with("subscribe"))
    }

    /// Whether it was ever set so. What was sent before the subscription may come after its answer.
    pub fn lamp_was_subscribed(&self) -> bool {
        self.lamps()
            .iter()
            .any(|notice| notice.header("Call-ID").starts_with("subscribe"))
    }

    /// The notices of messages that wait.
    fn lamps(&self) -> Vec<Message> {
        let notices = self.inner.notices.lock().unwrap();
        notices
            .iter()
            .filter(|notice| notice.header("Event") == "message-summary")
            .cloned()
            .collect()
    }

    /// Waits until the message-waiting lamp shows so many new and heard messages (RFC 3842).
    pub async fn until_lamp(&self, new: u16, old: u16) {
        let told = || {
            self.lamps()
                .pop()
                .map(|notice| notice.body)
                .unwrap_or_default()
        };
        let lit = if new > 0 {
            "Messages-Waiting: yes"
        } else {
            "Messages-Waiting: no"
        };
        let count = format!("Voice-Message: {new}/{old} ");
        let shows = || told().contains(lit) && told().contains(&count);
        self.inner
            .until(&format!("{new} new and {old} heard"), shows, told)
            .await;
    }

    /// Asks to be told of a line or a queue, by what is dialled for it (RFC 4235).
    pub async fn watch(&self, digits: &str) {
        let uri = format!("sip:{digits}@{}", self.inner.server);
        self.asks(
            "SUBSCRIBE",
            &uri,
            "Event: dialog\r\nAccept: application/dialog-info+xml\r\n",
        )
        .await;
    }

    /// Waits until the lamp of a line or a queue is as told: `terminated` (dark), `early` (blinks) or `confirmed` (lit).
    pub async fn until_light(&self, digits: &str, state: &str) {
        let shows = || self.light(digits) == state;
        self.inner
            .until(&format!("{digits} {state}"), shows, || self.light(digits))
            .await;
    }

    /// What the lamp of a line or a queue shows; empty: it was told nothing.
    pub fn light(&self, digits: &str) -> String {
        let notices = self.inner.notices.lock().unwrap();
        let about = format!("entity=\"sip:{digits}@");
        let last = notices
            .iter()
            .rfind(|n| n.header("Event") == "dialog" && n.body.contains(&about));
        let state = last.and_then(|notice| notice.body.split_once("<state>")?.1.split_once('<'));
        state.map(|(state, _)| state.to_owned()).unwrap_or_default()
    }

    /// Waits until it shows a text (RFC 3428).
    pub async fn until_text(&self, text: &str) -> Message {
        let texts = || {
            let notices = self.inner.notices.lock().unwrap();
            notices
                .iter()
                .filter(|notice| notice.method() == "MESSAGE")
                .cloned()
                .collect::<Vec<_>>()
        };
        let shown = || texts().into_iter().find(|shown| shown.body == text);
        self.inner
            .until(text, || shown().is_some(), || format!("{:?}", texts()))
            .await;
        shown().unwrap()
    }
}
