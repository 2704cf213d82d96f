//! The organisation as a whole: in, out, and after a restart.

use crate::base::{Base, NOW, SANNE, actor, change, demo};
use centrale_core::id::{ScheduleId, UserId};
use centrale_core::organisation::FORMAT;
use centrale_core::time::Timestamp;
use centrale_server::clock::SeededTokens;
use centrale_server::live::Live;
use centrale_server::secret::Keyring;
use centrale_server::store::{Error, ReportKind, Store};
use serde_json::json;
use std::collections::BTreeSet;

crate::on_both! {
    an_import_comes_out_as_it_went_in
    only_an_empty_database_is_filled
    what_is_there_twice_is_refused
    a_restart_changes_nothing
    what_cannot_be_read_breaks_nothing_else
    a_damaged_row_is_left_out
    a_step_that_later_ones_overtook_is_taken
}

async fn an_import_comes_out_as_it_went_in(base: &Base) {
    assert!(base.store.is_empty().await.unwrap());
    let imported = base.with_demo().await;
    assert!(!base.store.is_empty().await.unwrap());
    let loaded = base.store.load().await.unwrap();
    assert_eq!(loaded.organisation, imported);
    assert_eq!((loaded.organisation.format, loaded.config), (FORMAT, 0));
    let settings: usize = imported.users.iter().map(|u| u.services.len()).sum();
    let versions: Vec<u64> = loaded
        .versions
        .values()
        .flat_map(|v| v.values().copied())
        .collect();
    assert_eq!(
        (versions.len(), versions.iter().all(|v| *v == 1)),
        (settings, true)
    );

    let keys = Keyring::in_memory();
    let phones = base.store.sip_accounts(&keys).await.unwrap();
    let devices: Vec<_> = imported
        .users
        .iter()
        .flat_map(|u| u.devices.iter().map(move |d| (u.id, d)))
        .collect();
    assert_eq!(phones.len(), devices.len());
    let secrets: BTreeSet<&str> = phones.iter().map(|p| p.secret.as_str()).collect();
    assert_eq!(
        (secrets.len(), secrets.iter().all(|s| s.len() == 32)),
        (phones.len(), true)
    );
    for (user, device) in devices {
        let phone = base
            .store
            .sip_account(&keys, &device.account)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((phone.user, phone.device), (user, device.id));
        assert!(!format!("{phone:?}").contains(&phone.secret));
    }
    assert_eq!(base.store.sip_account(&keys, "nobody").await.unwrap(), None);
}

async fn only_an_empty_database_is_filled(base: &Base) {
    base.with_demo().await;
    let again = base
        .store
        .import(&demo(), &|_| None, &SeededTokens::new(2))
        .await;
    assert!(matches!(again, Err(Error::NotEmpty)), "{again:?}");
    assert!(!base.store.is_demo().await.unwrap());
    for _ in 0..2 {
        base.store.mark_demo().await.unwrap();
        assert!(base.store.is_demo().await.unwrap());
    }
    base.store.name_enterprise("Another").await.unwrap();
    assert_eq!(base.store.load().await.unwrap().organisation, demo());
}

async fn what_is_there_twice_is_refused(base: &Base) {
    let mut organisation = demo();
    organisation.users[1].login = organisation.users[0].login.to_uppercase();
    let refused = base
        .store
        .import(&organisation, &|_| None, &SeededTokens::new(1))
        .await;
    assert!(
        matches!(&refused, Err(Error::Taken(what)) if what.contains("SANNE")),
        "{refused:?}"
    );
    assert!(base.store.is_empty().await.unwrap());
}

async fn a_restart_changes_nothing(base: &Base) {
    base.with_demo().await;
    base.save(&[change(
        "do-not-disturb",
        0,
        json!({"active": true, "ring_splash": false}),
    )])
    .await
    .unwrap();
    let before = base.store.load().await.unwrap();
    base.store.close().await;
    let again = Store::open(&base.url).await.unwrap();
    assert_eq!(again.load().await.unwrap(), before);
    assert_eq!(before.config, 1);
    again.close().await;
}

async fn what_cannot_be_read_breaks_nothing_else(base: &Base) {
    let demo = base.with_demo().await;
    let schedule = demo.schedules.last().unwrap().id;
    base.meddle(
        "UPDATE settings SET settings = 'no JSON' WHERE owner_id = 1 AND service = 'forwarding-busy'",
    )
    .await;
    base.meddle(
        "UPDATE settings SET settings = '{\"rings\": []}' WHERE owner_id = 1 AND service = 'ring-count'",
    )
    .await;
    base.meddle(&format!(
        "UPDATE schedules SET content = '{{}}' WHERE id = {schedule}"
    ))
    .await;
    base.meddle("UPDATE users SET profile = 'pigeon' WHERE id = 2")
        .await;
    let live = Live::load(&base.store).await.unwrap();
    let view = live.view();
    let sanne = view.snapshot.user(SANNE).unwrap();
    let unreadable: Vec<&str> = sanne.unreadable().map(|entry| entry.id.0).collect();
    assert_eq!(unreadable, ["forwarding-busy", "ring-count"]);
    assert!(view.directory.schedule(schedule).is_none());
    assert!(view.directory.schedule(ScheduleId(1)).is_some());
    assert_eq!(view.directory.users().count(), demo.users.len() - 1);
    // The owner can put it right.
    let busy = json!({"active": false, "number": null, "voicemail": false});
    let saved = base
        .store
        .save_services(&actor(), NOW, SANNE, &[change("forwarding-busy", 1, busy)])
        .await;
    assert_eq!(saved.unwrap().versions, [2]);
}

/// Numbers that are no ids and no versions were once read as 0, which is somebody's id and "never saved".
async fn a_damaged_row_is_left_out(base: &Base) {
    let demo = base.with_demo().await;
    base.meddle("UPDATE settings SET version = -3 WHERE owner_id = 1 AND service = 'ring-count'")
        .await;
    base.meddle("INSERT INTO reports (center_id, kind, reported_until) VALUES (-1, 'period', 5), (7, 'period', 6), (7, 'yearly', 7)")
        .await;
    base.meddle("UPDATE accounts SET language = 'xx' WHERE user_id = 2")
        .await;
    let loaded = base.store.load().await.unwrap();
    assert!(!loaded.versions[&SANNE].contains_key("ring-count"));
    assert!(loaded.versions[&SANNE].values().all(|version| *version > 0));
    let people = loaded.organisation.users.len();
    assert_eq!(people, demo.users.len() - 1);
    let reported = base.store.reported().await.unwrap();
    let expected = [((UserId(7), ReportKind::Period), Timestamp(6))];
    assert_eq!(reported.into_iter().collect::<Vec<_>>(), expected);
}

/// A database to which a version came without a step between those that it has.
async fn a_step_that_later_ones_overtook_is_taken(base: &Base) {
    let imported = base.with_demo().await;
    base.meddle("DROP TABLE health").await;
    base.meddle("DELETE FROM counters WHERE name = 'whole'")
        .await;
    base.meddle("DELETE FROM _sqlx_migrations WHERE version = 9")
        .await;
    let again = Store::open(&base.url).await.unwrap();
    assert_eq!(again.outage().await, None);
    assert_eq!(again.load().await.unwrap().organisation, imported);
    again.close().await;
}
