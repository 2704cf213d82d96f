//! Numbers that nobody has wherever one can stand, services that a location's forwarding or a missing pack leaves without
//! effect, groups without members, and extensions that begin one another.

use super::{expect_whole, hunt, menu, on};
use serde_json::{Value, json};

/// What the first location forwards.
fn site(change: &Value) -> (&'static str, Value) {
    ("/locations/0/site", json!({"forwarding": change}))
}

fn group_call(members: &Value) -> (&'static str, Value) {
    (
        "/group_calls/-",
        json!({"id": 40, "identity": {"name": "all", "location": 1, "extension": "160"}, "members": members}),
    )
}

fn center(change: &Value) -> (&'static str, Value) {
    let mut center = json!({"id": 60, "identity": {"name": "sales", "location": 1, "extension": "180", "number": "+31305550180", "packs": [1]}, "agents": [{"user": 1}]});
    center
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    ("/call_centers/-", center)
}

#[test]
fn services_behind_the_forwarding_of_a_location() {
    let away = site(&json!({"mode": "on", "number": "+31201112233"}));
    let always = ("/users/0/services/forwarding-always", on("102"));
    expect_whole(
        &[away.clone(), always.clone()],
        &[
            "users[0].services.forwarding-always: forwarding-always never gets its turn: location-forwarding takes every call before it; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: location-forwarding takes it",
        ],
    );
    // By schedules it holds at some times only; and who takes the calls of the location is called by all.
    let sometimes = site(&json!({"mode": "automatic", "number": "+31201112233", "schedules": [1]}));
    expect_whole(&[sometimes, always.clone()], &[]);
    let own = ("/users/0/services/forwarding-always", on("+31612345678"));
    expect_whole(&[site(&json!({"mode": "on", "number": "101"})), own], &[]);
    let not_for_anna = (
        "/users/0/services/location-forwarding",
        json!({"override": "off"}),
    );
    expect_whole(&[away.clone(), always.clone(), not_for_anna], &[]);
    let for_anna = (
        "/users/0/services/location-forwarding",
        json!({"override": "on"}),
    );
    expect_whole(
        &[
            site(&json!({"mode": "off", "number": "+31201112233"})),
            always,
            for_anna,
        ],
        &[
            "users[0].services.forwarding-always: forwarding-always never gets its turn: location-forwarding takes every call before it; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: location-forwarding takes it",
        ],
    );
}

#[test]
fn a_service_whose_rules_are_all_off_takes_every_call() {
    let rule =
        |enabled: bool| json!({"active": true, "rules": [{"name": "a", "enabled": enabled}]});
    let busy = ("/users/0/services/forwarding-busy", on("103"));
    let acceptance = "/users/0/services/selective-acceptance";
    expect_whole(
        &[(acceptance, rule(false)), busy.clone()],
        &[
            "users[0].services.forwarding-busy: forwarding-busy never gets its turn: selective-acceptance takes every call before it; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna is busy: selective-acceptance takes it",
        ],
    );
    expect_whole(&[(acceptance, rule(true)), busy], &[]);
}

#[test]
fn nobody_at_the_number_of_a_location() {
    expect_whole(
        &[site(&json!({"mode": "on", "number": "199"}))],
        &[
            "error locations[0].site.forwarding.number: nobody has 199; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: anna sends it to 199, caller hears number-not-in-use",
        ],
    );
    expect_whole(
        &[site(&json!({"mode": "off", "number": "199"}))],
        &[
            "locations[0].site.forwarding.number: nobody has 199; no call shows it: the service is off",
        ],
    );
    expect_whole(
        &[
            site(&json!({"mode": "off", "number": "199"})),
            (
                "/users/1/services/location-forwarding",
                json!({"override": "on"}),
            ),
        ],
        &[
            "error locations[0].site.forwarding.number: nobody has 199; as when +31201234567 calls +31305550102 at Mon 2026-01-05 10:00 UTC: bert sends it to 199, caller hears number-not-in-use",
        ],
    );
    expect_whole(
        &[site(
            &json!({"mode": "automatic", "number": "199", "schedules": [1]}),
        )],
        &[
            "error locations[0].site.forwarding.number: nobody has 199; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: anna sends it to 199, caller hears number-not-in-use",
        ],
    );
}

