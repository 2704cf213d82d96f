//! Uploads and their content.

use crate::base::{Base, NOW, actor};
use crate::on_both;
use centrale_core::id::{LocationId, UploadId, UserId};
use centrale_core::organisation::{ContentHash, Part, PartKey, PartKind, Upload, UploadOwner};
use centrale_server::clock::SeededTokens;
use centrale_server::store::{Error, SaveError};

on_both! { content_is_kept_once_and_goes_with_the_last export_and_import uploads_go_with_their_virtual_user }

const PLACE: UploadOwner = UploadOwner::Location(LocationId(1));

fn upload(owner: UploadOwner, name: &str, content: u8) -> Upload {
    let content = ContentHash([content; 32]);
    Upload {
        id: UploadId(0),
        owner,
        name: name.into(),
        length_ms: 1000,
        bytes: 5,
        content,
    }
}

fn key(upload: &Upload) -> PartKey {
    PartKey {
        kind: PartKind::Upload,
        id: upload.id.0,
    }
}

async fn content_is_kept_once_and_goes_with_the_last(base: &Base) {
    base.with_demo().await;
    let store = &base.store;
    // Every byte comes back as it was.
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let add = async |name: &str, content: u8, bytes: &[u8]| {
        store
            .add_upload(&actor(), NOW, upload(PLACE, name, content), bytes)
            .await
    };
    let (one, first) = add("One", 1, &bytes).await.unwrap();
    let (two, second) = add("Two", 1, &bytes).await.unwrap();
    assert_eq!(second, first + 1);
    assert!(matches!(
        add("ONE", 2, b"other").await,
        Err(SaveError::NameTaken)
    ));
    let hash = |byte| ContentHash([byte; 32]);
    assert_eq!(store.sound(hash(1)).await.unwrap(), Some(bytes.clone()));
    assert_eq!(store.sound(hash(2)).await.unwrap(), None);
    assert_eq!(
        store.load().await.unwrap().organisation.uploads,
        [one.clone(), two.clone()]
    );

    let changed = Upload {
        content: hash(2),
        ..one.clone()
    };
    let replace = async |version| {
        store
            .replace_upload(&actor(), NOW, &changed, version, Some(b"other"))
            .await
    };
    assert!(matches!(replace(7).await, Err(SaveError::PartStale(now)) if now.version == 1));
    assert_eq!(store.sound(hash(2)).await.unwrap(), None);
    replace(1).await.unwrap();
    assert_eq!(
        store
            .sounds()
            .await
            .unwrap()
            .into_keys()
            .collect::<Vec<_>>(),
        [hash(1), hash(2)]
    );
    let renamed = Upload {
        name: "Uno".into(),
        ..changed
    };
    store
        .replace_upload(&actor(), NOW, &renamed, 2, None)
        .await
        .unwrap();
    assert_eq!(store.sound(hash(2)).await.unwrap(), Some(b"other".to_vec()));

    store
        .delete_part(&actor(), NOW, key(&two), 1)
        .await
        .unwrap();
    assert_eq!(
        store
            .sounds()
            .await
            .unwrap()
            .into_keys()
            .collect::<Vec<_>>(),
        [hash(2)]
    );
    store
        .delete_part(&actor(), NOW, key(&one), 3)
        .await
        .unwrap();
    assert!(store.sounds().await.unwrap().is_empty());
}

async fn export_and_import(base: &Base) {
    let mut organisation = base.with_demo().await;
    let (mine, _) = base
        .store
        .add_upload(&actor(), NOW, upload(PLACE, "Mine", 3), b"sound")
        .await
        .unwrap();
    let exported = base.store.export().await.unwrap();
    organisation.uploads.push(mine.clone());
    organisation.sounds.insert(mine.content, "c291bmQ=".into());
    assert_eq!(exported, organisation);

    let other = Base::sqlite().await;
    let import = async |organisation| {
        other
            .store
            .import(organisation, &|_| None, &SeededTokens::new(1))
            .await
    };
    let mut silent = exported.clone();
    silent.sounds.clear();
    assert!(
        matches!(import(&silent).await, Err(Error::NoSound(hash)) if hash == mine.content.to_string())
    );
    import(&exported).await.unwrap();
    assert_eq!(other.store.export().await.unwrap(), exported);
    // The next upload has an id of its own.
    let (next, _) = other
        .store
        .add_upload(&actor(), NOW, upload(PLACE, "Next", 3), b"sound")
        .await
        .unwrap();
    assert!(next.id > mine.id);
    other.end().await;
}

async fn uploads_go_with_their_virtual_user(base: &Base) {
    base.with_demo().await;
    let store = &base.store;
    let group = serde_json::json!({ "kind": "group-call", "content": { "id": 0, "members": [],
        "identity": { "name": "Een", "location": 1, "extension": "871" } } });
    let part: Part = serde_json::from_value(group).unwrap();
    let (part, _) = store.add_part(&actor(), NOW, part).await.unwrap();
    let id = part.key().id;
    // Whose id begins with the same digits is somebody else.
    for (owner, content) in [(id, 4), (id * 10, 5)] {
        let theirs = upload(UploadOwner::User(UserId(owner)), "Name", content);
        store
            .add_upload(&actor(), NOW, theirs, b"sound")
            .await
            .unwrap();
    }
    store
        .delete_part(&actor(), NOW, part.key(), 1)
        .await
        .unwrap();
    let left = store.load().await.unwrap().organisation.uploads;
    assert_eq!(
        left.iter().map(|u| u.owner).collect::<Vec<_>>(),
        [UploadOwner::User(UserId(id * 10))]
    );
    assert_eq!(
        store
            .sounds()
            .await
            .unwrap()
            .into_keys()
            .collect::<Vec<_>>(),
        [ContentHash([5; 32])]
    );
}
