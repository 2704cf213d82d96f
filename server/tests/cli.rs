//! The command line, by the real binary: what it says, where, and with which exit code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use centrale_core::exchange::{PersistedExchange, Stop};
use centrale_core::id::UserId;
use centrale_core::time::Timestamp;
use centrale_core::trace::Limit;
use centrale_server::store::Store;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn centrale(folder: &Path, line: &str) -> Output {
    let words = line.split_whitespace();
    let (settings, arguments): (Vec<_>, Vec<_>) =
        words.partition(|word| word.starts_with("CENTRALE_"));
    run(folder, &arguments, &settings)
}

/// Runs the binary with nothing but these settings, each `NAME=VALUE`, in its surroundings.
fn run(folder: &Path, arguments: &[&str], settings: &[&str]) -> Output {
    command(folder, arguments, settings).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str], settings: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_centrale"));
    command.current_dir(folder).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CENTRALE_")) {
        command.env_remove(name);
    }
    command.envs(
        settings
            .iter()
            .map(|setting| setting.split_once('=').unwrap()),
    );
    command.args(arguments);
    command
}

/// Runs a line and checks the exit code, and that all of `expected` is said: on the standard output when it went well,
/// else in one line on the standard error.
fn check(folder: &Path, line: &str, code: i32, expected: &str) {
    let output = centrale(folder, line);
    let said = String::from_utf8(if code == 1 {
        output.stderr
    } else {
        output.stdout
    })
    .unwrap();
    assert_eq!(output.status.code(), Some(code), "{line}\n{said}");
    if code == 1 {
        assert!(
            said.lines().count() == 1 && said.starts_with("centrale: "),
            "{line}\n{said}"
        );
    }
    assert!(said.contains(expected), "{line}\n{said}");
}

/// The same, in one folder.
fn in_folder(folder: &TempDir) -> impl Fn(&str, i32, &str) {
    |line, code, expected| check(folder.path(), line, code, expected)
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("demo.json"),
        include_str!("../demo/organisation.json"),
    )
    .unwrap();
    folder
}

