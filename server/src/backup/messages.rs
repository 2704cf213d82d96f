//! The messages that callers left: a folder for each mailbox, with files in it.

use super::Error;
use crate::private;
use std::io;
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;

/// A message in its folder.
pub(super) struct Message {
    pub(super) mailbox: String,
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// Shows every message until there is an error. One that is removed or marked as heard meanwhile may be missed.
pub(super) fn each(
    folder: &Path,
    mut see: impl FnMut(Message) -> Result<(), Error>,
) -> Result<(), Error> {
    for mailbox in entries(folder)? {
        for name in entries(&folder.join(&mailbox))? {
            let path = folder.join(&mailbox).join(&name);
            let content = match std::fs::read(&path) {
                Ok(content) => content,
                Err(error) if is_gone(&error) => continue,
                Err(cause) => return Err(Error::Messages { path, cause }),
            };
            see(Message {
                mailbox: mailbox.clone(),
                name,
                content,
            })?;
        }
    }
    Ok(())
}

/// The names of what is in a folder; none when it is no folder, or not there.
fn entries(folder: &Path) -> Result<Vec<String>, Error> {
    let failed = |cause| Error::Messages {
        path: folder.into(),
        cause,
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_gone(&error) || error.kind() == io::ErrorKind::NotADirectory => {
            return Ok(Vec::new());
        }
        Err(cause) => return Err(failed(cause)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        if !entry.file_type().map_err(failed)?.is_symlink() {
            names.extend(entry.file_name().into_string());
        }
    }
    names.sort();
    Ok(names)
}

fn is_gone(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::IsADirectory
    )
}

/// Messages that are put back: beside their folder, until all are there.
pub(super) struct PuttingBack {
    folder: PathBuf,
    beside: Option<TempDir>,
}

impl PuttingBack {
    /// Begins; the folder must be empty, or not there.
    pub(super) fn begin(folder: &Path) -> Result<Self, Error> {
        if entries(folder)?.is_empty() {
            Ok(Self {
                folder: folder.into(),
                beside: None,
            })
        } else {
            Err(Error::MessagesThere(folder.into()))
        }
    }

    pub(super) fn add(&mut self, message: &Message) -> Result<(), Error> {
        let parts = [message.mailbox.as_str(), &message.name];
        if !parts.iter().all(|part| is_name(part)) {
            return Err(Error::Damaged);
        }
        let failed = |path: &Path, cause| Error::Messages {
            path: path.into(),
            cause,
        };
        let beside = match &mut self.beside {
            Some(beside) => beside,
            beside => {
                let parent = self
                    .folder
                    .parent()
                    .filter(|parent| !parent.as_os_str().is_empty());
                let parent = parent.unwrap_or(Path::new("."));
                private::create_folder(parent).map_err(|cause| failed(parent, cause))?;
                let made = tempfile::Builder::new()
                    .prefix(".messages-")
                    .tempdir_in(parent);
                beside.insert(made.map_err(|cause| failed(parent, cause))?)
            }
        };
        let mailbox = beside.path().join(&message.mailbox);
        private::create_folder(&mailbox).map_err(|cause| failed(&mailbox, cause))?;
        let path = mailbox.join(&message.name);
        private::write(&path, &message.content).map_err(|cause| failed(&path, cause))
    }

    /// Puts them in their place. True: there were some.
    pub(super) fn place(&mut self) -> Result<bool, Error> {
        let Some(beside) = self.beside.take() else {
            return Ok(false);
        };
        let placed =
            remove_empty(&self.folder).and_then(|()| std::fs::rename(beside.path(), &self.folder));
        placed.map_err(|cause| Error::Messages {
            path: self.folder.clone(),
            cause,
        })?;
        // What it was to remove when dropped is elsewhere now.
        let _ = beside.keep();
        Ok(true)
    }
}

fn remove_empty(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether a text names one thing in a folder, and leads nowhere else.
fn is_name(text: &str) -> bool {
    let mut parts = Path::new(text).components();
    matches!(parts.next(), Some(Component::Normal(part)) if part == text) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_stay_in_their_folder() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("messages");
        let mut back = PuttingBack::begin(&target).unwrap();
        let message = |mailbox: &str, name: &str| Message {
            mailbox: mailbox.into(),
            name: name.into(),
            content: vec![1],
        };
        for (mailbox, name) in [
            ("..", "a"),
            ("1", "../a"),
            ("1", "/a"),
            ("", "a"),
            ("1", ""),
            (".", "a"),
            ("1/2", "a"),
        ] {
            assert!(
                matches!(back.add(&message(mailbox, name)), Err(Error::Damaged)),
                "{mailbox} {name}"
            );
        }
        back.add(&message("1", "a.wav")).unwrap();
        assert!(!target.exists());
        assert!(back.place().unwrap());
        assert_eq!(std::fs::read(target.join("1/a.wav")).unwrap(), [1]);
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing else is left"
        );
        assert!(matches!(
            PuttingBack::begin(&target),
            Err(Error::MessagesThere(_))
        ));
    }

    #[test]
    fn given_up_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let mut back = PuttingBack::begin(&folder.path().join("messages")).unwrap();
        back.add(&Message {
            mailbox: "1".into(),
            name: "a.wav".into(),
            content: vec![],
        })
        .unwrap();
        drop(back);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
