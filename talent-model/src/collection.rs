//! Lists and maps that remember whether a document stated them, so that reading and writing keeps every byte of meaning.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::document::{Cx, Node, Read};

/// Whether a collection was left out of its document.
pub(crate) trait Absent {
    fn is_absent(&self) -> bool;
}

/// A list. Reads like a slice; absent and empty differ only in how they are written.
#[derive(Clone, PartialEq)]
pub struct List<T>(Option<Vec<T>>);

/// A map with sorted keys. Reads like a [`BTreeMap`]; a repeated key is refused.
#[derive(Clone, PartialEq)]
pub struct Map<K, V> {
    stated: bool,
    items: BTreeMap<K, V>,
}

impl<T> List<T> {
    /// The list that is left out.
    #[must_use]
    pub const fn absent() -> Self {
        Self(None)
    }
}

impl<K, V> Map<K, V> {
    /// The map that is left out.
    #[must_use]
    pub const fn absent() -> Self {
        Self { stated: false, items: BTreeMap::new() }
    }
}

impl<T> Absent for List<T> {
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Puts a value under a key, in place of the one that was there.
    pub fn insert(&mut self, key: K, value: V) {
        self.stated = true;
        self.items.insert(key, value);
    }
}

impl<K, V> Absent for Map<K, V> {
    fn is_absent(&self) -> bool {
        !self.stated
    }
}

impl<T> Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl<K, V> Deref for Map<K, V> {
    type Target = BTreeMap<K, V>;
    fn deref(&self) -> &BTreeMap<K, V> {
        &self.items
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::absent()
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::absent()
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Some(items))
    }
}

impl<K, V> From<BTreeMap<K, V>> for Map<K, V> {
    fn from(items: BTreeMap<K, V>) -> Self {
        Self { stated: true, items }
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Some(items.into_iter().collect()))
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Self {
        Self { stated: true, items: items.into_iter().collect() }
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::collections::btree_map::Iter<'a, K, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Visit<T> {
            type Value = List<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(List(Some(items)))
            }
        }
        deserializer.deserialize_seq(Visit(PhantomData))
    }
}

impl<'de, K: Deserialize<'de> + Ord + fmt::Display, V: Deserialize<'de>> Deserialize<'de> for Map<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<K, V>(PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de> + Ord + fmt::Display, V: Deserialize<'de>> Visitor<'de> for Visit<K, V> {
            type Value = Map<K, V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut items = BTreeMap::new();
                while let Some(key) = map.next_key::<K>()? {
                    if items.contains_key(&key) {
                        return Err(A::Error::custom(format_args!("duplicate member `{key}`")));
                    }
                    items.insert(key, map.next_value()?);
                }
                Ok(Map { stated: true, items })
            }
        }
        deserializer.deserialize_map(Visit(PhantomData))
    }
}

impl<T: Read> Read for List<T> {
    fn read(node: &Node<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let items = cx.list(node)?;
        let read: Vec<Option<T>> = items.iter().enumerate().map(|(at, item)| cx.within(at, |cx| T::read(item, cx))).collect();
        read.into_iter().collect::<Option<Vec<T>>>().map(|items| Self(Some(items)))
    }
}

/// Any JSON value at all, as under `extensions`: kept and not read. Only a repeated member is refused, as everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Any(serde_json::Value);

impl Any {
    /// The value.
    #[must_use]
    pub fn value(&self) -> &serde_json::Value {
        &self.0
    }
}

impl From<serde_json::Value> for Any {
    fn from(value: serde_json::Value) -> Self {
        Self(value)
    }
}

impl Serialize for Any {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = serde_json::Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(value.into())
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(value.into())
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(value.into())
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(value.into())
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(text.into())
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(serde_json::Value::Null)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(Any(item)) = seq.next_element()? {
                    items.push(item);
                }
                Ok(items.into())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = serde_json::Map::new();
                while let Some((key, Any(value))) = map.next_entry::<String, Any>()? {
                    if members.contains_key(&key) {
                        return Err(A::Error::custom(format_args!("duplicate member `{key}`")));
                    }
                    members.insert(key, value);
                }
                Ok(members.into())
            }
        }
        deserializer.deserialize_any(Visit).map(Self)
    }
}

impl Read for Any {
    fn read(node: &Node<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.source.get(node.span.clone())?;
        // Only what the text's own faults already tell can fail here.
        serde_json::from_str(text).ok()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Any {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Any".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        true.into()
    }
}

impl<K: Read + Ord, V: Read> Read for Map<K, V> {
    fn read(node: &Node<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let members = cx.members(node)?;
        let read: Vec<Option<(K, V)>> = members
            .iter()
            .map(|(key, value)| {
                cx.within_key(key, |cx, key_node| {
                    let key = K::read(key_node, cx);
                    let value = V::read(value, cx);
                    Some((key?, value?))
                })
            })
            .collect();
        read.into_iter().collect::<Option<BTreeMap<K, V>>>().map(Self::from)
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "array", "items": generator.subschema_for::<T>() })
    }
}

#[cfg(feature = "schema")]
impl<K: schemars::JsonSchema, V: schemars::JsonSchema> schemars::JsonSchema for Map<K, V> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("MapFrom{}To{}", K::schema_name(), V::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "propertyNames": generator.subschema_for::<K>(),
            "additionalProperties": generator.subschema_for::<V>(),
        })
    }
}
