//! What Asterisk is told of an account.

use super::*;

fn phone() -> SipAccount {
    SipAccount {
        account: "1001".into(),
        secret: "a&b c".into(),
        caller_id: "\"Zoë\" <1001>".into(),
        language: "nl".into(),
        qualify_seconds: 0,
        lamps: "17".into(),
        kind: AccountKind::Phone {
            max_contacts: 2,
            media_encryption: MediaEncryption::Off,
        },
    }
}

fn trunk() -> SipAccount {
    SipAccount {
        account: "trunk".into(),
        caller_id: String::new(),
        lamps: String::new(),
        kind: AccountKind::Trunk {
            contact: "sip:192.0.2.1:5060".into(),
        },
        ..phone()
    }
}

struct Two;

impl Accounts for Two {
    fn find(&self, account: &str) -> Option<SipAccount> {
        self.all()
            .into_iter()
            .find(|known| known.account == account)
    }

    fn all(&self) -> Vec<SipAccount> {
        vec![phone(), trunk()]
    }
}

#[test]
fn look_ups_are_answered() {
    let check = |table: &str, query: &str, id: &str, expected: Result<&str, StatusCode>| {
        let name = if query == "multi" { "id LIKE" } else { "id" };
        let answer = look_up(table, query, &[(name.into(), id.into())], &Two);
        assert_eq!(
            answer.as_deref().map_err(|status| *status),
            expected,
            "{table} {query} {id}"
        );
    };
    check(
        "ps_auths",
        "single",
        "1001",
        Ok("id=1001&auth_type=userpass&username=1001&password=a%26b%20c\n"),
    );
    check(
        "ps_aors",
        "single",
        "1001",
        Ok(
            "id=1001&qualify_frequency=0&max_contacts=2&remove_existing=yes&minimum_expiration=60\
            &default_expiration=600&maximum_expiration=3600&mailboxes=17%40centrale\n",
        ),
    );
    check(
        "ps_aors",
        "single",
        "trunk",
        Ok("id=trunk&qualify_frequency=0&contact=sip%3a192.0.2.1%3a5060\n"),
    );
    check("ps_auths", "single", "nobody", Ok(""));
    check(
        "ps_auths",
        "multi",
        "%",
        Ok(
            "id=1001&auth_type=userpass&username=1001&password=a%26b%20c\n\
            id=trunk&auth_type=userpass&username=trunk&password=a%26b%20c\n",
        ),
    );
    check("ps_endpoints", "multi", "1%", Ok(""));
    check("ps_contacts", "single", "1001", Err(StatusCode::NOT_FOUND));
    check("ps_auths", "destroy", "1001", Err(StatusCode::NOT_FOUND));
}

#[test]
fn an_endpoint_is_rendered_for_its_kind() {
    let check = |account: &SipAccount, has: &[&str], lacks: &[&str]| {
        let row = endpoint(account);
        for part in has {
            assert!(row.contains(part), "{part} in {row}");
        }
        for part in lacks {
            assert!(!row.contains(part), "{part} in {row}");
        }
    };
    check(
        &phone(),
        &[
            "id=1001&",
            "callerid=%22Zo%c3%ab%22%20%3c1001%3e",
            "identify_by=username%2cauth_username",
            "mailboxes=17%40centrale",
            "subscribe_context=watch-17",
        ],
        &[
            "transport",
            "outbound_auth",
            "trust_id_inbound",
            "media_encryption",
        ],
    );
    let encrypted = |media_encryption| SipAccount {
        kind: AccountKind::Phone {
            max_contacts: 1,
            media_encryption,
        },
        ..phone()
    };
    check(
        &encrypted(MediaEncryption::Required),
        &["media_encryption=sdes&"],
        &["optimistic"],
    );
    check(
        &encrypted(MediaEncryption::Offered),
        &["media_encryption=sdes&", "media_encryption_optimistic=yes&"],
        &[],
    );
    check(
        &trunk(),
        &["identify_by=auth_username&", "trust_id_inbound=yes"],
        &["callerid", "mailboxes", "subscribe_context"],
    );
}
