//! A WebAssembly module as a script.
//!
//! Each byte becomes one sign, or a mark and a sign when it is one of the rarer bytes. What repeats
//! in the bytes repeats in the text, so that a host's own compression makes it nearly as small as
//! the file. Base64 would hide the repeats, at a fifth more. `js/unpack.js` is the other half.

use std::fmt::Write;

/// A script that exports what `unpack` takes.
pub(crate) fn script(bytes: &[u8]) -> String {
    let table = table(bytes);
    let mut place = [0; 256];
    for (index, byte) in table.iter().enumerate() {
        if let Some(byte) = byte {
            place[usize::from(*byte)] = index;
        }
    }
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for byte in bytes {
        let (row, column) = (
            place[usize::from(*byte)] / ROW,
            place[usize::from(*byte)] % ROW,
        );
        let mark = row.checked_sub(1).and_then(|row| MARKS.chars().nth(row));
        text.extend(mark);
        text.push(char::from(FIRST + column as u8));
    }
    // The other rows follow from the first: the bytes that are left, in order.
    let table = table
        .iter()
        .take(ROW)
        .map(|byte| byte.map_or_else(String::new, |byte| byte.to_string()));
    let table: Vec<_> = table.collect();
    let mut script = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        script,
        "export const packed = {{\n  marks: '{MARKS}',\n  table: [{}],\n  text:\n    '{text}',\n}};\n",
        table.join(",")
    );
    script
}

/// The byte that each sign stands for, row by row. In the first row, that of the commonest bytes, a
/// byte that is a sign stands for itself, so that words stay words.
fn table(bytes: &[u8]) -> Vec<Option<u8>> {
    let commonest = commonest_first(bytes);
    let signs = (0..ROW)
        .filter(|column| is_sign(FIRST + *column as u8))
        .count();
    let (first, others) = commonest.split_at(signs);
    let is_itself = |byte: &u8| is_sign(*byte);
    let mut rest: Vec<_> = first
        .iter()
        .filter(|byte| !is_itself(byte))
        .copied()
        .collect();
    let mut others = others.to_vec();
    rest.sort_unstable();
    others.sort_unstable();
    let mut rest = rest.into_iter().chain(others);
    let row = |row: usize| (0..ROW).map(move |column| (row, FIRST + column as u8));
    let places = (0..=MARKS.len()).flat_map(row);
    let table = places.map(|(row, sign)| match is_sign(sign) {
        true if row == 0 && first.contains(&sign) => Some(sign),
        true => rest.next(),
        false => None,
    });
    table.collect()
}

/// Whether a sign stands for a byte: none that ends a text in a script, or that minifiers escape.
fn is_sign(sign: u8) -> bool {
    (FIRST..FIRST + ROW as u8).contains(&sign) && !b"!\"$'\\`{}".contains(&sign)
}

fn commonest_first(bytes: &[u8]) -> Vec<u8> {
    let mut counts = [0_usize; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let mut table: Vec<u8> = (0..=255).collect();
    table.sort_by_key(|byte| (usize::MAX - counts[usize::from(*byte)], *byte));
    table
}

/// The first sign, a space, and how many signs a row has; the last is a tilde.
const FIRST: u8 = b' ';
const ROW: usize = 95;

/// Three rows of 87 signs hold all 256 bytes; the first needs no mark.
const MARKS: &str = "{}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_package_unpacks_it() {
        let bytes: Vec<u8> = (0..=255).chain(std::iter::repeat_n(7, 300)).collect();
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("packed.mjs", &script(&bytes));
        let unpack = crate::workspace::root().join("crates/kinora-npm/js/unpack.js");
        write("unpack.mjs", &std::fs::read_to_string(unpack).unwrap());
        write(
            "run.mjs",
            "import { packed } from './packed.mjs';\nimport { bytesOf } from './unpack.mjs';\n\
             console.log(Buffer.from(bytesOf(packed)).toString('hex'));",
        );
        let mut node = std::process::Command::new("node");
        let told = crate::process::output(node.arg(folder.path().join("run.mjs"))).unwrap();
        let wanted: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(told, wanted);
    }
}
