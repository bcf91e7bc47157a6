//! A compressed WebAssembly module as a script: four bytes as five signs, a quarter more, where
//! base64 would take a third more. `js/unzip.js` is the other half.

/// A script that exports what loads the module in a compressed file.
pub(crate) fn script(compressed: &[u8]) -> String {
    format!(
        "import {{ unzip }} from \"./unzip.js\";\n\nexport const load = () => unzip(packed);\n\n\
         const packed =\n  '{text}';\n",
        text = text(compressed)
    )
}

fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4 + 5);
    for four in bytes.chunks(4) {
        let mut padded = [0; 4];
        padded[..four.len()].copy_from_slice(four);
        let number = u32::from_be_bytes(padded);
        // The last bytes take as many signs as they need.
        for place in (0..5).rev().take(four.len() + 1) {
            let digit = number / BASE.pow(place) % BASE;
            text.push(char::from(SIGNS[digit as usize]));
        }
    }
    text
}

/// None that ends a text in a script, or that minifiers escape.
const SIGNS: &[u8; BASE as usize] =
    b"!#%()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz|~";

const BASE: u32 = 85;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_package_unpacks_every_length() {
        let bytes: Vec<u8> = (0..=255).chain([255; 4]).chain([0; 7]).collect();
        let unzip = crate::workspace::root().join("crates/kinora-npm/js/unzip.js");
        let unzip = std::fs::read_to_string(unzip).unwrap();
        for length in [0, 1, 2, 3, 4, 5, 256, 259, 260, bytes.len()] {
            let script = script(&bytes[..length]);
            let (_, packed) = script.split_once("\n\nconst packed").unwrap();
            let told = format!(
                "{unzip}\nconst packed{packed}console.log(Buffer.from(bytesOf(packed)).toString('hex'));"
            );
            let mut node = std::process::Command::new("node");
            let told = crate::process::output(node.args(["--input-type=module", "--eval", &told]));
            let wanted: String = bytes[..length]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            assert_eq!(told.unwrap(), wanted, "{length} bytes");
        }
    }
}