#[test]
fn simulate() {
    let folder = folder();
    let in_folder = in_folder(&folder);
    let check =
        |line: &str, code, expected: &str| in_folder(&format!("simulate {line}"), code, expected);
    let evening = "--demo --caller +31612345678 --to sanne --at 2026-11-25T18:40";
    check(
        evening,
        0,
        "Wed 2026-11-25 18:40 Europe/Amsterdam\n   0s +31612345678 calls +31305550142\n",
    );
    check(
        evening,
        0,
        "forwarding-selective: forward to +31655501199 by rule 1",
    );
    check(evening, 0, "\noutcome: +31655501199 answers\n");
    check(
        &evening.replace("18:40", "18:40:00+01:00"),
        0,
        "Wed 2026-11-25 18:40 Europe/Amsterdam\n",
    );
    check(
        &evening.replace("--demo", "--organisation demo.json"),
        0,
        "\noutcome: +31655501199 answers\n",
    );
    check(
        &format!("{evening} --outside busy"),
        0,
        "\noutcome: the call ends: busy\n",
    );
    check(&format!("{evening} --json"), 0, r#""outcome": "answered""#);
    check(
        "--demo --caller withheld --to 0305550142",
        0,
        "outcome: the caller hears anonymous-rejected",
    );
    let office = "--demo --caller 140 --to 142 --at 2026-11-25T10:00";
    check(office, 0, "outcome: Sanne de Boer answers");
    check(
        &format!("{office} --line SANNE=busy"),
        0,
        "outcome: Receptie Utrecht answers",
    );
    check(
        &format!("{office} --line sanne=no-answer --from-location 1"),
        0,
        "outcome: the caller can leave a message",
    );
    check(
        "--demo --caller unknown --to sanne --at now",
        1,
        "--at now: write it as 2026-11-25T18:40",
    );
    check(
        "--demo --caller x --to sanne",
        1,
        "--caller x: neither a number nor an extension",
    );
    check(
        "--demo --caller unknown --to sanne --line sanne=dead",
        1,
        "a line is busy, no-answer, unreachable or answers",
    );
    check(
        "--demo --caller unknown --to sanne --line nobody=busy",
        1,
        "no user nobody",
    );
    check(
        "--demo --caller unknown --to sanne --from-location 9",
        1,
        "no location 9",
    );
    check(
        "--organisation nope.json --caller unknown --to 1",
        1,
        "nope.json: No such file",
    );
    check(
        "--database sqlite://nope.db --caller unknown --to 1",
        1,
        "sqlite://nope.db: there is no such file",
    );
    check("--caller unknown --to 1", 2, "");
}

/// The demo organisation with a call center of two agents.
fn with_a_queue() -> TempDir {
    let folder = folder();
    let mut demo: Value = serde_json::from_str(include_str!("../demo/organisation.json")).unwrap();
    demo["call_centers"] = json!([{
        "id": 100, "identity": { "name": "Hulp bij vragen", "location": 1, "extension": "860" },
        "agents": [{ "user": 1 }, { "user": 3 }], "agent": { "may_join": false },
        "queue": { "length": 2 },
    }]);
    std::fs::write(folder.path().join("queue.json"), demo.to_string()).unwrap();
    folder
}

#[test]
fn simulate_queues_and_numbers() {
    let folder = with_a_queue();
    let in_folder = in_folder(&folder);
    let check = |line: &str, code, expected: &str| {
        let line =
            format!("simulate --organisation queue.json --caller 146 --at 2026-11-25T10:00 {line}");
        in_folder(&line, code, expected);
    };
    check("--to 860", 0, "outcome: Sanne de Boer answers");
    check(
        "--to 860 --agent sanne=signed-out",
        0,
        "outcome: Daan Visser answers",
    );
    let nobody = "--to 860 --agent sanne=wrap-up --agent DAAN.VISSER=unavailable";
    check(
        nobody,
        0,
        "2 agent(s) joined, 1 of them away; 0 call(s) wait",
    );
    check(nobody, 0, "outcome: the call ends: caller-gone");
    check("--to 860 --ahead 1", 0, "300s offered to daan.visser");
    check("--to 860 --ahead 2", 0, "lets go: full");
    check("--to 0201234567", 0, "outcome: +31201234567 answers");
    check(
        "--to 0201234567 --number 0201234567=busy",
        0,
        "outcome: the call ends: busy",
    );
    check(
        "--to 0201234567 --number +31201234567=busy --number 06=busy",
        1,
        "--number 06=busy: 06 is no number",
    );
    check(
        "--to 860 --number 0201234567=dead",
        1,
        "a line is busy, no-answer, unreachable or answers",
    );
    check(
        "--to 860 --agent sanne=asleep",
        1,
        "an agent is available, unavailable, wrap-up or signed-out",
    );
    check(
        "--to 860 --agent lotte.meijer=available",
        1,
        "lotte.meijer works for no call center",
    );
    check("--to 860 --agent nobody=available", 1, "no user nobody");
    let named = [
        "simulate",
        "--organisation",
        "queue.json",
        "--caller",
        "146",
        "--to",
        "hulp bij VRAGEN",
    ];
    let output = run(folder.path(), &named, &[]);
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("146 calls 860")
    );
}

#[test]
fn queues() {
    let folder = with_a_queue();
    let fixed = |seconds: u32| json!({ "kind": "fixed", "seconds": seconds });
    let start: i64 = 1_795_510_800_000;
    let moments: Vec<i64> = [0, 0, 10, 200]
        .iter()
        .map(|second| start + second * 1000)
        .collect();
    let mut plan = json!({
        "start": start, "minutes": 10,
        "streams": [{ "center": 100, "arrivals": { "by": "at", "moments": moments }, "handling": fixed(60) }],
        "staff": [{ "agents": [1, 3] }],
    });
    let write =
        |plan: &Value| std::fs::write(folder.path().join("plan.json"), plan.to_string()).unwrap();
    write(&plan);
    let line = "queues --organisation queue.json --plan plan.json";
    let report = String::from_utf8(centrale(folder.path(), line).stdout).unwrap();
    let words: Vec<Vec<&str>> = report
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        report.lines().next(),
        Some("4 calls came in, 0 were not over at the end"),
        "{report}"
    );
    // The third waits 50 seconds for one of the two agents.
    assert_eq!(
        words[2],
        [
            "Hulp", "bij", "vragen", "4", "4", "0", "75.0", "%", "12.5", "s", "50", "s"
        ],
        "{report}"
    );
    assert_eq!(words[5][..5], ["Sanne", "de", "Boer", "3", "3"], "{report}");
    assert_eq!(words[6][..4], ["Daan", "Visser", "1", "1"], "{report}");
    check(
        folder.path(),
        &format!("{line} --threshold 60"),
        0,
        "100.0 %",
    );
    check(
        folder.path(),
        &format!("{line} --json"),
        0,
        "\"unfinished\": 0",
    );
    check(
        folder.path(),
        &format!("{line} --runs 3"),
        0,
        "3 runs: the mean of each",
    );
    check(folder.path(), &format!("{line} --runs 3"), 0, "75.0 %");
    check(
        folder.path(),
        &format!("{line} --runs 3 --json"),
        0,
        "\"runs\": 3",
    );
    let refused =
        String::from_utf8(centrale(folder.path(), &format!("{line} --runs 0")).stderr).unwrap();
    assert!(refused.contains("0 is not in 1..=10000"), "{refused}");
    plan["streams"][0]["center"] = json!(1);
    write(&plan);
    check(
        folder.path(),
        line,
        1,
        "plan.json: there is no call center 1",
    );
    plan["streams"][0]["colour"] = json!(1);
    write(&plan);
    check(
        folder.path(),
        line,
        1,
        "plan.json: streams[0].colour: unknown field `colour`",
    );
    check(
        folder.path(),
        "queues --demo --plan nope.json",
        1,
        "nope.json: No such file",
    );
}

