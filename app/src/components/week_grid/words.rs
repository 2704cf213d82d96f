//! Blocks in words.

use super::pieces::pieces;
use super::time_text::write;
use crate::text::t;
use centrale_core::schedule::{Block, TimeSchedule};

/// Most stretches that a summary lists.
const LISTED: usize = 3;

/// The name of a day, Monday is 0.
pub(crate) fn day_name(day: u8) -> String {
    t(&format!("weekday-{day}"))
}

/// The day on which a block ends and the minutes since its midnight, 1 to 1440.
pub(crate) fn end_of(block: Block) -> (u8, u16) {
    pieces(block)
        .last()
        .map_or((block.end.day(), block.end.minute_of_day()), |last| {
            (last.day, last.end)
        })
}

/// A block as a screen reader names it: `Monday 08:30 to 17:00`.
pub(crate) fn block_name(block: Block) -> String {
    let (day, end) = end_of(block);
    let (from_day, from) = (
        block.start.day(),
        write(i32::from(block.start.minute_of_day())),
    );
    let to = write(i32::from(end));
    if day == from_day && block.length() <= 1440 {
        t!("schedules-block", day = day_name(day), from = from, to = to)
    } else {
        t!(
            "schedules-block-days",
            day = day_name(from_day),
            from = from,
            until = day_name(day),
            to = to
        )
    }
}

/// A time schedule in a few words: `Mon–Fri 08:30–17:00`.
pub(crate) fn summary(time: &TimeSchedule) -> String {
    let stretches = stretches(&time.blocks);
    if stretches.is_empty() || stretches.len() > LISTED {
        return t!("schedules-blocks", count = time.blocks.len());
    }
    let short = |day: u8| t(&format!("weekday-short-{day}"));
    let words = stretches.iter().map(|(first, last, block)| {
        let (end_day, end) = end_of(*block);
        let (from, to) = (
            write(i32::from(block.start.minute_of_day())),
            write(i32::from(end)),
        );
        let days = if first == last {
            short(*first)
        } else {
            format!("{}–{}", short(*first), short(*last))
        };
        if block.length() > 1440 {
            format!("{days} {from} – {} {to}", short(end_day))
        } else {
            format!("{days} {from}–{to}")
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Blocks at the same hours on days in a row, as first day, last day and the first of them.
fn stretches(blocks: &[Block]) -> Vec<(u8, u8, Block)> {
    let mut found: Vec<(u8, u8, Block)> = Vec::new();
    for block in blocks {
        let day = block.start.day();
        let same = |(_, last, other): &&mut (u8, u8, Block)| {
            *last + 1 == day
                && other.start.minute_of_day() == block.start.minute_of_day()
                && other.length() == block.length()
        };
        match found.iter_mut().find(same) {
            Some(stretch) => stretch.1 = day,
            None => found.push((day, day, *block)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        let (start, end) = text.split_once(" - ").unwrap();
        Block {
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
        }
    }

    #[test]
    fn days_in_a_row() {
        let check = |text: &str, expected: &[(u8, u8)]| {
            let blocks: Vec<_> = text.split(", ").map(block).collect();
            let found: Vec<_> = stretches(&blocks)
                .iter()
                .map(|(first, last, _)| (*first, *last))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "mon 08:30 - mon 17:00, tue 08:30 - tue 17:00, wed 08:30 - wed 17:00",
            &[(0, 2)],
        );
        check(
            "mon 08:30 - mon 17:00, wed 08:30 - wed 17:00",
            &[(0, 0), (2, 2)],
        );
        check(
            "mon 08:30 - mon 12:00, mon 13:00 - mon 17:00, tue 08:30 - tue 12:00",
            &[(0, 1), (0, 0)],
        );
    }

    #[test]
    fn ends() {
        let check = |text, expected| assert_eq!(end_of(block(text)), expected, "{text}");
        check("mon 08:30 - mon 17:00", (0, 1020));
        check("mon 08:30 - tue 00:00", (0, 1440));
        check("sun 22:00 - mon 06:00", (0, 360));
        check("mon 00:00 - sun 24:00", (6, 1440));
    }
}