#[test]
fn nobody_at_numbers_that_ring_for_a_user() {
    let along = |rules: Value| json!({"active": true, "phones": [{"number": "102"}, {"number": "199"}], "rules": rules});
    expect_whole(
        &[("/users/0/services/simultaneous-ring", along(json!([])))],
        &[
            "users[0].services.simultaneous-ring.phones[1]: nobody has 199; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna does not answer: 199 does not ring: not-in-use",
        ],
    );
    expect_whole(
        &[(
            "/users/0/services/simultaneous-ring",
            along(json!([{"name": "a", "who": {"from": "listed", "numbers": ["+31612345678"]}}])),
        )],
        &[
            "users[0].services.simultaneous-ring.phones[1]: nobody has 199; as when +31612345678 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna does not answer: 199 does not ring: not-in-use",
        ],
    );
    expect_whole(
        &[(
            "/users/0/services/sequential-ring",
            json!({"active": true, "phones": [{"number": "199", "rings": 3}], "rules": [{"name": "a"}]}),
        )],
        &[
            "users[0].services.sequential-ring.phones[0]: nobody has 199; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna does not answer: 199 does not ring: not-in-use",
        ],
    );
    expect_whole(
        &[("/users/0/services/remote-office", on("199"))],
        &[
            "users[0].services.remote-office.number: nobody has 199; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna does not answer: 199 does not ring: not-in-use",
        ],
    );
    // What is off is nobody's matter.
    expect_whole(
        &[(
            "/users/0/services/remote-office",
            json!({"active": false, "number": "199"}),
        )],
        &[],
    );
}

#[test]
fn nobody_at_the_number_after_a_mailbox() {
    let management = "/users/0/services/voicemail-management";
    expect_whole(
        &[(
            management,
            json!({"active": true, "all": true, "transfer": "199"}),
        )],
        &[
            "users[0].services.voicemail-management.transfer: nobody has 199; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC and presses 0: anna sends it to 199, caller hears number-not-in-use",
        ],
    );
    expect_whole(
        &[
            (management, json!({"active": true, "busy": true})),
            (
                "/users/0/services/voicemail-greetings",
                json!({"deposit": false, "after_greeting": "199"}),
            ),
        ],
        &[
            "users[0].services.voicemail-greetings.after_greeting: nobody has 199; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna is busy: anna sends it to 199, caller hears number-not-in-use",
        ],
    );
}

#[test]
fn speed_dials_that_lead_nowhere() {
    let numbers = |list: &[(&str, &str)]| {
        let list: Vec<_> = list
            .iter()
            .map(|(code, number)| json!({"code": code, "name": "a", "number": number}))
            .collect();
        ("/users/0/services/speed-dial", json!({"numbers": list}))
    };
    expect_whole(
        &[numbers(&[
            ("01", "102"),
            ("02", "199"),
            ("03", "+31612345678"),
        ])],
        &[
            "users[0].services.speed-dial.numbers[1]: nobody has 199; as when anna calls #02 at Mon 2026-01-05 10:00 UTC: it stands for 199, caller hears number-not-in-use",
        ],
    );
    expect_whole(&[numbers(&[("01", "#02"), ("02", "102")])], &[]);
    expect_whole(
        &[numbers(&[("01", "#01")])],
        &[
            "error users[0].services.speed-dial.numbers[0]: speed dial 01 stands for itself in the end; as when anna calls #01 at Mon 2026-01-05 10:00 UTC: it stands for #01, caller hears number-not-in-use",
        ],
    );
    expect_whole(
        &[numbers(&[("01", "#02"), ("02", "#03"), ("03", "#02")])],
        &[
            "error users[0].services.speed-dial.numbers[0]: speed dial 01 stands for itself in the end; as when anna calls #01 at Mon 2026-01-05 10:00 UTC: it stands for #02, caller hears number-not-in-use",
            "error users[0].services.speed-dial.numbers[1]: speed dial 02 stands for itself in the end; as when anna calls #02 at Mon 2026-01-05 10:00 UTC: it stands for #03, caller hears number-not-in-use",
            "error users[0].services.speed-dial.numbers[2]: speed dial 03 stands for itself in the end; as when anna calls #03 at Mon 2026-01-05 10:00 UTC: it stands for #02, caller hears number-not-in-use",
        ],
    );
}

#[test]
fn groups_without_members() {
    expect_whole(
        &[hunt(&json!({"members": []}))],
        &[
            "error hunt_groups[0].members: there are no members; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC: support tries nobody, it ends: unreachable",
        ],
    );
    expect_whole(
        &[hunt(&json!({"members": [], "not_reachable": "102"}))],
        &[
            "hunt_groups[0].members: there are no members; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC: support tries nobody, bert answers",
        ],
    );
    expect_whole(
        &[group_call(&json!([]))],
        &[
            "error group_calls[0].members: there are no members; as when +31201234567 calls 160 at Mon 2026-01-05 10:00 UTC: all tries nobody, it ends: unreachable",
        ],
    );
    expect_whole(
        &[center(&json!({"agents": []}))],
        &[
            "error call_centers[0].agents: there are no members; as when +31201234567 calls +31305550180 at Mon 2026-01-05 10:00 UTC: sales tries nobody, it ends: caller-gone",
        ],
    );
}

