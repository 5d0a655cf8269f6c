//! Writing what a command has to say, whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use talent_model::diagnostic::{Code, Diagnostic};

use crate::input::{failure, label, reason};

/// Whether what was written is to stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is whole.
    Whole,
    /// It broke off: a file is left as it was.
    Broken,
}

/// Where a product goes: a file, or standard output.
pub(crate) struct Target<'t> {
    pub(crate) path: Option<&'t Path>,
    pub(crate) stdout: &'t mut dyn Write,
}

impl Target<'_> {
    /// Writes a product that is made while it is written. Standard output gets it as it comes, a file whole or not at all.
    pub(crate) fn write(&mut self, make: impl FnOnce(&mut dyn Write) -> std::io::Result<Ending>) -> Result<(), Diagnostic> {
        match self.path.filter(|path| *path != Path::new("-")) {
            Some(path) => to_file(path, make).map_err(|error| failure(Code::FileNotWritten, &label(path), reason(&error))),
            None => {
                let mut out = BufWriter::with_capacity(1 << 16, &mut *self.stdout);
                match make(&mut out).and_then(|_| out.flush()) {
                    // The reader has seen enough.
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                    Err(error) => Err(failure(Code::FileNotWritten, "<stdout>", reason(&error))),
                    Ok(()) => Ok(()),
                }
            }
        }
    }
}

/// Writes to a file, or to standard output when there is none or it is `-`.
pub(crate) fn deliver(product: &[u8], path: Option<&Path>, stdout: &mut dyn Write) -> Result<(), Diagnostic> {
    Target { path, stdout }.write(|out| out.write_all(product).map(|()| Ending::Whole))
}

/// What is being written and has not yet taken its place.
static BEGUN: Mutex<Option<PathBuf>> = Mutex::new(None);

fn begun() -> MutexGuard<'static, Option<PathBuf>> {
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what is being written, before the process ends at once.
pub(crate) fn abandon() {
    if let Some(part) = begun().take() {
        // Nobody is left to be told.
        let _ = fs::remove_file(part);
    }
}

/// Writes beside the file and then takes its place, so that nobody ever sees a part of it.
fn to_file(path: &Path, make: impl FnOnce(&mut dyn Write) -> std::io::Result<Ending>) -> std::io::Result<()> {
    // A device or pipe has no place to take.
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let mut device = BufWriter::new(OpenOptions::new().write(true).open(path)?);
        return make(&mut device).and_then(|_| device.flush());
    }
    let name = path.file_name().ok_or(ErrorKind::IsADirectory)?;
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    // A link stays a link: what it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let beside = folder.join(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let mut file = BufWriter::with_capacity(1 << 16, OpenOptions::new().write(true).create_new(true).open(&beside)?);
    *begun() = Some(beside.clone());
    let written = make(&mut file).and_then(|ending| {
        if ending == Ending::Broken {
            return Ok(ending);
        }
        file.flush()?;
        file.get_ref().sync_all()?;
        if let Ok(found) = fs::metadata(&target) {
            fs::set_permissions(&beside, found.permissions())?;
        }
        fs::rename(&beside, &target).map(|()| ending)
    });
    begun().take();
    if !matches!(written, Ok(Ending::Whole)) {
        // What is still in the buffer is not wanted either; the first error is the one to tell.
        let _ = file.into_parts();
        let _ = fs::remove_file(&beside);
    }
    written.map(|_| ())
}
