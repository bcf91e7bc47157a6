//! [`Value`]s from and to JavaScript's own.

use core::fmt;

use js_sys::{Array, JSON, Object, Reflect};
use kinora::Value;
use kinora::limits::MAX_SAFE_INTEGER;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

/// Reads a JavaScript value as JSON would: `undefined` is `null`, or no member at all.
///
/// # Errors
/// When something in it is no data, when it is nested too deep or is too large (a value that
/// contains itself is both), or when reading it throws.
pub fn from_js(value: &JsValue) -> Result<Value, NoData> {
    Walk { left: MOST_VALUES }.value(value, DEEPEST)
}

/// The same value for JavaScript: integers and floats become numbers, objects plain ones.
pub fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(truth) => JsValue::from_bool(*truth),
        Value::Int(number) => JsValue::from_f64(*number as f64),
        Value::Float(number) => JsValue::from_f64(*number),
        Value::String(text) => JsValue::from_str(text),
        Value::List(items) => items.iter().map(to_js).collect::<Array>().into(),
        Value::Object(object) => {
            let members: Array = object
                .iter()
                .map(|(key, value)| Array::of2(&JsValue::from_str(key), &to_js(value)))
                .collect();
            // Unlike assignment, this makes `__proto__` a member like any other.
            Object::from_entries(&members).map_or(JsValue::NULL, Into::into)
        }
    }
}

/// Reads a JSON text by the browser's own parser; nothing when it is none.
pub fn parse(text: &str) -> Option<Value> {
    from_js(&JSON::parse(text).ok()?).ok()
}

/// Writes a value as JSON text.
pub fn print(value: &Value) -> String {
    JSON::stringify(&to_js(value)).map_or_else(|_| String::new(), Into::into)
}

/// A plain object of these members.
pub(crate) fn object(members: &[(&str, JsValue)]) -> Object {
    let entries: Array = members
        .iter()
        .map(|(key, value)| Array::of2(&JsValue::from_str(key), value))
        .collect();
    Object::from_entries(&entries).unwrap_or_default()
}

/// A member of whatever JavaScript handed in; `undefined` where there is none.
pub(crate) fn member(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(key)).unwrap_or_default()
}

/// Why a JavaScript value cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoData {
    /// It is, or has in it, a function, a symbol, or a number that is none.
    Kind,
    /// Lists and objects are nested too deep, perhaps without end.
    TooDeep,
    /// There are too many values in it, perhaps without end.
    TooLarge,
    /// A getter or proxy in it threw.
    Threw,
}

impl fmt::Display for NoData {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Kind => "Something in the value is neither text, number, list nor object.",
            Self::TooDeep => "The value is nested too deep.",
            Self::TooLarge => "The value has too many parts.",
            Self::Threw => "The value cannot be read.",
        })
    }
}

impl core::error::Error for NoData {}

impl From<JsValue> for NoData {
    fn from(_: JsValue) -> Self {
        Self::Threw
    }
}

/// One reading, with the number of values it may still meet.
struct Walk {
    left: u32,
}

impl Walk {
    fn value(&mut self, value: &JsValue, depth: u32) -> Result<Value, NoData> {
        self.left = self.left.checked_sub(1).ok_or(NoData::TooLarge)?;
        if value.is_null() || value.is_undefined() {
            Ok(Value::Null)
        } else if let Some(truth) = value.as_bool() {
            Ok(Value::Bool(truth))
        } else if let Some(number) = value.as_f64() {
            self::number(number)
        } else if let Some(text) = value.as_string() {
            Ok(Value::String(text))
        } else if !value.is_object() {
            Err(NoData::Kind)
        } else {
            let depth = depth.checked_sub(1).ok_or(NoData::TooDeep)?;
            if is_array(value)? {
                self.list(value, depth)
            } else {
                self.object(value, depth)
            }
        }
    }

    fn list(&mut self, list: &JsValue, depth: u32) -> Result<Value, NoData> {
        let length = Reflect::get(list, &"length".into())?.as_f64();
        let mut items = Vec::new();
        for place in 0..length.ok_or(NoData::Kind)? as u32 {
            items.push(self.value(&Reflect::get_u32(list, place)?, depth)?);
        }
        Ok(Value::List(items))
    }

    fn object(&mut self, object: &JsValue, depth: u32) -> Result<Value, NoData> {
        let mut members = Vec::new();
        for member in entries(object)?.iter() {
            let member: Array = member.unchecked_into();
            let value = member.get(1);
            if !value.is_undefined() {
                let key = member.get(0).as_string().unwrap_or_default();
                members.push((key, self.value(&value, depth)?));
            }
        }
        Ok(Value::Object(members.into_iter().collect()))
    }
}

fn number(number: f64) -> Result<Value, NoData> {
    if !number.is_finite() {
        Err(NoData::Kind)
    } else if number.trunc() == number && number.abs() <= MAX_SAFE_INTEGER as f64 {
        Ok(Value::Int(number as i64))
    } else {
        Ok(Value::Float(number))
    }
}

/// Lists in lists in lists: no answer of the service comes near.
const DEEPEST: u32 = 64;

/// Far more values than any answer or record has.
const MOST_VALUES: u32 = 200_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_namespace = Object, js_name = entries, catch)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;
}
