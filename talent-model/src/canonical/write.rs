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
    /// Writes a document, in place of what was written before.
    pub(super) fn write(&mut self, document: &(impl Serialize + ?Sized)) -> Result<&[u8], Error> {
        self.text.clear();
        self.members.clear();
        document.serialize(&mut *self)?;
        Ok(&self.text)
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text
    }

    /// How many bytes it holds on to.
    pub(super) fn room(&self) -> usize {
        self.text.capacity() + self.sorted.capacity()
    }

    fn push(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    /// A number of JSON is one of IEEE 754, says RFC 8785.
    fn number(&mut self, value: f64) {
        // As far as whole numbers are exact, ECMAScript writes them as they are; a negative zero is 0.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        #[expect(clippy::cast_possible_truncation, reason = "it is checked that nothing is cut off")]
        let whole = value as i64;
        #[expect(clippy::cast_precision_loss, reason = "where it is lost, the number is not the same")]
        let same = whole as f64 == value;
        if same && value.abs() < EXACT && serde_json::to_writer(&mut self.text, &whole).is_ok() {
            return;
        }
        self.push(ryu_js::Buffer::new().format(value));
    }

    /// A text that needs no escapes.
    fn quoted(&mut self, text: &str) {
        self.text.reserve(text.len() + 2);
        self.text.push(b'"');
        self.push(text);
        self.text.push(b'"');
    }

    /// A text in quotes, escaped as RFC 8785 asks: only what must be, in the short form where there is one.
    fn string(&mut self, text: &str) -> Result<(), Error> {
        if letters(text.as_bytes()).escaped {
            return serde_json::to_writer(&mut self.text, text);
        }
        self.quoted(text);
        Ok(())
    }

    /// Writes a name, and tells its first letters.
    fn name(&mut self, name: &str) -> Result<u64, Error> {
        let first = first_letters(name.as_bytes());
        if first == 0 {
            self.string(name)?;
        } else {
            self.quoted(name);
        }
        Ok(first)
    }

    /// Writes a value after the name of its member, which has been written from a place on.
    fn value(&mut self, start: usize, first: u64, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        let name = start..self.text.len();
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
            && !own.is_sorted_by(|a, b| a.first != 0 && a.first < b.first)
        {
            // Of equal names, which only a map made by hand can have, the first stays the first.
            if own.iter().all(|member| member.first != 0) {
                own.sort_by(|a, b| a.first.cmp(&b.first).then_with(|| unquoted(text, &a.name).cmp(unquoted(text, &b.name))));
            } else {
                own.sort_by(|a, b| by_name(text, a, b));
            }
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

/// What is known of the letters of a text.
#[derive(Clone, Copy)]
struct Letters {
    /// Whether one of them must be escaped: a control character, a quote or a backslash.
    escaped: bool,
    /// Whether all of them are ASCII.
    ascii: bool,
}

/// Looks at the letters of a text, eight at a time.
fn letters(text: &[u8]) -> Letters {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    let (words, rest) = text.as_chunks::<8>();
    // The last eight overlap with those before them, where there are any.
    let last = if rest.is_empty() {
        None
    } else {
        Some(text.last_chunk::<8>().map_or_else(|| short(rest) | blanks(rest.len()), |last| u64::from_be_bytes(*last)))
    };
    let (mut below, mut above) = (0, 0);
    for word in words.iter().map(|word| u64::from_be_bytes(*word)).chain(last) {
        // The highest bit of a byte is set where it is less than the other; nothing else can set one where no byte is.
        let less = |word: u64, than: u64| word.wrapping_sub(EACH * than) & !word & HIGH;
        let is = |letter: u8| less(word ^ (EACH * u64::from(letter)), 1);
        below |= less(word, 0x20) | is(b'"') | is(b'\\');
        above |= word & HIGH;
    }
    Letters { escaped: below != 0, ascii: above == 0 }
}

/// At most seven letters as a number, the first in its highest byte, and zeros after them.
fn short(letters: &[u8]) -> u64 {
    let bits = |count: usize| u32::try_from(8 * count).unwrap_or_default();
    let behind = 8_usize.saturating_sub(letters.len());
    match (letters.first_chunk::<4>(), letters.last_chunk::<4>()) {
        // Where the two overlap, they are the same.
        (Some(first), Some(last)) => u64::from(u32::from_be_bytes(*first)) << 32 | u64::from(u32::from_be_bytes(*last)) << bits(behind),
        _ => letters.iter().fold(0, |number, letter| number << 8 | u64::from(*letter)).checked_shl(bits(behind)).unwrap_or_default(),
    }
}

/// A blank in the place of every letter that is missing from eight.
fn blanks(letters: usize) -> u64 {
    u64::from_be_bytes([b' '; 8]).checked_shr(u32::try_from(8 * letters).unwrap_or_default()).unwrap_or_default()
}

/// The first eight letters as a number that is ordered as they are; 0 for a name that is not plain, whose order is not that of its bytes.
fn first_letters(name: &[u8]) -> u64 {
    let known = letters(name);
    match name.first_chunk::<8>() {
        _ if known.escaped || !known.ascii => 0,
        Some(first) => u64::from_be_bytes(*first),
        None => short(name),
    }
}

/// The order of UTF-16 code units, which for plain names is that of bytes.
fn by_name(text: &[u8], a: &Member, b: &Member) -> Ordering {
    let (one, other) = (unquoted(text, &a.name), unquoted(text, &b.name));
    if a.first != 0 && b.first != 0 { one.cmp(other) } else { read(one).encode_utf16().cmp(read(other).encode_utf16()) }
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
        let first = self.form.name(name)?;
        self.form.value(start, first, value)
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
        let first = first_letters(unquoted(&self.form.text, &(self.name..self.form.text.len())));
        self.form.value(self.name, first, value)
    }

    fn end(self) -> Result<(), Error> {
        self.end_object();
        Ok(())
    }
}
