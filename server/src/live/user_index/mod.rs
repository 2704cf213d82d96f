//! All users, kept so that a list and a search go through it without touching a user: rows in the order of lists, in
//! chunks that views share, each with its names and numbers as one text. A save changes the chunk that it is about.

mod counts;
#[cfg(test)]
mod tests;
mod text;

pub(super) use counts::AllCounts;
pub use counts::UserCounts;

use super::directory::Member;
use super::search::Search;
use centrale_core::id::{DepartmentId, LocationId, UserId};
use centrale_core::organisation::RoleKind;
use memchr::memmem::Finder;
use std::collections::BTreeSet;
use std::sync::Arc;
use text::Text;

/// The most rows of a chunk; one that grows beyond it becomes two.
const MOST: usize = 512;
/// The rows of a chunk that is made with others.
const CHUNK: usize = MOST / 2;

/// The place of somebody in lists: last name and first name in small letters, then the id.
pub(super) type Key = (Box<str>, Box<str>, UserId);

/// Whom somebody may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// All users.
    All,
    /// Who is at a location.
    Location(LocationId),
    /// Who is assigned to one of these departments.
    Departments(BTreeSet<DepartmentId>),
    /// This user only.
    One(UserId),
}

/// Who is to be found.
#[derive(Clone, Debug)]
pub struct UserQuery {
    /// By whom: only whom they may see.
    pub visibility: Visibility,
    /// By name or number.
    pub search: Search,
    /// At this location only.
    pub location: Option<LocationId>,
    /// Of this kind only.
    pub kind: Option<RoleKind>,
}

/// Some of who was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundUsers {
    /// Who stands on the page, in the order of lists.
    pub users: Vec<UserId>,
    /// How many were found in all.
    pub total: usize,
    /// There are more after these.
    pub more: bool,
}

/// All users, virtual ones too.
#[derive(Clone, Debug, Default)]
pub(super) struct UserIndex {
    chunks: Vec<Arc<Chunk>>,
}

#[derive(Clone, Debug, Default)]
struct Chunk {
    keys: Vec<Key>,
    rows: Vec<Row>,
    names: Text,
    numbers: Text,
    extensions: Text,
    mobiles: Text,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    id: UserId,
    location: LocationId,
    department: Option<DepartmentId>,
    kind: RoleKind,
}

/// Rows of a chunk, a bit each.
type Rows = [u64; MOST / 64];

impl Visibility {
    /// Whether somebody is seen.
    pub(super) fn holds(
        &self,
        id: UserId,
        location: LocationId,
        department: Option<DepartmentId>,
    ) -> bool {
        match self {
            Self::All => true,
            Self::Location(own) => *own == location,
            Self::Departments(own) => {
                department.is_some_and(|department| own.contains(&department))
            }
            Self::One(own) => *own == id,
        }
    }
}

/// What is looked for, ready to be found in every chunk.
struct Finders<'a> {
    name: Finder<'a>,
    number: Option<(Finder<'a>, Finder<'a>)>,
    mobile: bool,
    everybody: bool,
}

impl<'a> Finders<'a> {
    fn of(search: &'a Search) -> Self {
        let digits = search.digits.as_deref();
        let number = digits.map(|digits| {
            (
                Finder::new(Search::significant(digits)),
                Finder::new(digits),
            )
        });
        let name = Finder::new(&search.text);
        Self {
            name,
            number,
            mobile: search.mobile,
            everybody: search.is_empty(),
        }
    }
}

impl Chunk {
    fn put(&mut self, at: usize, member: &Member) {
        let user = &member.user;
        let written = |number: Option<String>| number.unwrap_or_default();
        self.keys.insert(at, key(member));
        self.rows.insert(
            at,
            Row {
                id: user.id,
                location: user.location,
                department: user.department,
                kind: member.role.kind(),
            },
        );
        self.names.insert(at, &member.called().to_lowercase());
        self.numbers
            .insert(at, &written(user.number.map(|number| number.to_string())));
        self.extensions.insert(
            at,
            &written(user.extension.map(|extension| extension.to_string())),
        );
        self.mobiles
            .insert(at, &written(user.mobile.map(|number| number.to_string())));
    }

    fn remove(&mut self, at: usize) {
        self.keys.remove(at);
        self.rows.remove(at);
        for text in [
            &mut self.names,
            &mut self.numbers,
            &mut self.extensions,
            &mut self.mobiles,
        ] {
            text.remove(at);
        }
    }

    fn split_off(&mut self, at: usize) -> Self {
        Self {
            keys: self.keys.split_off(at),
            rows: self.rows.split_off(at),
            names: self.names.split_off(at),
            numbers: self.numbers.split_off(at),
            extensions: self.extensions.split_off(at),
            mobiles: self.mobiles.split_off(at),
        }
    }

