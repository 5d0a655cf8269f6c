//! Writing what a command has to say, whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use talent_model::diagnostic::{Code, Diagnostic};

use crate::input::{failure, label, reason};

/// Writes to a file, or to standard output when there is none or it is `-`.
pub(crate) fn deliver(product: &[u8], path: Option<&Path>, stdout: &mut dyn Write) -> Result<(), Diagnostic> {
    match path.filter(|path| *path != Path::new("-")) {
        Some(path) => to_file(product, path).map_err(|error| failure(Code::FileNotWritten, &label(path), reason(&error))),
        None => match stdout.write_all(product).and_then(|()| stdout.flush()) {
            // The reader has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(failure(Code::FileNotWritten, "<stdout>", reason(&error))),
            Ok(()) => Ok(()),
        },
    }
}

/// Writes beside the file and then takes its place, so that nobody ever sees a part of it.
fn to_file(product: &[u8], path: &Path) -> std::io::Result<()> {
    // A device or pipe has no place to take.
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return OpenOptions::new().write(true).open(path)?.write_all(product);
    }
    let name = path.file_name().ok_or(ErrorKind::IsADirectory)?;
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    // A link stays a link: what it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let beside = folder.join(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let written = file.write_all(product).and_then(|()| file.sync_all()).and_then(|()| {
        if let Ok(found) = fs::metadata(&target) {
            fs::set_permissions(&beside, found.permissions())?;
        }
        fs::rename(&beside, &target)
    });
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}
