//! A PostgreSQL of a test's own, which may be stopped and started, and a wire to it that may be cut.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The server.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    /// As whom it runs: not as root.
    user: Option<&'static str>,
}

impl Cluster {
    /// `None`: it is not installed here.
    pub fn start(test: &str) -> Option<Self> {
        let Some(programs) = programs() else {
            eprintln!("**** SKIPPED {test}: there is no initdb ****");
            return None;
        };
        let root = Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|id| id.stdout == b"0\n");
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let folder = tempfile::tempdir().unwrap();
        let cluster = Self {
            folder,
            programs,
            port,
            user: root.then_some("postgres"),
        };
        cluster.give(cluster.folder.path());
        let options = [
            "--username=centrale",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ];
        cluster.run("initdb", &options);
        cluster.again();
        Some(cluster)
    }

    /// Gives a folder to whom it runs as.
    pub fn give(&self, folder: &Path) {
        if let Some(user) = self.user {
            assert!(
                Command::new("chown")
                    .arg(user)
                    .arg(folder)
                    .status()
                    .unwrap()
                    .success()
            );
        }
    }

    /// Starts it after it was stopped.
    pub fn again(&self) {
        let folder = self.folder.path().display();
        let options = format!("-h 127.0.0.1 -p {} -k {folder} -c fsync=off", self.port);
        self.run(
            "pg_ctl",
            &[
                "--wait",
                "-l",
                &format!("{folder}/log"),
                "-o",
                &options,
                "start",
            ],
        );
    }

    /// Stops it as a power cut does.
    pub fn stop(&self) {
        self.run("pg_ctl", &["--wait", "-m", "immediate", "stop"]);
    }

    /// The URL of a database of it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://centrale@127.0.0.1:{}/{database}", self.port)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let program = self.programs.join(program);
        let mut command = match self.user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        command
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .args(arguments)
            .current_dir("/");
        let done = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(done.success(), "{command:?}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

fn programs() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = installed
        .map(|entry| entry.path().join("bin"))
        .chain(std::env::split_paths(&on_path));
    folders.find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

/// How a wire passes on what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As it comes.
    Open,
    /// Connections end, and new ones at once.
    Cut,
    /// Nothing comes any more, and nobody is told.
    Silent,
    /// The next commit reaches the server, its answer nobody.
    LosesAnswer,
    /// The next commit does not even reach the server.
    LosesCommit,
}

/// A wire to a server.
pub struct Wire {
    port: u16,
    way: Arc<watch::Sender<Way>>,
}

impl Wire {
    pub async fn to(cluster: &Cluster) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = SocketAddr::from(([127, 0, 0, 1], cluster.port));
        let way = Arc::new(watch::Sender::new(Way::Open));
        let ways = way.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass_on(client, server, ways.clone()));
            }
        });
        Self { port, way }
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://centrale@127.0.0.1:{}/{database}", self.port)
    }

    pub fn set(&self, way: Way) {
        self.way.send_replace(way);
    }
}

/// Until either side ends, or the wire is cut.
async fn pass_on(mut client: TcpStream, server: SocketAddr, ways: Arc<watch::Sender<Way>>) {
    let mut way = ways.subscribe();
    let mut from_client = vec![0; 65536];
    let mut from_server = vec![0; 65536];
    if way
        .wait_for(|way| *way != Way::Silent)
        .await
        .is_ok_and(|way| *way == Way::Cut)
    {
        return;
    }
    let Ok(mut server) = TcpStream::connect(server).await else {
        return;
    };
    loop {
        let now = *way.borrow_and_update();
        if now == Way::Cut {
            return;
        }
        tokio::select! {
            _ = way.changed() => {}
            read = client.read(&mut from_client), if now != Way::Silent => {
                let Ok(count @ 1..) = read else { return };
                let sent = &from_client[..count];
                let commits = sent.windows(7).any(|bytes| bytes == b"COMMIT\0");
                if commits && now == Way::LosesCommit {
                    ways.send_replace(Way::Open);
                    return;
                }
                if server.write_all(sent).await.is_err() {
                    return;
                }
                if commits && now == Way::LosesAnswer {
                    server.readable().await.ok();
                    ways.send_replace(Way::Open);
                    return;
                }
            }
            read = server.read(&mut from_server), if now != Way::Silent => {
                let Ok(count @ 1..) = read else { return };
                if client.write_all(&from_server[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}
