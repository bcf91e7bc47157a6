//! A [`Value`] as one text, which crosses between JavaScript and WebAssembly at a time.
//!
//! | value | text |
//! | --- | --- |
//! | `null`, `true`, `false` | `n`, `t`, `f` |
//! | integer | `i`, digits, `;` |
//! | other number | `d`, its IEEE 754 bits as an integer, `;` |
//! | text | `s`, its length in bytes, `:`, the text as it is |
//! | list | `[`, the items, `]` |
//! | object | `{`, for each member key and value, `}`; a key is a text without `s` |
//!
//! Beside JSON this needs no escapes, and no code that reads or prints fractions, which is large.
//! The other half is `js/text.js`.

use kinora::number::whole;
use kinora::{Object, Value};

/// A text that is being written, member by member, without an object in between.
#[derive(Debug, Default)]
pub struct Writer(String);

impl Writer {
    /// Begins a list or an object, `[` or `{`, or ends one.
    pub fn mark(&mut self, mark: &str) {
        self.0.push_str(mark);
    }

    /// The key of the member that follows.
    pub fn key(&mut self, key: &str) {
        self.digits(key.len() as i64);
        self.mark(":");
        self.0.push_str(key);
    }

    /// A member that is text.
    pub fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.mark("s");
        self.key(text);
    }

    /// A member that is an integer.
    pub fn int(&mut self, key: &str, number: i64) {
        self.key(key);
        self.mark("i");
        self.digits(number);
        self.mark(";");
    }

    /// A member that is a number, where there is one.
    pub fn number(&mut self, key: &str, number: Option<f64>) {
        if let Some(number) = number {
            self.key(key);
            self.float(number);
        }
    }

    /// Text that is an item of a list.
    pub fn item(&mut self, text: &str) {
        self.0.push('s');
        self.key(text);
    }

    /// A member that is a truth value.
    pub fn truth(&mut self, key: &str, truth: bool) {
        self.key(key);
        self.mark(if truth { "t" } else { "f" });
    }

    /// Any value.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.mark("n"),
            Value::Bool(true) => self.mark("t"),
            Value::Bool(false) => self.mark("f"),
            Value::Int(number) => {
                self.mark("i");
                self.digits(*number);
                self.mark(";");
            }
            Value::Float(number) => self.float(*number),
            Value::String(text) => {
                self.mark("s");
                self.key(text);
            }
            Value::List(items) => {
                self.mark("[");
                for item in items {
                    self.value(item);
                }
                self.mark("]");
            }
            Value::Object(object) => self.object(object),
        }
    }

    /// An object.
    pub fn object(&mut self, object: &Object) {
        self.mark("{");
        for (key, value) in object.iter() {
            self.key(key);
            self.value(value);
        }
        self.mark("}");
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.0
    }

    fn float(&mut self, number: f64) {
        self.mark("d");
        self.digits(number.to_bits().cast_signed());
        self.mark(";");
    }

    fn digits(&mut self, number: i64) {
        self.0.push_str(&kinora::number::digits(number));
    }
}

/// The value in a text; nothing when the text is none of these, or nested deeper than [`DEPTH`].
pub fn read(text: &str) -> Option<Value> {
    #[cfg(feature = "trap")]
    crate::trap::spring(text);
    let mut reader = Reader { rest: text };
    let value = reader.value(DEPTH)?;
    reader.rest.is_empty().then_some(value)
}

/// How deep lists and objects may be nested.
pub const DEPTH: u32 = 100;

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn value(&mut self, depth: u32) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        Some(match self.sign()? {
            b'n' => Value::Null,
            b't' => Value::Bool(true),
            b'f' => Value::Bool(false),
            b'i' => Value::Int(self.number(b';')?),
            b'd' => Value::Float(f64::from_bits(self.number(b';')?.cast_unsigned())),
            b's' => Value::String(self.text()?),
            b'[' => Value::List(self.list(depth)?),
            b'{' => Value::Object(self.object(depth)?),
            _ => return None,
        })
    }

    fn list(&mut self, depth: u32) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        while !self.ends(']') {
            items.push(self.value(depth)?);
        }
        Some(items)
    }

    fn object(&mut self, depth: u32) -> Option<Object> {
        let mut object = Object::new();
        while !self.ends('}') {
            let key = self.text()?;
            object.insert(key, self.value(depth)?);
        }
        Some(object)
    }

    fn sign(&mut self) -> Option<u8> {
        self.take(1)?.bytes().next()
    }

    fn take(&mut self, length: usize) -> Option<&str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn ends(&mut self, mark: char) -> bool {
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn number(&mut self, end: u8) -> Option<i64> {
        let length = self.rest.bytes().position(|byte| byte == end)?;
        let digits = self.take(length)?;
        let number = match digits.strip_prefix('-') {
            Some(digits) => 0_i64.checked_sub_unsigned(whole(digits)?),
            None => i64::try_from(whole(digits)?).ok(),
        };
        self.sign()?;
        number
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number(b':')?).ok()?;
        self.take(length).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &Value, text: &str) {
        let mut writer = Writer::default();
        writer.value(value);
        assert_eq!(writer.finish(), text);
        assert_eq!(read(text).as_ref(), Some(value), "{text}");
    }

    #[test]
    fn every_value_has_one_text() {
        check(&Value::Null, "n");
        check(&Value::Bool(true), "t");
        check(&Value::Bool(false), "f");
        check(&Value::Int(-9_007_199_254_740_991), "i-9007199254740991;");
        check(&Value::Float(0.5), "d4602678819172646912;");
        check(&Value::Float(-0.5), "d-4620693217682128896;");
        check(&Value::from(""), "s0:");
        check(&Value::from("a:1;"), "s4:a:1;");
        check(&Value::List(vec![Value::Int(1), Value::Null]), "[i1;n]");
        let object = Object::new().with("a", 1).with("b", Object::new());
        check(&Value::Object(object), "{1:ai1;1:b{}}");
    }

    #[test]
    fn members_are_written_as_values_are() {
        let mut writer = Writer::default();
        writer.mark("{");
        writer.text("a", "é");
        writer.int("b", -1);
        writer.truth("c", true);
        writer.mark("}");
        assert_eq!(writer.finish(), "{1:as2:é1:bi-1;1:ct}");
    }

    #[test]
    fn lengths_are_those_of_utf_8() {
        check(&Value::from("é"), "s2:é");
        check(&Value::from("🎬!"), "s5:🎬!");
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for text in [
            "",
            "x",
            "nn",
            "i;",
            "i1",
            "d0",
            "dz;",
            "d9223372036854775808;",
            "s2:a",
            "s1:🎬",
            "s-1:a",
            "[n",
            "{1:a",
            "{1:an",
            "{n}",
            "]",
            "éé",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn nesting_ends_somewhere() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&nested(DEPTH as usize)).is_some());
        assert_eq!(read(&nested(DEPTH as usize + 1)), None);
        assert_eq!(read(&nested(100_000)), None);
    }
}
