//! Writing a value of Rust in canonical form, once through: the members of an object are put in order when it is closed.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, Serializer};
use serde::ser::{SerializeTuple, SerializeTupleStruct, SerializeTupleVariant};
use serde_json::Error;

/// One member of an object that is being written, by its places in the text.
struct Member {
    name: Range<usize>,
    /// The first letters of its name, where all of them are plain: they tell most names apart.
    first: u64,
    /// Where its value ends.
    end: usize,
}

/// The text, and the members of all objects that are open, those of the innermost last.
#[derive(Default)]
pub(super) struct Form {
    text: Vec<u8>,
    members: Vec<Member>,
    /// Memory that is used again.
    sorted: Vec<u8>,
}

impl Form {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text
    }

    fn push(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    /// A number of JSON is one of IEEE 754, says RFC 8785.
    fn number(&mut self, value: f64) {
        self.push(ryu_js::Buffer::new().format(value));
    }

    /// A text in quotes, escaped as RFC 8785 asks: only what must be, in the short form where there is one.
    fn string(&mut self, text: &str) -> Result<(), Error> {
        // Every byte is looked at: without a way out of the loop, it is done many bytes at a time.
        let escapes = text.bytes().fold(false, |escapes, byte| escapes | (byte < 0x20) | (byte == b'"') | (byte == b'\\'));
        if escapes {
            return serde_json::to_writer(&mut self.text, text);
        }
        self.text.push(b'"');
        self.push(text);
        self.text.push(b'"');
        Ok(())
    }

    /// Writes a value after the name of its member, which has been written from a place on.
    fn value(&mut self, start: usize, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        let name = start..self.text.len();
        let first = first_letters(unquoted(&self.text, &name));
        self.text.push(b':');
        value.serialize(&mut *self)?;
        self.members.push(Member { name, first, end: self.text.len() });
        Ok(())
    }

    /// Puts the members of the innermost object in order; it has all of them from a place in the list.
    fn close(&mut self, from: usize) {
        let Self { text, members, sorted } = self;
        let own = members.get_mut(from..).unwrap_or_default();
        if let Some(begin) = own.first().map(|member| member.name.start)
            && !own.is_sorted_by(|a, b| by_name(text, a, b).is_lt())
        {
            own.sort_by(|a, b| by_name(text, a, b));
            sorted.clear();
            for member in own.iter() {
                if !sorted.is_empty() {
                    sorted.push(b',');
                }
                sorted.extend_from_slice(text.get(member.name.start..member.end).unwrap_or_default());
            }
            text.truncate(begin);
            text.extend_from_slice(sorted);
        }
        members.truncate(from);
        text.push(b'}');
    }
}

/// The name of a member as it stands between its quotes.
fn unquoted<'t>(text: &'t [u8], name: &Range<usize>) -> &'t [u8] {
    text.get(name.start + 1..name.end.saturating_sub(1)).unwrap_or_default()
}

/// Whether the order of a name's bytes is that of its letters.
fn is_plain(name: &[u8]) -> bool {
    name.iter().fold(true, |plain, byte| plain & byte.is_ascii() & (*byte != b'\\'))
}

/// The first eight letters as a number that is ordered as they are; 0 for a name that is not plain.
fn first_letters(name: &[u8]) -> u64 {
    let mut letters = [0; 8];
    letters.iter_mut().zip(name).for_each(|(letter, byte)| *letter = *byte);
    if is_plain(name) { u64::from_be_bytes(letters) } else { 0 }
}

/// The order of UTF-16 code units, which for plain names is that of bytes.
fn by_name(text: &[u8], a: &Member, b: &Member) -> Ordering {
    if a.first != b.first && a.first != 0 && b.first != 0 {
        return a.first.cmp(&b.first);
    }
    let (a, b) = (unquoted(text, &a.name), unquoted(text, &b.name));
    if is_plain(a) && is_plain(b) { a.cmp(b) } else { read(a).encode_utf16().cmp(read(b).encode_utf16()) }
}

