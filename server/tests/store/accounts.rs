//! Accounts, sessions and failed log-ins.

use crate::base::{Base, NOW, SANNE};
use centrale_core::api::session::Identity;
use centrale_core::id::{AdminId, LocationId};
use centrale_core::organisation::{AdminScope, Language};
use centrale_core::time::Timestamp;
use centrale_server::store::{Error, LogInFailures, NewAdmin, Slowed};

crate::on_both! {
    accounts_by_login
    the_first_administrator
    sessions_expire
    failures_are_counted
    log_ins_that_failed
    browsers_are_known_for_a_while
}

async fn accounts_by_login(base: &Base) {
    base.with_demo().await;
    let check = async |login: &str, expected: Option<Identity>| {
        let found = base.store.account_by_login(login).await.unwrap();
        assert_eq!(found.map(|a| a.who), expected, "{login}");
    };
    let admin = |id, scope| Some(Identity::Admin { id: AdminId(id), scope });
    check("sanne", Some(Identity::User { id: SANNE })).await;
    check(" SANNE ", Some(Identity::User { id: SANNE })).await;
    check("beheer", admin(1, AdminScope::Enterprise)).await;
    check("beheer.utrecht", admin(2, AdminScope::Location(LocationId(1)))).await;
    check("sann", None).await;
    check("%", None).await;
    check("", None).await;

    let sanne = base.store.account_by_login("sanne").await.unwrap().unwrap();
    assert_eq!((sanne.name.as_str(), sanne.language), ("Sanne de Boer", Language::Nl));
    assert_eq!(sanne.password_hash.as_deref(), Some("hash of sanne"));
    assert!(!format!("{sanne:?}").contains("hash of"));
    base.store.set_password_hash(sanne.id, "another").await.unwrap();
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
    let again = base.store.add_admin(&NewAdmin { login: "root".into(), ..new.clone() }).await;
    assert!(matches!(&again, Err(Error::Taken(what)) if what.contains("root")), "{again:?}");
    let second = base.store.add_admin(&NewAdmin { login: "second".into(), ..new }).await.unwrap();
    assert_eq!(second, AdminId(2));
    let admins = base.store.load().await.unwrap().organisation.admins;
    assert_eq!(admins.iter().map(|a| a.login.as_str()).collect::<Vec<_>>(), ["Root", "second"]);
}

async fn sessions_expire(base: &Base) {
    base.with_demo().await;
    let sanne = base.store.account_by_login("sanne").await.unwrap().unwrap();
    let hour = |hours: i64| NOW.plus_seconds(3600 * hours);
    base.store.add_session("aa", sanne.id, hour(1)).await.unwrap();
    base.store.add_session("bb", sanne.id, hour(8)).await.unwrap();
    let check = async |token: &str, at: Timestamp, expected: Option<Timestamp>| {
        let found = base.store.session(token, at).await.unwrap();
        assert_eq!(found, expected.map(|until| (sanne.clone(), until)), "{token} {at:?}");
    };
    check("aa", NOW, Some(hour(1))).await;
    check("aa", hour(1), None).await;
    check("cc", NOW, None).await;
    base.store.touch_session("aa", hour(2)).await.unwrap();
    check("aa", hour(1), Some(hour(2))).await;
    assert_eq!(base.store.delete_expired(hour(3)).await.unwrap(), 1);
    check("aa", NOW, None).await;
    check("bb", hour(3), Some(hour(8))).await;
    base.store.delete_session("bb").await.unwrap();
    check("bb", NOW, None).await;
}

async fn failures_are_counted(base: &Base) {
    let at = |seconds| NOW.plus_seconds(seconds);
    for seconds in [20, 0, 10] {
        base.store.add_failure("account:sanne", at(seconds)).await.unwrap();
    }
    base.store.add_failure("address:192.0.2.1", at(5)).await.unwrap();
    let check = async |key: &str, since: Timestamp, expected: &[Timestamp]| {
        assert_eq!(base.store.failures(key, since).await.unwrap(), expected, "{key}");
    };
    check("account:sanne", NOW, &[at(0), at(10), at(20)]).await;
    check("account:sanne", at(10), &[at(10), at(20)]).await;
    check("address:192.0.2.1", NOW, &[at(5)]).await;
    base.store.clear_failures("account:sanne").await.unwrap();
    check("account:sanne", NOW, &[]).await;
    check("address:192.0.2.1", NOW, &[at(5)]).await;
    // Old ones are forgotten in passing.
    base.store.add_failure("account:daan", at(2 * 86_400)).await.unwrap();
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
    let all = [failures("sanne", "a", 0), failures("sanne", "b", 1), failures("niemand", "a", 2)];
    for one in &all {
        base.store.put_log_in_failures(one).await.unwrap();
    }
    let again = LogInFailures { failures: 7, ..all[0].clone() };
    base.store.put_log_in_failures(&again).await.unwrap();
    assert_eq!(base.store.log_in_failures(" SANNE", "a").await.unwrap(), Some(again.clone()));
    assert_eq!(base.store.log_in_failures("sanne", "c").await.unwrap(), None);
    let slowed = base.store.slowed(at(1)).await.unwrap();
    let sanne = || Some((Identity::User { id: SANNE }, "Sanne de Boer".to_owned()));
    let expected = [(all[2].clone(), None), (all[1].clone(), sanne()), (again, sanne())];
    assert_eq!(slowed, expected.map(|(failures, who)| Slowed { failures, who }));
    assert_eq!(base.store.slowed(at(2)).await.unwrap().len(), 2);
    base.store.tidy_log_in_failures(at(2)).await.unwrap();
    assert_eq!(base.store.slowed(NOW).await.unwrap().len(), 1);
    base.store.put_log_in_failures(&all[0]).await.unwrap();
    base.store.put_log_in_failures(&all[1]).await.unwrap();
    assert_eq!(base.store.clear_log_in_failures("Sanne", Some("a")).await.unwrap(), 1);
    assert_eq!(base.store.clear_log_in_failures("Sanne", None).await.unwrap(), 1);
    assert_eq!(base.store.log_in_failures("niemand", "a").await.unwrap(), Some(all[2].clone()));
}

async fn browsers_are_known_for_a_while(base: &Base) {
    base.with_demo().await;
    let account = async |login: &str| base.store.account_by_login(login).await.unwrap().unwrap().id;
    let (sanne, daan) = (account("sanne").await, account("daan.visser").await);
    let day = |days: i64| NOW.plus_seconds(days * 86_400);
    base.store.add_browser("aa", sanne, NOW).await.unwrap();
    let knows = async |token: &str, account, at| base.store.knows_browser(token, account, at).await.unwrap();
    assert!(knows("aa", sanne, day(179)).await);
    assert!(!knows("aa", sanne, day(181)).await);
    assert!(!knows("aa", daan, NOW).await && !knows("bb", sanne, NOW).await);
    assert!(base.store.is_browser("aa").await.unwrap() && !base.store.is_browser("bb").await.unwrap());
    base.store.add_browser("aa", sanne, day(100)).await.unwrap();
    base.store.add_browser("aa", daan, day(100)).await.unwrap();
    assert!(knows("aa", sanne, day(200)).await);
    for browser in 0..20 {
        base.store.add_browser(&format!("b{browser}"), sanne, day(101)).await.unwrap();
    }
    assert!(!knows("aa", sanne, day(101)).await, "the last twenty are known");
    assert!(knows("aa", daan, day(101)).await && knows("b0", sanne, day(101)).await);
}
