//! The parts of a workbook while some of them are changed: all others are copied as they are packed, byte for byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::super::package::{BROKEN, Package, unreadable};
use super::super::relation::{Relation, relations, relations_part};
use super::edit::{Outline, escape, splice};
use crate::diagnostic::Diagnostic;

pub(super) struct Parts<'b> {
    package: Package<'b>,
    /// By number in the archive.
    changed: BTreeMap<usize, String>,
    /// New parts by name.
    added: BTreeMap<String, String>,
}

const CONTENT_TYPES: &str = "[Content_Types].xml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A part with the line that begins it.
pub(super) fn with_head(text: &str) -> String {
    format!("{HEAD}{text}")
}

impl<'b> Parts<'b> {
    pub(super) fn new(package: Package<'b>) -> Self {
        Self { package, changed: BTreeMap::new(), added: BTreeMap::new() }
    }

    /// A part as it is now.
    pub(super) fn get(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        if let Some(text) = self.added.get(name) {
            return Ok(Some(text.clone()));
        }
        match self.package.index(name).and_then(|index| self.changed.get(&index)) {
            Some(text) => Ok(Some(text.clone())),
            None => self.package.part(name),
        }
    }

    /// Changes a part, or adds it. A part that stays the same is not touched.
    pub(super) fn set(&mut self, name: &str, text: String) -> Result<(), Diagnostic> {
        if self.get(name)?.as_ref() != Some(&text) {
            match self.package.index(name) {
                Some(index) => _ = self.changed.insert(index, text),
                None => _ = self.added.insert(name.to_owned(), text),
            }
        }
        Ok(())
    }

    /// Adds a part that a program finds by its relation; returns its name.
    pub(super) fn add(&mut self, stem: &str, ending: &str, content_type: &str, text: &str) -> Result<String, Diagnostic> {
        let is_free = |name: &String| self.package.index(name).is_none() && !self.added.contains_key(name);
        let name = (1..).map(|number| format!("{stem}{number}.{ending}")).find(is_free).unwrap_or_default();
        self.added.insert(name.clone(), with_head(text));
        let types = self.get(CONTENT_TYPES)?.ok_or_else(|| unreadable(CONTENT_TYPES, BROKEN))?;
        let outline = Outline::new(CONTENT_TYPES, &types)?;
        let prefix = &outline.prefix;
        // Drawings are known by their ending, all others by their names.
        let known =
            |child: &super::edit::Child| child.name == "Default" && child.attribute("Extension").is_some_and(|e| e.eq_ignore_ascii_case(ending));
        let change = match ending {
            "xml" => Some(outline.insert(&types, None, format!("<{prefix}Override PartName=\"/{name}\" ContentType=\"{content_type}\"/>"))),
            _ if outline.children.iter().any(known) => None,
            _ => Some(outline.prepend(&types, format!("<{prefix}Default Extension=\"{ending}\" ContentType=\"{content_type}\"/>"))),
        };
        self.set(CONTENT_TYPES, splice(&types, change.into_iter().collect()))?;
        Ok(name)
    }

    /// The relations of a part, with those that were added.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Diagnostic> {
        let (prefix, part) = relations_part(of);
        match self.get(&part)? {
            Some(text) => super::super::relation::parse(&prefix, &part, &text),
            None => relations(&mut self.package, of),
        }
    }

    /// Adds a relation; returns its identifier.
    pub(super) fn relate(&mut self, of: &str, kind: &str, target: &str) -> Result<String, Diagnostic> {
        const EMPTY: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
        let (_, part) = relations_part(of);
        let text = self.get(&part)?.unwrap_or_else(|| with_head(EMPTY));
        let outline = Outline::new(&part, &text)?;
        let used = |id: &String| outline.children.iter().any(|child| child.attribute("Id") == Some(id));
        let id = (1..).map(|number| format!("rIdTalent{number}")).find(|id| !used(id)).unwrap_or_default();
        let relation = format!("<{}Relationship Id=\"{id}\" Type=\"{}\" Target=\"/{}\"/>", outline.prefix, escape(kind), escape(target));
        let text = splice(&text, vec![outline.insert(&text, None, relation)]);
        self.set(&part, text)?;
        Ok(id)
    }

    /// The archive, with the parts in their order and the new ones at the end.
    pub(super) fn finish(self) -> Result<Vec<u8>, Diagnostic> {
        let Self { package, changed, added } = self;
        let mut archive = package.into_archive();
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::DEFAULT);
        let written = (|| {
            for index in 0..archive.len() {
                let part = archive.by_index_raw(index)?;
                match changed.get(&index) {
                    Some(text) => {
                        let name = part.name()?.into_owned();
                        out.start_file(name, options)?;
                        out.write_all(text.as_bytes())?;
                    }
                    None => out.raw_copy_file(part)?,
                }
            }
            for (name, text) in added {
                out.start_file(name, options)?;
                out.write_all(text.as_bytes())?;
            }
            out.finish()
        })();
        written.map(Cursor::into_inner).map_err(|_| unreadable("zip", BROKEN))
    }
}
