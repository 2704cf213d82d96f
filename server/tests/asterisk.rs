//! The telephony ground on a real Asterisk: accounts over HTTP, calls that enter the application,
//! legs that are rung, bridged and released over ARI. What a call should do is decided elsewhere;
//! here a called number simply stands for the account of that name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/sip.rs"]
mod sip;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use centrale_server::telephony::ari::{
    Ari, AriError, BridgeId, ChannelId, ContactStatus, EndpointState, Event, HangupCause, Media,
    Originate, PlayOn, PlaybackId, Recording, RecordingName, Signal, events,
};
use centrale_server::telephony::incoming::{Incoming, Presentation};
use centrale_server::telephony::realtime::{
    AccountKind, Accounts, MediaEncryption, SipAccount, router,
};
use sip::{Asterisk, Behaviour, Dial, Outcome, Phone, What, free_port, try_register};
use tokio::sync::mpsc;

fn account(name: &str) -> Option<SipAccount> {
    let kind = match name {
        "1001" | "1002" | "1003" | "1004" | "1005" => AccountKind::Phone {
            max_contacts: 2,
            media_encryption: MediaEncryption::Off,
        },
        "trunk" => AccountKind::Trunk {
            contact: "sip:127.0.0.1:9".into(),
        },
        _ => return None,
    };
    Some(SipAccount {
        account: name.into(),
        secret: format!("secret-{name}"),
        caller_id: if name == "trunk" {
            String::new()
        } else {
            format!("\"Phone {name}\" <{name}>")
        },
        language: "nl".into(),
        qualify_seconds: 0,
        lamps: String::new(),
        kind,
    })
}

/// The accounts above; 1005 is new once `all` says so.
struct Book {
    all: AtomicBool,
}

impl Accounts for Book {
    fn find(&self, name: &str) -> Option<SipAccount> {
        account(name).filter(|_| name != "1005" || self.all.load(Ordering::Relaxed))
    }

    fn all(&self) -> Vec<SipAccount> {
        ["1001", "1002", "1003", "1004", "1005", "trunk"]
            .iter()
            .filter_map(|name| self.find(name))
            .collect()
    }
}

async fn serve_accounts(book: Arc<Book>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/s3cret", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router("s3cret", book)).await });
    base
}

/// The legs of the calls that live, by leg.
#[derive(Default)]
struct Calls {
    callers: HashMap<ChannelId, (ChannelId, BridgeId)>,
    announcements: HashMap<PlaybackId, ChannelId>,
    count: u32,
}

/// A minimal adapter: rings every phone of the account that was dialled, bridges the first to
/// answer, and passes on why none did. 9000 plays the announcement of a refused call.
async fn drive(
    ari: Ari,
    mut signals: mpsc::Receiver<Signal>,
    arrived: mpsc::UnboundedSender<Incoming>,
) {
    let mut calls = Calls::default();
    while let Some(signal) = signals.recv().await {
        let Signal::Event(event) = signal else {
            continue;
        };
        match *event {
            Event::StasisStart { channel, args } => match Incoming::from_args(&args) {
                Some(incoming) => {
                    arrived.send(incoming.clone()).ok();
                    calls.begin(&ari, channel.id, &incoming.dialed).await;
                }
                None => calls.answered(&ari, channel.id).await,
            },
            Event::ChannelDestroyed { channel, cause } => {
                calls.ended(&ari, &channel.id, cause).await;
            }
            Event::StasisEnd { channel } => {
                calls.ended(&ari, &channel.id, HangupCause::NORMAL).await;
            }
            Event::PlaybackFinished { playback } => {
                if let Some(caller) = calls.announcements.remove(&playback.id) {
                    assert_eq!(playback.state, "done");
                    ari.hangup(&caller, HangupCause::REJECTED).await.ok();
                }
            }
            _ => {}
        }
    }
}