#[test]
fn a_day() {
    let folder = folder();
    let calls = r#"{"dialled": "+31305550142", "handling": {"kind": "fixed", "seconds": 60},
        "arrivals": {"by": "at", "moments": [1795507200000, 1795507210000]}}"#;
    let staff = r#"{"agents": [1], "answer": {"kind": "fixed", "seconds": 4}}"#;
    let plan = |calls: &str| {
        let plan = format!(
            r#"{{"start": 1795507200000, "minutes": 60, "calls": [{calls}], "staff": [{staff}]}}"#
        );
        std::fs::write(folder.path().join("plan.json"), plan).unwrap();
    };
    plan(calls);
    let row = "+31305550142                    2                  1         1 ";
    check(folder.path(), "day --demo --plan plan.json", 0, row);
    check(
        folder.path(),
        "day --demo --plan plan.json --json",
        0,
        "\"dialled\": \"+31305550142\",\n      \"calls\": 2,",
    );
    plan(&calls.replacen('{', r#"{"from": [999], "#, 1));
    check(
        folder.path(),
        "day --demo --plan plan.json",
        1,
        "plan.json: there is no user 999",
    );
}

fn demo_phones() -> usize {
    let demo: Value = serde_json::from_str(include_str!("../demo/organisation.json")).unwrap();
    let users = demo["users"].as_array().unwrap();
    users
        .iter()
        .filter_map(|user| user["devices"].as_array())
        .map(Vec::len)
        .sum()
}

#[test]
fn check_import_and_export() {
    let folder = folder();
    let text = include_str!("../demo/organisation.json");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("login.json", &text.replacen("\"receptie\"", "\"SANNE\"", 1));
    write(
        "twice.json",
        &text.replacen("\"extension\": \"143\"", "\"extension\": \"142\"", 1),
    );
    write(
        "field.json",
        &text.replacen("\"extension\":", "\"colour\": 1, \"extension\":", 1),
    );
    write("half.json", &text[..40]);
    let found = centrale(
        folder.path(),
        "check demo.json login.json twice.json field.json half.json nope.json",
    );
    let lines = String::from_utf8(found.stdout).unwrap();
    let starts = [
        "login.json: users[1].login: sanne is there already, at users[0].login",
        // Said once, and by which call it is seen.
        "twice.json: users[2].extension: extension 142 is there already, at users[0].extension; as when ",
        "field.json: users[0].colour: unknown field `colour`",
        "half.json: enterprise: EOF while parsing",
        "nope.json: No such file",
    ];
    // What is only strange is no mistake.
    let mistakes: Vec<_> = lines
        .lines()
        .filter(|line| !line.contains(": warning: "))
        .collect();
    assert_eq!(mistakes.len(), starts.len(), "{lines}");
    assert!(
        mistakes
            .iter()
            .zip(starts)
            .all(|(line, start)| line.starts_with(start)),
        "{lines}"
    );
    assert_eq!(found.status.code(), Some(1));

    let check = in_folder(&folder);
    check("check demo.json", 0, "");
    check(
        "import login.json",
        1,
        "login.json: 1 problem(s); nothing was imported",
    );
    check("export", 1, "sqlite://centrale.db: there is no such file");
    check("import demo.json", 0, "is imported with");
    check(
        "import demo.json",
        1,
        "the database already holds an organisation",
    );
    let phones = demo_phones();
    check(
        "key rotate",
        0,
        &format!("{phones} secrets are sealed under key 2"),
    );
    check("export --output out.json", 0, "");
    check("check out.json --database sqlite://centrale.db", 0, "");
    check(
        "import out.json --database sqlite://second.db",
        0,
        "is imported with",
    );
    let export =
        |database: &str| centrale(folder.path(), &format!("export --database {database}")).stdout;
    assert_eq!(
        export("sqlite://second.db"),
        std::fs::read(folder.path().join("out.json")).unwrap()
    );
}

#[test]
fn administrators() {
    let folder = folder();
    let check = in_folder(&folder);
    let admin = "admin --first-name Ada --last-name Bos --enterprise Bos --login";
    check(
        &format!("CENTRALE_ADMIN_PASSWORD=short {admin} ada"),
        1,
        "a password has at least 12 characters",
    );
    check(
        &format!("CENTRALE_ADMIN_PASSWORD=kraan-molen-zwaluw {admin} ada"),
        0,
        "ada can log in",
    );
    check(
        &format!("CENTRALE_ADMIN_PASSWORD=kraan-molen-zwaluw {admin} ADA"),
        1,
        "the login \"ADA\" is there already",
    );
    check(
        "CENTRALE_ADMIN_PASSWORD=kraan-molen-zwaluw password --login ada",
        0,
        "ada has another password",
    );
    check(
        "CENTRALE_ADMIN_PASSWORD=kraan-molen-zwaluw password --login bob",
        1,
        "nobody has this login",
    );
    let weak = |password: &str, expected: &str| {
        check(
            &format!("CENTRALE_ADMIN_PASSWORD={password} password --login ada"),
            1,
            expected,
        );
    };
    weak("passwordpassword", "the password is easily guessed");
    check("key rotate", 0, "0 secrets are sealed under key 2");
    check("secret remove smtp", 1, "no such password is kept");
    check("CENTRALE_SECRET=geheim secret set smtp", 0, "it is kept");
    check("CENTRALE_SECRET=geheim secret set mail", 2, "");
    check("key rotate", 0, "1 secrets are sealed under key 3");
    check("secret remove smtp", 0, "it is forgotten");
    let keys = std::fs::read_to_string(folder.path().join("centrale.db.key")).unwrap();
    assert!(
        keys.contains("\n2 ") && keys.contains("\n3 ") && !keys.contains("\n1 "),
        "{keys}"
    );
    check(
        "check-log",
        0,
        "0 lines, as they were written; the last is 0:\n",
    );
    check("check-log --seen 7", 2, "");
    check(
        "check-log --seen 7:abc",
        1,
        "the log of 0 lines is not as it was written",
    );
    check("locks", 0, "");
    check("locks --lift ada", 1, "no log-in of ada has failed lately");
    check("export", 0, "\"name\": \"Bos\"");
    let output = centrale(folder.path(), "export").stdout;
    assert!(!String::from_utf8(output).unwrap().contains("argon2"));
}

#[test]
fn backup_and_restore() {
    let folder = folder();
    let check = in_folder(&folder);
    let path = |name: &str| folder.path().join(name);
    let admin = "admin --first-name Ada --last-name Bos --enterprise Bos --login ada";
    check(
        &format!("CENTRALE_ADMIN_PASSWORD=kraan-molen-zwaluw {admin}"),
        0,
        "ada can log in",
    );
    std::fs::create_dir_all(path("messages/1")).unwrap();
    std::fs::write(path("messages/1/call-1-1-message.wav"), "sound").unwrap();
    std::fs::write(path("pass"), "zwaluw onder het viaduct\n").unwrap();
    std::fs::write(path("other"), "molen onder het viaduct\n").unwrap();

    check(
        "CENTRALE_BACKUP_PASSPHRASE=short backup all.backup",
        1,
        "a passphrase has at least 12 characters",
    );
    check(
        "CENTRALE_BACKUP_PASSPHRASE=welkom123456 backup all.backup",
        1,
        "the passphrase is easily guessed",
    );
    check(
        "backup all.backup --passphrase-file nope",
        1,
        "nope: No such file",
    );
    assert!(!path("all.backup").exists());
    check(
        "backup no/such/folder --passphrase-file pass",
        1,
        "the backup cannot be written: No such file",
    );
    check(
        "backup all.backup --passphrase-file pass",
        0,
        "tables and 1 messages",
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(path("all.backup"))
                .unwrap()
                .permissions()
                .mode()
                & 0o777,
            0o600
        );
    }
    let backup = std::fs::read(path("all.backup")).unwrap();
    std::fs::write(path("cut"), &backup[..backup.len() / 2]).unwrap();

    let restore = "restore all.backup --messages new/messages --passphrase-file";
    check(
        "restore nope --passphrase-file pass",
        1,
        "nope: there is no such file",
    );
    check(
        "restore demo.json --passphrase-file pass",
        1,
        "the file is no backup of Centrale",
    );
    let new = "--database sqlite://new.db";
    check(
        &format!("{restore} other {new}"),
        1,
        "the passphrase is not that of the backup",
    );
    check(
        &format!("{restore} other --check"),
        1,
        "the passphrase is not that of the backup",
    );
    check(
        &format!("restore cut --passphrase-file pass {new}"),
        1,
        "is damaged, or its end is missing",
    );
    check(&format!("{restore} pass --check"), 0, "1 messages");
    assert!(!path("new.db").exists(), "nothing was touched");
    check(
        &format!("{restore} pass"),
        1,
        "the database already holds an organisation",
    );
    check(
        &format!("{restore} pass {new}"),
        0,
        "all.backup is restored: ",
    );
    assert_eq!(
        std::fs::read(path("new/messages/1/call-1-1-message.wav")).unwrap(),
        b"sound"
    );
    let keys = |name: &str| std::fs::read_to_string(path(name)).unwrap();
    assert_eq!(keys("new.db.key"), keys("centrale.db.key"));
    check(
        &format!("CENTRALE_ADMIN_PASSWORD=kraan-molen-vlinder password --login ada {new}"),
        0,
        "another password",
    );
    // The settings file of the server names all three places; what is said otherwise goes before it.
    std::fs::write(
        path("centrale.toml"),
        "database = \"sqlite://new.db\"\nkey-file = \"new.db.key\"\n[phones]\nmessages = \"new/messages\"\n",
    )
    .unwrap();
    std::fs::remove_dir_all(path("messages")).unwrap();
    check(
        "backup by-file.backup --config centrale.toml --passphrase-file pass",
        0,
        "tables and 1 messages",
    );
    check(
        "backup by-flag.backup --config centrale.toml --messages messages --passphrase-file pass",
        0,
        "tables and 0 messages",
    );
    check(
        "backup no.backup --config nope.toml --passphrase-file pass",
        1,
        "settings file nope.toml: No such file",
    );
    let third = "--database sqlite://third.db";
    check(
        &format!("{restore} pass {third}"),
        1,
        "there are messages in new/messages already",
    );
    assert!(!path("third.db").exists());
}

