# The what-if panel and the path of a call.
whatif-title = What happens if…
whatif-sub = With your changes, even before they are saved.
whatif-caller = Caller
whatif-caller-kind = How the caller shows
whatif-caller-number = Number
whatif-caller-withheld = withheld
whatif-caller-unknown = unknown
whatif-caller-shows = number
whatif-caller-hint = A phone number, or a colleague's extension
whatif-caller-wrong = This is not a number that can call. The picture shows the last caller that was understood.
whatif-caller-unreached = No colleague has this extension or number.
whatif-not-known = What happens next is not known here.
whatif-moment = Moment
whatif-now = Now
whatif-now-hint = Back to this moment
whatif-line = Line
whatif-line-answers = free
whatif-line-busy = busy
whatif-line-no-answer = no answer
whatif-line-unreachable = unreachable
whatif-unfinished = { $services } is not filled in yet: the picture shows the last settings that could be read.
whatif-no-number = This user has no fixed number, so nobody can call it.
whatif-failed = The preview could not be loaded.
whatif-retry = Try again
whatif-answered = { $who } answers.
whatif-diverted = The call goes to { $who }.
whatif-mailbox = The caller reaches the voicemail of { $who }.
whatif-menu = The caller hears the menu of { $who }.
whatif-not-in-use = The number is not in use.
whatif-ended = The call ends.
whatif-ended-busy = The caller hears the busy tone.
whatif-ended-no-answer = Nobody answers.
whatif-ended-rejected = The call is refused.
whatif-ended-unreachable = No phone can be reached.
whatif-cut-steps = The path has more than { $most } steps; the picture ends there, as if the caller gave up.
whatif-cut-moments = More happens on this path than { $most } times; the picture ends there, as if the caller gave up.
whatif-path = The path of the call

strip-label = Outcome through the week
strip-week = Week of { $day } { $month }
strip-before = Week before
strip-after = Week after
strip-value = { $day } { $time }: { $outcome }
strip-reached = reached
strip-diverted = diverted
strip-stopped = nobody
strip-unknown = not known here

path-somebody = somebody
path-named = { $name } ({ $number })
path-mobile-of = { $number }, the mobile of { $name }
path-caller-internal = { $name }, a colleague
path-caller-external = { $number }, from outside
path-caller-withheld = a caller from outside who withholds the number
path-caller-unknown = a caller from outside without a number
path-schedule-missing = the schedule is no longer there
path-open = “{ $schedule }” is open { $ends ->
    [never] all the time
   *[at] until { $until }
  }
path-closed = “{ $schedule }” is closed { $ends ->
    [never] all the time
   *[at] until { $until }
  }
path-holiday = it is a day of “{ $schedule }” { $ends ->
    [never] for good
   *[at] until { $until }
  }
path-no-holiday = it is not a day of “{ $schedule }” { $ends ->
    [never] and never will be
   *[at] until { $until }
  }
path-open-now = “{ $schedule }” is open
path-closed-now = “{ $schedule }” is closed
path-holiday-now = it is a day of “{ $schedule }”
path-no-holiday-now = it is not a day of “{ $schedule }”
path-comes = Call for { $to }
path-from = from { $caller }
path-idle = { $count ->
    [one] 1 service is off or not yours
   *[other] { $count } services are off or not yours
  }
path-masked = { $count ->
    [one] 1 active service no longer gets its turn
   *[other] { $count } active services no longer get their turn
  }
path-masked-reason = is on, but the call has already been taken
path-which = Which?
path-why = Why?
path-why-not = Why not?
path-the-number = The number
path-arrives = On to { $who }
path-hidden = The settings of { $who } are not yours to see
path-not-known = It hangs on settings that you may not see, or on more than a preview holds.
path-not-known-schedule = It hangs on the times of “{ $schedule }”, which are not yours to see.
path-line-idle = The line of { $who } is free
path-line-busy = { $who } is busy
path-line-unreachable = { $who } cannot be reached
path-not-answered = { $who } does not answer
path-after = after { $seconds } seconds
path-to = → { $to }
path-to-voicemail = → voicemail
path-splash = { $text }, and the phone rings briefly
path-refuses = refuses the call
path-counts-as-busy = the line counts as busy
path-passes = { $service }: { $reason }
path-rule-fits = { $service }: rule “{ $rule }” fits
path-blocked = Cannot forward to { $to }
path-blocked-loop = the call would come back to somebody who already forwarded it
path-blocked-too-often = the call has been forwarded too often
path-blocked-emergency = calls are never forwarded to an emergency number
path-blocked-not-diallable = nothing can be reached there
path-rings = { $who } rings
path-phones = { $count ->
    [one] 1 phone
   *[other] { $count } phones
  }
path-phones-mobile = the mobile phone
path-phones-and-mobile = { $count ->
    [one] 1 phone and the mobile
   *[other] { $count } phones and the mobile
  }
path-phones-rings = { $phones }, { $rings ->
    [one] once
   *[other] { $rings } times
  }
path-answers = { $known ->
    [yes] on { $phones }; the call is answered
   *[no] the call is answered
  }
path-emergency = The emergency services are called
path-emergency-services = The emergency services

pass-not-assigned = is not assigned
pass-off = is off
pass-unreadable = its settings cannot be read, so it is skipped
pass-no-rule = no rule fits
pass-held-back = held back by rule “{ $rule }”
pass-number-shown = the number is shown
pass-number-unavailable = the number is unknown, but not withheld
pass-caller-internal = the caller is a colleague
pass-diversion-inhibited = this call may not be forwarded
pass-offered-by-group = does not hold for a call that a group offers
pass-no-destination = no number to forward to

rule-fits = fits{ $linked ->
    [yes] : { $because }
   *[no] { "" }
  }
rule-holds-back = holds the service back{ $linked ->
    [yes] : { $because }
   *[no] { "" }
  }
rule-off = is switched off
rule-other-caller = is about other callers
rule-other-time = does not fit now: { $because }
