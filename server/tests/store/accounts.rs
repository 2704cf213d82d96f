//! Accounts, sessions and failed log-ins.

use crate::base::{Base, NOW, SANNE};
use centrale_core::api::accounts::AccountId;
use centrale_core::api::security::Kind;
use centrale_core::api::session::Identity;
use centrale_core::id::{AdminId, LocationId};
use centrale_core::organisation::{AdminScope, Language};
use centrale_core::time::Timestamp;
use centrale_server::store::{
    Error, LogInFailures, NewAdmin, NewSecurityEvent, Place, Session, Slowed,
};

crate::on_both! {
    accounts_by_login
    the_first_administrator
    sessions_expire
    failures_are_counted
    log_ins_that_failed
    browsers_are_known_for_a_while
    links_work_once
    second_factors
    security_events_are_counted_and_bounded
    the_policy_has_versions
}

async fn accounts_by_login(base: &Base) {
    base.with_demo().await;
    let check = async |login: &str, expected: Option<Identity>| {
        let found = base.store.account_by_login(login).await.unwrap();
        assert_eq!(found.map(|a| a.who), expected, "{login}");
    };
    let admin = |id, scope| {
        Some(Identity::Admin {
            id: AdminId(id),
            scope,
        })
    };
    check("sanne", Some(Identity::User { id: SANNE })).await;
    check(" SANNE ", Some(Identity::User { id: SANNE })).await;
    check("beheer", admin(1, AdminScope::Enterprise)).await;
    check(
        "beheer.utrecht",
        admin(2, AdminScope::Location(LocationId(1))),
    )
    .await;
    check("sann", None).await;
    check("%", None).await;
    check("", None).await;

    let sanne = base.store.account_by_login("sanne").await.unwrap().unwrap();
    assert_eq!(
        (sanne.name.as_str(), sanne.language),
        ("Sanne de Boer", Language::Nl)
    );
    assert_eq!(sanne.password_hash.as_deref(), Some("hash of sanne"));
    assert!(!format!("{sanne:?}").contains("hash of"));
    base.store
        .set_password(sanne.id, "another", None, None)
        .await
        .unwrap();
    let sanne = base.store.account_by_login("sanne").await.unwrap().unwrap();
    assert_eq!(sanne.password_hash.as_deref(), Some("another"));
}

async fn the_first_administrator(base: &Base) {
    let new = NewAdmin {
        login: "Root".into(),
        first_name: "Ada".into(),
        last_name: "Bos".into(),
        email: String::new(),
        scope: AdminScope::Enterprise,
        password_hash: "hash".into(),
    };
    assert_eq!(base.store.add_admin(&new).await.unwrap(), AdminId(1));
    assert!(!base.store.is_empty().await.unwrap());
    let again = base
        .store
        .add_admin(&NewAdmin {
            login: "root".into(),
            ..new.clone()
        })
        .await;
    assert!(
        matches!(&again, Err(Error::Taken(what)) if what.contains("root")),
        "{again:?}"
    );
    let second = base
        .store
        .add_admin(&NewAdmin {
            login: "second".into(),
            ..new
        })
        .await
        .unwrap();
    assert_eq!(second, AdminId(2));
    let admins = base.store.load().await.unwrap().organisation.admins;
    assert_eq!(
        admins.iter().map(|a| a.login.as_str()).collect::<Vec<_>>(),
        ["Root", "second"]
    );
}