#[test]
fn members_at_another_location() {
    expect_whole(
        &[hunt(&json!({"members": [{"user": 1}, {"user": 5}]}))],
        &[
            "hunt_groups[0].members[1]: emile is at another location, 2; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC: emile is tried once",
        ],
    );
    expect_whole(
        &[center(&json!({"agents": [{"user": 5}]}))],
        &[
            "call_centers[0].agents[0]: emile is at another location, 2; as when +31201234567 calls +31305550180 at Mon 2026-01-05 10:00 UTC: emile is tried once",
        ],
    );
    let list = json!({"id": 1, "name": "p", "location": 1, "members": [1, 5]});
    expect_whole(
        &[("/pickup_groups/-", list.clone())],
        &[
            "pickup_groups[0].members[1]: emile is at another location, 2; no call shows it: it is not about calls that come in",
        ],
    );
    expect_whole(
        &[("/park_groups", json!([list.clone()]))],
        &[
            "park_groups[0].members[1]: emile is at another location, 2; no call shows it: it is not about calls that come in",
        ],
    );
    // The location that makes him available elsewhere has had its say.
    let available = ("/locations/1/site", json!({"available_elsewhere": [5]}));
    for group in [
        hunt(&json!({"members": [{"user": 1}, {"user": 5}]})),
        center(&json!({"agents": [{"user": 5}]})),
    ] {
        expect_whole(&[group, available.clone()], &[]);
    }
    expect_whole(
        &[("/pickup_groups/-", list.clone()), available.clone()],
        &[],
    );
    expect_whole(&[("/park_groups", json!([list])), available], &[]);
}

#[test]
fn a_number_for_unanswered_calls_is_not_that_for_unreachable_ones() {
    let members = json!([{"user": 1}, {"user": 2}]);
    expect_whole(
        &[hunt(&json!({"members": members, "no_answer": "103"}))],
        &[
            "hunt_groups[0].not_reachable: when nobody can be reached calls end, and do not go to 103 as unanswered ones do; as when +31201234567 calls +31305550150 at Mon 2026-01-05 10:00 UTC, anna cannot be reached, bert cannot be reached: nobody takes it for support: unreachable, it ends: unreachable",
        ],
    );
    expect_whole(
        &[hunt(
            &json!({"members": members, "no_answer": "103", "not_reachable": "104"}),
        )],
        &[],
    );
    expect_whole(
        &[hunt(
            &json!({"members": members, "no_answer": "103", "busy_when_unreachable": true}),
        )],
        &[],
    );
    expect_whole(&[hunt(&json!({"members": members}))], &[]);
}

#[test]
fn menus_to_mailboxes_that_are_off() {
    let key = menu(&json!({"business": {"keys": {"1": {"action": {"do": "mailbox", "user": 1}}}}}));
    let off = (
        "/users/0/services/voicemail-management",
        json!({"active": false}),
    );
    expect_whole(
        &[key.clone(), off],
        &[
            "error auto_attendants[0].business.keys.1: the mailbox of anna is off; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC and presses 1: it is sent to the mailbox of anna",
        ],
    );
    expect_whole(
        &[
            key,
            (
                "/users/0/services/voicemail-management",
                json!({"active": true, "all": true}),
            ),
        ],
        &[],
    );
}

#[test]
fn extensions_that_begin_one_another() {
    expect_whole(
        &[("/users/1/extension", json!("1011"))],
        &[
            "users[0].extension: extension 1011 of bert begins with 101; as when anna calls 1011 at Mon 2026-01-05 10:00 UTC: that is extension 1011 of bert, not extension 101 of anna",
        ],
    );
    // At another location it is another plan.
    expect_whole(&[("/users/4/extension", json!("1021"))], &[]);
}

#[test]
fn services_that_are_on_and_not_the_users() {
    expect_whole(
        &[("/users/4/services/forwarding-busy", on("201"))],
        &[
            "users[4].services.forwarding-busy: forwarding-busy is on and does nothing: not-assigned; as when +31201234567 calls +3225550201 at Mon 2026-01-05 10:00 UTC, emile is busy: forwarding-busy is not assigned, and passes",
        ],
    );
    expect_whole(
        &[
            ("/users/0/packs", json!([])),
            ("/users/0/services/forwarding-always", on("102")),
            ("/users/0/services/do-not-disturb", json!({"active": true})),
        ],
        &[
            "users[0].services.do-not-disturb: do-not-disturb is on and does nothing: not-assigned; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: do-not-disturb is not assigned, and passes",
            "users[0].services.forwarding-always: forwarding-always is on and does nothing: not-assigned; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: forwarding-always is not assigned, and passes",
        ],
    );
    expect_whole(
        &[(
            "/users/4/services/forwarding-busy",
            json!({"active": false}),
        )],
        &[],
    );
}
