//! Schedules: whose they are, saving them, and what uses them.

use crate::server::{DAAN, DEPARTMENT, LOCATION, NOW, SANNE, Server, strings};
use serde_json::{Value, json};

fn hours(start: &str, end: &str) -> Value {
    json!({ "type": "time", "blocks": [{ "start": start, "end": end }] })
}

fn names(list: &Value) -> Vec<(&str, bool)> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|e| {
            (
                e["schedule"]["name"].as_str().unwrap(),
                e["editable"].as_bool().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn lists() {
    let server = Server::start().await;
    let of_user = server
        .actor(SANNE)
        .await
        .get("/api/users/1/schedules")
        .await
        .ok();
    assert_eq!(
        names(&of_user),
        [
            ("Kantooruren", false),
            ("Feestdagen", false),
            ("Thuiswerken", true),
            ("Vakantie", true)
        ]
    );
    assert_eq!(
        of_user[0]["used_by"],
        json!([{ "user": "Sanne de Boer", "service": "forwarding-selective", "rule": "Avond" }])
    );
    assert_eq!(
        of_user[1]["used_by"],
        json!([]),
        "Daan's use of it is not hers to know"
    );
    let of_location = server
        .actor(LOCATION)
        .await
        .get("/api/locations/1/schedules")
        .await
        .ok();
    assert_eq!(
        names(&of_location),
        [("Kantooruren", true), ("Feestdagen", true)]
    );
    assert_eq!(of_location[1]["used_by"][0]["user"], "Daan Visser");
    let department = server
        .actor(DEPARTMENT)
        .await
        .get("/api/users/1/schedules")
        .await
        .ok();
    assert_eq!(
        names(&department)[..3],
        [
            ("Kantooruren", false),
            ("Feestdagen", false),
            ("Thuiswerken", true)
        ]
    );
}

#[tokio::test]
async fn made_changed_and_removed() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let new = json!({ "name": "  Zaterdag ", "kind": hours("sat 09:00", "sat 13:00") });
    let made = actor.post("/api/users/1/schedules", new).await.ok();
    assert_eq!(
        (&made["schedule"]["name"], &made["version"]),
        (&json!("Zaterdag"), &json!(1))
    );
    assert_eq!(
        (&made["schedule"]["owner"], &made["editable"]),
        (&json!({ "user": 1 }), &json!(true))
    );
    let path = format!("/api/schedules/{}", made["schedule"]["id"]);
    let longer =
        json!({ "version": 1, "name": "Zaterdag", "kind": hours("sat 09:00", "sat 17:00") });
    let changed = actor.put(&path, longer.clone()).await.ok();
    assert_eq!(
        (&changed["version"], &changed["schedule"]["kind"]),
        (&json!(2), &longer["kind"])
    );

    let stale = actor.put(&path, longer).await;
    assert_eq!(stale.refusal(), (409, "stale"));
    assert_eq!(
        (&stale.body["by"], &stale.body["at"]),
        (&json!("Sanne de Boer"), &json!(NOW.0))
    );
    assert_eq!(stale.body["current"], changed);
    assert_eq!(
        actor.delete(&path, json!({ "version": 1 })).await.refusal(),
        (409, "stale")
    );

    assert_eq!(
        actor.delete(&path, json!({ "version": 2 })).await.status,
        204
    );
    assert_eq!(
        actor.delete(&path, json!({ "version": 2 })).await.refusal(),
        (404, "not-found")
    );
    let events = actor.get("/api/users/1/events").await.ok();
    assert_eq!(events.as_array().unwrap().len(), 3);
    assert_eq!(
        (&events[0]["after"], &events[2]["before"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn what_may_not_be_saved() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let check = async |name: &str, kind: Value, expected: &[&str]| {
        let answer = actor
            .post(
                "/api/users/1/schedules",
                json!({ "name": name, "kind": kind }),
            )
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.fields()),
            (422, strings(expected))
        );
    };
    check(
        "",
        json!({ "type": "time", "blocks": [] }),
        &[
            "name: schedule-name-empty",
            "kind.blocks: schedule-no-blocks",
        ],
    )
    .await;
    check(
        "a",
        hours("mon 08:00", "mon 08:00"),
        &["kind.blocks.0.end: schedule-block-zero-length"],
    )
    .await;
    let line = json!({ "name": "", "when": { "type": "yearly", "month": 2, "day": 30 } });
    check(
        "a",
        json!({ "type": "holidays", "lines": [line] }),
        &[
            "kind.lines.0.name: schedule-name-empty",
            "kind.lines.0.when: schedule-no-such-date",
        ],
    )
    .await;
    check(
        "THUISWERKEN",
        hours("mon 08:00", "mon 09:00"),
        &["name: schedule-name-taken"],
    )
    .await;
    let other_kind = json!({ "version": 1, "name": "Thuiswerken", "kind": { "type": "holidays", "lines": [
        { "name": "Kerst", "when": { "type": "yearly", "month": 12, "day": 25 } }] } });
    assert_eq!(
        actor.put("/api/schedules/6", other_kind).await.fields(),
        ["kind.type: malformed"]
    );
}

#[tokio::test]
async fn a_schedule_in_use_stays() {
    let server = Server::start().await;
    let (daan, admin) = (server.actor(DAAN).await, server.actor(LOCATION).await);
    let answer = daan
        .delete("/api/schedules/8", json!({ "version": 1 }))
        .await;
    assert_eq!(answer.refusal(), (409, "in-use"));
    assert_eq!(
        answer.body["used_by"],
        json!([{ "user": "Daan Visser", "service": "forwarding-selective", "rule": "Lunch" }])
    );
    assert_eq!(
        admin
            .delete("/api/schedules/1", json!({ "version": 1 }))
            .await
            .refusal(),
        (409, "in-use")
    );
    let off =
        json!({ "changes": [{ "service": "forwarding-selective", "version": 1, "settings": {} }] });
    daan.put("/api/users/3/services", off).await.ok();
    assert_eq!(
        daan.delete("/api/schedules/8", json!({ "version": 1 }))
            .await
            .status,
        204
    );
}

#[tokio::test]
async fn holidays_are_read_from_files() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let read = async |text: &str| {
        actor
            .post("/api/holidays/read", json!({ "text": text }))
            .await
    };
    let csv = read("naam;datum;tot\nZomer;2027-07-19;2027-08-06\n")
        .await
        .ok();
    let when = json!({ "type": "once", "from": "2027-07-19", "to": "2027-08-06" });
    assert_eq!(csv, json!({ "lines": [{ "name": "Zomer", "when": when }] }));
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20200505\r\n\
        RRULE:FREQ=YEARLY\r\nSUMMARY:Bevrijdingsdag\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let when = json!({ "type": "yearly", "month": 5, "day": 5, "days": 1 });
    assert_eq!(
        read(calendar).await.ok(),
        json!({ "lines": [{ "name": "Bevrijdingsdag", "when": when }] })
    );
    let odd = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260427T090000Z\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART:20261224T230000Z\r\nDURATION:P1D\r\nSUMMARY:Kerst\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let note = json!({ "line": 2, "name": "Lunch", "code": "import-part-of-day", "taken": false });
    let when = json!({ "type": "once", "from": "2026-12-25", "to": "2026-12-25" });
    let expected = json!({ "lines": [{ "name": "Kerst", "when": when }], "notes": [note] });
    assert_eq!(
        read(odd).await.ok(),
        expected,
        "in the zone of the one who asks"
    );
    let of = async |owner: Value| {
        actor
            .post("/api/holidays/read", json!({ "text": odd, "owner": owner }))
            .await
    };
    assert_eq!(of(json!({ "user": 1 })).await.ok(), expected);
    assert_eq!(of(json!({ "user": 2 })).await.refusal(), (404, "not-found"));
    assert_eq!(
        of(json!({ "location": 1 })).await.refusal(),
        (404, "not-found")
    );
    let answer = read("Uitje,6/1/2026").await;
    assert_eq!(answer.refusal(), (422, "import-date-order"));
    let asked = json!({ "text": "Uitje,6/1/2026", "dates": "month-first" });
    let asked = actor.post("/api/holidays/read", asked).await.ok();
    assert_eq!(asked["lines"][0]["when"]["from"], "2026-06-01");
    let answer = read("dit is geen kalender").await;
    assert_eq!(answer.refusal(), (422, "import-unreadable"));
    assert_eq!(answer.fields(), ["text: import-unreadable"]);
}

/// What ended the server: events within events, and a line of a megabyte. Each is answered.
#[tokio::test]
async fn no_file_of_holidays_ends_the_server() {
    let server = Server::start().await;
    let actor = server.actor(SANNE).await;
    let nested = format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(1_600));
    let long = "x".repeat(1_000_000);
    let line = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{long}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let outside = format!("BEGIN:VCALENDAR\r\n{long}");
    for (text, status) in [
        (nested, 200),
        (line, 200),
        (outside, 422),
        (long.clone(), 422),
        (format!("\"{long}"), 422),
    ] {
        let answer = actor
            .post("/api/holidays/read", json!({ "text": text }))
            .await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}
