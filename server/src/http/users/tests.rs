//! Lists and searches answer what a walk past every user would.

use super::{colleagues, list};
use crate::http::auth::Scope;
use crate::live::{Member, Search, View};
use crate::store::Loaded;
use centrale_core::api::users::{Filter, Wanted};
use centrale_core::id::{DepartmentId, LocationId, UserId};
use centrale_core::organisation::{Organisation, RoleKind};
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

/// Two locations; the departments 1 and 2 of the first, of which 2 is below 1, and 3 of the second.
fn organisation(people: &[Person]) -> Organisation {
    let location = |id: u32| json!({ "id": id, "name": format!("L{id}"), "country": "nl", "zone": "Europe/Amsterdam", "numbers": [] });
    let department = |(id, location, parent): (u32, u32, Option<u32>)| json!({ "id": id, "name": format!("D{id}"), "location": location, "parent": parent });
    let departments = [(1, 1, None), (2, 1, Some(1)), (3, 2, None)].map(department);
    let (virtual_ones, persons): (Vec<_>, Vec<_>) = people
        .iter()
        .enumerate()
        .map(|(at, person)| person.write(at as u32 + 1))
        .partition(|one| one["identity"].is_object());
    let text = json!({
        "format": 1, "enterprise": { "name": "E" }, "service_packs": [], "admins": [], "schedules": [],
        "locations": [location(1), location(2)],
        "departments": departments,
        "users": persons, "hunt_groups": virtual_ones,
    });
    serde_json::from_value(text).unwrap()
}

/// Names and numbers of a few letters and digits, so that searches find several and not all.
#[derive(Clone, Debug)]
struct Person {
    names: (String, String),
    place: u8,
    number: Option<u32>,
    mobile: Option<u32>,
    extension: Option<u32>,
    group: bool,
}

impl Person {
    fn write(&self, id: u32) -> serde_json::Value {
        let (location, department) = [
            (1, None),
            (1, Some(1)),
            (1, Some(2)),
            (2, None),
            (2, Some(3)),
        ][usize::from(self.place)];
        // Numbers are those of one user each.
        let number = self.number.map(|digits| format!("+3130555{digits}{id:03}"));
        let extension = self.extension.map(|digits| format!("{digits}{id:03}"));
        if self.group {
            return json!({ "id": id, "policy": "regular", "members": [], "identity": {
                "name": format!("{} {}", self.names.0, self.names.1), "location": location, "department": department,
                "number": number, "extension": extension } });
        }
        json!({ "id": id, "login": format!("u{id}"), "first_name": self.names.0, "last_name": self.names.1,
            "profile": "fixed", "location": location, "department": department, "number": number,
            "extension": extension, "mobile": self.mobile.map(|digits| format!("+3165550{digits}{id:03}")) })
    }
}

fn person() -> impl Strategy<Value = Person> {
    let names = ("[AaBbÉİ]{1,3}", "[ABcd]{1,2}( [Aa])?");
    let digits = || prop::option::of(0_u32..3);
    (
        names,
        0..5_u8,
        digits(),
        digits(),
        prop::option::of(0_u32..3),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(names, place, number, mobile, extension, group)| Person {
            names,
            place,
            number,
            mobile,
            extension,
            group,
        })
}

fn searches() -> impl Strategy<Value = String> {
    prop_oneof![
        "",
        "[abcdéi̇ ]{1,3}",
        "0?[0-5]{1,3}",
        Just("+".to_owned()),
        Just("00".to_owned()),
        "0031 ?30",
        "06 55",
        " [A-D] "
    ]
}

fn scopes() -> [Scope; 9] {
    let (location, department) = (
        |id| Scope::LocationAdmin(LocationId(id)),
        |id| Scope::DepartmentAdmin(DepartmentId(id)),
    );
    let user = |id| Scope::User(UserId(id));
    [
        Scope::EnterpriseAdmin,
        location(1),
        location(2),
        location(9),
        department(1),
        department(2),
        department(3),
        user(1),
        user(99),
    ]
}

