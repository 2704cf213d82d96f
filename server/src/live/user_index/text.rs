//! A column of texts that is searched as one: the texts of all rows, one after the other.

use memchr::memmem::Finder;

/// Ends each text, so that nothing is found where one text ends and the next begins.
const END: char = '\n';

/// The texts of rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    all: String,
    /// Where the text of each row ends.
    ends: Vec<u32>,
}

impl Text {
    /// The text of a row.
    pub(super) fn get(&self, row: usize) -> &str {
        self.ends
            .get(row)
            .map_or("", |end| &self.all[self.start(row)..*end as usize])
    }

    fn start(&self, row: usize) -> usize {
        row.checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize + END.len_utf8())
    }

    /// Puts a text before a row.
    pub(super) fn insert(&mut self, row: usize, text: &str) {
        let (start, length) = (self.start(row), text.len() + END.len_utf8());
        self.all.insert(start, END);
        self.all.insert_str(start, text);
        self.ends.insert(row, (start + text.len()) as u32);
        self.ends[row + 1..]
            .iter_mut()
            .for_each(|end| *end += length as u32);
    }

    /// Takes the text of a row away.
    pub(super) fn remove(&mut self, row: usize) {
        let (start, end) = (self.start(row), self.ends[row] as usize + END.len_utf8());
        self.all.drain(start..end);
        self.ends.remove(row);
        self.ends[row..]
            .iter_mut()
            .for_each(|after| *after -= (end - start) as u32);
    }

    /// Takes the texts from a row on.
    pub(super) fn split_off(&mut self, row: usize) -> Self {
        let start = self.start(row);
        let mut ends = self.ends.split_off(row);
        for end in &mut ends {
            *end -= start as u32;
        }
        Self {
            all: self.all.split_off(start),
            ends,
        }
    }

    /// Tells each row, in order, of which the text holds what is looked for; an empty text holds nothing.
    pub(super) fn each_with(&self, finder: &Finder<'_>, mut found: impl FnMut(usize)) {
        let length = finder.needle().len();
        if length == 0 {
            return (0..self.ends.len())
                .filter(|row| !self.get(*row).is_empty())
                .for_each(found);
        }
        let (mut at, mut row) = (0, 0);
        while let Some(hit) = self
            .all
            .as_bytes()
            .get(at..)
            .and_then(|rest| finder.find(rest))
        {
            let hit = at + hit;
            row += self.ends[row..]
                .iter()
                .take_while(|end| (**end as usize) < hit)
                .count();
            let Some(end) = self.ends.get(row).map(|end| *end as usize) else {
                return;
            };
            if hit + length <= end {
                found(row);
                (at, row) = (end + END.len_utf8(), row + 1);
            } else {
                // It lies across two texts: what is looked for has an end in it, which no name has.
                at = hit + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_each_text_by_itself_holds(
            steps in prop::collection::vec(("[abé\n]{0,4}", any::<prop::sample::Index>(), 0..4_u8), 0..40),
            wanted in "[abé\n]{0,3}",
        ) {
            let (mut text, mut plain) = (Text::default(), Vec::<String>::new());
            for (one, at, what) in steps {
                if what == 0 && !plain.is_empty() {
                    let row = at.index(plain.len());
                    text.remove(row);
                    plain.remove(row);
                } else {
                    let row = at.index(plain.len() + 1);
                    text.insert(row, &one);
                    plain.insert(row, one);
                }
            }
            let rows = |text: &Text| (0..text.ends.len()).map(|row| text.get(row).to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(&rows(&text), &plain);
            let mut found = Vec::new();
            text.each_with(&Finder::new(wanted.as_bytes()), |row| found.push(row));
            let holds = |one: &String| one.contains(&wanted) && !one.is_empty();
            let expected: Vec<usize> = (0..plain.len()).filter(|row| holds(&plain[*row])).collect();
            prop_assert_eq!(found, expected);
            let half = plain.len() / 2;
            let rest = text.split_off(half);
            prop_assert_eq!((rows(&text), rows(&rest)), (plain[..half].to_vec(), plain[half..].to_vec()));
        }
    }
}