impl Calls {
    async fn begin(&mut self, ari: &Ari, caller: ChannelId, dialed: &str) {
        self.count += 1;
        if dialed == "9000" {
            let id = PlaybackId(format!("announcement-{}", self.count));
            let media = [Media::Sound("centrale/call-rejected".into())];
            ari.play(PlayOn::Channel(&caller), &id, &media, "nl")
                .await
                .unwrap();
            self.announcements.insert(id, caller);
            return;
        }
        if account(dialed).is_none() {
            ari.hangup(&caller, HangupCause::UNALLOCATED).await.unwrap();
            return;
        }
        let phones = ari.phones(&caller, dialed).await.unwrap();
        if phones.is_empty() {
            ari.hangup(&caller, HangupCause::ABSENT).await.unwrap();
            return;
        }
        let bridge = BridgeId(format!("bridge-{}", self.count));
        ari.create_bridge(&bridge).await.unwrap();
        ari.ring(&caller).await.unwrap();
        for (index, endpoint) in phones.into_iter().enumerate() {
            let id = ChannelId(format!("leg-{}-{index}", self.count));
            self.callers
                .insert(id.clone(), (caller.clone(), bridge.clone()));
            let variables = BTreeMap::from([(
                "PJSIP_HEADER(add,Alert-Info)".to_owned(),
                "<http://127.0.0.1/internal>;info=alert-internal".to_owned(),
            )]);
            ari.originate(&Originate {
                id,
                endpoint,
                args: "leg".into(),
                caller_id: Some("\"Jan\" <0612345678>".into()),
                timeout: None,
                originator: Some(caller.clone()),
                variables,
            })
            .await
            .unwrap();
        }
    }

    async fn answered(&mut self, ari: &Ari, leg: ChannelId) {
        let (caller, bridge) = self.callers[&leg].clone();
        for (other, _) in self
            .callers
            .iter()
            .filter(|(other, (of, _))| **other != leg && *of == caller)
        {
            ari.hangup(other, HangupCause::ANSWERED_ELSEWHERE)
                .await
                .ok();
        }
        ari.add_to_bridge(&bridge, &[&leg]).await.unwrap();
        ari.answer(&caller).await.unwrap();
        ari.add_to_bridge(&bridge, &[&caller]).await.unwrap();
    }

    /// A leg is gone: the last one that rang takes the caller along, the caller takes all of them.
    async fn ended(&mut self, ari: &Ari, leg: &ChannelId, cause: HangupCause) {
        if let Some((caller, bridge)) = self.callers.remove(leg) {
            if self.callers.values().all(|(other, _)| *other != caller) {
                ari.hangup(&caller, cause).await.ok();
                ari.destroy_bridge(&bridge).await.ok();
            }
            return;
        }
        for (other, (caller, _)) in &self.callers {
            if caller == leg {
                ari.hangup(other, HangupCause::NORMAL).await.ok();
            }
        }
    }
}

struct Ground {
    asterisk: Asterisk,
    book: Arc<Book>,
    arrived: mpsc::UnboundedReceiver<Incoming>,
}

async fn ground() -> Option<Ground> {
    let book = Arc::new(Book {
        all: AtomicBool::new(false),
    });
    let asterisk = Asterisk::start(&serve_accounts(Arc::clone(&book)).await).await?;
    let mut signals = events(asterisk.client());
    assert_eq!(signals.recv().await, Some(Signal::Connected));
    let (sender, arrived) = mpsc::unbounded_channel();
    tokio::spawn(drive(asterisk.client(), signals, sender));
    Some(Ground {
        asterisk,
        book,
        arrived,
    })
}

