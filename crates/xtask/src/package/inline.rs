//! A WebAssembly module as a script.
//!
//! Each byte becomes one sign, or a mark and a sign when it is one of the rarer bytes. What repeats
//! in the bytes repeats in the text, so that a host's own compression makes it nearly as small as
//! the file. Base64 would hide the repeats, at a fifth more. `js/unpack.js` is the other half.

use std::fmt::Write;

/// A script that exports what `unpack` takes.
pub(crate) fn script(bytes: &[u8]) -> String {
    let alphabet: String = (b'#'..=b'~')
        .map(char::from)
        .filter(|sign| !"$'\\`".contains(*sign))
        .collect();
    let (marks, signs) = alphabet.split_at(MARKS);
    let table = commonest_first(bytes);
    let mut place = [0; 256];
    for (index, byte) in table.iter().enumerate() {
        place[usize::from(*byte)] = index;
    }
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for byte in bytes {
        let (row, column) = (
            place[usize::from(*byte)] / signs.len(),
            place[usize::from(*byte)] % signs.len(),
        );
        let mark = row.checked_sub(1).and_then(|row| marks.chars().nth(row));
        text.extend(mark.into_iter().chain(signs.chars().nth(column)));
    }
    let mut script = String::new();
    let table: Vec<_> = table.iter().map(u8::to_string).collect();
    // Writing to a String cannot fail.
    let _ = write!(
        script,
        "export const signs = '{signs}';\nexport const marks = '{marks}';\nexport const table = [{}];\n\
         export const length = {};\nexport const text =\n  '{text}';\n",
        table.join(","),
        bytes.len()
    );
    script
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

/// Three rows of 86 signs hold all 256 bytes; the first needs no mark.
const MARKS: usize = 2;

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
            "import * as packed from './packed.mjs';\nimport { bytesOf } from './unpack.mjs';\n\
             console.log(Buffer.from(bytesOf(packed)).toString('hex'));",
        );
        let mut node = std::process::Command::new("node");
        let told = crate::process::output(node.arg(folder.path().join("run.mjs"))).unwrap();
        let wanted: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(told, wanted);
    }
}
