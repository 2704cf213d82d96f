//! Names as the keys of a telephone: 2 = ABC … 9 = WXYZ, marks on Latin letters folded away.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The keys by which a name is spelt. Digits stand for themselves; what is neither letter nor digit is left out, as
/// are letters of other scripts.
pub fn keys(name: &str) -> impl Iterator<Item = u8> + '_ {
    name.chars()
        .flat_map(|sign| Letters::new(sign, plain))
        .map(key)
}

/// The keys by which a name is spelt when its marked letters are written in full: `ü` as *ue*, `å` as *aa*, `ə` as *a*.
pub fn keys_in_full(name: &str) -> impl Iterator<Item = u8> + '_ {
    name.chars()
        .flat_map(|sign| Letters::new(sign, in_full))
        .map(key)
}

/// Up to two plain letters, or a digit, that stand for a character.
struct Letters([Option<char>; 2]);

impl Letters {
    /// What stands for a character by a table, else for the first character into which Unicode decomposes it; the
    /// others are marks.
    fn new(sign: char, table: fn(char) -> &'static str) -> Self {
        if sign.is_ascii() {
            return Self([
                sign.is_ascii_alphanumeric()
                    .then(|| sign.to_ascii_lowercase()),
                None,
            ]);
        }
        let mut base = None;
        let listed = table(sign);
        if !listed.is_empty() {
            let mut letters = listed.chars();
            return Self([letters.next(), letters.next()]);
        }
        decompose_canonical(sign, |part| {
            if !is_combining_mark(part) {
                base = base.or(Some(part));
            }
        });
        match base {
            Some(base) if base.is_ascii_alphabetic() => {
                Self([Some(base.to_ascii_lowercase()), None])
            }
            Some(base) => {
                let mut letters = table(base).chars();
                Self([letters.next(), letters.next()])
            }
            None => Self([None, None]),
        }
    }
}

impl Iterator for Letters {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let Self([first, second]) = self;
        first.take().or_else(|| second.take())
    }
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

/// How marked letters are written in full where that is usual; the others as [`plain`] has them.
fn in_full(sign: char) -> &'static str {
    match sign {
        'Ä' | 'ä' => "ae",
        'Å' | 'å' => "aa",
        'Ö' | 'ö' | 'Ø' | 'ø' => "oe",
        'Ü' | 'ü' => "ue",
        'Ə' | 'ə' => "a",
        _ => plain(sign),
    }
}

