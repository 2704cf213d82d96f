//! Checks a schedule before it is saved. Fields are named as in the request: `name`, `kind.blocks.2.start`.

use crate::http::refusal::Refusal;
use centrale_core::error::FieldError;
use centrale_core::id::ScheduleId;
use centrale_core::schedule::{Problem, Schedule, ScheduleKind, ScheduleOwner, SchedulePart};

/// The schedule with its name trimmed, or everything that is wrong with it.
pub(super) fn checked(
    id: ScheduleId,
    owner: ScheduleOwner,
    name: &str,
    kind: ScheduleKind,
) -> Result<Schedule, Refusal> {
    let schedule = Schedule {
        id,
        owner,
        name: name.trim().to_owned(),
        kind,
    };
    let problems = schedule.validate();
    if problems.is_empty() {
        return Ok(schedule);
    }
    Err(Refusal::fields(problems.iter().map(field).collect()))
}

fn field(problem: &Problem) -> FieldError {
    let key = problem.part.key();
    let list = match problem.part {
        SchedulePart::Start | SchedulePart::End => "blocks",
        SchedulePart::LineName | SchedulePart::When | SchedulePart::Until => "lines",
        SchedulePart::Name | SchedulePart::Blocks | SchedulePart::Lines => key,
    };
    let path = match (problem.part, problem.index) {
        (SchedulePart::Name, _) => key.to_owned(),
        (_, Some(index)) => format!("kind.{list}.{index}.{key}"),
        (_, None) => format!("kind.{list}"),
    };
    FieldError::new(path, problem.error.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use centrale_core::error::Code;
    use centrale_core::id::UserId;

    #[test]
    fn paths() {
        let check = |name: &str, kind: &str, expected: &[(&str, Code)]| {
            let kind = serde_json::from_str(kind).unwrap();
            let checked = checked(ScheduleId(0), ScheduleOwner::User(UserId(1)), name, kind);
            let Err(Refusal::Error(body)) = checked else {
                panic!("{name} passed")
            };
            let found: Vec<_> = body
                .fields
                .iter()
                .map(|f| (f.field.as_str(), f.code))
                .collect();
            assert_eq!(found, expected);
        };
        check(
            " ",
            r#"{"type":"time","blocks":[]}"#,
            &[
                ("name", Code::ScheduleNameEmpty),
                ("kind.blocks", Code::ScheduleNoBlocks),
            ],
        );
        check(
            "a",
            r#"{"type":"time","blocks":[{"start":"mon 08:00","end":"mon 12:00"},{"start":"mon 10:00","end":"mon 11:00"},{"start":"tue 08:00","end":"tue 08:00"}]}"#,
            &[
                ("kind.blocks.1.start", Code::ScheduleBlockOverlap),
                ("kind.blocks.2.end", Code::ScheduleBlockZeroLength),
            ],
        );
        check(
            "a",
            r#"{"type":"holidays","lines":[{"name":"","when":{"type":"yearly","month":2,"day":30},"until":1}]}"#,
            &[
                ("kind.lines.0.name", Code::ScheduleNameEmpty),
                ("kind.lines.0.when", Code::ScheduleNoSuchDate),
                ("kind.lines.0.until", Code::ScheduleYearOutOfRange),
            ],
        );
    }
}
