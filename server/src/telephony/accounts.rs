//! The SIP accounts in memory: what Asterisk asks for, and whose phone an account is.

use super::look_ups::realtime::{AccountKind, Accounts, MediaEncryption, SipAccount};
use crate::live::Live;
use crate::store;
use arc_swap::ArcSwap;
use centrale_core::id::{DeviceId, UserId};
use centrale_core::organisation::Language;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, RwLock};

/// The line to the public network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// The digest password of both directions.
    pub secret: String,
    /// Where calls go out to, `sip:192.0.2.1:5060`.
    pub contact: String,
}

/// The name of the trunk's account.
pub(super) const TRUNK: &str = "trunk";

/// The phones by their accounts.
type Phones = HashMap<String, store::SipAccount>;

/// Every account that may register or call.
pub struct AccountBook {
    live: Arc<Live>,
    phones: ArcSwap<Phones>,
    trunk: Option<Trunk>,
    qualify_seconds: u32,
    media_encryption: MediaEncryption,
    /// The accounts of phones that can be reached.
    reachable: RwLock<HashSet<String>>,
}

impl AccountBook {
    /// The phones of the store, and the trunk if there is one.
    pub fn new(
        live: Arc<Live>,
        phones: Vec<store::SipAccount>,
        trunk: Option<Trunk>,
        qualify_seconds: u32,
        media_encryption: MediaEncryption,
    ) -> Self {
        let phones = ArcSwap::from_pointee(by_account(phones));
        Self {
            live,
            phones,
            trunk,
            qualify_seconds,
            media_encryption,
            reachable: RwLock::default(),
        }
    }

    /// Whose phone an account is.
    pub fn owner(&self, account: &str) -> Option<(UserId, DeviceId)> {
        self.phones
            .load()
            .get(account)
            .map(|phone| (phone.user, phone.device))
    }

    /// The phones are these from now on.
    pub(super) fn replace(&self, phones: Vec<store::SipAccount>) {
        self.phones.store(Arc::new(by_account(phones)));
    }

    /// A phone is registered with an account.
    pub(super) fn reachable(&self, account: &str) -> bool {
        self.reachable
            .read()
            .is_ok_and(|reachable| reachable.contains(account))
    }

    pub(super) fn set_reachable(&self, account: &str, online: bool) {
        if let Ok(mut reachable) = self.reachable.write() {
            if online {
                reachable.insert(account.to_owned());
            } else {
                reachable.remove(account);
            }
        }
    }

    /// Calls can leave for the public network.
    pub fn has_trunk(&self) -> bool {
        self.trunk.is_some()
    }

    fn phone(&self, phone: &store::SipAccount) -> Option<SipAccount> {
        let view = self.live.view();
        let user = &view.snapshot.user(phone.user)?.user;
        let number = user.extension.map(|e| e.to_string()).unwrap_or_default();
        Some(SipAccount {
            account: phone.account.clone(),
            secret: phone.secret.clone(),
            caller_id: shown(&user.name(), &number),
            language: language(user.language).to_owned(),
            qualify_seconds: self.qualify_seconds,
            lamps: phone.user.to_string(),
            kind: AccountKind::Phone {
                max_contacts: 1,
                media_encryption: self.media_encryption,
            },
        })
    }

    fn line(&self) -> Option<SipAccount> {
        let trunk = self.trunk.as_ref()?;
        Some(SipAccount {
            account: TRUNK.to_owned(),
            secret: trunk.secret.clone(),
            caller_id: String::new(),
            language: language(Language::default()).to_owned(),
            qualify_seconds: 0,
            lamps: String::new(),
            kind: AccountKind::Trunk {
                contact: trunk.contact.clone(),
            },
        })
    }
}

impl Accounts for AccountBook {
    fn find(&self, account: &str) -> Option<SipAccount> {
        if account == TRUNK {
            self.line()
        } else {
            self.phones
                .load()
                .get(account)
                .and_then(|phone| self.phone(phone))
        }
    }

    fn all(&self) -> Vec<SipAccount> {
        let mut all: Vec<_> = self
            .phones
            .load()
            .values()
            .filter_map(|phone| self.phone(phone))
            .collect();
        all.sort_by(|a, b| a.account.cmp(&b.account));
        all.extend(self.line());
        all
    }
}

fn by_account(phones: Vec<store::SipAccount>) -> Phones {
    phones
        .into_iter()
        .map(|phone| (phone.account.clone(), phone))
        .collect()
}

/// The folder of prompts of a language.
pub(super) fn language(language: Language) -> &'static str {
    match language {
        Language::Nl => "nl",
        Language::En => "en",
    }
}

/// A name and a number as Asterisk takes them. What would end the quotes is left out.
pub(super) fn shown(name: &str, number: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '"' | '\\' | '<' | '>') && !c.is_control())
        .collect();
    format!("\"{name}\" <{number}>")
}
