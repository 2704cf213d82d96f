//! The configuration in memory: what calls and reads go by. A save goes to the database first and then replaces the
//! view at once; the new view shares all that did not change. Whether settings are right is checked before.

mod directory;
mod findings;
mod follow;
mod parts;
mod save;
mod search;
mod uploads;
mod user_index;
mod uses;
mod whole;

pub use directory::{Directory, Member, StoredPart, StoredSchedule};
pub use search::Search;
pub use user_index::{FoundUsers, UserCounts, UserQuery, Visibility};
pub use uses::{By, Use};

use crate::store::{Loaded, Result, Revision, Store};
use crate::zones;
use arc_swap::ArcSwap;
use centrale_core::id::{LocationId, UserId};
use centrale_core::organisation::CallCenter;
use centrale_core::snapshot::{CompiledLocation, Role, Snapshot, Source};
use std::sync::Arc;
use tokio::sync::{Mutex, Notify, watch};

/// The configuration in memory.
pub struct Live {
    /// Where it is stored; every save goes there first.
    store: Store,
    view: ArcSwap<View>,
    /// Held from before a save until its view is in place: one writer at a time.
    writing: Mutex<()>,
    /// A save took effect: other servers are to be told.
    saved: Notify,
    /// Counts views that were put in place.
    changed: watch::Sender<u64>,
    findings: findings::Findings,
}

/// The configuration at one moment.
#[derive(Clone)]
pub struct View {
    /// As calls need it.
    pub snapshot: Arc<Snapshot>,
    /// As pages need it.
    pub directory: Arc<Directory>,
    /// How new it is.
    revision: Revision,
    /// A save of this server came after one that is not known here yet.
    behind: bool,
}

impl Live {
    /// Reads the database. Settings that cannot be read are reported here, once; calls skip them.
    pub async fn load(store: &Store) -> Result<Self> {
        let view = View::new(store.load().await?);
        Ok(Self {
            store: store.clone(),
            view: ArcSwap::from_pointee(view),
            writing: Mutex::new(()),
            saved: Notify::new(),
            changed: watch::Sender::new(0),
            findings: findings::Findings::default(),
        })
    }

    /// Tells of each change of the configuration.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// The configuration as it is now. Hold on to it for the length of one call or request.
    pub fn view(&self) -> Arc<View> {
        self.view.load_full()
    }
}

impl View {
    /// A call center.
    pub fn center(&self, id: UserId) -> Option<&CallCenter> {
        match &self.snapshot.user(id)?.role {
            Role::CallCenter(center) => Some(center),
            _ => None,
        }
    }

    /// Compiles what was loaded.
    pub(crate) fn new(loaded: Loaded) -> Self {
        let revision = Revision {
            events: loaded.config,
            whole: loaded.whole,
        };
        let directory = Directory::new(
            loaded.organisation,
            loaded.versions,
            &loaded.schedule_versions,
            &loaded.part_versions,
        );
        let mut snapshot = Snapshot::default();
        snapshot.version = loaded.config;
        for location in directory.locations() {
            if zones::zone(&location.zone).is_none() {
                tracing::warn!(
                    location = location.id.0,
                    zone = location.zone,
                    "unknown time zone: UTC is used"
                );
            }
            put_place(&mut snapshot, &directory, location.id);
        }
        for stored in directory.schedules() {
            snapshot.put_schedule(&stored.schedule);
        }
        snapshot.put_shared(directory.shared());
        for member in directory.members() {
            put_user(&mut snapshot, &directory, member);
        }
        for subscriber in snapshot.users() {
            for entry in subscriber.unreadable() {
                tracing::warn!(
                    user = subscriber.user.id.0,
                    service = entry.id.0,
                    "settings cannot be read"
                );
            }
        }
        Self {
            snapshot: Arc::new(snapshot),
            directory: Arc::new(directory),
            revision,
            behind: false,
        }
    }
}

fn put_user(snapshot: &mut Snapshot, directory: &Directory, member: &Member) {
    snapshot.put_user(&Source {
        user: member.user.clone(),
        services: &member.user.services,
        role: member.role.clone(),
        versions: &member.versions,
        packs: directory.packs(),
        hidden: false,
    });
}

fn put_place(snapshot: &mut Snapshot, directory: &Directory, id: LocationId) {
    if let Some(location) = directory.location_with_site(id) {
        snapshot.put_place(CompiledLocation::new(&location, &zones::zone));
    }
}