/// Places a call and compares the final status and how often each phone rang.
async fn check(
    ground: &Ground,
    phones: &[Phone; 5],
    dial: Dial,
    status: u16,
    rang: [usize; 5],
) -> Outcome {
    let before = phones.each_ref().map(Phone::rung);
    let outcome = dial.place(&ground.asterisk).await;
    assert_eq!(outcome.status, Some(status), "{dial:?}");
    assert!(outcome.ended_well, "{dial:?}");
    let mut now = phones.each_ref().map(Phone::rung);
    now.iter_mut()
        .zip(before)
        .for_each(|(now, before)| *now -= before);
    assert_eq!(now, rang, "{dial:?}");
    outcome
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn phones_register_and_calls_are_placed() {
    let Some(mut ground) = ground().await else {
        return;
    };
    let state = async |account: &str| {
        ground
            .asterisk
            .client()
            .endpoint(account)
            .await
            .unwrap()
            .state
    };
    let register =
        |name: &str, does| Phone::register(&ground.asterisk, name, &format!("secret-{name}"), does);
    let mut phones = [
        register("1002", Behaviour::Answers(300)),
        register("1002", Behaviour::Rings),
        register("1003", Behaviour::Rings),
        register("1004", Behaviour::Refuses("486 Busy Here")),
        register("1001", Behaviour::Rings),
    ];
    assert!(
        !try_register(&ground.asterisk.sip, "1003", "wrong", free_port(), 600),
        "a wrong password"
    );
    assert_eq!(state("1002").await, EndpointState::Online);
    let dial = |to: &str| Dial::new("1001", "secret-1001", to);

    // The first of two phones to answer.
    let outcome = check(&ground, &phones, dial("1002"), 200, [1, 1, 0, 0, 0]).await;
    assert!(
        outcome.ringing_ms < outcome.final_ms,
        "it rings before it is answered"
    );
    let seen = phones[0].seen();
    assert!(
        matches!(&seen[0].what, What::Ring { from, alert_info, .. }
            if from.contains("0612345678") && alert_info.contains("alert-internal")),
        "{seen:?}"
    );
    // Not answered, busy, no phone, no such number, an announcement as early media.
    check(
        &ground,
        &phones,
        Dial {
            give_up: 400,
            ..dial("1003")
        },
        487,
        [0, 0, 1, 0, 0],
    )
    .await;
    check(&ground, &phones, dial("1004"), 486, [0, 0, 0, 1, 0]).await;
    check(&ground, &phones, dial("1005"), 480, [0; 5]).await;
    check(&ground, &phones, dial("7777"), 404, [0; 5]).await;
    let outcome = check(&ground, &phones, dial("9000"), 403, [0; 5]).await;
    assert!(outcome.progress_ms.is_some());
    for cancelled in &phones[1..3] {
        assert_eq!(
            cancelled.seen().last().map(|seen| seen.what.clone()),
            Some(What::Cancelled)
        );
    }

    // Logged off.
    phones[0].unregister();
    phones[1].unregister();
    check(&ground, &phones, dial("1002"), 480, [0; 5]).await;

    // An account that is added while Asterisk runs.
    ground.book.all.store(true, Ordering::Relaxed);
    ground.asterisk.client().reload_accounts().await.unwrap();
    phones[0] = register("1005", Behaviour::Answers(1));
    assert_eq!(state("1005").await, EndpointState::Online);
    check(&ground, &phones, dial("1005"), 200, [1, 0, 0, 0, 0]).await;

    while ground.arrived.try_recv().is_ok() {}
    let trunk = |from: &str, headers: &[&str]| Dial {
        from: from.into(),
        headers: headers.iter().map(|&header| header.into()).collect(),
        ..Dial::new("trunk", "secret-trunk", "1004")
    };
    for (dial, presentation, number) in [
        (
            trunk("<sip:+31612345678@127.0.0.1>", &[]),
            Presentation::Allowed,
            "+31612345678",
        ),
        (
            trunk("\"Anonymous\" <sip:anonymous@anonymous.invalid>", &[]),
            Presentation::Restricted,
            "",
        ),
        (
            trunk(
                "\"Anonymous\" <sip:anonymous@anonymous.invalid>",
                &[
                    "P-Asserted-Identity: <sip:+31612345678@127.0.0.1>",
                    "Privacy: id",
                ],
            ),
            Presentation::Restricted,
            "+31612345678",
        ),
    ] {
        let shown = format!("{dial:?}");
        assert_eq!(
            dial.place(&ground.asterisk).await.status,
            Some(486),
            "{shown}"
        );
        let incoming = ground.arrived.recv().await.unwrap();
        assert_eq!(
            incoming,
            Incoming {
                account: "trunk".into(),
                presentation,
                number: number.into(),
                dialed: "1004".into()
            },
            "{shown}"
        );
    }
}

/// The application has one server, the last to connect: the one before sends nothing any more and does not take it back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_stands_down_once_another_has_the_application() {
    let book = Arc::new(Book {
        all: AtomicBool::new(false),
    });
    let Some(asterisk) = Asterisk::start(&serve_accounts(book).await).await else {
        return;
    };
    let first = asterisk.client();
    let mut signals = events(first.clone());
    assert_eq!(signals.recv().await, Some(Signal::Connected));
    first.ping().await.unwrap();

    let mut others = events(asterisk.client());
    assert_eq!(others.recv().await, Some(Signal::Connected));
    let mut last = None;
    // It ends: the stream is not opened again.
    while let Some(signal) = signals.recv().await {
        last = Some(signal);
    }
    assert_eq!(last, Some(Signal::Replaced));
    assert!(first.stood_down());
    assert!(matches!(first.ping().await, Err(AriError::StoodDown)));

    // Calls enter at the other.
    let dial = Dial::new("1001", "secret-1001", "1002");
    let call = dial.place(&asterisk);
    let answer = async {
        let caller = until(&mut others, &mut Vec::new(), |event| match event {
            Event::StasisStart { channel, .. } => Some(channel),
            _ => None,
        })
        .await;
        asterisk
            .client()
            .hangup(&caller.id, HangupCause::REJECTED)
            .await
            .unwrap();
    };
    let (outcome, ()) = tokio::join!(call, answer);
    assert_eq!(outcome.status, Some(403));
}

