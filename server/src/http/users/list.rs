//! Lists the users that an administrator may see.

use crate::http::auth::Asker;
use crate::http::refusal::Refusal;
use crate::live::View;
use crate::state::State;
use centrale_core::api::users::{Filter, Listed, Page};
use centrale_core::organisation::User;

/// Users on one page.
const PAGE: usize = 100;

/// The users in scope that the filter lets through, a page at a time.
pub(crate) async fn list(state: State, asker: Asker, (): (), filter: Filter) -> Result<Page, Refusal> {
    let view = state.live.view();
    let search = Search::new(&filter.search);
    let found: Vec<&User> = view
        .directory
        .users()
        .map(|member| &*member.user)
        .filter(|user| filter.location.is_none_or(|location| user.location == location))
        .filter(|user| asker.scope.covers(&view.directory, user) && search.finds(user))
        .collect();
    let start = filter.after.and_then(|after| found.iter().position(|user| user.id.0 == after));
    let rest = &found[start.map_or(0, |at| at + 1)..];
    let page = &rest[..rest.len().min(PAGE)];
    Ok(Page {
        users: page.iter().map(|user| listed(&view, user)).collect(),
        total: found.len() as u32,
        next: page.last().filter(|_| rest.len() > PAGE).map(|user| user.id.0),
    })
}

fn listed(view: &View, user: &User) -> Listed {
    let location = view.directory.location(user.location).map(|l| l.name.clone());
    let department = user.department.and_then(|d| view.directory.department(d));
    let slots = view.snapshot.user(user.id).into_iter().flat_map(|subscriber| subscriber.slots());
    let active = slots.filter(|slot| slot.is_active());
    Listed {
        id: user.id,
        name: user.name(),
        profile: user.profile,
        number: user.number,
        extension: user.extension,
        location: location.unwrap_or_default(),
        department: department.map(|d| d.name.clone()),
        active: active.map(|slot| slot.entry.id.to_string()).collect(),
    }
}

/// What is looked for: part of a name, or part of a number as it is written anywhere.
struct Search {
    text: String,
    digits: Option<String>,
}

impl Search {
    fn new(text: &str) -> Self {
        let is_number = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-./()".contains(c));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        Self { text: text.trim().to_lowercase(), digits: (is_number && !digits.is_empty()).then_some(digits) }
    }

    fn finds(&self, user: &User) -> bool {
        let Some(digits) = &self.digits else {
            return user.name().to_lowercase().contains(&self.text);
        };
        // Neither the trunk prefix nor that of an international call is part of the number itself.
        let significant = digits.trim_start_matches('0');
        let number =
            [user.number, user.mobile].into_iter().flatten().any(|n| n.to_string().contains(significant));
        number || user.extension.is_some_and(|extension| extension.to_string().contains(digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches() {
        let user: User = serde_json::from_value(serde_json::json!({
            "id": 1, "login": "sanne", "first_name": "Sanne", "last_name": "de Vries", "profile": "fixed",
            "location": 1, "number": "+31305550142", "extension": "142", "mobile": "+31655501199"
        }))
        .unwrap();
        let check = |text: &str, expected| assert_eq!(Search::new(text).finds(&user), expected, "{text}");
        check("", true);
        check("sanne de", true);
        check(" VRIES ", true);
        check("jansen", false);
        check("142", true);
        check("030 555 01 42", true);
        check("0031 30", true);
        check("+31 (0)6", false);
        check("06 555", true);
        check("999", false);
    }
}
