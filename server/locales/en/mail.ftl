# What mails say, and at the end what phones show.
moment = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }, { $time }

withheld = an anonymous caller
unknown = an unknown number
extension = extension { $extension }

line-from = From: { $from }
line-number = Number: { $number }
line-time = Time: { $time }
line-length = Length: { $length }

call-subject = Call from { $from }
call-text = There was a call for { $user }.

message-subject = Voice message from { $from }
message-notice = There is a new voice message for { $user }. You hear it in the mailbox.
message-mailed = There is a new voice message for { $user }. It is mailed and not kept in the mailbox.
message-enclosed = There is a new voice message for { $user }. It is enclosed.
message-file = message

alarm-subject = Outside calls: { $who } went over a limit
alarm-all = All users together
alarm-calls = { $who } has as many outside calls at once as are allowed, and tried one more.
alarm-calls-a-minute = { $who } made as many outside calls within a minute as are allowed, and tried one more.
alarm-stopped = { $who }: no outside calls leave.
alarm-until-lifted = No more calls of theirs leave until an administrator lifts that.
alarm-goes-on = Calls within the limits still leave.

trial-subject = Trial mail from Centrale
trial-text = This mail was sent to see whether mails arrive. This one did.

password-subject = Choose a password for Centrale
password-text = Your administrator asks you to choose a password. Follow this link within 24 hours; it works once: { $link }

report-subject = Statistics of { $center }, { $from }
report-daily-subject = Daily report of { $center }, { $from }
report-text = Call center { $center }, from { $from } to { $until }.
report-total = Total
report-file = report
column-from = From
column-offered = Offered
column-answered = Answered
column-abandoned = Abandoned
column-lost = Lost
column-mean-wait = Mean wait
column-longest-wait = Longest wait
column-level = Within { $seconds } s

phone-parked-at = Parked at { $extension }
phone-parked-here = { $who } parked a call at your phone
