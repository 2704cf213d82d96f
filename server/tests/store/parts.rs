//! Parts that are saved together.

use crate::base::{Base, NOW, actor};
use crate::on_both;
use centrale_core::organisation::Part;
use centrale_server::store::SaveError;
use serde_json::json;

on_both! { all_parts_or_none }

fn group(name: &str, extension: &str) -> Part {
    let identity = json!({ "name": name, "location": 1, "extension": extension });
    let group = json!({ "kind": "group-call", "content": { "id": 0, "identity": identity, "members": [] } });
    serde_json::from_value(group).unwrap()
}

async fn all_parts_or_none(base: &Base) {
    base.with_demo().await;
    let store = &base.store;
    let (one, _) = store
        .add_part(&actor(), NOW, group("Een", "871"))
        .await
        .unwrap();
    let (two, before) = store
        .add_part(&actor(), NOW, group("Twee", "872"))
        .await
        .unwrap();
    let renamed = |part: &Part, name: &str| {
        let mut part = part.clone();
        part.identity_mut().unwrap().name = name.into();
        part
    };
    let names = async || {
        let groups = store.load().await.unwrap().organisation.group_calls;
        groups
            .iter()
            .map(|g| g.identity.name.clone())
            .collect::<Vec<_>>()
    };
    let stale = [(renamed(&one, "Eén"), 1), (renamed(&two, "Tweede"), 7)];
    let refused = store.replace_parts(&actor(), NOW, &stale).await;
    assert!(
        matches!(&refused, Err(SaveError::PartStale(now)) if now.version == 1),
        "{refused:?}"
    );
    assert!(names().await.ends_with(&["Een".into(), "Twee".into()]));

    let right = [(renamed(&one, "Eén"), 1), (renamed(&two, "Tweede"), 1)];
    assert_eq!(
        store.replace_parts(&actor(), NOW, &right).await.unwrap(),
        before + 2
    );
    assert!(names().await.ends_with(&["Eén".into(), "Tweede".into()]));
}
