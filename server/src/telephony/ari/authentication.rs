//! Authentications that succeeded and failed, from Asterisk's manager interface over HTTP (its REST interface does not tell
//! them). Long polling: one request waits for the next events, and is then made again.

use super::client::Ari;
use reqwest::{Client, Url, header};
use std::net::IpAddr;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long Asterisk waits for an event before it answers, in seconds.
const WAIT: u64 = 20;
/// The pause before a request that failed is made again.
const PAUSE: Duration = Duration::from_secs(5);
/// How much of one answer is read, in bytes.
const LONGEST: usize = 4 << 20;
/// How many authentications may wait to be handled.
const WAITING: usize = 1024;

/// An attempt of a phone to authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authentication {
    /// The account that it named; `None`: there is no such account.
    pub account: Option<String>,
    /// The address from which it came.
    pub address: IpAddr,
    /// Whether the password was right.
    pub succeeded: bool,
}

/// Listens in a task of its own, which ends when the receiver is dropped.
pub fn authentications(ari: Ari) -> mpsc::Receiver<Authentication> {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        let mut told = false;
        while !sender.is_closed() && !ari.stood_down() {
            match listen(&ari, &sender).await {
                Ok(()) => told = false,
                Err(error) if !std::mem::replace(&mut told, true) => {
                    tracing::warn!(%error, "Asterisk does not tell which phones fail to register (manager.conf); it is asked again");
                }
                Err(error) => tracing::debug!(%error, "which phones fail to register is not known"),
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = sender.closed() => return,
            }
        }
    });
    receiver
}

/// Listens until something fails or nobody wants to know any more; an error when it did not begin.
async fn listen(ari: &Ari, sender: &mpsc::Sender<Authentication>) -> anyhow::Result<()> {
    let http = Client::builder()
        .connect_timeout(Duration::from_secs(2))
        .timeout(Duration::from_secs(WAIT + 10))
        .build()?;
    let url = address(&ari.config.base)?;
    let (user, secret) = (ari.config.user.as_str(), ari.config.secret.as_str());
    let login = [("action", "login"), ("username", user), ("secret", secret)];
    // In the body: addresses are logged.
    let answer = http
        .post(url.clone())
        .form(&login)
        .send()
        .await?
        .error_for_status()?;
    let cookie = answer
        .headers()
        .get(header::SET_COOKIE)
        .and_then(|cookie| cookie.to_str().ok());
    let session = cookie
        .and_then(|cookie| cookie.split(';').next())
        .unwrap_or_default()
        .to_owned();
    anyhow::ensure!(
        answer.text().await?.starts_with("Response: Success"),
        "it does not let us in"
    );
    let seconds = WAIT.to_string();
    let wait = [("action", "waitevent"), ("timeout", seconds.as_str())];
    while !ari.stood_down() {
        let asked = http
            .post(url.clone())
            .header(header::COOKIE, &session)
            .form(&wait)
            .send();
        let answer = tokio::select! {
            answer = asked => answer,
            () = sender.closed() => return Ok(()),
        };
        let text = match answer {
            Ok(answer) => read(answer).await,
            Err(error) => Err(error),
        };
        let Ok(text) = text else { return Ok(()) };
        if !text.starts_with("Response: Success") {
            return Ok(());
        }
        for event in events(&text) {
            if sender.send(event).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The manager interface beside the REST interface.
fn address(base: &Url) -> anyhow::Result<Url> {
    let mut url = base.clone();
    url.path_segments_mut()
        .map_err(|()| super::AriError::Address)?
        .pop_if_empty()
        .pop()
        .push("rawman");
    Ok(url)
}

/// An answer, cut where it is too long: what is left out is only not seen.
async fn read(mut answer: reqwest::Response) -> reqwest::Result<String> {
    let mut read = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if read.len() + chunk.len() <= LONGEST {
            read.extend_from_slice(&chunk);
        }
    }
    Ok(String::from_utf8_lossy(&read).into_owned())
}

fn events(text: &str) -> impl Iterator<Item = Authentication> + '_ {
    text.split("\r\n\r\n").filter_map(event)
}

fn event(text: &str) -> Option<Authentication> {
    let field = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .map(str::trim_end)
    };
    let succeeded = match field("Event")? {
        "SuccessfulAuth" => true,
        "ChallengeResponseFailed" | "InvalidAccountID" | "InvalidPassword" => false,
        _ => return None,
    };
    if field("Service")? != "PJSIP" {
        return None;
    }
    // IPV4/UDP/192.0.2.7/5060
    let address = field("RemoteAddress")?.split('/').nth(2)?.parse().ok()?;
    // Angle brackets stand in no name of an account.
    let account = field("AccountID").filter(|name| !name.is_empty() && !name.starts_with('<'));
    Some(Authentication {
        account: account.map(str::to_owned),
        address,
        succeeded,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_manager_interface_tells() {
        let text = "Response: Success\r\nMessage: Waiting for Event completed.\r\n\r\n\
            Event: SuccessfulAuth\r\nService: AMI\r\nAccountID: centrale\r\nRemoteAddress: IPV4/TCP/127.0.0.1/1\r\n\r\n\
            Event: ChallengeSent\r\nService: PJSIP\r\nAccountID: a1\r\nRemoteAddress: IPV4/UDP/192.0.2.7/1\r\n\r\n\
            Event: ChallengeResponseFailed\r\nPrivilege: security,all\r\nService: PJSIP\r\nAccountID: a1\r\n\
            LocalAddress: IPV4/UDP/127.0.0.1/5060\r\nRemoteAddress: IPV4/UDP/192.0.2.7/49973\r\nChallenge: \r\n\r\n\
            Event: SuccessfulAuth\r\nService: PJSIP\r\nAccountID: a1\r\nRemoteAddress: IPV6/TLS/2001:db8::7/5061\r\n\r\n\
            Event: ChallengeResponseFailed\r\nService: PJSIP\r\nAccountID: <unknown>\r\n\
            RemoteAddress: IPV4/UDP/192.0.2.8/1\r\n\r\n\
            Event: InvalidAccountID\r\nService: PJSIP\r\nAccountID: nobody\r\nRemoteAddress: nonsense\r\n\r\n\
            Event: WaitEventComplete\r\n\r\n";
        let told = |account: Option<&str>, address: &str, succeeded| Authentication {
            account: account.map(str::to_owned),
            address: address.parse().unwrap(),
            succeeded,
        };
        let expected = [
            told(Some("a1"), "192.0.2.7", false),
            told(Some("a1"), "2001:db8::7", true),
            told(None, "192.0.2.8", false),
        ];
        assert_eq!(events(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn it_is_beside_the_rest_interface() {
        let check = |base: &str, expected: &str| {
            assert_eq!(address(&base.parse().unwrap()).unwrap().as_str(), expected);
        };
        check("http://127.0.0.1:8088/ari", "http://127.0.0.1:8088/rawman");
        check(
            "http://127.0.0.1:8088/pbx/ari/",
            "http://127.0.0.1:8088/pbx/rawman",
        );
    }
}
