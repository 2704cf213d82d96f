//! In which order the idle members of a group are offered a call (routing § 2): the plain definition of the five
//! policies. Who is idle is the caller's to say.

mod draws;

pub use draws::{Draws, seed};

use crate::id::UserId;
use crate::organisation::{Member, Policy};
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// What a group remembers of the calls to it.
#[derive(Clone, Copy, Debug)]
pub struct Memory<'a> {
    /// Who last answered one.
    pub last_answered: Option<UserId>,
    /// When each member last answered one.
    pub answered_at: &'a BTreeMap<UserId, Timestamp>,
}

/// The idle members in the order in which they are offered one call, each once. Under [`Policy::Simultaneous`] all of
/// them are offered it at once. The same `seed` makes the same draws.
///
/// A member with weight 0 is offered a weighted call after all others were tried or are not idle; among such members
/// each is as likely.
pub fn order(
    policy: Policy,
    members: &[Member],
    idle: &dyn Fn(UserId) -> bool,
    memory: Memory<'_>,
    seed: u64,
) -> Vec<UserId> {
    let listed = members
        .iter()
        .map(|member| member.user)
        .filter(|user| idle(*user));
    match policy {
        Policy::Regular | Policy::Simultaneous => listed.collect(),
        Policy::Circular => {
            let last = members
                .iter()
                .position(|member| Some(member.user) == memory.last_answered);
            let (until, after) = members.split_at(last.map_or(0, |place| place + 1));
            after
                .iter()
                .chain(until)
                .map(|member| member.user)
                .filter(|user| idle(*user))
                .collect()
        }
        Policy::Uniform => {
            let mut order: Vec<_> = listed.collect();
            // Stable: of those who never answered, or answered together, the first in the list comes first.
            order.sort_by_key(|user| memory.answered_at.get(user));
            order
        }
        Policy::Weighted => drawn(members, idle, seed),
    }
}

fn drawn(members: &[Member], idle: &dyn Fn(UserId) -> bool, seed: u64) -> Vec<UserId> {
    let idle = || members.iter().filter(|member| idle(member.user));
    let (weighed, weightless): (Vec<_>, Vec<_>) = idle()
        .map(|member| (member.user, u64::from(member.weight)))
        .partition(|(_, weight)| *weight > 0);
    let weightless = weightless.into_iter().map(|(user, _)| (user, 1)).collect();
    let mut draws = Draws::new(seed);
    let mut order = Vec::with_capacity(members.len());
    for pool in [weighed, weightless] {
        draw_all(pool, &mut draws, &mut order);
    }
    order
}

