//! SIP over TLS and encrypted media (SRTP). Needs Asterisk and sipp; without them it says loudly that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/message.rs"]
mod message;
#[path = "support/portal.rs"]
mod portal;
#[path = "support/setup.rs"]
mod setup;
#[path = "support/sip.rs"]
mod sip;
#[path = "support/softphone.rs"]
mod softphone;
#[path = "support/tone.rs"]
mod tone;

use centrale_core::exchange::LineView;
use centrale_server::telephony::MediaEncryption;
use portal::{Portal, TRUNK_SECRET};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use setup::{DAAN, SANNE, Setup};
use sip::{Dial, free_port};
use softphone::SoftPhone;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tone::TONES;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn phones_register_over_tls_and_media_are_encrypted() {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (cert_file, key_file) = (folder.path().join("sip.crt"), folder.path().join("sip.key"));
    std::fs::write(&cert_file, cert.pem()).unwrap();
    std::fs::write(&key_file, signing_key.serialize_pem()).unwrap();
    let port = free_port();
    let mut portal = Portal::start(|_| {}).await;
    portal.media_encryption = MediaEncryption::Required;
    let settings = [
        ("CENTRALE_SIP_TLS_CERT", cert_file.to_str().unwrap()),
        ("CENTRALE_SIP_TLS_KEY", key_file.to_str().unwrap()),
        ("CENTRALE_SIP_TLS_PORT", &port.to_string()),
    ];
    let Some(setup) = Setup::on(portal, &settings).await else {
        return;
    };

    // Over TLS a registration is asked for its password, as over any other transport.
    let answer = register_over_tls(port, cert.der()).await;
    assert!(answer.starts_with("SIP/2.0 401 "), "{answer}");

    let phone = async |(id, account): (u32, &str), tone: u16| {
        let phone = SoftPhone::register(
            &setup.asterisk.sip,
            account,
            &setup.portal.secret(account).await,
            tone,
        )
        .await;
        setup
            .portal
            .until(|| setup.portal.line(id) == Some(LineView::Free))
            .await;
        phone
    };
    let sanne = phone(SANNE, TONES[0]).await;
    let daan = phone(DAAN, TONES[1]).await;
    // A phone that offers plain media is refused; this one has no other.
    daan.dial("142").await.until_status(488).await;
    assert_eq!(sanne.rung(), 0);
    // A call from the public network, whose line is not encrypted, rings with encrypted media at the phone.
    let mut outside = Dial::new("trunk", TRUNK_SECRET, "+31305550142");
    outside.from = "<sip:+31205550100@127.0.0.1>".into();
    outside.give_up = 3000;
    let rings = async {
        let line = sanne.ringing().await;
        let session = line.session();
        assert!(
            session.contains("RTP/SAVP") && session.contains("a=crypto:"),
            "{session}"
        );
    };
    let (outcome, ()) = tokio::join!(outside.place(&setup.asterisk), rings);
    assert_eq!(outcome.status, Some(487), "{outcome:?}");
}

/// The first answer to a REGISTER without credentials.
async fn register_over_tls(port: u16, trusted: &CertificateDer<'static>) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let name = "localhost".try_into().unwrap();
    let mut stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .unwrap();
    let account = SANNE.1;
    let request = format!(
        "REGISTER sip:localhost SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:{port};branch=z9hG4bKtls\r\n\
         Max-Forwards: 70\r\nFrom: <sip:{account}@localhost>;tag=tls\r\nTo: <sip:{account}@localhost>\r\n\
         Call-ID: tls\r\nCSeq: 1 REGISTER\r\nContact: <sip:{account}@127.0.0.1:{port};transport=tls>\r\n\
         Content-Length: 0\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut answer)).await;
    let length = read.expect("an answer within 10 s").unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}