/// A name without its escapes.
fn read(name: &[u8]) -> Cow<'_, str> {
    let quoted = [b"\"".as_slice(), name, b"\""].concat();
    serde_json::from_slice(&quoted).map_or_else(|_| String::from_utf8_lossy(name), Cow::Owned)
}

/// A list or an object that is being written.
pub(super) struct Open<'f> {
    form: &'f mut Form,
    first: bool,
    /// Where the members of this object begin among those that are open.
    from: usize,
    /// Where the name of the member that is being written begins.
    name: usize,
    /// What stands after it: the brace of a variant's name.
    tail: &'static str,
}

impl<'f> Open<'f> {
    fn new(form: &'f mut Form, begin: &str, tail: &'static str) -> Self {
        form.push(begin);
        let from = form.members.len();
        Self { form, first: true, from, name: 0, tail }
    }

    fn comma(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.form.text.push(b',');
        }
    }

    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.comma();
        value.serialize(&mut *self.form)
    }

    fn end_list(self) {
        self.form.text.push(b']');
        self.form.push(self.tail);
    }

    fn member(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.comma();
        let start = self.form.text.len();
        self.form.string(name)?;
        self.form.value(start, value)
    }

    fn end_object(self) {
        self.form.close(self.from);
        self.form.push(self.tail);
    }
}

macro_rules! numbers {
    ($($name:ident $type:ty,)*) => {$(
        fn $name(self, value: $type) -> Result<(), Error> {
            self.number(value.into());
            Ok(())
        }
    )*};
    (rounded $($name:ident $type:ty,)*) => {$(
        #[expect(clippy::cast_precision_loss, reason = "numbers of JSON are those of IEEE 754, says RFC 8785")]
        fn $name(self, value: $type) -> Result<(), Error> {
            self.number(value as f64);
            Ok(())
        }
    )*};
}

impl<'f> Serializer for &'f mut Form {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'f>;
    type SerializeTuple = Open<'f>;
    type SerializeTupleStruct = Open<'f>;
    type SerializeTupleVariant = Open<'f>;
    type SerializeMap = Open<'f>;
    type SerializeStruct = Open<'f>;
    type SerializeStructVariant = Open<'f>;

    numbers! { serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, }
    numbers! { rounded serialize_i64 i64, serialize_u64 u64, serialize_i128 i128, serialize_u128 u128, }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        if !value.is_finite() {
            return self.serialize_unit();
        }
        self.number(value);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.push(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.string(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.string(text)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.push("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.string(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, variant: &'static str, value: &T) -> Result<(), Error> {
        let mut object = Open::new(self, "{", "");
        object.member(variant, value)?;
        object.end_object();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'f>, Error> {
        Ok(Open::new(self, "[", ""))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'f>, Error> {
        Ok(Open::new(self, "[", ""))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'f>, Error> {
        Ok(Open::new(self, "[", ""))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Open<'f>, Error> {
        self.push("{");
        self.string(variant)?;
        Ok(Open::new(self, ":[", "}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'f>, Error> {
        Ok(Open::new(self, "{", ""))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'f>, Error> {
        Ok(Open::new(self, "{", ""))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Open<'f>, Error> {
        self.push("{");
        self.string(variant)?;
        Ok(Open::new(self, ":{", "}"))
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident,)*) => {$(
        impl $trait for Open<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.end_list();
                Ok(())
            }
        }
    )*};
}
lists! { SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field, }

macro_rules! objects {
    ($($trait:ident)*) => {$(
        impl $trait for Open<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.member(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.end_object();
                Ok(())
            }
        }
    )*};
}
objects! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        self.name = self.form.text.len();
        key.serialize(&mut *self.form)?;
        if self.form.text.get(self.name) != Some(&b'"') {
            // A number, which as a name is a text.
            let number = self.form.text.split_off(self.name);
            self.form.string(&String::from_utf8_lossy(&number))?;
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.form.value(self.name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.end_object();
        Ok(())
    }
}