/// Waits for the first event that `wanted` picks, counting how often each event came until then.
async fn until<T>(
    signals: &mut mpsc::Receiver<Signal>,
    seen: &mut Vec<String>,
    mut wanted: impl FnMut(Event) -> Option<T>,
) -> T {
    loop {
        let Some(Signal::Event(event)) = signals.recv().await else {
            continue;
        };
        seen.push(format!("{event:?}"));
        if let Some(found) = wanted(*event) {
            return found;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_taken_digits_are_heard_and_a_trunk_is_rung() {
    let book = Arc::new(Book {
        all: AtomicBool::new(false),
    });
    let Some(asterisk) = Asterisk::start(&serve_accounts(book).await).await else {
        return;
    };
    let ari = asterisk.client();
    let mut signals = events(ari.clone());
    let mut seen = Vec::new();
    assert_eq!(signals.recv().await, Some(Signal::Connected));

    let phone = Phone::register(&asterisk, "1002", "secret-1002", Behaviour::Answers(1));
    let status = until(&mut signals, &mut seen, |event| match event {
        Event::ContactStatusChange { contact, .. } => Some((contact.aor, contact.status)),
        _ => None,
    });
    assert_eq!(
        status.await,
        ("1002".to_owned(), ContactStatus::NonQualified)
    );

    let dial = Dial {
        talk: 15_000,
        digits: "1".into(),
        ..Dial::new("1001", "secret-1001", "1002")
    };
    let call = dial.place(&asterisk);
    let script = async {
        let caller = until(&mut signals, &mut seen, |event| match event {
            Event::StasisStart { channel, .. } => Some(channel),
            _ => None,
        })
        .await;
        assert_eq!(caller.account(), Some("1001"));
        ari.answer(&caller.id).await.unwrap();
        let digit = until(&mut signals, &mut seen, |event| match event {
            Event::ChannelDtmfReceived { digit, .. } => Some(digit),
            _ => None,
        });
        assert_eq!(digit.await, '1');

        let greeting = PlaybackId("greeting".into());
        let media = [
            Media::Sound("centrale/beep".into()),
            Media::Digits("7".into()),
        ];
        ari.play(PlayOn::Channel(&caller.id), &greeting, &media, "nl")
            .await
            .unwrap();
        let played = until(&mut signals, &mut seen, |event| match event {
            Event::PlaybackFinished { playback } => Some(playback.state),
            _ => None,
        });
        assert_eq!(played.await, "done");

        let message = RecordingName("message-1".into());
        let recording = Recording {
            name: message.clone(),
            max_seconds: 1,
            max_silence: 0,
            beep: false,
            end_digit: None,
        };
        ari.record(&caller.id, &recording).await.unwrap();
        until(&mut signals, &mut seen, |event| {
            matches!(event, Event::RecordingFinished { .. }).then_some(())
        })
        .await;
        assert!(ari.recording(&message).await.unwrap().starts_with(b"RIFF"));
        ari.delete_recording(&message).await.unwrap();

        ari.start_music(&caller.id, "default").await.unwrap();
        ari.stop_music(&caller.id).await.unwrap();

        // A leg over the trunk, which nobody answers at that port, fails by itself.
        ari.originate(&Originate {
            id: "out".into(),
            endpoint: "+31201234567@trunk".into(),
            args: "leg".into(),
            caller_id: Some("<+31207654321>".into()),
            timeout: Some(1),
            originator: Some(caller.id.clone()),
            variables: BTreeMap::new(),
        })
        .await
        .unwrap();
        let cause = until(&mut signals, &mut seen, |event| match event {
            Event::ChannelDestroyed { channel, cause } if channel.id.0 == "out" => Some(cause),
            _ => None,
        });
        // Asterisk 16 gives no cause when its own timeout ends a leg.
        assert!(matches!(
            cause.await,
            HangupCause::NO_ANSWER | HangupCause(0)
        ));
        ari.hangup(&caller.id, HangupCause::NORMAL).await.unwrap();
        let gone = until(&mut signals, &mut seen, |event| match event {
            Event::StasisEnd { channel } if channel.id == caller.id => Some(()),
            _ => None,
        });
        gone.await;
        // It may live on for an instant after it left the application.
        let patience = Instant::now() + Duration::from_secs(5);
        while !ari
            .answer(&caller.id)
            .await
            .is_err_and(|error| error.is_gone())
        {
            assert!(Instant::now() < patience, "the caller's leg is still there");
        }
    };
    let (outcome, ()) = tokio::join!(call, script);
    assert_eq!((outcome.status, outcome.far_end_hung_up), (Some(200), true));
    assert_eq!(phone.rung(), 0);
    let twice: Vec<_> = seen
        .iter()
        .enumerate()
        .filter(|(index, event)| seen[..*index].contains(event))
        .collect();
    assert!(twice.is_empty(), "no event comes twice: {twice:?}");
}