#[test]
fn stops_of_outside_calls() {
    let folder = folder();
    let check = in_folder(&folder);
    check("import demo.json", 0, "is imported with");
    check("stops", 0, "");
    let stop = |user: Option<u32>, limit| Stop {
        user: user.map(UserId),
        since: Timestamp(1_790_000_000_000),
        limit,
    };
    let stops = vec![
        stop(None, Limit::EnterpriseCalls),
        stop(Some(1), Limit::UserCallsAMinute),
        stop(Some(44), Limit::UserCalls),
    ];
    let url = format!("sqlite://{}", folder.path().join("centrale.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&url).await.unwrap();
        store
            .keep(
                "exchange",
                &PersistedExchange {
                    stops,
                    ..PersistedExchange::default()
                },
            )
            .await
            .unwrap();
        store.close().await;
    });
    check(
        "stops",
        0,
        "all: enterprise-calls, since 2026-09-21T14:13:20Z",
    );
    check(
        "stops",
        0,
        "sanne (Sanne de Boer): user-calls-a-minute, since 2026-09-21T14:13:20Z",
    );
    check(
        "stops",
        0,
        "44 (Spoedoverleg): user-calls, since 2026-09-21T14:13:20Z",
    );
    check("stops --lift nobody", 1, "calls of nobody are not stopped");
    check(
        "stops --lift Sanne",
        0,
        "calls of sanne (Sanne de Boer) may leave again",
    );
    check("stops --lift sanne", 1, "calls of sanne are not stopped");
    check(
        "stops --lift 44",
        0,
        "calls of 44 (Spoedoverleg) may leave again",
    );
    check("stops --lift all", 0, "calls of all may leave again");
    let left = centrale(folder.path(), "stops");
    assert_eq!(String::from_utf8(left.stdout).unwrap(), "");
}

