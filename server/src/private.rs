//! Files that only whoever runs the server may read: databases, messages, exports. On systems without such modes they are
//! as the system makes them.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a file that is not there yet.
pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    options().create_new(true).open(path)
}

/// Writes a file, in the place of the one that may be there.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    let mut file = options().create(true).truncate(true).open(path)?;
    close(path)?;
    io::Write::write_all(&mut file, content.as_ref())
}

/// Makes a folder with those above it, unless they are there.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Opens a file to write, and makes it when it is not there.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    options().create(true).truncate(false).open(path)
}

/// Closes a file to others that they could read, or a folder with all that is in it; each is told of.
pub(crate) fn mend(path: &Path) {
    match close(path) {
        Ok(true) => {
            tracing::warn!(path = %path.display(), "others could read it; they no longer can");
        }
        Ok(false) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "others can read it, and that cannot be changed");
        }
    }
    let Ok(entries) = std::fs::read_dir(path) else {
        return;
    };
    // A link leads elsewhere, perhaps around in a circle.
    let own = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_symlink()));
    own.for_each(|entry| mend(&entry.path()));
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes away what others may do. True: there was something.
#[cfg(unix)]
fn close(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    let found = std::fs::metadata(path)?;
    let mut permissions = found.permissions();
    // A device, as /dev/null, is everybody's.
    let wide = permissions.mode() & 0o077 != 0 && (found.is_file() || found.is_dir());
    if wide {
        permissions.set_mode(permissions.mode() & 0o700);
        std::fs::set_permissions(path, permissions)?;
    }
    Ok(wide)
}

#[cfg(not(unix))]
fn close(_: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn open_to_all(path: &Path) {
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
    }

    #[test]
    fn nobody_else_reads_what_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let (inner, file) = (folder.path().join("a/b"), folder.path().join("a/b/c"));
        create_folder(&inner).unwrap();
        write(&file, "one").unwrap();
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o600));
        open_to_all(&file);
        write(&file, "two").unwrap();
        assert_eq!(
            (
                mode(&file),
                std::fs::read_to_string(&file).unwrap().as_str()
            ),
            (0o700, "two")
        );
        drop(create_new(&inner.join("d")).unwrap());
        drop(open(&inner.join("e")).unwrap());
        assert_eq!(
            (mode(&inner.join("d")), mode(&inner.join("e"))),
            (0o600, 0o600)
        );
    }

    #[test]
    fn what_is_open_to_others_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("inner/file");
        create_folder(file.parent().unwrap()).unwrap();
        write(&file, "").unwrap();
        for path in [file.as_path(), file.parent().unwrap(), folder.path()] {
            open_to_all(path);
        }
        mend(folder.path());
        for path in [file.as_path(), file.parent().unwrap(), folder.path()] {
            assert_eq!(mode(path), 0o700, "{}", path.display());
        }
    }
}
