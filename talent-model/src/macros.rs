//! The five forms every type of the data model takes. Each macro writes the type once and derives from it the fast reader (serde), the
//! diagnosing reader ([`Read`](crate::document::Read)) and the schema, so that the three cannot drift apart.

/// An identifier, or another checked string: `checked_string! { /// docs pub struct ZoneId: SLUG; }`.
macro_rules! checked_string {
    ($($(#[doc = $doc:literal])* pub struct $name:ident : $rule:expr;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(smol_str::SmolStr);

        impl $name {
            /// The rule that its text obeys; the same constant feeds the schema.
            pub(crate) const RULE: &'static $crate::id::StringRule = &$rule;

            /// Checks a text and wraps it.
            ///
            /// # Errors
            /// [`StringError`](crate::id::StringError) says what the rule asks for.
            pub fn new(text: &str) -> Result<Self, $crate::id::StringError> {
                Self::RULE.check(text)?;
                Ok(Self(smol_str::SmolStr::new(text)))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::id::StringError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visit;
                impl serde::de::Visitor<'_> for Visit {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($name::RULE.expects.en)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                        $name::new(text).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Visit)
            }
        }

        impl $crate::document::Read for $name {
            fn read(node: &$crate::document::Node<'_>, cx: &mut $crate::document::Cx<'_>) -> Option<Self> {
                let text = cx.string(node)?;
                match Self::new(text) {
                    Ok(value) => Some(value),
                    Err(_) => cx.ill_formed(node, text, Self::RULE.expects),
                }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::schema::string(Self::RULE, concat!($($doc, "\n"),*))
            }
        }
    )*};
}

/// A bounded number: `bounded_number! { /// docs pub struct Score: 0.0, 100.0; }`.
macro_rules! bounded_number {
    ($($(#[doc = $doc:literal])* pub struct $name:ident : $min:expr, $max:expr, $integer:expr;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            pub(crate) const RULE: $crate::quantity::NumberRule =
                $crate::quantity::NumberRule { min: $min, max: $max, integer: $integer };

            /// Checks a number and wraps it; `None` when it is outside the type's range or not finite.
            #[must_use]
            pub fn new(value: f64) -> Option<Self> {
                // Adding zero turns -0 into 0, so that equal values have equal bytes.
                Self::RULE.holds(value).then_some(Self(value + 0.0))
            }

            /// The number.
            #[must_use]
            pub fn get(self) -> f64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::quantity::serialize_number(self.0, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::quantity::deserialize_number(deserializer)?;
                Self::new(value).ok_or_else(|| serde::de::Error::custom(Self::RULE.expects($crate::Lang::En)))
            }
        }

        impl $crate::document::Read for $name {
            fn read(node: &$crate::document::Node<'_>, cx: &mut $crate::document::Cx<'_>) -> Option<Self> {
                let value = cx.number(node)?;
                match Self::new(value) {
                    Some(value) => Some(value),
                    None => cx.out_of_bounds(node, value, Self::RULE),
                }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::schema::number(Self::RULE, concat!($($doc, "\n"),*))
            }
        }
    )*};
}

/// A closed list of words: `words! { /// docs pub enum Binding { /// docs Required = "required", } }`.
macro_rules! words {
    ($($(#[doc = $doc:literal])* pub enum $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal),+ $(,)? })*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $name {
            $($(#[doc = $vdoc])* #[serde(rename = $word)] $variant),+
        }

        // By hand, because serde's own also takes `{"word": null}`.
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visit;
                impl serde::de::Visitor<'_> for Visit {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("one of a list of words")
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                        match text {
                            $($word => Ok($name::$variant),)+
                            _ => Err(E::unknown_variant(text, $name::WORDS)),
                        }
                    }
                }
                deserializer.deserialize_str(Visit)
            }
        }

        impl $name {
            /// Every word of the list, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word as it stands in documents.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::document::Read for $name {
            fn read(node: &$crate::document::Node<'_>, cx: &mut $crate::document::Cx<'_>) -> Option<Self> {
                let text = cx.string(node)?;
                match text {
                    $($word => Some(Self::$variant),)+
                    _ => cx.unknown_word(node, text, Self::WORDS),
                }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::schema::words(
                    &[$(($word, concat!($($vdoc, "\n"),*))),+],
                    concat!($($doc, "\n"),*),
                )
            }
        }
    )*};
}

