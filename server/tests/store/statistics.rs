//! Counters by quarter of an hour.

use crate::base::Base;
use crate::on_both;
use centrale_core::acd::{Counters, INTERVAL_MS, Interval};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;

async fn intervals_add_up(base: &Base) {
    let counters = |offered, longest_wait_ms| Counters { offered, longest_wait_ms, ..Counters::default() };
    let interval = |nth: i64, counters| Interval { start: Timestamp(nth * INTERVAL_MS), counters };
    let (one, other) = (UserId(100), UserId(3));
    let store = &base.store;
    store
        .add_intervals(&[(one, vec![interval(0, counters(2, 9)), interval(1, counters(1, 5))])])
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
    assert_eq!(found, [interval(0, counters(2, 9)), interval(1, counters(4, 5))]);
    assert_eq!(store.intervals(one, Timestamp(1), until(1)).await.unwrap(), []);
    assert_eq!(store.intervals(other, Timestamp(0), until(2)).await.unwrap(), [interval(1, counters(8, 1))]);
}

on_both! { intervals_add_up }