async fn sessions_expire(base: &Base) {
    base.with_demo().await;
    let sanne = base.store.account_by_login("sanne").await.unwrap().unwrap();
    let hour = |hours: i64| NOW.plus_seconds(3600 * hours);
    let place = Place {
        address: "192.0.2.7".into(),
        browser: "a browser".into(),
    };
    base.store
        .add_session("aa", sanne.id, &place, NOW, hour(1))
        .await
        .unwrap();
    base.store
        .add_session("bb", sanne.id, &place, NOW, hour(8))
        .await
        .unwrap();
    let check = async |token: &str, at: Timestamp, expected: Option<Timestamp>| {
        let found = base.store.session(token, at).await.unwrap();
        let session = |expires_at| Session {
            account: sanne.clone(),
            created_at: NOW,
            expires_at,
        };
        assert_eq!(found, expected.map(session), "{token} {at:?}");
    };
    check("aa", NOW, Some(hour(1))).await;
    check("aa", hour(1), None).await;
    check("cc", NOW, None).await;
    base.store
        .touch_session("aa", &place, hour(1), hour(2))
        .await
        .unwrap();
    check("aa", hour(1), Some(hour(2))).await;
    assert_eq!(base.store.delete_expired(hour(3)).await.unwrap(), 1);
    check("aa", NOW, None).await;
    check("bb", hour(3), Some(hour(8))).await;
    let listed = base.store.sessions_of(sanne.id, hour(3)).await.unwrap();
    assert_eq!(
        listed
            .iter()
            .map(|session| session.token_hash.as_str())
            .collect::<Vec<_>>(),
        ["bb"]
    );
    assert_eq!((listed[0].seen_at, &listed[0].place), (NOW, &place));
    base.store.set_blocked(sanne.id, Some(NOW)).await.unwrap();
    check("bb", hour(3), None).await;
    base.store.set_blocked(sanne.id, None).await.unwrap();
    base.store
        .add_session("bb", sanne.id, &place, NOW, hour(8))
        .await
        .unwrap();
    base.store
        .add_session("cc", sanne.id, &place, NOW, hour(8))
        .await
        .unwrap();
    base.store.end_sessions(sanne.id, Some("bb")).await.unwrap();
    check("cc", NOW, None).await;
    check("bb", NOW, Some(hour(8))).await;
    base.store.delete_session("bb").await.unwrap();
    check("bb", NOW, None).await;
}

async fn failures_are_counted(base: &Base) {
    let at = |seconds| NOW.plus_seconds(seconds);
    for seconds in [20, 0, 10] {
        base.store
            .add_failure("account:sanne", at(seconds))
            .await
            .unwrap();
    }
    base.store
        .add_failure("address:192.0.2.1", at(5))
        .await
        .unwrap();
    let check = async |key: &str, since: Timestamp, expected: &[Timestamp]| {
        assert_eq!(
            base.store.failures(key, since).await.unwrap(),
            expected,
            "{key}"
        );
    };
    check("account:sanne", NOW, &[at(0), at(10), at(20)]).await;
    check("account:sanne", at(10), &[at(10), at(20)]).await;
    check("address:192.0.2.1", NOW, &[at(5)]).await;
    base.store.clear_failures("account:sanne").await.unwrap();
    check("account:sanne", NOW, &[]).await;
    check("address:192.0.2.1", NOW, &[at(5)]).await;
    // Old ones are forgotten in passing.
    base.store
        .add_failure("account:daan", at(2 * 86_400))
        .await
        .unwrap();
    check("address:192.0.2.1", NOW, &[]).await;
}

async fn log_ins_that_failed(base: &Base) {
    base.with_demo().await;
    let at = |seconds| NOW.plus_seconds(seconds);
    let failures = |login: &str, source: &str, last: i64| LogInFailures {
        login: login.into(),
        source: source.into(),
        failures: 6,
        last_at: at(last),
        until: at(last + 2),
    };
    let all = [
        failures("sanne", "a", 0),
        failures("sanne", "b", 1),
        failures("niemand", "a", 2),
    ];
    for one in &all {
        base.store.put_log_in_failures(one).await.unwrap();
    }
    let again = LogInFailures {
        failures: 7,
        ..all[0].clone()
    };
    base.store.put_log_in_failures(&again).await.unwrap();
    assert_eq!(
        base.store.log_in_failures(" SANNE", "a").await.unwrap(),
        Some(again.clone())
    );
    assert_eq!(
        base.store.log_in_failures("sanne", "c").await.unwrap(),
        None
    );
    let slowed = base.store.slowed(at(1)).await.unwrap();
    let sanne = || Some((Identity::User { id: SANNE }, "Sanne de Boer".to_owned()));
    let expected = [
        (all[2].clone(), None),
        (all[1].clone(), sanne()),
        (again, sanne()),
    ];
    assert_eq!(
        slowed,
        expected.map(|(failures, who)| Slowed { failures, who })
    );
    assert_eq!(base.store.slowed(at(2)).await.unwrap().len(), 2);
    base.store.tidy_log_in_failures(at(2)).await.unwrap();
    assert_eq!(base.store.slowed(NOW).await.unwrap().len(), 1);
    base.store.put_log_in_failures(&all[0]).await.unwrap();
    base.store.put_log_in_failures(&all[1]).await.unwrap();
    assert_eq!(
        base.store
            .clear_log_in_failures("Sanne", Some("a"))
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        base.store
            .clear_log_in_failures("Sanne", None)
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        base.store.log_in_failures("niemand", "a").await.unwrap(),
        Some(all[2].clone())
    );
}

