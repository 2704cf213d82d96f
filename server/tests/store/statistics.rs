//! Counters by quarter of an hour.

use crate::base::Base;
use crate::on_both;
use centrale_core::acd::{Counters, INTERVAL_MS, Interval};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use centrale_server::store::KEPT_DAYS;

async fn intervals_add_up(base: &Base) {
    let counters = |offered, longest_wait_ms| Counters {
        offered,
        longest_wait_ms,
        ..Counters::default()
    };
    let interval = |nth: i64, counters| Interval {
        start: Timestamp(nth * INTERVAL_MS),
        counters,
    };
    let (one, other) = (UserId(100), UserId(3));
    let store = &base.store;
    store
        .add_intervals(&[(
            one,
            vec![interval(0, counters(2, 9)), interval(1, counters(1, 5))],
        )])
        .await
        .unwrap();
    store
        .add_intervals(&[
            (one, vec![interval(1, counters(3, 4))]),
            (other, vec![interval(1, counters(8, 1))]),
        ])
        .await
        .unwrap();
    let until = |nth: i64| Timestamp(nth * INTERVAL_MS);
    let found = store.intervals(one, Timestamp(0), until(2)).await.unwrap();
    assert_eq!(
        found,
        [interval(0, counters(2, 9)), interval(1, counters(4, 5))]
    );
    assert_eq!(
        store.intervals(one, Timestamp(1), until(1)).await.unwrap(),
        []
    );
    assert_eq!(
        store
            .intervals(other, Timestamp(0), until(2))
            .await
            .unwrap(),
        [interval(1, counters(8, 1))]
    );
}

async fn what_is_too_old_is_forgotten(base: &Base) {
    let store = &base.store;
    let now = Timestamp(INTERVAL_MS * 100_000);
    let oldest = now.plus_seconds(-KEPT_DAYS * 86_400);
    let interval = |start| Interval {
        start,
        counters: Counters {
            offered: 1,
            ..Counters::default()
        },
    };
    let starts = [
        oldest.plus_ms(-INTERVAL_MS),
        oldest.plus_ms(-1),
        oldest,
        now,
    ];
    let counted = [
        (UserId(100), starts.map(interval).into()),
        (UserId(3), vec![interval(starts[1])]),
    ];
    store.add_intervals(&counted).await.unwrap();
    assert_eq!(store.forget_intervals(now).await.unwrap(), 3);
    assert_eq!(store.forget_intervals(now).await.unwrap(), 0);
    let left = store
        .intervals(UserId(100), Timestamp(0), now.plus_ms(1))
        .await
        .unwrap();
    assert_eq!(left, [interval(oldest), interval(now)]);
}

on_both! {
    intervals_add_up
    what_is_too_old_is_forgotten
}