fn view(people: &[Person]) -> Arc<View> {
    Arc::new(View::new(Loaded::without_versions(organisation(people), 1)))
}

/// Past every user, in the order of lists.
fn walk<'a>(view: &'a View, scope: Scope, filter: &Filter) -> Vec<&'a Arc<Member>> {
    let search = Search::new(&filter.search);
    let mut all: Vec<_> = view.directory.members().collect();
    all.retain(|member| member.role.kind() == RoleKind::Person);
    all.sort_by_key(|m| {
        (
            m.user.last_name.to_lowercase(),
            m.user.first_name.to_lowercase(),
            m.user.id,
        )
    });
    all.retain(|m| scope.covers(&view.directory, &m.user) && search.finds(&m.user.name(), &m.user));
    all.retain(|m| {
        filter
            .location
            .is_none_or(|location| m.user.location == location)
    });
    all
}

proptest! {
    /// Each page after the other, for every scope: what the walk finds, and nothing that the scope hides.
    #[test]
    fn pages_are_those_of_a_walk(
        people in prop::collection::vec(person(), 0..260),
        search in searches(),
        location in prop::option::of((1_u32..4).prop_map(LocationId)),
    ) {
        let view = view(&people);
        for scope in scopes() {
            let mut filter = Filter { search: search.clone(), location, after: None };
            let expected: Vec<UserId> = walk(&view, scope, &filter).iter().map(|m| m.user.id).collect();
            let mut found = Vec::new();
            loop {
                let page = list::page(&view, scope, &filter);
                prop_assert_eq!(page.total as usize, expected.len());
                prop_assert!(page.next.is_none() || page.users.len() == 100);
                found.extend(page.users.iter().map(|user| user.id));
                filter.after = page.next;
                if filter.after.is_none() {
                    break;
                }
            }
            prop_assert_eq!(found, expected, "{:?}", scope);
        }
    }

    /// A page may begin after anybody: whom the scope hides is as if not there, and whom the search leaves out is passed.
    #[test]
    fn a_page_begins_after_anybody(
        people in prop::collection::vec(person(), 1..60), search in searches(), after in 0_u32..61,
    ) {
        let view = view(&people);
        for scope in scopes() {
            let filter = Filter { search: search.clone(), location: None, after: Some(after) };
            let key = |m: &Member| (m.user.last_name.to_lowercase(), m.user.first_name.to_lowercase(), m.user.id);
            let seen = view.directory.user(UserId(after)).filter(|m| scope.covers(&view.directory, &m.user));
            let expected: Vec<UserId> = walk(&view, scope, &filter).iter()
                .filter(|m| seen.is_none_or(|seen| key(m) > key(seen)))
                .map(|m| m.user.id)
                .collect();
            let found: Vec<UserId> = list::page(&view, scope, &filter).users.iter().map(|user| user.id).collect();
            prop_assert_eq!(found, expected, "{:?}", scope);
        }
    }

    /// Colleagues: the first by id whose name or shown numbers hold what is searched for.
    #[test]
    fn colleagues_are_those_of_a_walk(
        people in prop::collection::vec(person(), 0..90), search in searches(),
        only in prop::option::of(prop::sample::select(vec![RoleKind::Person, RoleKind::HuntGroup, RoleKind::CallCenter])),
    ) {
        let view = view(&people);
        let shown = Search::by_shown(&search);
        let expected: Vec<UserId> = view.directory.members()
            .filter(|m| !shown.is_empty() && only.is_none_or(|only| m.role.kind() == only))
            .filter(|m| shown.finds(&m.called(), &m.user))
            .map(|m| m.user.id)
            .take(20)
            .collect();
        let wanted = Wanted { search, ids: String::new(), only };
        let found: Vec<UserId> = colleagues::find(&view, &wanted).iter().map(|found| found.id).collect();
        prop_assert_eq!(found, expected);
    }
}