    /// The rows that are looked for.
    fn found(&self, finders: &Finders<'_>) -> Rows {
        let mut rows = Rows::default();
        if finders.everybody {
            return [u64::MAX; MOST / 64];
        }
        let mut mark = |row: usize| rows[row / 64] |= 1 << (row % 64);
        let Some((number, extension)) = &finders.number else {
            self.names.each_with(&finders.name, mark);
            return rows;
        };
        self.numbers.each_with(number, &mut mark);
        self.extensions.each_with(extension, &mut mark);
        if finders.mobile {
            self.mobiles.each_with(number, mark);
        }
        rows
    }
}

impl UserIndex {
    /// Of many at once.
    pub(super) fn of<'a>(members: impl Iterator<Item = &'a Arc<Member>>) -> Self {
        let mut members: Vec<_> = members.map(|member| (key(member), member)).collect();
        members.sort_by(|one, other| one.0.cmp(&other.0));
        let chunk = |members: &[(Key, &'a Arc<Member>)]| {
            let mut chunk = Chunk::default();
            members
                .iter()
                .enumerate()
                .for_each(|(at, (_, member))| chunk.put(at, member));
            Arc::new(chunk)
        };
        Self {
            chunks: members.chunks(CHUNK).map(chunk).collect(),
        }
    }

    /// Adds somebody who is not there.
    pub(super) fn put(&mut self, member: &Member) {
        let key = key(member);
        if self.chunks.is_empty() {
            self.chunks.push(Arc::default());
        }
        let chunk = self.chunk_of(&key);
        let changed = Arc::make_mut(&mut self.chunks[chunk]);
        changed.put(changed.keys.partition_point(|before| *before < key), member);
        if changed.rows.len() > MOST {
            let rest = changed.split_off(CHUNK);
            self.chunks.insert(chunk + 1, Arc::new(rest));
        }
    }

    /// Takes somebody away.
    pub(super) fn remove(&mut self, member: &Member) {
        let key = key(member);
        if self.chunks.is_empty() {
            return;
        }
        let chunk = self.chunk_of(&key);
        let Ok(at) = self.chunks[chunk].keys.binary_search(&key) else {
            return;
        };
        let changed = Arc::make_mut(&mut self.chunks[chunk]);
        changed.remove(at);
        if changed.rows.is_empty() {
            self.chunks.remove(chunk);
        }
    }

    /// In which chunk a key is, or would be: the last that begins with it or before it.
    fn chunk_of(&self, key: &Key) -> usize {
        let begins = |chunk: &Arc<Chunk>| chunk.keys.first().is_none_or(|first| first <= key);
        self.chunks.partition_point(begins).saturating_sub(1)
    }

    /// Every person, in the order of lists.
    pub(super) fn persons(&self) -> impl Iterator<Item = UserId> {
        let rows = self.chunks.iter().flat_map(|chunk| &chunk.rows);
        rows.filter(|row| row.kind == RoleKind::Person)
            .map(|row| row.id)
    }

    /// Those who are found after somebody, so many at most, in the order of lists.
    pub(super) fn page(
        &self,
        wanted: &UserQuery,
        after: Option<&Member>,
        most: usize,
    ) -> FoundUsers {
        let after = after.map(key);
        let mut found = FoundUsers::default();
        self.each(wanted, |chunk, row| {
            found.total += 1;
            if after.as_ref().is_none_or(|after| chunk.keys[row] > *after) {
                if found.users.len() < most {
                    found.users.push(chunk.rows[row].id);
                } else {
                    found.more = true;
                }
            }
        });
        found
    }

    /// Of those who are found, the ones with the lowest ids, so many at most, in the order of the ids.
    pub(super) fn lowest(&self, wanted: &UserQuery, most: usize) -> Vec<UserId> {
        let mut lowest = BTreeSet::new();
        self.each(wanted, |chunk, row| {
            let id = chunk.rows[row].id;
            if lowest.len() < most || lowest.last().is_some_and(|last| id < *last) {
                lowest.insert(id);
                if lowest.len() > most {
                    lowest.pop_last();
                }
            }
        });
        lowest.into_iter().collect()
    }

    fn each<'a>(&'a self, wanted: &UserQuery, mut found: impl FnMut(&'a Chunk, usize)) {
        let finders = Finders::of(&wanted.search);
        let fits = |row: &Row| {
            wanted.kind.is_none_or(|kind| row.kind == kind)
                && wanted
                    .location
                    .is_none_or(|location| row.location == location)
                && wanted
                    .visibility
                    .holds(row.id, row.location, row.department)
        };
        for chunk in &self.chunks {
            let rows = chunk.found(&finders);
            if rows == Rows::default() {
                continue;
            }
            for (at, row) in chunk.rows.iter().enumerate() {
                if rows[at / 64] & (1 << (at % 64)) != 0 && fits(row) {
                    found(chunk, at);
                }
            }
        }
    }
}

fn key(member: &Member) -> Key {
    let user = &member.user;
    (
        user.last_name.to_lowercase().into(),
        user.first_name.to_lowercase().into(),
        user.id,
    )
}
