//! Plain tables for the terminal.

/// Lines of columns: the first column to the left, the others to the right.
pub(crate) fn format<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or_default());
    rows.iter().map(|row| line(row, &widths)).collect()
}

/// A number of bytes with its thousands set apart: `204 800`.
pub(crate) fn bytes(count: u64) -> String {
    let digits = count.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(|group| String::from_utf8_lossy(group)).collect();
    groups.join(" ")
}

fn line<const N: usize>(row: &[String; N], widths: &[usize; N]) -> String {
    let mut line = String::new();
    for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
        if column == 0 {
            line += &format!("{cell:<width$}");
        } else {
            line += &format!("  {cell:>width$}");
        }
    }
    line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [["file", "bytes"], ["boot.js", "1 024"], ["é.css", "7"]];
        let rows = rows.map(|row| row.map(str::to_owned));
        let expected = "file     bytes\nboot.js  1 024\né.css        7\n";
        assert_eq!(format(&rows), expected);
        assert_eq!(format::<2>(&[]), "");
    }

    #[test]
    fn thousands_are_set_apart() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1 000"),
            (1_234_567, "1 234 567"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }
}
