//! Passcodes of mailboxes.

use crate::base::{Base, NOW, SANNE, actor};
use crate::on_both;
use centrale_core::id::UserId;
use centrale_core::passcode::REMEMBERED;
use centrale_server::store::{Passcodes, SaveError};
use serde_json::Value;

on_both! {
    the_last_ones_are_remembered
    events_and_exports_hold_no_passcode
    a_group_that_is_gone_has_none
}

async fn the_last_ones_are_remembered(base: &Base) {
    base.with_demo().await;
    let store = &base.store;
    let set = async |hash: Option<&str>, seconds| {
        store
            .set_passcode(&actor(), NOW.plus_seconds(seconds), SANNE, hash)
            .await
    };
    assert_eq!(store.passcodes(SANNE).await.unwrap(), Passcodes::default());
    let hashes = ["a", "b", "c", "d", "e", "f", "g"];
    for (hash, seconds) in hashes.iter().zip(0..) {
        assert_eq!(
            set(Some(hash), seconds).await.unwrap(),
            u64::try_from(seconds).unwrap() + 1
        );
    }
    let now = store.passcodes(SANNE).await.unwrap();
    assert_eq!(now.hash.as_deref(), Some("g"));
    assert_eq!(now.recent, ["g", "f", "e", "d", "c"]);
    assert_eq!(now.recent.len(), REMEMBERED);
    assert_eq!(now.changed_at, Some(NOW.plus_seconds(6)));
    assert_eq!(format!("{now:?}"), "Passcodes { set: true, .. }");

    set(None, 9).await.unwrap();
    let now = store.passcodes(SANNE).await.unwrap();
    assert_eq!(
        (now.hash, now.changed_at),
        (None, Some(NOW.plus_seconds(9)))
    );
    assert_eq!(
        now.recent,
        ["g", "f", "e", "d", "c"],
        "those of before stay known"
    );
    assert_eq!(
        store.passcodes(UserId(2)).await.unwrap(),
        Passcodes::default()
    );
    let nobody = store
        .set_passcode(&actor(), NOW, UserId(999), Some("a"))
        .await;
    assert!(matches!(nobody, Err(SaveError::NotFound)), "{nobody:?}");
}

async fn events_and_exports_hold_no_passcode(base: &Base) {
    let organisation = base.with_demo().await;
    let store = &base.store;
    for hash in [Some("$secret$"), Some("$other$"), None] {
        store
            .set_passcode(&actor(), NOW, SANNE, hash)
            .await
            .unwrap();
    }
    let events = store.events_of_user(SANNE, 9).await.unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|e| (e.subject.as_str(), e.before.clone(), e.after.clone()))
        .collect();
    let text = |text: &str| Some(Value::from(text));
    assert_eq!(
        told,
        [
            ("passcode", text("set"), None),
            ("passcode", text("set"), text("changed")),
            ("passcode", None, text("changed"))
        ]
    );
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.organisation.users, organisation.users);
    assert!(
        !serde_json::to_string(&loaded.organisation)
            .unwrap()
            .contains("secret")
    );
}

async fn a_group_that_is_gone_has_none(base: &Base) {
    use centrale_core::organisation::{Part, PartKey};
    base.with_demo().await;
    let store = &base.store;
    let group = serde_json::json!({ "kind": "group-call", "content": {
        "id": 0, "identity": { "name": "Crisis", "location": 1, "extension": "877" }, "members": []
    } });
    let part: Part = serde_json::from_value(group).unwrap();
    let (part, _) = store.add_part(&actor(), NOW, part).await.unwrap();
    let PartKey { id, .. } = part.key();
    store
        .set_passcode(&actor(), NOW, UserId(id), Some("a"))
        .await
        .unwrap();
    assert_eq!(
        store.passcodes(UserId(id)).await.unwrap().hash.as_deref(),
        Some("a")
    );
    store
        .delete_part(&actor(), NOW, part.key(), 1)
        .await
        .unwrap();
    assert_eq!(
        store.passcodes(UserId(id)).await.unwrap(),
        Passcodes::default()
    );
}
