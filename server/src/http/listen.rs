//! Takes connections, and keeps each from costing more than it should: who is silent, sends half a request or does not
//! read the answer is let go, and nobody has more connections than their share.

use super::refusal::Refusal;
use crate::places::{Place, Places};
use crate::state::Limits;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{Version, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use centrale_core::error::Code;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// The most bytes of a header, and of what is read or written at once.
const BUFFER: usize = 16 * 1024;
/// How long to wait when the system has no more connections.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves a router until it is told to stop and all requests are answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let router = router.layer(from_fn(one_host));
    let places = Places::new(limits.connections, limits.of_address);
    let (stopping, stopped) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Who has no place is let go at once: waiting would keep a file open.
                if let Some(place) = places.take(Some(network(peer.ip()))) {
                    let stopped = stopped.clone();
                    connections.spawn(connection(
                        stream,
                        peer,
                        router.clone(),
                        limits,
                        stopped,
                        place,
                    ));
                }
            }
            Err(error) if is_of_the_client(error.kind()) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    drop(stopped);
    stopping.send(()).ok();
    while connections.join_next().await.is_some() {}
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    mut stopped: watch::Receiver<()>,
    _place: Place<IpAddr>,
) {
    stream.set_nodelay(true).ok();
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write));
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(Body::new)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_buf_size(BUFFER);
    let served = http.serve_connection(
        TokioIo::new(Box::pin(stream)),
        TowerToHyperService::new(service),
    );
    let mut served = pin!(served);
    let done = tokio::select! {
        done = served.as_mut() => done,
        _ = stopped.changed() => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = done {
        tracing::debug!(%error, %peer, "a connection ended");
    }
}

/// Whose connections count together: an address, or the network of an IPv6 address, which is one customer's as a whole.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

fn is_of_the_client(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

/// A request of HTTP/1.1 names its host once (RFC 9112 § 3.2): servers that take different ones of several disagree on
/// who is asked.
async fn one_host(request: Request, next: Next) -> Response {
    let named = request.headers().get_all(header::HOST).iter().count();
    let right = named == 1 || (named == 0 && request.version() < Version::HTTP_11);
    if right {
        next.run(request).await
    } else {
        Refusal::from(Code::BodyMalformed).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks() {
        let check = |address: &str, expected: &str| {
            assert_eq!(
                network(address.parse().unwrap()).to_string(),
                expected,
                "{address}"
            );
        };
        check("192.0.2.7", "192.0.2.7");
        check("::ffff:192.0.2.7", "192.0.2.7");
        check("2001:db8:1:2:3::4", "2001:db8:1:2::");
    }
}