/// Latin letters that Unicode does not decompose: those of the languages of Europe, Africa and the Caucasus.
fn plain(sign: char) -> &'static str {
    match sign {
        'Æ' | 'æ' => "ae",
        'ª' | 'ẚ' | 'Ⱥ' | 'ⱥ' | 'ɐ' | 'ɑ' => "a",
        'ƀ'..='Ƃ' | 'ƃ'..='ƅ' | 'Ƀ' | 'ɓ' => "b",
        'Ƈ' | 'ƈ' | 'Ȼ' | 'ȼ' | 'ɕ' => "c",
        'Ð' | 'ð' | 'Đ' | 'đ' | 'Ɖ'..='ƍ' | 'ȡ' | 'ɖ' | 'ɗ' => "d",
        'Ǆ'..='ǆ' | 'Ǳ'..='ǳ' => "dz",
        'Ǝ'..='Ɛ' | 'ǝ' | 'Ɇ' | 'ɇ' | 'ɘ'..='ɞ' => "e",
        'Ƒ' | 'ƒ' => "f",
        'Ɠ' | 'Ɣ' | 'Ǥ' | 'ǥ' | 'ɠ'..='ɣ' => "g",
        'Ħ' | 'ħ' | 'Ⱨ' | 'ⱨ' | 'ɦ' => "h",
        'ı' | 'Ɨ' | 'Ɩ' | 'ɨ' | 'ɩ' => "i",
        'Ĳ' | 'ĳ' => "ij",
        'ȷ' | 'Ɉ' | 'ɉ' | 'ɟ' => "j",
        'ĸ' | 'Ƙ' | 'ƙ' | 'Ⱪ' | 'ⱪ' => "k",
        'Ŀ'..='ł' | 'ƚ' | 'ƛ' | 'ȴ' | 'Ƚ' | 'Ⱡ'..='Ɫ' | 'ɫ'..='ɭ' => "l",
        'Ǉ'..='ǉ' => "lj",
        'Ɯ' | 'ɯ'..='ɱ' => "m",
        'ŉ'..='ŋ' | 'Ɲ' | 'ƞ' | 'Ƞ' | 'ȵ' | 'ɲ'..='ɴ' => "n",
        'Ǌ'..='ǌ' => "nj",
        'º' | 'Ø' | 'ø' | 'Ɔ' | 'Ɵ' | 'ɔ' | 'ɵ' => "o",
        'Œ' | 'œ' | 'ɶ' => "oe",
        'Ƣ' | 'ƣ' => "oi",
        'Ƥ' | 'ƥ' | 'Ᵽ' => "p",
        'Ɋ' | 'ɋ' => "q",
        'Ʀ' | 'Ɍ' | 'ɍ' | 'Ɽ' | 'ɹ'..='ʁ' => "r",
        'ſ' | 'Ƨ' | 'ƨ' | 'Ʃ' | 'ȿ' | 'ʂ' | 'ʃ' | 'ẜ' | 'ẝ' => "s",
        'ß' | 'ẞ' => "ss",
        'Ŧ' | 'ŧ' | 'ƫ'..='Ʈ' | 'ȶ' | 'Ⱦ' | 'ⱦ' | 'ʈ' => "t",
        'Þ' | 'þ' => "th",
        'Ʊ' | 'Ʉ' | 'ʉ' | 'ʊ' => "u",
        'Ʋ' | 'Ʌ' | 'ʋ' | 'ʌ' => "v",
        'Ⱳ' | 'ⱳ' => "w",
        'Ƴ' | 'ƴ' | 'Ɏ' | 'ɏ' => "y",
        'Ƶ'..='ƺ' | 'Ȥ' | 'ȥ' | 'ɀ' | 'Ⱬ' | 'ⱬ' | 'ʐ'..='ʓ' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_keys() {
        let check = |name: &str, expected: &str| {
            assert_eq!(
                String::from_utf8(keys(name).collect()).unwrap(),
                expected,
                "{name:?}"
            );
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
    fn letters_of_all_latin_alphabets() {
        let check = |marked: &str, plain: &str| {
            assert!(keys(marked).eq(keys(plain)), "{marked} as {plain}");
        };
        check("Nguyễn", "nguyen");
        check("Đặng Thị Phượng", "dang thi phuong");
        check("Əliyev", "eliyev");
        check("İbrahimoğlu Yıldız", "ibrahimoglu yildiz");
        check("Łukasz Żółć", "lukasz zolc");
        check("Ḥasan Ṭāriq Ẓāhir", "hasan tariq zahir");
        check("Māori ǖ Ǿ ǽ", "maori u o ae");
        check("Ɓaaƙa ƴar Ŋgũgĩ", "baaka yar ngugi");
        check("Ʒ ǅ", "z dz");
        // A mark that follows its letter.
        check("Nguye\u{302}\u{303}n", "nguyen");
        let full = |name: &str, plain: &str| {
            assert!(keys_in_full(name).eq(keys(plain)), "{name} as {plain}");
        };
        full("Müller Åse Sørensen", "mueller aase soerensen");
        full("Əliyev", "aliyev");
        full("Nguyễn", "nguyen");
    }

    /// Every letter with marks of the blocks that hold Latin letters is dialled by a letter.
    #[test]
    fn no_latin_letter_is_left_out() {
        let blocks = ('\u{c0}'..='\u{17f}')
            .chain('\u{1cd}'..='\u{24f}')
            .chain('\u{1e00}'..='\u{1ef9}');
        let silent = |sign: &char| sign.is_alphabetic() && keys(&sign.to_string()).next().is_none();
        let silent: String = blocks.filter(silent).collect();
        assert_eq!(silent, "ǶǷȜȝȢȣȸȹɁɂẟ");
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
