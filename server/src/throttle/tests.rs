//! Delays by login and source, with a clock that the test sets.

use super::table::{FREE, MANY_OF_ADDRESS, MANY_OF_LOGIN, MOST};
use super::*;
use crate::clock::SetClock;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

async fn throttle() -> (Arc<SetClock>, Arc<Throttle>) {
    let clock = Arc::new(SetClock::new(NOW));
    let throttle = Throttle::new(Store::open("sqlite::memory:").await.unwrap(), clock.clone());
    (clock, throttle)
}

async fn fail(throttle: &Arc<Throttle>, login: &str, address: &str, browser: Option<&str>) -> u64 {
    throttle
        .begin(login, address, browser)
        .await
        .ok()
        .unwrap()
        .failed()
        .await
        .1
        .as_secs()
}

async fn waits(throttle: &Arc<Throttle>, login: &str, address: &str) -> u32 {
    match throttle.begin(login, address, None).await {
        Ok(_) => 0,
        Err(Slow::Wait(seconds)) => seconds,
        Err(Slow::Store(error)) => panic!("{error}"),
    }
}

#[test]
fn delays() {
    let check = |failures, free, expected| {
        assert_eq!(
            delay(failures, free).as_secs(),
            expected,
            "{failures} failures, {free} free"
        );
    };
    check(0, 5, 0);
    check(4, 5, 0);
    check(5, 5, 1);
    check(7, 5, 4);
    check(13, 5, 256);
    check(14, 5, 300);
    check(u32::MAX, 5, 300);
    check(1, 1, 1);
}

#[tokio::test]
async fn a_stranger_slows_down_nobody_but_themselves() {
    let (_, throttle) = throttle().await;
    for _ in 0..FREE {
        fail(&throttle, "beheer", "192.0.2.7", None).await;
    }
    assert_eq!(waits(&throttle, " BEHEER", "192.0.2.7").await, 1);
    assert_eq!(
        waits(&throttle, "beheer", "192.0.2.8").await,
        0,
        "another address"
    );
    assert_eq!(
        waits(&throttle, "sanne", "192.0.2.7").await,
        0,
        "another login"
    );
    let known = throttle
        .begin("beheer", "192.0.2.7", Some("0123456789abcdef0123"))
        .await;
    assert!(known.is_ok(), "a known browser at the same address");
}

#[tokio::test]
async fn many_sources_of_one_login_gain_little_and_refuse_nobody() {
    let (_, throttle) = throttle().await;
    for address in 0..MANY_OF_LOGIN {
        assert_eq!(
            fail(&throttle, "beheer", &format!("192.0.2.{address}"), None).await,
            0
        );
    }
    assert_eq!(
        waits(&throttle, "beheer", "198.51.100.1").await,
        0,
        "the first is always checked"
    );
    assert_eq!(
        fail(&throttle, "beheer", "198.51.100.1", None).await,
        1,
        "the second waits"
    );
    let browser = Some("0123456789abcdef");
    assert_eq!(
        fail(&throttle, "beheer", "198.51.100.2", browser).await,
        0,
        "but not in known browsers"
    );
}

#[tokio::test]
async fn many_logins_from_one_address_gain_little_and_refuse_nobody() {
    let (_, throttle) = throttle().await;
    for login in 0..MANY_OF_ADDRESS {
        assert_eq!(
            fail(&throttle, &format!("gok{login}"), "192.0.2.7", None).await,
            0
        );
    }
    assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, 0);
    assert_eq!(fail(&throttle, "sanne", "192.0.2.7", None).await, 1);
    assert_eq!(fail(&throttle, "sanne", "192.0.2.8", None).await, 0);
}

