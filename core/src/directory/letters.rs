//! Names as the keys of a telephone: 2 = ABC … 9 = WXYZ, marks on Latin letters folded away.

/// The keys by which a name is spelt. Digits stand for themselves; what is neither letter nor digit is left out, as
/// are letters of other scripts.
pub fn keys(name: &str) -> impl Iterator<Item = u8> + '_ {
    name.chars().flat_map(|sign| folded(sign).chars().chain(plain(sign))).map(key)
}

fn plain(sign: char) -> Option<char> {
    sign.is_ascii_alphanumeric().then(|| sign.to_ascii_lowercase())
}

fn key(sign: char) -> u8 {
    match sign {
        'a'..='c' => b'2',
        'd'..='f' => b'3',
        'g'..='i' => b'4',
        'j'..='l' => b'5',
        'm'..='o' => b'6',
        'p'..='s' => b'7',
        't'..='v' => b'8',
        'w'..='z' => b'9',
        digit => digit as u8,
    }
}

/// A Latin letter with a mark (the blocks Latin-1 Supplement and Latin Extended-A, and the Romanian letters) as plain
/// ones; nothing for all others. Marks that stand by themselves are no letters.
fn folded(sign: char) -> &'static str {
    match sign {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĳ' | 'ĳ' => "ij",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'ſ' | 'Ș' | 'ș' => "s",
        'ß' | 'ẞ' => "ss",
        'Þ' | 'þ' => "th",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_keys() {
        let check = |name: &str, expected: &str| {
            assert_eq!(String::from_utf8(keys(name).collect()).unwrap(), expected, "{name:?}");
        };
        check("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999");
        check("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999");
        check("0123456789", "0123456789");
        check("van 't Hof-Smit", "82684637648");
        check("", "");
        check("Ωμέγα Ли ×÷¿", "");
        // A letter, and then a mark that stands by itself.
        check("Ae\u{301}", "23");
    }

    #[test]
    fn marks_are_folded_away() {
        let check = |marked: &str, plain: &str| {
            assert!(keys(marked).eq(keys(plain)), "{marked} as {plain}");
        };
        check("ÀÁÂÃÄÅÆàáâãäåæĀāĂăĄą", "aaaaaaaeaaaaaaaeaaaaaa");
        check("ÇçĆćĈĉĊċČč", "cccccccccc");
        check("ÐðĎďĐđ", "dddddd");
        check("ÈÉÊËèéêëĒēĔĕĖėĘęĚě", "eeeeeeeeeeeeeeeeee");
        check("ĜĝĞğĠġĢģ", "gggggggg");
        check("ĤĥĦħ", "hhhh");
        check("ÌÍÎÏìíîïĨĩĪīĬĭĮįİıĲĳ", "iiiiiiiiiiiiiiiiiiijij");
        check("Ĵĵ", "jj");
        check("Ķķĸ", "kkk");
        check("ĹĺĻļĽľĿŀŁł", "llllllllll");
        check("ÑñŃńŅņŇňŉŊŋ", "nnnnnnnnnnn");
        check("ÒÓÔÕÖØòóôõöøŌōŎŏŐőŒœ", "oooooooooooooooooooeoe");
        check("ŔŕŖŗŘř", "rrrrrr");
        check("ßŚśŜŝŞşŠšſȘșẞ", "sssssssssssssss");
        check("ÞþŢţŤťŦŧȚț", "ththtttttttt");
        check("ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų", "uuuuuuuuuuuuuuuuuuuu");
        check("Ŵŵ", "ww");
        check("ÝýÿŶŷŸ", "yyyyyy");
        check("ŹźŻżŽž", "zzzzzz");
        check("Zoë Bůžková", "zoe buzkova");
    }
}
