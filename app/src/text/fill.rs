//! Fills the variables of a packed text in and chooses between its variants. `build.rs` writes the packed form.

const VARIABLE: char = '\u{1}';
const END_OF_NAME: char = '\u{2}';
const SELECT: char = '\u{3}';
const END_OF_KEY: char = '\u{4}';
const END_OF_ARM: char = '\u{5}';
const END_OF_SELECT: char = '\u{6}';
/// Stands after every text.
pub(super) const END_OF_TEXT: char = '\u{7}';

/// The text with `values` in place of its variables. A variable without a value stays empty.
pub(super) fn fill(packed: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(packed.len());
    let mut rest = packed;
    while let Some(at) = rest.find([VARIABLE, SELECT]) {
        filled.push_str(&rest[..at]);
        let select = rest[at..].starts_with(SELECT);
        let (name, after) = rest[at + 1..].split_once(END_OF_NAME).unwrap_or_default();
        let value = values
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value);
        if select {
            let (arms, after) = after.split_once(END_OF_SELECT).unwrap_or_default();
            filled.push_str(&fill(choose(arms, value), values));
            rest = after;
        } else {
            filled.push_str(value);
            rest = after;
        }
    }
    filled + rest
}

/// The variant whose key is the value, or its plural category; else the last one, which has no key.
fn choose<'a>(arms: &'a str, value: &str) -> &'a str {
    let category = if value == "1" { "one" } else { "other" };
    let arms = || {
        arms.split_terminator(END_OF_ARM)
            .filter_map(|arm| arm.split_once(END_OF_KEY))
    };
    arms()
        .find(|(key, _)| *key == value)
        .or_else(|| arms().find(|(key, _)| *key == category))
        .or_else(|| arms().next_back())
        .map_or("", |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled() {
        let check = |packed: &str, values: &[(&str, &str)], expected: &str| {
            let values: Vec<_> = values
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect();
            assert_eq!(fill(packed, &values), expected, "{packed:?} {values:?}");
        };
        let plural = "\u{3}n\u{2}0\u{4}none\u{5}one\u{4}one\u{5}\u{4}\u{1}n\u{2} all\u{5}\u{6}!";
        check("plain", &[], "plain");
        check("to \u{1}who\u{2}.", &[("who", "Sanne")], "to Sanne.");
        check("to \u{1}who\u{2}.", &[], "to .");
        check(plural, &[("n", "0")], "none!");
        check(plural, &[("n", "1")], "one!");
        check(plural, &[("n", "12")], "12 all!");
    }
}
