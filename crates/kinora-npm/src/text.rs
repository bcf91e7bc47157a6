//! A [`Value`] as one text, which crosses between JavaScript and WebAssembly at a time.
//!
//! | value | text |
//! | --- | --- |
//! | `null`, `true`, `false` | `n`, `t`, `f` |
//! | integer | `i`, digits, `;` |
//! | other number | `d`, the 16 hexadecimal digits of its IEEE 754 bits |
//! | text | `s`, its length in UTF-16 units, `:`, the text as it is |
//! | list | `[`, the items, `]` |
//! | object | `{`, for each member key and value, `}`; a key is a text without `s` |
//!
//! Beside JSON this needs no escapes, and no code that reads or prints fractions, which is large.
//! The other half is `js/text.js`.

use kinora::{Object, Value};

/// A text that is being written, member by member, without an object in between.
#[derive(Debug, Default)]
pub struct Writer(String);

impl Writer {
    /// Begins a list or an object, `[` or `{`, or ends one.
    pub fn mark(&mut self, mark: char) {
        self.0.push(mark);
    }

    /// The key of the member that follows.
    pub fn key(&mut self, key: &str) {
        self.length(key);
        self.0.push_str(key);
    }

    /// A member that is text.
    pub fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.0.push('s');
        self.key(text);
    }

    /// A member that is an integer.
    pub fn int(&mut self, key: &str, number: i64) {
        self.key(key);
        self.0.push('i');
        self.digits(number);
        self.0.push(';');
    }

    /// A member that is a truth value.
    pub fn truth(&mut self, key: &str, truth: bool) {
        self.key(key);
        self.0.push(if truth { 't' } else { 'f' });
    }

    /// Any value.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.mark('n'),
            Value::Bool(true) => self.mark('t'),
            Value::Bool(false) => self.mark('f'),
            Value::Int(number) => {
                self.mark('i');
                self.digits(*number);
                self.mark(';');
            }
            Value::Float(number) => self.float(*number),
            Value::String(text) => {
                self.mark('s');
                self.key(text);
            }
            Value::List(items) => {
                self.mark('[');
                for item in items {
                    self.value(item);
                }
                self.mark(']');
            }
            Value::Object(object) => self.object(object),
        }
    }

    /// An object.
    pub fn object(&mut self, object: &Object) {
        self.mark('{');
        for (key, value) in object.iter() {
            self.key(key);
            self.value(value);
        }
        self.mark('}');
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.0
    }

    fn float(&mut self, number: f64) {
        self.mark('d');
        let bits = number.to_bits();
        for place in (0..16).rev() {
            let digit = (bits >> (place * 4)) as u32 & 15;
            self.0.extend(char::from_digit(digit, 16));
        }
    }

    fn length(&mut self, text: &str) {
        let units: usize = text.chars().map(char::len_utf16).sum();
        self.digits(units as i64);
        self.mark(':');
    }

    fn digits(&mut self, number: i64) {
        self.0.push_str(&kinora::number::digits(number));
    }
}

/// The value in a text; nothing when the text is none of these, or nested deeper than [`DEPTH`].
pub fn read(text: &str) -> Option<Value> {
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
            'n' => Value::Null,
            't' => Value::Bool(true),
            'f' => Value::Bool(false),
            'i' => Value::Int(self.number(';')?),
            'd' => Value::Float(self.float()?),
            's' => Value::String(self.text()?),
            '[' => Value::List(self.list(depth)?),
            '{' => Value::Object(self.object(depth)?),
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

    fn sign(&mut self) -> Option<char> {
        let mut signs = self.rest.chars();
        let sign = signs.next()?;
        self.rest = signs.as_str();
        Some(sign)
    }

    fn ends(&mut self, mark: char) -> bool {
        match self.rest.strip_prefix(mark) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn number(&mut self, end: char) -> Option<i64> {
        let (digits, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, digits),
        };
        let number = digits.bytes().try_fold(0_i64, |number, digit| {
            let digit = char::from(digit).to_digit(10)?;
            number.checked_mul(10)?.checked_add(i64::from(digit))
        });
        let number = number.filter(|_| !digits.is_empty())?;
        Some(if negative { -number } else { number })
    }

    fn float(&mut self) -> Option<f64> {
        let (digits, rest) = self.rest.split_at_checked(16)?;
        self.rest = rest;
        u64::from_str_radix(digits, 16).ok().map(f64::from_bits)
    }

    fn text(&mut self) -> Option<String> {
        let mut units = usize::try_from(self.number(':')?).ok()?;
        let mut signs = self.rest.chars();
        while units > 0 {
            units = units.checked_sub(signs.next()?.len_utf16())?;
        }
        let length = self.rest.len() - signs.as_str().len();
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(text.to_owned())
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
        check(&Value::Float(0.5), "d3fe0000000000000");
        check(&Value::from(""), "s0:");
        check(&Value::from("a:1;"), "s4:a:1;");
        check(&Value::List(vec![Value::Int(1), Value::Null]), "[i1;n]");
        let object = Object::new().with("a", 1).with("b", Object::new());
        check(&Value::Object(object), "{1:ai1;1:b{}}");
    }

    #[test]
    fn members_are_written_as_values_are() {
        let mut writer = Writer::default();
        writer.mark('{');
        writer.text("a", "é");
        writer.int("b", -1);
        writer.truth("c", true);
        writer.mark('}');
        assert_eq!(writer.finish(), "{1:as1:é1:bi-1;1:ct}");
    }

    #[test]
    fn lengths_are_those_of_javascript() {
        check(&Value::from("é"), "s1:é");
        check(&Value::from("🎬!"), "s3:🎬!");
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
            "dzzzzzzzzzzzzzzzz",
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
