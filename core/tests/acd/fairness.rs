//! How calls spread over agents who are all as quick.

use crate::world::World;
use centrale_core::acd::{AgentState, Effect, Input};
use centrale_core::id::{CallRef, UserId};
use centrale_core::outcome::OfferResult;
use serde_json::{Value, json};

/// Offers so many calls, each answered and over before the next; how many each agent got.
fn spread(policy: &str, weights: &[u8], calls: u64) -> Vec<u32> {
    let agents: Value = weights
        .iter()
        .zip(0..)
        .map(|(w, user)| json!({"user": 100 + user, "weight": w}))
        .collect();
    let mut world = World::new(&[json!({"agents": agents, "policy": policy})], &json!({}));
    let mut got = vec![0; weights.len()];
    for agent in (0..weights.len() as u32).map(|agent| UserId(100 + agent)) {
        world.give(Input::Line {
            agent,
            calls: 0,
            reachable: true,
            do_not_disturb: false,
        });
        world.give(Input::SetState {
            agent,
            state: AgentState::Available,
        });
    }
    let mut out = Vec::new();
    for call in (0..calls).map(CallRef) {
        world.now = world.now.plus_ms(1);
        let now = world.now;
        world.acd.handle(
            now,
            Input::Enter {
                call,
                center: UserId(1),
                since: now,
            },
            &mut out,
        );
        let agent = out.drain(..).find_map(|effect| match effect {
            Effect::Offer { agents, .. } => Some(agents.as_slice()[0]),
            _ => None,
        });
        let agent = agent.unwrap();
        got[agent.0 as usize - 100] += 1;
        for result in [OfferResult::Answered, OfferResult::Over] {
            world.acd.handle(
                now,
                Input::Offer {
                    call,
                    agent,
                    result,
                },
                &mut out,
            );
        }
        out.clear();
    }
    got
}

#[test]
fn circular_and_uniform_spread_calls_evenly() {
    for policy in ["circular", "uniform"] {
        for agents in [1, 3, 64, 65, 200] {
            let got = spread(policy, &vec![0; agents], 1_000);
            let (least, most) = (got.iter().min().unwrap(), got.iter().max().unwrap());
            assert!(
                most - least <= 1,
                "{policy} over {agents}: {least} to {most}"
            );
        }
    }
    assert_eq!(spread("regular", &[0; 3], 10), [10, 0, 0]);
}

#[test]
fn weighted_keeps_the_weights_within_one_percent() {
    let weights = [10, 50, 0, 25, 15];
    let got = spread("weighted", &weights, 1_000_000);
    for (weight, got) in weights.iter().zip(&got) {
        let off = f64::from(*got) - f64::from(*weight) * 10_000.0;
        assert!(off.abs() <= 10_000.0, "{weight} percent: {got}");
    }
    assert_eq!(got[2], 0);
}

#[test]
fn who_has_no_weight_is_drawn_evenly_among_such() {
    let got = spread("weighted", &[0, 0, 0, 0], 40_000);
    assert!(
        got.iter().all(|got| (9_500..10_500).contains(got)),
        "{got:?}"
    );
}
