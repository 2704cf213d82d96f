//! The HTTP side of ARI: where it is, how a request is made and what its failure means.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::{Method, RequestBuilder, StatusCode, Url};
use serde::de::DeserializeOwned;

/// Where ARI answers and as whom we speak.
#[derive(Debug, Clone)]
pub struct AriConfig {
    /// Base address, `http://127.0.0.1:8088/ari`.
    pub base: Url,
    /// User name of `ari.conf`.
    pub user: String,
    /// Its password.
    pub secret: String,
    /// The Stasis application that calls enter.
    pub app: String,
}

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum AriError {
    /// Asterisk does not answer, or not in time.
    #[error("Asterisk cannot be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// The channel, bridge or playback no longer exists or left the application.
    /// Normal for a leg that has just hung up.
    #[error("gone: {0}")]
    Gone(String),
    /// Asterisk refuses. A leg to an account without a phone fails with status 500.
    #[error("refused with {status}: {message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Asterisk's own words.
        message: String,
    },
    /// Another server has the application now: nothing was sent.
    #[error("another server has taken over the calls")]
    StoodDown,
    /// The base address cannot carry a path.
    #[error("the ARI address is not valid")]
    Address,
}

impl AriError {
    /// The other end was gone before the request came: to be ignored by call control.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Gone(_))
    }
}

/// The client. Cheap to clone; connections are shared.
#[derive(Debug, Clone)]
pub struct Ari {
    pub(super) config: AriConfig,
    http: reqwest::Client,
    /// Another server has the application now.
    replaced: Arc<AtomicBool>,
}

impl Ari {
    /// A client; nothing is sent yet.
    pub fn new(config: AriConfig) -> Result<Self, AriError> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(5))
            .build()?;
        Ok(Self {
            config,
            http,
            replaced: Arc::default(),
        })
    }

    /// Sends nothing any more, whoever asks for it: another server has the application now, and with it all calls.
    pub fn stand_down(&self) {
        self.replaced.store(true, Ordering::SeqCst);
    }

    /// Whether another server has the application.
    pub fn stood_down(&self) -> bool {
        self.replaced.load(Ordering::SeqCst)
    }

    /// Asks whether Asterisk is there and accepts us.
    pub async fn ping(&self) -> Result<(), AriError> {
        let request = self
            .request(Method::GET, &["asterisk", "info"])?
            .query(&[("only", "status")]);
        self.send(request).await.map(drop)
    }

    pub(super) fn request(
        &self,
        method: Method,
        path: &[&str],
    ) -> Result<RequestBuilder, AriError> {
        let mut url = self.config.base.clone();
        url.path_segments_mut()
            .map_err(|()| AriError::Address)?
            .pop_if_empty()
            .extend(path);
        Ok(self
            .http
            .request(method, url)
            .basic_auth(&self.config.user, Some(&self.config.secret)))
    }

    pub(super) async fn send(
        &self,
        request: RequestBuilder,
    ) -> Result<reqwest::Response, AriError> {
        if self.stood_down() {
            return Err(AriError::StoodDown);
        }
        let response = request.send().await?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let message = response.text().await.unwrap_or_default();
        Err(match status {
            // 409 and 412: the channel is there and no longer ours, or on its way out.
            StatusCode::NOT_FOUND | StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => {
                AriError::Gone(message)
            }
            _ => AriError::Refused {
                status: status.as_u16(),
                message,
            },
        })
    }

    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, AriError> {
        Ok(self.send(request).await?.json().await?)
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, AriError> {
        self.read(self.request(Method::GET, path)?).await
    }

    pub(super) async fn post(&self, path: &[&str], query: &[(&str, &str)]) -> Result<(), AriError> {
        self.send(self.request(Method::POST, path)?.query(query))
            .await
            .map(drop)
    }

    pub(super) async fn delete(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<(), AriError> {
        self.send(self.request(Method::DELETE, path)?.query(query))
            .await
            .map(drop)
    }
}