async fn browsers_are_known_for_a_while(base: &Base) {
    base.with_demo().await;
    let account = async |login: &str| {
        base.store
            .account_by_login(login)
            .await
            .unwrap()
            .unwrap()
            .id
    };
    let (sanne, daan) = (account("sanne").await, account("daan.visser").await);
    let day = |days: i64| NOW.plus_seconds(days * 86_400);
    base.store.add_browser("aa", sanne, NOW).await.unwrap();
    let knows = async |token: &str, account, at| {
        base.store.knows_browser(token, account, at).await.unwrap()
    };
    assert!(knows("aa", sanne, day(179)).await);
    assert!(!knows("aa", sanne, day(181)).await);
    assert!(!knows("aa", daan, NOW).await && !knows("bb", sanne, NOW).await);
    assert!(
        base.store.is_browser("aa").await.unwrap() && !base.store.is_browser("bb").await.unwrap()
    );
    base.store.add_browser("aa", sanne, day(100)).await.unwrap();
    base.store.add_browser("aa", daan, day(100)).await.unwrap();
    assert!(knows("aa", sanne, day(200)).await);
    for browser in 0..20 {
        base.store
            .add_browser(&format!("b{browser}"), sanne, day(101))
            .await
            .unwrap();
    }
    assert!(
        !knows("aa", sanne, day(101)).await,
        "the last twenty are known"
    );
    assert!(knows("aa", daan, day(101)).await && knows("b0", sanne, day(101)).await);
}

async fn links_work_once(base: &Base) {
    base.with_demo().await;
    let sanne = base
        .store
        .account_of(AccountId::User(SANNE))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(sanne.login, "sanne");
    let hour = |hours: i64| NOW.plus_seconds(3600 * hours);
    base.store.add_reset(sanne.id, "aa", hour(1)).await.unwrap();
    base.store.add_reset(sanne.id, "bb", hour(2)).await.unwrap();
    let whose = async |token: &str, at| {
        base.store
            .reset(token, at)
            .await
            .unwrap()
            .map(|account| account.id)
    };
    assert_eq!(
        whose("aa", NOW).await,
        None,
        "the later one takes its place"
    );
    assert_eq!(whose("bb", hour(1)).await, Some(sanne.id));
    assert_eq!(whose("bb", hour(2)).await, None);
    assert!(
        !base
            .store
            .use_reset("bb", sanne.id, "another", hour(2))
            .await
            .unwrap()
    );
    assert!(
        base.store
            .use_reset("bb", sanne.id, "another", hour(1))
            .await
            .unwrap()
    );
    assert!(
        !base
            .store
            .use_reset("bb", sanne.id, "a third", hour(1))
            .await
            .unwrap()
    );
    let sanne = base.store.account_by_login("sanne").await.unwrap().unwrap();
    assert_eq!(sanne.password_hash.as_deref(), Some("another"));
}

