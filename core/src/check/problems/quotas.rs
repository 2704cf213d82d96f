//! More schedules and uploads than one owner may have: the limits by which the portal goes hold for a file too.

use super::Found;
use crate::organisation::Organisation;
use crate::quota::Quota;
use std::collections::BTreeMap;

pub(super) fn check(organisation: &Organisation, found: &mut Found) {
    let mut schedules = BTreeMap::new();
    for (at, schedule) in organisation.schedules.iter().enumerate() {
        let quota = schedule.owner.quota();
        let count: &mut u32 = schedules.entry(schedule.owner).or_default();
        *count += 1;
        // The first beyond the limit tells of all.
        if *count == quota.limit() + 1 {
            found.refused(format_args!("schedules[{at}].owner"), quota.code());
        }
    }
    let mut uploads = BTreeMap::new();
    for (at, upload) in organisation.uploads.iter().enumerate() {
        let (count, bytes): &mut (u32, u64) = uploads.entry(upload.owner).or_default();
        *count += 1;
        if *count == Quota::Uploads.limit() + 1 {
            found.refused(format_args!("uploads[{at}].owner"), Quota::Uploads.code());
        }
        let (quota, before) = (upload.owner.quota_of_megabytes(), *bytes);
        *bytes += u64::from(upload.bytes);
        let most = quota.bytes();
        if before <= most && *bytes > most {
            found.refused(format_args!("uploads[{at}].bytes"), quota.code());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::id::{LocationId, ScheduleId, UploadId, UserId};
    use crate::organisation::{ContentHash, Upload, UploadOwner};
    use crate::schedule::{HolidaySchedule, Schedule, ScheduleKind, ScheduleOwner};

    fn found(organisation: &Organisation) -> Vec<String> {
        let mut found = Found(Vec::new());
        check(organisation, &mut found);
        found.0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn more_schedules_than_an_owner_may_have() {
        let check = |owner: ScheduleOwner, limit: u32, code: Code| {
            let schedule = |id| Schedule {
                id: ScheduleId(id),
                owner,
                name: id.to_string(),
                kind: ScheduleKind::Holidays(HolidaySchedule { lines: Vec::new() }),
            };
            let with = |count| Organisation {
                schedules: (0..count).map(schedule).collect(),
                ..Organisation::default()
            };
            assert_eq!(found(&with(limit)), [""; 0]);
            let expected = format!("schedules[{limit}].owner: {}", code.name());
            assert_eq!(found(&with(limit + 2)), [expected]);
        };
        check(ScheduleOwner::User(UserId(1)), 50, Code::QuotaUserSchedules);
        check(
            ScheduleOwner::Location(LocationId(1)),
            200,
            Code::QuotaLocationSchedules,
        );
    }

    #[test]
    fn more_uploads_than_an_owner_may_have() {
        let upload = |id, owner, bytes| Upload {
            id: UploadId(id),
            owner,
            name: id.to_string(),
            length_ms: 1,
            bytes,
            content: ContentHash([0; 32]),
        };
        let with = |uploads: Vec<Upload>| Organisation {
            uploads,
            ..Organisation::default()
        };
        let user = UploadOwner::User(UserId(1));
        let many = (0..51).map(|id| upload(id, user, 1)).collect();
        assert_eq!(found(&with(many)), ["uploads[50].owner: quota-uploads"]);
        let check = |owner: UploadOwner, megabytes: u32, code: Code| {
            let half = megabytes * 500_000;
            let full = vec![upload(1, owner, half), upload(2, owner, half)];
            assert_eq!(found(&with(full.clone())), [""; 0]);
            let over = [full, vec![upload(3, owner, 1), upload(4, owner, 1)]].concat();
            let expected = format!("uploads[2].bytes: {}", code.name());
            assert_eq!(found(&with(over)), [expected]);
        };
        check(user, 100, Code::QuotaUserUploadMegabytes);
        check(UploadOwner::Enterprise, 500, Code::QuotaUploadMegabytes);
    }
}
