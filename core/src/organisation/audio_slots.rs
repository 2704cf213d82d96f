//! Where parts name sounds, and how long these may be.

use super::Shared;
use super::{Audio, AudioScope, AutoAttendant, MAX_UPLOAD_MS, Menu, MenuAction, Part, VirtualUser};
use crate::id::UserId;

/// The longest greeting of a menu, in milliseconds (manual § 20.1.3).
const MAX_MENU_MS: u32 = 5 * 60 * 1000;

/// Where a part names sounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioSlot<'a> {
    /// The field.
    pub field: String,
    /// What it holds.
    pub audio: &'a Audio,
    /// How long it may be in all, in milliseconds.
    pub most_ms: u32,
}

impl Part {
    /// Every place where it names sounds.
    pub fn audio_slots(&self) -> Vec<AudioSlot<'_>> {
        let slot = |(field, audio): (&str, _)| AudioSlot {
            field: field.into(),
            audio,
            most_ms: MAX_UPLOAD_MS,
        };
        let music = match self {
            Self::AutoAttendant(attendant) => return attendant.audio_slots(),
            Self::CallCenter(center) => return center.audios().map(slot).collect(),
            Self::Site(site) => Some((&site.settings.music, "settings.music")),
            Self::DepartmentMusic(music) => music.music.as_ref().map(|music| (music, "music")),
            _ => None,
        };
        let Some((music, at)) = music else {
            return Vec::new();
        };
        let sources = [
            ("audio", Some(&music.audio)),
            ("internal", music.internal.as_ref()),
        ];
        let named = sources
            .into_iter()
            .filter_map(|(name, audio)| Some((format!("{at}.{name}"), audio?)));
        named.map(|(field, audio)| slot((&field, audio))).collect()
    }

    /// From where the names in them are looked for.
    pub fn audio_scope(&self, shared: &Shared) -> AudioScope {
        match self {
            Self::DepartmentMusic(music) => {
                let location = shared
                    .departments
                    .get(&music.department)
                    .map(|d| d.location);
                AudioScope {
                    user: None,
                    department: Some(music.department),
                    location,
                }
            }
            Self::Site(site) => AudioScope {
                location: Some(site.location),
                ..AudioScope::default()
            },
            _ => self
                .identity()
                .map(|identity| identity.audio_scope(UserId(self.key().id)))
                .unwrap_or_default(),
        }
    }
}

impl VirtualUser {
    /// From where the names of its sounds are looked for.
    pub fn audio_scope(&self, id: UserId) -> AudioScope {
        AudioScope {
            user: Some(id),
            department: self.department,
            location: Some(self.location),
        }
    }
}

impl AutoAttendant {
    fn audio_slots(&self) -> Vec<AudioSlot<'_>> {
        let first = [
            ("business", Some(&self.business)),
            ("after_hours", Some(&self.after_hours)),
        ];
        let first = first
            .into_iter()
            .chain([("holiday", self.holiday.as_ref())]);
        let mut slots = Vec::new();
        for (at, menu) in first {
            slots.extend(menu.into_iter().flat_map(|menu| of_menu(at, menu)));
        }
        for (place, submenu) in self.submenus.iter().enumerate() {
            slots.extend(of_menu(&format!("submenus.{place}.menu"), &submenu.menu));
        }
        slots
    }
}

fn of_menu<'a>(at: &str, menu: &'a Menu) -> Vec<AudioSlot<'a>> {
    let slot = |field, audio| AudioSlot {
        field,
        audio,
        most_ms: MAX_MENU_MS,
    };
    let mut slots = vec![slot(format!("{at}.greeting"), &menu.greeting)];
    if let Some(MenuAction::Announcement { audio }) = &menu.timeout {
        slots.push(slot(format!("{at}.timeout"), audio));
    }
    for (key, does) in &menu.keys {
        if let MenuAction::Announcement { audio } = &does.action {
            slots.push(slot(format!("{at}.keys.{}", key.sign()), audio));
        }
    }
    slots
}