async fn second_factors(base: &Base) {
    base.with_demo().await;
    let account = base
        .store
        .account_by_login("beheer")
        .await
        .unwrap()
        .unwrap();
    let (store, id) = (&base.store, account.id);
    assert!(!account.second_factor && !account.must_set_up);
    assert!(store.begin_second_factor(id, "first").await.unwrap());
    assert!(store.begin_second_factor(id, "second").await.unwrap());
    let codes = ["c1".to_owned(), "c2".to_owned()];
    assert!(
        !store
            .confirm_second_factor(id, ("first", 7), &codes, "s", NOW)
            .await
            .unwrap()
    );
    assert!(
        store
            .confirm_second_factor(id, ("second", 7), &codes, "s", NOW)
            .await
            .unwrap()
    );
    assert!(
        !store
            .confirm_second_factor(id, ("second", 8), &codes, "s", NOW)
            .await
            .unwrap()
    );
    assert!(!store.begin_second_factor(id, "third").await.unwrap());
    let kept = store.second_factor(id).await.unwrap().unwrap();
    assert_eq!(
        (kept.seed.as_str(), kept.confirmed_at, kept.recovery_codes),
        ("second", Some(NOW), 2)
    );
    for (step, expected) in [(7, false), (8, true), (8, false), (7, false), (9, true)] {
        assert_eq!(store.take_step(id, step).await.unwrap(), expected, "{step}");
    }
    for (code, expected) in [("c1", true), ("c1", false), ("c9", false), ("c2", true)] {
        assert_eq!(
            store.take_recovery_code(id, code).await.unwrap(),
            expected,
            "{code}"
        );
    }
    assert!(
        store
            .account_by_login("beheer")
            .await
            .unwrap()
            .unwrap()
            .second_factor
    );
    let sealed = store.sealed().await.unwrap();
    assert_eq!(
        (sealed.len(), sealed[0].place()),
        (1, format!("second_factors.seed:{id}"))
    );
    store.reseal(&sealed[0], "sealed anew").await.unwrap();
    store.reseal(&sealed[0], "too late").await.unwrap();
    assert_eq!(
        store.second_factor(id).await.unwrap().unwrap().seed,
        "sealed anew"
    );
    assert!(store.remove_second_factor(id, None).await.unwrap());
    assert!(!store.remove_second_factor(id, None).await.unwrap());
    assert!(
        !store
            .account_by_login("beheer")
            .await
            .unwrap()
            .unwrap()
            .second_factor
    );
}

async fn security_events_are_counted_and_bounded(base: &Base) {
    let store = &base.store;
    let event = |kind, login: &str| NewSecurityEvent {
        kind,
        account: Some(AccountId::User(SANNE)),
        login: login.into(),
        by: "Ada".into(),
        address: "192.0.2.7".into(),
        about: "call-center 7".into(),
    };
    for seconds in [0, 10, 3599, 3600] {
        store
            .add_security_event(
                &event(Kind::LogInRefused, "sanne"),
                NOW.plus_seconds(seconds),
            )
            .await
            .unwrap();
    }
    store
        .add_security_event(&event(Kind::LogInRefused, &"x".repeat(300)), NOW)
        .await
        .unwrap();
    for _ in 0..2 {
        store
            .add_security_event(&event(Kind::PasswordChanged, "sanne"), NOW)
            .await
            .unwrap();
    }
    let listed = store.security_events(None, 100).await.unwrap();
    let seen: Vec<_> = listed
        .iter()
        .map(|e| (e.kind, e.count, e.login.len()))
        .collect();
    let refused = |count, length| (Kind::LogInRefused, count, length);
    let changed = (Kind::PasswordChanged, 1, 5);
    assert_eq!(
        seen,
        [
            changed,
            changed,
            refused(1, 254),
            refused(1, 5),
            refused(3, 5)
        ]
    );
    let first = listed.last().unwrap();
    assert_eq!(
        (first.at, first.last_at, first.by.as_str()),
        (NOW, NOW.plus_seconds(3599), "Ada")
    );
    assert_eq!(
        (first.account, first.about.as_str()),
        (Some(AccountId::User(SANNE)), "call-center 7")
    );
    let page = store.security_events(Some(listed[2].id), 1).await.unwrap();
    assert_eq!(page, [listed[3].clone()]);
    store
        .tidy_security_events(NOW.plus_seconds(365 * 86_400 + 1))
        .await
        .unwrap();
    assert_eq!(
        store.security_events(None, 100).await.unwrap(),
        [listed[3].clone()]
    );
}

async fn the_policy_has_versions(base: &Base) {
    base.with_demo().await;
    let mut policy = base.store.log_in_policy().await.unwrap();
    assert_eq!(
        (policy.version, policy.admins_need_second_factor),
        (0, false)
    );
    policy.admins_need_second_factor = true;
    assert!(base.store.put_log_in_policy(policy).await.unwrap());
    assert!(
        !base.store.put_log_in_policy(policy).await.unwrap(),
        "a version is saved once"
    );
    assert_eq!(base.store.log_in_policy().await.unwrap().version, 1);
    let must = async |login: &str| {
        base.store
            .account_by_login(login)
            .await
            .unwrap()
            .unwrap()
            .must_set_up
    };
    assert!(must("beheer").await && must("beheer.utrecht").await && !must("sanne").await);
}
