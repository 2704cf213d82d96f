//! Whatever is saved, one after the other: the index and the counts are what they would be if they were made anew.

use super::*;
use centrale_core::organisation::User;
use centrale_core::snapshot::Role;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

fn member((id, name, place, pack): (u32, String, u32, Option<u32>)) -> Member {
    let user: User = serde_json::from_value(json!({
        "id": id, "login": format!("u{id}"), "first_name": "A", "last_name": name, "profile": "fixed",
        "location": place % 3, "department": (place > 2).then_some(place), "extension": format!("{}", 100 + id),
        "packs": Vec::from_iter(pack),
    }))
    .unwrap();
    Member {
        user: Arc::new(user),
        role: Role::Person,
        versions: BTreeMap::new(),
    }
}

fn members() -> impl Strategy<Value = Member> {
    let packs = prop::option::of(1_u32..3);
    (0_u32..600, "[ab]{1,3}", 0_u32..6, packs)
        .prop_map(|(id, name, place, pack)| member((id, name, place, pack)))
}

fn everybody(search: &str) -> UserQuery {
    UserQuery {
        visibility: Visibility::All,
        search: Search::new(search),
        location: None,
        kind: None,
    }
}

/// Every row, chunk by chunk.
fn rows(index: &UserIndex) -> Vec<UserId> {
    index
        .chunks
        .iter()
        .flat_map(|chunk| chunk.rows.iter().map(|row| row.id))
        .collect()
}

proptest! {
    #[test]
    fn changes_come_to_the_same_as_making_it_anew(
        first in prop::collection::vec(members(), 0..600),
        then in prop::collection::vec((members(), prop::bool::weighted(0.3)), 0..600),
        search in "[ab1-4]{0,2}",
    ) {
        let first: BTreeMap<UserId, Arc<Member>> = first.into_iter().map(|m| (m.user.id, Arc::new(m))).collect();
        let (mut index, mut counts) = (UserIndex::of(first.values()), AllCounts::default());
        for member in first.values() {
            counts.add(member);
        }
        let (before, begun, mut there) = (index.clone(), rows(&index), first.clone());
        for (member, goes) in then {
            if let Some(before) = there.remove(&member.user.id) {
                index.remove(&before);
                counts.take(&before);
            }
            if !goes {
                index.put(&member);
                counts.add(&member);
                there.insert(member.user.id, Arc::new(member));
            }
        }
        // Who holds the one before sees no change.
        prop_assert_eq!(rows(&before), begun);
        let anew = UserIndex::of(there.values());
        prop_assert_eq!(rows(&index), rows(&anew));
        prop_assert!(index.chunks.iter().all(|chunk| (1..=MOST).contains(&chunk.rows.len())));
        let wanted = everybody(&search);
        prop_assert_eq!(index.page(&wanted, None, 50), anew.page(&wanted, None, 50));
        prop_assert_eq!(index.lowest(&wanted, 20), anew.lowest(&wanted, 20));
        let mut fresh = AllCounts::default();
        for member in there.values() {
            fresh.add(member);
        }
        for location in 0..3 {
            let visibility = Visibility::Location(LocationId(location));
            let sum = |counts: &AllCounts| {
                let all: Vec<_> = counts.seen(&visibility).map(|(_, counts)| counts.clone()).collect();
                let packs = [1, 2].map(|id| all.iter().filter_map(|counts| counts.packs.get(&centrale_core::id::PackId(id))).sum::<u32>());
                (all.iter().map(|counts| counts.persons).sum::<u32>(), packs)
            };
            prop_assert_eq!(sum(&counts), sum(&fresh));
            prop_assert_eq!(sum(&fresh).0 as usize, there.values().filter(|m| m.user.location.0 == location).count());
        }
    }
}
