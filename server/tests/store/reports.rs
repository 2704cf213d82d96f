//! Reports: each once, whoever makes it.

use crate::base::{Base, NOW};
use crate::on_both;
use centrale_core::id::UserId;
use centrale_server::store::{Mail, ReportKind};

async fn a_report_is_made_once(base: &Base) {
    let store = &base.store;
    let (period, daily) = (
        (UserId(100), ReportKind::Period),
        (UserId(100), ReportKind::Daily),
    );
    let mail = |name: &str| Mail {
        message_id: name.into(),
        recipient: "team@example.com".into(),
        content: "Subject: Statistics\r\n\r\n".into(),
    };
    let quarter = |nth: i64| NOW.plus_seconds(nth * 900);
    assert!(
        store
            .add_report(period, None, quarter(0), &[], NOW)
            .await
            .unwrap()
    );
    assert!(
        !store
            .add_report(period, None, quarter(1), &[mail("late")], NOW)
            .await
            .unwrap()
    );
    assert!(
        store
            .add_report(daily, None, quarter(0), &[], NOW)
            .await
            .unwrap()
    );
    let (one, two) = ([mail("one")], [mail("two")]);
    let (a, b) = tokio::join!(
        store.add_report(period, Some(quarter(0)), quarter(1), &one, NOW),
        store.add_report(period, Some(quarter(0)), quarter(1), &two, NOW),
    );
    assert_ne!(a.unwrap(), b.unwrap(), "one of both");
    assert!(store.take_mail(NOW, quarter(9)).await.unwrap().is_some());
    assert!(
        store.take_mail(NOW, quarter(9)).await.unwrap().is_none(),
        "a mail went out of one that was not made"
    );
    let reported = store.reported().await.unwrap();
    assert_eq!(
        reported.into_iter().collect::<Vec<_>>(),
        [(period, quarter(1)), (daily, quarter(0))]
    );

    store.forget_report(period).await.unwrap();
    assert_eq!(
        store
            .reported()
            .await
            .unwrap()
            .into_keys()
            .collect::<Vec<_>>(),
        [daily]
    );
}

on_both! {
    a_report_is_made_once
}
