//! Documents one after another, in batches of bounded size.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use talent_model::diagnostic::Code;

use super::list::Entry;
use crate::input::{Unread, failure, label, once, reason, too_large};

/// How many documents a batch has at most …
const DOCUMENTS: usize = 256;

/// … and how many bytes for each core, unless one document alone has more. What is small stays in the caches and is used again.
const BYTES: usize = 1 << 20;

/// One document on its way to be looked at.
pub(crate) struct Unit {
    pub(crate) label: Arc<str>,
    /// The line on which it stands, in a file with a document on every line.
    pub(crate) record: Option<usize>,
    pub(crate) content: Content,
}

impl Unit {
    /// The document itself, wherever it is; nothing of it stays here.
    pub(crate) fn bytes(&mut self, limit: usize) -> Result<Vec<u8>, Unread> {
        match std::mem::replace(&mut self.content, Content::Bytes(Vec::new())) {
            Content::Bytes(bytes) => Ok(bytes),
            Content::File(path) => crate::input::file(&path, limit),
            Content::Unread(unread) => Err(unread),
        }
    }

    /// Takes back the bytes of a line, whose memory the lines that come are read into. Those of a file are let go: a batch of files has no bound but that of each.
    pub(crate) fn give_back(&mut self, bytes: Vec<u8>) {
        if self.record.is_some() {
            self.content = Content::Bytes(bytes);
        }
    }
}

/// What is known of it.
pub(crate) enum Content {
    /// The file is read by whoever looks at it.
    File(PathBuf),
    Bytes(Vec<u8>),
    Unread(Unread),
}

/// The lines of one file.
struct Lines<'s> {
    label: Arc<str>,
    number: usize,
    reader: Box<dyn BufRead + 's>,
}

/// All documents of a list of places.
pub(crate) struct Feed<'s> {
    entries: std::vec::IntoIter<Entry>,
    stdin: Option<&'s mut dyn Read>,
    lines: Option<Lines<'s>>,
    /// Memory of lines that have been looked at.
    rooms: Vec<Vec<u8>>,
    /// The most bytes of one document.
    limit: usize,
}

impl<'s> Feed<'s> {
    pub(crate) fn new(entries: Vec<Entry>, stdin: Option<&'s mut dyn Read>, limit: usize) -> Self {
        Self { entries: entries.into_iter(), stdin, lines: None, rooms: Vec::new(), limit }
    }

    /// Takes back what has been looked at, whose memory the next lines are read into.
    pub(crate) fn reuse(&mut self, units: Vec<Unit>) {
        self.rooms.extend(units.into_iter().filter_map(|unit| match unit.content {
            Content::Bytes(bytes) if bytes.capacity() <= BYTES => Some(bytes),
            _ => None,
        }));
        self.rooms.truncate(DOCUMENTS);
    }

    /// The next documents; none when there are no more.
    pub(crate) fn batch(&mut self) -> Vec<Unit> {
        let mut units = Vec::new();
        let mut bytes = 0;
        while units.len() < DOCUMENTS && bytes < BYTES * rayon::current_num_threads() {
            let Some(unit) = self.next() else { break };
            bytes += match &unit.content {
                Content::Bytes(content) => content.len(),
                Content::File(_) | Content::Unread(_) => 0,
            };
            units.push(unit);
        }
        units
    }

    fn next(&mut self) -> Option<Unit> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next(self.limit, &mut self.rooms) {
                    Some(unit) => return Some(unit),
                    None => self.lines = None,
                }
            }
            let content = match self.entries.next()? {
                Entry::File(path) => (label(&path), Content::File(path)),
                Entry::Nothing(label, diagnostic) => (label, Content::Unread(Unread::Io(diagnostic))),
                Entry::Lines(path) => match File::open(&path) {
                    Ok(file) => {
                        self.lines = Some(Lines { label: label(&path).into(), number: 0, reader: Box::new(BufReader::with_capacity(1 << 16, file)) });
                        continue;
                    }
                    Err(error) => {
                        let label = label(&path);
                        let diagnostic = failure(Code::FileNotRead, &label, reason(&error));
                        (label, Content::Unread(Unread::Io(diagnostic)))
                    }
                },
                Entry::Stdin => match self.standard_input() {
                    Some(content) => (label(Path::new("-")), content),
                    None => continue,
                },
            };
            return Some(Unit { label: content.0.into(), record: None, content: content.1 });
        }
    }

    /// Standard input has no name that would tell what it is. If its first line is a whole document, there is one on every line.
    fn standard_input(&mut self) -> Option<Content> {
        let name: Arc<str> = label(Path::new("-")).into();
        let Some(stdin) = self.stdin.take() else { return Some(Content::Unread(Unread::Io(once()))) };
        let mut reader = BufReader::with_capacity(1 << 16, stdin);
        let mut first = Vec::new();
        let limit = self.limit;
        let room = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let failed = |error: &std::io::Error| Content::Unread(Unread::Io(failure(Code::FileNotRead, &name, reason(error))));
        if let Err(error) = (&mut reader).take(room).read_until(b'\n', &mut first) {
            return Some(failed(&error));
        }
        let is_line = first.ends_with(b"\n") && first.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(&first).is_ok();
        if is_line {
            self.lines = Some(Lines { label: Arc::clone(&name), number: 0, reader: Box::new(Cursor::new(first).chain(reader)) });
            return None;
        }
        let taken = u64::try_from(first.len()).unwrap_or(u64::MAX);
        match reader.take(room.saturating_sub(taken)).read_to_end(&mut first) {
            Err(error) => Some(failed(&error)),
            Ok(_) if first.len() > limit => {
                Some(Content::Unread(Unread::TooLarge(too_large((format!("more than {limit}"), format!("超过 {limit}")), limit))))
            }
            Ok(_) => Some(Content::Bytes(first)),
        }
    }
}

impl Lines<'_> {
    /// The next line that is not blank.
    fn next(&mut self, limit: usize, rooms: &mut Vec<Vec<u8>>) -> Option<Unit> {
        let room = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        loop {
            let mut line = rooms.pop().unwrap_or_default();
            line.clear();
            self.number += 1;
            let content = match (&mut self.reader).take(room).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.len() > limit && !line.ends_with(b"\n") => {
                    // What cannot be skipped cannot be read either, which the next line tells.
                    let _ = self.skip();
                    Content::Unread(Unread::TooLarge(too_large((format!("more than {limit}"), format!("超过 {limit}")), limit)))
                }
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(_) => Content::Bytes(line),
                Err(error) => {
                    let diagnostic = failure(Code::FileNotRead, &self.label, reason(&error));
                    // Nothing more can be read from it.
                    self.reader = Box::new(std::io::empty());
                    Content::Unread(Unread::Io(diagnostic))
                }
            };
            return Some(Unit { label: Arc::clone(&self.label), record: Some(self.number), content });
        }
    }

    fn skip(&mut self) -> std::io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let (taken, done) = match buffer.iter().position(|b| *b == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.reader.consume(taken);
            if done {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a unit holds on to once its bytes have been looked at.
    fn kept(record: Option<usize>) -> usize {
        let mut unit = Unit { label: "a".into(), record, content: Content::Bytes(vec![b'x'; 1000]) };
        let bytes = unit.bytes(1000).unwrap_or_default();
        assert_eq!(bytes.len(), 1000);
        unit.give_back(bytes);
        match unit.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::File(_) | Content::Unread(_) => 0,
        }
    }

    #[test]
    fn only_the_memory_of_lines_is_used_again() {
        assert_eq!((kept(Some(1)), kept(None)), (1000, 0));
    }
}
