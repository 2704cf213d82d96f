//! Mails that wait: taken by one, due again, given up and forgotten.

use crate::base::{Base, NOW};
use crate::on_both;
use centrale_server::store::{Due, GIVEN_UP_DAYS, GivenUp, Mail};

fn mail(name: &str) -> Mail {
    Mail {
        message_id: format!("{name}@centrale.example"),
        recipient: "sanne@example.com".into(),
        content: format!("Subject: {name}\r\n\r\nA call.\r\n"),
    }
}

async fn a_mail_is_taken_by_one(base: &Base) {
    let store = &base.store;
    store.add_mails(&[mail("a"), mail("b")], NOW).await.unwrap();
    assert_eq!(store.next_mail().await.unwrap(), Some(NOW));
    assert_eq!(store.take_mail(NOW.plus_ms(-1), NOW).await.unwrap(), None);
    let again = NOW.plus_seconds(600);
    let due = |name, attempt| Due {
        mail: mail(name),
        created_at: NOW,
        attempt,
    };
    let (one, other) = tokio::join!(store.take_mail(NOW, again), store.take_mail(NOW, again));
    let mut taken = [one.unwrap(), other.unwrap()].map(Option::unwrap);
    taken.sort_by_key(|due| due.mail.message_id.clone());
    assert_eq!(taken, [due("a", 1), due("b", 1)]);
    assert_eq!(store.take_mail(NOW, again).await.unwrap(), None);

    store.mail_sent("a@centrale.example").await.unwrap();
    // Nothing was said of the other: it is due again.
    assert_eq!(store.next_mail().await.unwrap(), Some(again));
    assert_eq!(
        store
            .take_mail(again, again.plus_seconds(600))
            .await
            .unwrap(),
        Some(due("b", 2))
    );
    store
        .mail_waits("b@centrale.example", again.plus_seconds(60), "451 later")
        .await
        .unwrap();
    assert_eq!(
        store.next_mail().await.unwrap(),
        Some(again.plus_seconds(60))
    );
    store.mail_sent("b@centrale.example").await.unwrap();
    assert_eq!(store.next_mail().await.unwrap(), None);
}

async fn a_mail_that_is_there_stays(base: &Base) {
    let store = &base.store;
    store.add_mails(&[mail("a")], NOW).await.unwrap();
    let other = Mail {
        recipient: "daan@example.com".into(),
        ..mail("a")
    };
    store
        .add_mails(&[other], NOW.plus_seconds(1))
        .await
        .unwrap();
    let due = store
        .take_mail(NOW, NOW.plus_seconds(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((due.mail, due.created_at), (mail("a"), NOW));
}

async fn what_is_given_up_is_kept_for_a_while(base: &Base) {
    let store = &base.store;
    store.add_mails(&[mail("a"), mail("b")], NOW).await.unwrap();
    store
        .give_up_mail("a@centrale.example", NOW, "550 nobody here")
        .await
        .unwrap();
    store
        .give_up_mail("b@centrale.example", NOW.plus_seconds(5), "no answer")
        .await
        .unwrap();
    assert_eq!(store.next_mail().await.unwrap(), None);
    assert_eq!(
        store.take_mail(NOW.plus_seconds(9), NOW).await.unwrap(),
        None
    );
    let gone = |name, seconds, reason: &str| GivenUp {
        message_id: mail(name).message_id,
        recipient: "sanne@example.com".into(),
        since: NOW,
        attempts: 0,
        at: NOW.plus_seconds(seconds),
        reason: reason.into(),
    };
    let both = [gone("b", 5, "no answer"), gone("a", 0, "550 nobody here")];
    assert_eq!(store.given_up_mails().await.unwrap(), both);
    let later = NOW.plus_seconds(GIVEN_UP_DAYS * 86_400);
    assert_eq!(store.forget_mails(later).await.unwrap(), 0);
    assert_eq!(store.forget_mails(later.plus_ms(1)).await.unwrap(), 1);
    assert_eq!(store.given_up_mails().await.unwrap(), both[..1]);
}

async fn what_was_given_up_is_tried_again_or_forgotten(base: &Base) {
    let store = &base.store;
    let name = |name| mail(name).message_id;
    store.add_mails(&[mail("a"), mail("b")], NOW).await.unwrap();
    let again = NOW.plus_seconds(600);
    // One that is still tried is neither begun anew nor forgotten.
    assert!(!store.retry_mail(&name("a"), again).await.unwrap());
    assert!(!store.forget_mail(&name("a")).await.unwrap());
    store.take_mail(NOW, again).await.unwrap().unwrap();
    store
        .give_up_mail(&name("a"), NOW, "550 nobody here")
        .await
        .unwrap();
    assert_eq!(store.given_up_mails().await.unwrap()[0].attempts, 1);
    assert!(store.retry_mail(&name("a"), again).await.unwrap());
    assert!(!store.retry_mail(&name("a"), again).await.unwrap());
    assert_eq!(store.given_up_mails().await.unwrap(), []);
    store.mail_sent(&name("b")).await.unwrap();
    let due = Due {
        mail: mail("a"),
        created_at: again,
        attempt: 1,
    };
    assert_eq!(
        store.take_mail(again, again.plus_seconds(1)).await.unwrap(),
        Some(due)
    );
    store
        .give_up_mail(&name("a"), again, "550 nobody here")
        .await
        .unwrap();
    assert!(store.forget_mail(&name("a")).await.unwrap());
    assert!(!store.forget_mail(&name("a")).await.unwrap());
    assert_eq!(
        (
            store.given_up_mails().await.unwrap(),
            store.next_mail().await.unwrap()
        ),
        (Vec::new(), None)
    );
}

on_both! {
    a_mail_is_taken_by_one
    a_mail_that_is_there_stays
    what_is_given_up_is_kept_for_a_while
    what_was_given_up_is_tried_again_or_forgotten
}
