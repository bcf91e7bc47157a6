//! Queries, read strictly.

/// The parameters of a query in order, percent-decoded. `+` is a space, as forms send it.
pub(crate) fn read(query: &str) -> Option<Vec<(String, String)>> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?))
        })
        .collect()
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
                u8::try_from(high? * 16 + low?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parameters_are_read_decoded_and_in_order() {
        let wanted = [("a", "1 2"), ("b", "ä/&="), ("c", ""), ("a", "x=y")];
        let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let read = read("a=1+2&b=%C3%A4%2f%26%3D&&c&a=x=y").unwrap();
        assert_eq!(read, wanted);
        assert_eq!(super::read(""), Some(Vec::new()));
    }

    #[test]
    fn a_broken_escape_is_no_query() {
        for query in ["a=%", "a=%2", "a=%zz", "%=1", "a=%ff"] {
            assert_eq!(read(query), None, "{query}");
        }
    }

    proptest! {
        #[test]
        fn what_others_write_is_read(value in any::<String>()) {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            let query = query.append_pair("a", &value).append_pair("b", "1").finish();
            let read = read(&query).unwrap();
            prop_assert_eq!(&read[0].1, &value);
        }
    }
}