/// Draws one after the other, each in proportion to their weights.
fn draw_all(mut pool: Vec<(UserId, u64)>, draws: &mut Draws, order: &mut Vec<UserId>) {
    while !pool.is_empty() {
        let mut ticket = draws.below(pool.iter().map(|(_, weight)| weight).sum());
        let winner = pool.iter().position(|(_, weight)| {
            let theirs = ticket < *weight;
            ticket = ticket.saturating_sub(*weight);
            theirs
        });
        order.push(pool.remove(winner.unwrap_or(0)).0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: &[(u32, i64)] = &[];

    fn check(
        policy: Policy,
        members: &[(u32, u8)],
        idle: &[u32],
        last: Option<u32>,
        answered: &[(u32, i64)],
        expected: &[u32],
    ) {
        let members: Vec<_> = members
            .iter()
            .map(|(user, weight)| Member {
                user: UserId(*user),
                weight: *weight,
            })
            .collect();
        let answered_at = answered
            .iter()
            .map(|(user, at)| (UserId(*user), Timestamp(*at)))
            .collect();
        let memory = Memory {
            last_answered: last.map(UserId),
            answered_at: &answered_at,
        };
        let order = order(policy, &members, &|user| idle.contains(&user.0), memory, 1);
        let order: Vec<_> = order.iter().map(|user| user.0).collect();
        assert_eq!(
            order, expected,
            "{policy:?} {members:?} {idle:?} {last:?} {answered:?}"
        );
    }

    #[test]
    fn orders() {
        use Policy::{Circular, Regular, Simultaneous, Uniform, Weighted};
        let four = &[(1, 0), (2, 0), (3, 0), (4, 0)];
        let all = &[1, 2, 3, 4];
        check(Regular, four, all, Some(2), NEVER, &[1, 2, 3, 4]);
        check(Regular, four, &[4, 2], None, NEVER, &[2, 4]);
        check(Regular, four, &[], None, NEVER, &[]);
        check(Simultaneous, four, &[3, 1], None, NEVER, &[1, 3]);
        check(Circular, four, all, None, NEVER, &[1, 2, 3, 4]);
        check(Circular, four, all, Some(1), NEVER, &[2, 3, 4, 1]);
        check(Circular, four, all, Some(4), NEVER, &[1, 2, 3, 4]);
        check(Circular, four, &[1, 2, 4], Some(3), NEVER, &[4, 1, 2]);
        check(Circular, four, all, Some(9), NEVER, &[1, 2, 3, 4]);
        check(Uniform, four, all, None, NEVER, &[1, 2, 3, 4]);
        check(Uniform, four, all, None, &[(1, 30), (3, 10)], &[2, 4, 3, 1]);
        check(
            Uniform,
            four,
            &[1, 3, 4],
            None,
            &[(1, 5), (3, 5), (4, 4)],
            &[4, 1, 3],
        );
        check(
            Weighted,
            &[(1, 0), (2, 100), (3, 0)],
            &[1, 2],
            None,
            NEVER,
            &[2, 1],
        );
        check(
            Weighted,
            &[(1, 0), (2, 100), (3, 0)],
            &[3],
            None,
            NEVER,
            &[3],
        );
        check(Weighted, &[(1, 0), (2, 100), (3, 0)], &[], None, NEVER, &[]);
    }

    #[test]
    fn weights_are_kept_within_one_percent() {
        let weights = [10, 50, 0, 25, 15];
        let members: Vec<_> = (0..)
            .zip(weights)
            .map(|(user, weight)| Member {
                user: UserId(user),
                weight,
            })
            .collect();
        let nothing = BTreeMap::new();
        let memory = Memory {
            last_answered: None,
            answered_at: &nothing,
        };
        let (mut first, mut seeds) = ([0u32; 5], Draws::new(7));
        for _ in 0..1_000_000 {
            let order = order(
                Policy::Weighted,
                &members,
                &|_| true,
                memory,
                seeds.number(),
            );
            assert_eq!((order.len(), order[4]), (5, UserId(2)));
            first[order[0].0 as usize] += 1;
        }
        for (drawn, weight) in first.iter().zip(weights) {
            assert!(
                drawn.abs_diff(u32::from(weight) * 10_000) <= 10_000,
                "{first:?}"
            );
        }
    }

    #[test]
    fn every_group_and_every_start_draws_anew() {
        let members: Vec<_> = [1, 2]
            .map(|user| Member {
                user: UserId(user),
                weight: 50,
            })
            .into();
        let nothing = BTreeMap::new();
        let memory = Memory {
            last_answered: None,
            answered_at: &nothing,
        };
        let first = |start, group, nth| {
            let seed = seed(start, UserId(group), nth);
            order(Policy::Weighted, &members, &|_| true, memory, seed)[0]
        };
        let calls = |start, group| {
            (1..=64)
                .map(|nth| first(start, group, nth))
                .collect::<Vec<_>>()
        };
        assert_eq!(calls(1, 50), calls(1, 50));
        assert_ne!(calls(1, 50), calls(1, 51));
        assert_ne!(calls(1, 50), calls(2, 50));
        let ones = (0..10_000)
            .filter(|start| first(*start, 50, 1) == UserId(1))
            .count();
        assert!(
            (4_800..5_200).contains(&ones),
            "the first call after a start: {ones}"
        );
    }

    #[test]
    fn draws_follow_the_published_numbers() {
        let mut draws = Draws::new(1_234_567);
        let numbers = [draws.number(), draws.number(), draws.number()];
        assert_eq!(
            numbers,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
        assert_eq!(draws.below(0), 0);
        assert!((0..1000).all(|_| draws.below(3) < 3));
    }
}