#[tokio::test]
async fn a_clock_that_jumps_changes_no_delay() {
    let (clock, throttle) = throttle().await;
    for _ in 0..FREE + 4 {
        fail(&throttle, "sanne", "192.0.2.7", None).await;
        clock.advance(i64::from(waits(&throttle, "sanne", "192.0.2.7").await));
    }
    fail(&throttle, "sanne", "192.0.2.7", None).await;
    let check =
        async |expected: u32| assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, expected);
    check(32).await;
    for jump in [-400 * 86_400, 86_400, 3_000_000_000] {
        clock.set(NOW.plus_seconds(jump));
        check(32).await;
    }
    clock.advance(31);
    check(1).await;
    clock.advance(1);
    check(0).await;
}

#[tokio::test]
async fn a_restart_forgets_nothing_and_a_jump_beside_it_never_adds() {
    let (clock, throttle) = throttle().await;
    for _ in 0..FREE + 3 {
        fail(&throttle, "sanne", "192.0.2.7", None).await;
        clock.advance(i64::from(waits(&throttle, "sanne", "192.0.2.7").await));
    }
    assert_eq!(fail(&throttle, "sanne", "192.0.2.7", None).await, 16);
    let again = |clock: &Arc<SetClock>| Throttle::new(throttle.store.clone(), clock.clone());
    clock.advance(6);
    assert_eq!(waits(&again(&clock), "sanne", "192.0.2.7").await, 10);
    clock.set(NOW.plus_seconds(-86_400));
    let restarted = again(&clock);
    assert_eq!(
        waits(&restarted, "sanne", "192.0.2.7").await,
        256,
        "one delay, and not a day"
    );
    clock.advance(256);
    assert_eq!(waits(&restarted, "sanne", "192.0.2.7").await, 0);
}

#[tokio::test]
async fn who_deletes_it_from_the_store_lifts_it() {
    let (_, throttle) = throttle().await;
    for _ in 0..FREE {
        fail(&throttle, "sanne", "192.0.2.7", None).await;
    }
    assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, 1);
    assert_eq!(
        throttle
            .store
            .clear_log_in_failures("Sanne", None)
            .await
            .unwrap(),
        1
    );
    assert_eq!(waits(&throttle, "sanne", "192.0.2.7").await, 0);
    assert_eq!(
        fail(&throttle, "sanne", "192.0.2.7", None).await,
        0,
        "from the beginning"
    );
}

#[tokio::test]
async fn tries_underway_wait_for_their_turn() {
    let (_, throttle) = throttle().await;
    let begin = |login: &'static str| {
        let throttle = throttle.clone();
        tokio::spawn(async move { throttle.begin(login, "192.0.2.7", None).await })
    };
    let first = begin("sanne").await.unwrap().ok().unwrap();
    let others: Vec<_> = (0..MOST_WAITING - 1).map(|_| begin("sanne")).collect();
    while throttle
        .table()
        .lanes
        .values()
        .map(|lane| lane.tries)
        .sum::<usize>()
        < MOST_WAITING
    {
        tokio::task::yield_now().await;
    }
    assert!(
        matches!(begin("sanne").await.unwrap(), Err(Slow::Wait(1))),
        "there is an end to it"
    );
    assert!(
        begin("daan").await.unwrap().is_ok(),
        "nobody waits for others"
    );
    first.succeeded().await.unwrap();
    for other in others {
        other
            .await
            .unwrap()
            .ok()
            .unwrap()
            .succeeded()
            .await
            .unwrap();
    }
    assert!(throttle.table().lanes.is_empty());
}

#[test]
fn memory_is_bounded() {
    let mut table = Table::default();
    let second = |seconds: usize| Duration::from_secs(seconds as u64 / 10);
    for at in 0..MOST + 100 {
        let key = (format!("gok{at}"), "192.0.2.7".to_owned());
        table.fail(&key, Some(&format!("192.0.2.{at}")), second(at));
        assert!(table.sources.len() <= MOST && table.totals.len() <= MOST);
    }
    let key = |at: usize| (format!("gok{at}"), "192.0.2.7".to_owned());
    assert!(!table.sources.contains_key(&key(0)) && table.sources.contains_key(&key(MOST + 99)));
}