/// An object with named members: `record! { /// docs pub struct Zone { /// docs id: ZoneId, /// docs ring?: Count, } }`.
///
/// `name: T` must be there, `name?: T` may be left out and is an `Option<T>`; `null` is refused in both. `name = "key": T` gives the member
/// another spelling. Unknown and repeated members are refused.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        record!(@field [$(#[$meta])*] $name [] [] $($body)*);
    };
    (@field $metas:tt $name:ident [$($fields:tt)*] [$($reads:tt)*]
        $(#[$fmeta:meta])* $field:ident ? = $key:literal : $ty:ty, $($rest:tt)*) => {
        record!(@field $metas $name [$($fields)*
            $(#[$fmeta])*
            #[serde(rename = $key, default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::document::present")]
            pub $field: Option<$ty>,
        ] [$($reads)* ($field, $key, optional)] $($rest)*);
    };
    (@field $metas:tt $name:ident [$($fields:tt)*] [$($reads:tt)*]
        $(#[$fmeta:meta])* $field:ident ? : $ty:ty, $($rest:tt)*) => {
        record!(@field $metas $name [$($fields)*
            $(#[$fmeta])*
            #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::document::present")]
            pub $field: Option<$ty>,
        ] [$($reads)* ($field, stringify!($field), optional)] $($rest)*);
    };
    // A list or map that may be left out: `List` and `Map` remember whether they were stated.
    (@field $metas:tt $name:ident [$($fields:tt)*] [$($reads:tt)*]
        $(#[$fmeta:meta])* $field:ident * : $ty:ty, $($rest:tt)*) => {
        record!(@field $metas $name [$($fields)*
            $(#[$fmeta])*
            #[serde(default, skip_serializing_if = "crate::collection::Absent::is_absent")]
            pub $field: $ty,
        ] [$($reads)* ($field, stringify!($field), collection)] $($rest)*);
    };
    (@field $metas:tt $name:ident [$($fields:tt)*] [$($reads:tt)*]
        $(#[$fmeta:meta])* $field:ident = $key:literal : $ty:ty, $($rest:tt)*) => {
        record!(@field $metas $name [$($fields)*
            $(#[$fmeta])*
            #[serde(rename = $key)]
            pub $field: $ty,
        ] [$($reads)* ($field, $key, required)] $($rest)*);
    };
    (@field $metas:tt $name:ident [$($fields:tt)*] [$($reads:tt)*]
        $(#[$fmeta:meta])* $field:ident : $ty:ty, $($rest:tt)*) => {
        record!(@field $metas $name [$($fields)*
            $(#[$fmeta])*
            pub $field: $ty,
        ] [$($reads)* ($field, stringify!($field), required)] $($rest)*);
    };
    (@field [$(#[$meta:meta])*] $name:ident [$($fields:tt)*] [$(($field:ident, $key:expr, $need:ident))*]) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(remote = "Self", deny_unknown_fields)]
        pub struct $name {
            $($fields)*
        }
        $crate::macros::object_only!($name);

        impl $crate::document::Read for $name {
            fn read(node: &$crate::document::Node<'_>, cx: &mut $crate::document::Cx<'_>) -> Option<Self> {
                const MEMBERS: &[$crate::document::Member] =
                    &[$($crate::document::Member { key: $key, required: record!(@is_required $need) }),*];
                #[allow(unused_variables, reason = "a record without members does not read any")]
                let object = cx.object(node, MEMBERS)?;
                $(let $field = object.$need($key, cx);)*
                // Every member has been read, and its faults noted, before the first missing one ends it.
                Some(Self { $($field: $field?),* })
            }
        }
    };
    (@is_required required) => { true };
    (@is_required optional) => { false };
    (@is_required collection) => { false };
}

/// A choice between objects told apart by their `type` member: `tagged! { /// docs pub enum Rule { /// docs Piecewise(Piecewise) = "piecewise", } }`.
macro_rules! tagged {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident($inner:ty) = $word:literal),+ $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(remote = "Self", tag = "type")]
        pub enum $name {
            $($(#[doc = $vdoc])* #[serde(rename = $word)] $variant($inner)),+
        }
        $crate::macros::object_only!($name, Choice);

        impl $crate::document::Read for $name {
            fn read(node: &$crate::document::Node<'_>, cx: &mut $crate::document::Cx<'_>) -> Option<Self> {
                const WORDS: &[&str] = &[$($word),+];
                let word = cx.tag(node, WORDS)?;
                match word {
                    $($word => <$inner as $crate::document::Read>::read(node, cx).map(Self::$variant),)+
                    _ => None,
                }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let branches = [$((
                    $word,
                    concat!($($vdoc, "\n"),*),
                    <$inner as schemars::JsonSchema>::json_schema(generator),
                )),+];
                $crate::schema::tagged(generator, stringify!($name), branches, concat!($($doc, "\n"),*))
            }
        }
    };
}

/// Lets a type be read from objects only: what serde derives (here as functions of the type itself, by `remote = "Self"`) would also take a
/// list of the members in order.
macro_rules! object_only {
    ($name:ident) => {
        $crate::macros::object_only!($name, Objects);
    };
    ($name:ident, $objects:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                // The type's own function comes before the trait's.
                Self::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize($crate::document::$objects(deserializer))
            }
        }
    };
}

pub(crate) use {bounded_number, checked_string, object_only, record, tagged, words};