#[test]
fn what_serve_refuses() {
    let folder = folder();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    std::fs::write(folder.path().join("bad.toml"), "# settings\nlistn = 3\n").unwrap();
    std::fs::write(
        folder.path().join("demo.toml"),
        "demo = true\nlisten = \"0.0.0.0:0\"\n",
    )
    .unwrap();
    // Made as the server makes files: one that others can read is closed with a warning, a line more.
    let mut not = std::fs::OpenOptions::new();
    let mut not = not
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(folder.path().join("not.db"))
        .unwrap();
    not.write_all(b"this is no database, but long enough to look like one")
        .unwrap();
    let in_folder = in_folder(&folder);
    let check = |line: &str, expected: &str| in_folder(&format!("serve {line}"), 1, expected);
    check("--demo --listen 0.0.0.0:0", "it listens on loopback only");
    check(
        "CENTRALE_DEMO=1 --listen [::]:0",
        "it listens on loopback only",
    );
    check("--config demo.toml", "it listens on loopback only");
    check(
        "--config bad.toml",
        "bad.toml: line 2: unknown field `listn`",
    );
    check("--config nope.toml", "nope.toml: No such file");
    check(
        &format!("--demo --listen 127.0.0.1:{port}"),
        &format!("cannot listen at 127.0.0.1:{port}: Address"),
    );
    // The database that was just filled is a demo for ever.
    check("--listen 127.0.0.1:0", "serve it with --demo");
    check(
        "--assets nope",
        "--assets nope: there is no index.html in it",
    );
    check(
        "--database sqlite://no/such.db",
        "sqlite://no/such.db cannot be opened",
    );
    check(
        "--database sqlite://not.db",
        "sqlite://not.db cannot be opened",
    );
    check("--database mysql://x", "only sqlite://FILE and postgres://");
    check(
        "--database postgres://me:secret@127.0.0.1:1/x",
        "postgres://me@127.0.0.1:1/x cannot be opened",
    );
    check(
        "--asterisk http://127.0.0.1:1",
        "--asterisk needs --ari-secret too",
    );
}

