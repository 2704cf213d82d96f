//! What is wrong with an organisation, as it is saved at the moment.

use crate::server::{Actor, DAAN, ENTERPRISE, SANNE, Server};
use serde_json::{Value, json};

/// A user of the demo saves where all calls are forwarded to; `null`: nowhere.
async fn forward(server: &Server, (login, user): (&str, u32), version: u64, to: Value) {
    let settings = json!({ "active": !to.is_null(), "number": to });
    let change =
        json!({ "service": "forwarding-always", "version": version, "settings": settings });
    let path = format!("/api/users/{user}/services");
    server
        .actor(login)
        .await
        .put(&path, json!({ "changes": [change] }))
        .await
        .ok();
}

/// The findings of the organisation as it is: older ones are told with a mark while they are made.
async fn newest(admin: &Actor<'_>) -> Value {
    loop {
        let found = admin.get("/api/organisation/findings").await.ok();
        if found["newer"] == json!(false) {
            return found;
        }
    }
}

fn list(answer: &Value) -> Vec<&Value> {
    answer["findings"].as_array().unwrap().iter().collect()
}

#[tokio::test]
async fn a_loop_is_told_with_its_call_until_it_is_gone() {
    let server = Server::start().await;
    let admin = server.actor(ENTERPRISE).await;
    let look = async || newest(&admin).await;
    let before = look().await;
    forward(&server, (SANNE, 1), 0, json!("143")).await;
    forward(&server, (DAAN, 3), 0, json!("142")).await;
    // Two who ask at once get the same answer.
    let (found, again) = tokio::join!(look(), look());
    assert_eq!(found, again);
    assert!(
        found["version"].as_u64() > before["version"].as_u64(),
        "{found}"
    );
    let added: Vec<_> = list(&found)
        .into_iter()
        .filter(|one| !list(&before).contains(one))
        .collect();
    let looped = added
        .iter()
        .find(|one| one["kind"]["is"] == "loop")
        .unwrap();
    assert_eq!(looped["kind"], json!({ "is": "loop", "through": [1, 3] }));
    let place = (&looped["severity"], &looped["at"], &looped["of"]);
    assert_eq!(place, (&json!("error"), &json!("users[0]"), &json!(1)));
    // The call that shows it can be made by whoever reads this.
    let call = &looped["witness"]["call"];
    assert_eq!(call["shows"], json!({ "shows": "returns", "to": 1 }));
    let asked = json!({ "dialled": call["dialled"], "caller": call["caller"], "at": call["at"] });
    let story = admin.post("/api/simulate", asked).await.ok();
    assert_eq!(
        story["outcome"],
        json!({ "outcome": "ended", "cause": "busy" }),
        "{story}"
    );

    forward(&server, (DAAN, 3), 1, Value::Null).await;
    let after = look().await;
    assert!(
        list(&after).iter().all(|one| one["kind"]["is"] != "loop"),
        "{after}"
    );
}

#[tokio::test]
async fn what_an_import_would_refuse_is_told_too() {
    let server = Server::meddled(&["UPDATE service_packs SET licences = 1 WHERE id = 1"]).await;
    forward(&server, (SANNE, 1), 0, json!("143")).await;
    let admin = server.actor(ENTERPRISE).await;
    let found = admin.get("/api/organisation/findings").await.ok();
    let problems = found["problems"].as_array().unwrap();
    let pack = problems
        .iter()
        .find(|one| one["at"] == "service_packs[0].licences")
        .expect("the licences");
    assert_eq!(
        (&pack["fault"]["is"], &pack["fault"]["licences"]),
        (&json!("licences"), &json!(1))
    );
    assert!(pack["fault"]["used"].as_u64() > Some(1), "{pack}");

    let spoilt = "UPDATE settings SET settings = '{\"rings\": 99}' WHERE service = 'ring-count'";
    let server = Server::meddled(&[spoilt]).await;
    let found = server
        .actor(ENTERPRISE)
        .await
        .get("/api/organisation/findings")
        .await
        .ok();
    let refused = json!({ "is": "refused", "code": "out-of-range" });
    let told =
        |one: &&Value| one["fault"] == refused && one["at"] == "users[0].services.ring-count.rings";
    assert_eq!(
        found["problems"]
            .as_array()
            .unwrap()
            .iter()
            .filter(told)
            .count(),
        1,
        "{found}"
    );
}
