//! Numbers that may not be called in the name of who sends calls there (requirement K2): everywhere a number can stand, each
//! with a call that is refused.

use super::{expect, expect_whole, hunt, menu, on};
use serde_json::{Value, json};

/// A satellite, which nobody may call where nobody said otherwise.
const FAR: &str = "+881612345678";

fn allowed(owner: &Value, allowed: bool) -> (&'static str, Value) {
    (
        "/outgoing",
        json!([{"owner": owner, "classes": {"satellite": allowed}}]),
    )
}

#[test]
fn forwardings_to_what_may_not_be_called() {
    let always = ("/users/0/services/forwarding-always", on(FAR));
    expect_whole(
        std::slice::from_ref(&always),
        &[
            "users[0].services.forwarding-always: +881612345678 may not be called: satellite is not allowed by default; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: anna sends it to +881612345678, caller hears number-barred",
        ],
    );
    expect_whole(
        &[
            always.clone(),
            allowed(&json!({"level": "location", "id": 1}), true),
        ],
        &[],
    );
    for (owner, by) in [
        (json!({"level": "enterprise"}), "by the enterprise"),
        (json!({"level": "location", "id": 1}), "by the location"),
        (json!({"level": "user", "id": 1}), "for the user"),
    ] {
        expect(
            &[always.clone(), allowed(&owner, false)],
            &[&format!(
                "users[0].services.forwarding-always: {FAR} may not be called: satellite is not allowed {by}"
            )],
        );
    }
    // A colleague, where calls inside are refused.
    let inside = json!([{"owner": {"level": "user", "id": 1}, "classes": {"internal": false}}]);
    expect_whole(
        &[
            ("/users/0/services/forwarding-busy", on("102")),
            ("/outgoing", inside),
        ],
        &[
            "users[0].services.forwarding-busy: 102 may not be called: internal is not allowed for the user; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna is busy: anna sends it to 102, caller hears number-barred",
        ],
    );
}

#[test]
fn phones_that_ring_along_or_stand_in() {
    for (service, field, settings) in [
        (
            "simultaneous-ring",
            "phones[0]",
            json!({"phones": [{"number": FAR}]}),
        ),
        (
            "sequential-ring",
            "phones[0]",
            json!({"phones": [{"number": FAR}]}),
        ),
        ("remote-office", "number", json!({"number": FAR})),
    ] {
        let mut settings = settings;
        settings["active"] = json!(true);
        if service != "remote-office" {
            settings["rules"] = json!([{"name": "a"}]);
        }
        let path = format!("/users/0/services/{service}");
        expect_whole(
            &[(&path, settings)],
            &[&format!(
                "users[0].services.{service}.{field}: {FAR} may not be called: satellite is not allowed by default; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC, anna does not answer: {FAR} does not ring: barred"
            )],
        );
    }
}

#[test]
fn groups_menus_and_queues() {
    let told = |at: &str| {
        format!("error {at}: {FAR} may not be called: satellite is not allowed by default")
    };
    expect(
        &[hunt(
            &json!({"members": [{"user": 1}], "no_answer": FAR, "not_reachable": FAR}),
        )],
        &[
            &told("hunt_groups[0].no_answer"),
            &told("hunt_groups[0].not_reachable"),
        ],
    );
    let action = json!({"keys": {"1": {"action": {"do": "transfer", "to": FAR}}}});
    expect_whole(
        &[menu(&json!({"business": action}))],
        &[
            "error auto_attendants[0].business.keys.1: +881612345678 may not be called: satellite is not allowed by default; as when +31201234567 calls +31305550170 at Mon 2026-01-05 10:00 UTC and presses 1: menu sends it to +881612345678, caller hears number-barred",
        ],
    );
    let all = json!({"id": 40, "identity": {"name": "all", "location": 1, "extension": "160"}, "members": ["101", FAR]});
    expect_whole(
        &[("/group_calls/-", all)],
        &[
            "error group_calls[0].members[1]: +881612345678 may not be called: satellite is not allowed by default; as when +31201234567 calls 160 at Mon 2026-01-05 10:00 UTC: all sends it to +881612345678, anna answers",
        ],
    );
    let center = json!({"id": 60, "identity": {"name": "sales", "location": 1, "extension": "180", "number": "+31305550180", "packs": [1]},
        "agents": [{"user": 1}], "forced": {"active": true, "number": FAR}});
    expect(
        &[("/call_centers/-", center)],
        &[&told("call_centers[0].forced.number")],
    );
}

#[test]
fn speed_dials_and_mailboxes() {
    expect_whole(
        &[(
            "/users/0/services/speed-dial",
            json!({"numbers": [{"code": "01", "name": "a", "number": FAR}]}),
        )],
        &[
            "users[0].services.speed-dial.numbers[0]: +881612345678 may not be called: satellite is not allowed by default; as when anna calls #01 at Mon 2026-01-05 10:00 UTC: it stands for +881612345678, caller hears number-barred",
        ],
    );
    let management = json!({"active": true, "all": true, "transfer": FAR});
    expect(
        &[("/users/0/services/voicemail-management", management)],
        &[
            "users[0].services.voicemail-management.transfer: +881612345678 may not be called: satellite is not allowed by default",
        ],
    );
}

#[test]
fn the_forwarding_of_a_location() {
    let away = (
        "/locations/0/site",
        json!({"forwarding": {"mode": "on", "number": FAR}}),
    );
    expect_whole(
        std::slice::from_ref(&away),
        &[
            "error locations[0].site.forwarding.number: +881612345678 may not be called: satellite is not allowed by default; as when +31201234567 calls +31305550101 at Mon 2026-01-05 10:00 UTC: anna sends it to +881612345678, caller hears number-barred",
        ],
    );
    // Of whom it holds for, one is enough.
    let all_but_bert = json!([{"owner": {"level": "enterprise"}, "classes": {"satellite": true}},
        {"owner": {"level": "user", "id": 2}, "classes": {"satellite": false}}]);
    expect_whole(
        &[away, ("/outgoing", all_but_bert)],
        &[
            "error locations[0].site.forwarding.number: +881612345678 may not be called: satellite is not allowed for the user; as when +31201234567 calls +31305550102 at Mon 2026-01-05 10:00 UTC: bert sends it to +881612345678, caller hears number-barred",
        ],
    );
}

#[test]
fn codes_with_digits_that_they_do_not_take() {
    let numbers = json!({"numbers": [{"code": "01", "name": "a", "number": "*99999"}, {"code": "02", "name": "a", "number": "*21102"},
        {"code": "03", "name": "a", "number": "*99"}, {"code": "04", "name": "a", "number": "*72102"}]});
    expect_whole(
        &[("/users/0/services/speed-dial", numbers)],
        &[
            "users[0].services.speed-dial.numbers[0]: *99999 is the code of voicemail-clear with digits after it, and it takes none; as when anna calls #01 at Mon 2026-01-05 10:00 UTC: it stands for *99999, caller hears digits-wrong",
            "users[0].services.speed-dial.numbers[1]: *21102 is the code of forwarding-always-mailbox-on with digits after it, and it takes none; as when anna calls #02 at Mon 2026-01-05 10:00 UTC: it stands for *21102, caller hears digits-wrong",
        ],
    );
}
