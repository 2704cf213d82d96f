//! Secrets that must be read again: sealed in the database, and renewed.

use crate::base::Base;
use centrale_core::id::{DeviceId, UserId};
use centrale_server::secret::Keyring;
use centrale_server::store::{Error, OwnSecret, SipAccount, Store};

crate::on_both! {
    passwords_of_phones_are_sealed
    a_phone_gets_another_password
    passwords_of_the_server_are_sealed
}

async fn passwords_of_phones_are_sealed(base: &Base) {
    base.with_demo().await;
    let keys = Keyring::in_memory();
    let plain = base.store.sip_accounts(&keys).await.unwrap();
    let (store, count) = (&base.store, plain.len());
    assert_eq!(store.seal_sip_secrets(&keys).await.unwrap(), count);
    assert_eq!(store.seal_sip_secrets(&keys).await.unwrap(), 0);
    assert_eq!(store.sip_accounts(&keys).await.unwrap(), plain);
    assert_eq!(
        base.texts("SELECT secret FROM devices WHERE secret <> ''")
            .await,
        Vec::<String>::new()
    );
    let other = store.sip_accounts(&Keyring::in_memory()).await;
    assert!(matches!(other, Err(Error::Secret(_))), "{other:?}");
    // What one phone has opens at no other.
    let first = &plain[0];
    base.meddle(
        "UPDATE devices SET sealed_secret = (SELECT sealed_secret FROM devices WHERE id = 1) WHERE id = 2",
    )
    .await;
    let moved = store.sip_account(&keys, &plain[1].account).await;
    assert!(matches!(moved, Err(Error::Secret(_))), "{moved:?}");
    assert_eq!(
        store
            .sip_account(&keys, &first.account)
            .await
            .unwrap()
            .as_ref(),
        Some(first)
    );
    if let Some(file) = base.url.strip_prefix("sqlite://") {
        for part in ["", "-wal"] {
            let content = std::fs::read(format!("{file}{part}")).unwrap();
            let found = |phone: &SipAccount| {
                content
                    .windows(32)
                    .any(|bytes| bytes == phone.secret.as_bytes())
            };
            assert!(
                !plain.iter().any(found),
                "the file{part} holds a password of before"
            );
        }
    }
}

async fn rotate(store: &Store, keys: &Keyring) {
    keys.add_key().unwrap();
    for one in store.sealed().await.unwrap() {
        let place = one.place();
        store
            .reseal(
                &one,
                &keys
                    .seal(&place, &keys.unseal(&place, &one.text).unwrap())
                    .unwrap(),
            )
            .await
            .unwrap();
    }
    keys.forget_old_keys().unwrap();
}

async fn a_phone_gets_another_password(base: &Base) {
    base.with_demo().await;
    let (store, keys) = (&base.store, Keyring::in_memory());
    store.seal_sip_secrets(&keys).await.unwrap();
    let phone = store.sip_accounts(&keys).await.unwrap().remove(0);
    let revision = store.sip_secrets_revision().await.unwrap();
    for nobodys in [
        (UserId(phone.user.0 + 1), phone.device),
        (phone.user, DeviceId(999)),
    ] {
        assert_eq!(
            store
                .renew_sip_secret(&keys, nobodys, "other")
                .await
                .unwrap(),
            None
        );
    }
    assert_eq!(store.sip_secrets_revision().await.unwrap(), revision);
    let renewed = store
        .renew_sip_secret(&keys, (phone.user, phone.device), "other")
        .await
        .unwrap();
    assert_eq!(renewed.as_ref(), Some(&phone.account));
    assert_eq!(store.sip_secrets_revision().await.unwrap(), revision + 1);
    for _ in 0..3 {
        rotate(store, &keys).await;
    }
    let now = store
        .sip_account(&keys, &phone.account)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        now,
        SipAccount {
            secret: "other".into(),
            ..phone
        }
    );
}

async fn passwords_of_the_server_are_sealed(base: &Base) {
    let (store, keys) = (&base.store, Keyring::in_memory());
    let kept = async || {
        let smtp = store.own_secret(&keys, OwnSecret::Smtp).await.unwrap();
        (
            smtp,
            store.own_secret(&keys, OwnSecret::Trunk).await.unwrap(),
        )
    };
    assert_eq!(kept().await, (None, None));
    for (which, secret) in [
        (OwnSecret::Smtp, "one"),
        (OwnSecret::Trunk, "two"),
        (OwnSecret::Smtp, "gehéim"),
    ] {
        store.put_own_secret(&keys, which, secret).await.unwrap();
    }
    for _ in 0..3 {
        rotate(store, &keys).await;
    }
    assert_eq!(kept().await, (Some("gehéim".into()), Some("two".into())));
    for stored in base.texts("SELECT sealed FROM secrets").await {
        assert!(
            !stored.contains("héim") && stored.starts_with("4."),
            "{stored}"
        );
    }
    assert!(store.remove_own_secret(OwnSecret::Trunk).await.unwrap());
    assert!(!store.remove_own_secret(OwnSecret::Trunk).await.unwrap());
    assert_eq!(kept().await, (Some("gehéim".into()), None));
}