/// What the log of a server says of proxies, after two people have tried to log in through one.
fn said_of_a_proxy(arguments: &[&str]) -> Vec<String> {
    let folder = folder();
    let always = ["serve", "--demo", "--listen", "127.0.0.1:0"];
    let mut server = command(folder.path(), &[&always[..], arguments].concat(), &[]);
    let mut server = server
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(server.stdout.take().unwrap());
    let mut address = String::new();
    stdout.read_line(&mut address).unwrap();
    let address = address.trim().rsplit("//").next().unwrap();
    let mut answers = Vec::new();
    for from in ["198.51.100.1", "198.51.100.2"] {
        let body = r#"{"login":"nobody","password":"wrong"}"#;
        let request = format!(
            "POST /api/session HTTP/1.1\r\nHost: {address}\r\nX-Centrale: 1\r\nX-Forwarded-For: {from}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut connection = TcpStream::connect(address).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        answers.push(String::new());
        connection
            .read_to_string(answers.last_mut().unwrap())
            .unwrap();
    }
    server.kill().unwrap();
    assert!(
        answers
            .iter()
            .all(|answer| answer.starts_with("HTTP/1.1 401 ")),
        "{answers:?}"
    );
    let log = String::from_utf8(server.wait_with_output().unwrap().stderr).unwrap();
    log.lines()
        .filter(|line| line.contains("X-Forwarded-For"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_proxy_that_is_not_trusted_is_told_once() {
    let said = said_of_a_proxy(&[]);
    assert!(
        matches!(&said[..], [line] if line.contains("WARN") && line.contains("--trust-proxy")),
        "{said:?}"
    );
    assert_eq!(said_of_a_proxy(&["--trust-proxy"]), Vec::<String>::new());
}
