# The steps of a call’s path, by the tags that core gives them.
path-acts = takes part in this call
service-call-waiting-path-acts = a second call can ring
service-remote-office-path-acts = another number rings instead of the phones
service-simultaneous-ring-path-acts = other numbers ring along
service-sequential-ring-path-acts = numbers ring one after the other
service-call-notify-path-acts = an e-mail is sent
path-line-call-waiting = { $who } is on a call; a second one can ring
path-the-caller = the caller
pass-accepted = let through by rule “{ $rule }”
pass-outside-schedules = none of the schedules holds now
pass-own-number = the call would come back to the same number
pass-line-free = the line is free
pass-on-a-call = the line is on a call
pass-no-mailbox = there is no mailbox, or it is off

# Ringing more than one phone.
path-find-me-stands-in = { $number } rings instead of the phones of { $who }
path-find-me-rings-along = { $number } rings along
path-find-me-rings-next = Then { $number } rings
path-find-me-not-rung = { $number } does not ring
path-find-me-own-number = that is the own number
path-find-me-busy = on a call, or do not disturb
path-find-me-unreachable = cannot be reached
path-find-me-not-a-phone = a group, menu or queue does not ring along
path-find-me-emergency = an emergency number
path-find-me-twice = rings already
path-find-me-not-in-use = the number is not in use
path-find-me-barred = it may not be called for this user
path-find-me-asks-confirmation = { $who } answers and has to press a key to get the call
path-find-me-not-confirmed = { $who } presses no key; the other phones ring on
path-find-me-search-ended = The caller skips the search

# Hunt groups and group calls.
path-group-skips = { $who } is skipped
path-group-on-call = on a call
path-group-do-not-disturb = do not disturb
path-group-unreachable = cannot be reached
path-group-not-a-person = not a person
path-group-unknown = is gone
path-group-tries = { $group } tries { $who }
path-group-regular = in the order of the list
path-group-circular = from the one after who answered last
path-group-simultaneous = all at once
path-group-uniform = who has not answered for longest goes first
path-group-weighted = by a draw, by weight
path-group-time-over = The time of { $group } is over
path-group-nobody-takes = Nobody of { $group } takes the call
path-group-no-answer = no answer
path-group-busy = everybody is on a call
path-group-nobody-reachable = nobody can be reached
path-group-inhibited = { $group } may not send this call on to { $to }
path-group-calls = { $group } calls { $who }
path-group-leaves-out = { $who } is not called
path-group-nested = another group calls already
path-group-twice = is called already
path-group-caller = that is the caller
path-group-emergency = an emergency number
path-group-not-in-use = the number is not in use
path-group-misses = { $who } does not join
path-group-ended = busy, refused or not reachable
path-group-no-person = no person answers
path-group-joins = { $who } joins { $group }
path-group-leaves = { $who } leaves { $group }

# Auto attendants.
path-menu-opens = The caller hears { $menu } of { $who }
path-menu-business-hours = the business-hours menu
path-menu-after-hours = the after-hours menu
path-menu-holiday = the holiday menu
path-menu-submenu = submenu “{ $name }”
path-menu-chosen = The caller presses { $key }
path-menu-gave-up = The caller chooses nothing
path-menu-to-operator = → operator { $to }
path-menu-name-dialling = dialling by name
path-menu-extension-dialling = dialling an extension
path-menu-repeat = the menu again
path-menu-previous = the menu before
path-menu-end = the call ends
path-menu-to-mailbox = → voicemail of { $who }
path-menu-to-some-mailbox = → voicemail of an extension
path-menu-announcement = an announcement
path-menu-not-valid = The caller presses { $key }, which does nothing here
path-menu-silence = The caller presses nothing
path-menu-dialled = The caller keys in { $digits }
path-menu-searched = The caller keys in a name: { $digits }
path-menu-found = that is { $who }
path-menu-nobody = nobody found
path-menu-too-many = too many names found
path-menu-picked = The caller chooses { $who }
path-menu-blocked = The menu cannot send the call to { $to }
path-menu-that-extension = that extension

# Call centers.
path-queue-dnis = { $number } of { $center } was dialled
path-queue-found = { $center }: { $joined } joined, { $away } of them away
path-queue-waiting = { $count ->
    [0] nobody waits
    [one] 1 call waits
   *[other] { $count } calls wait
}
path-queue-considered = { $policy }: { $result }
path-queue-holiday-service = Holiday service
path-queue-night-service = Night service
path-queue-forced-forwarding = Forced forwarding
path-queue-stranded-unavailable = Agents unavailable
path-queue-stranded = No agents left
path-queue-off = is off
path-queue-no-schedule = has no schedule
path-queue-no-number = has no number to send calls to
path-queue-agents-left = there are agents left
path-queue-stays = holds, and calls stay in the queue
path-queue-applies = takes the call
path-queue-forced = takes the call, forced by hand
path-queue-joins = The call joins the queue of { $center }
path-queue-waited = waited { $seconds } seconds already
path-queue-own = an own recording
path-queue-music = The caller hears music
path-queue-ringback = The caller hears it ring
path-queue-no-wait = an agent is free
path-queue-short-wait = the wait will be short
path-queue-offer = an agent is called
path-queue-policy = until the caller hangs up
path-queue-offered = Offered to { $who }
path-queue-withdrawn = The offer is taken back; the call stays in the queue
path-queue-whisper = { $who } hears for which queue the call is
path-queue-agent-gone = { $who } is gone already; the call goes back into the queue
path-queue-taken-back = The call is taken from { $who }
path-queue-leaves-by-key = The caller leaves the queue of { $center } by a key
path-queue-unqueued = The call leaves the queue of { $center }
path-queue-full = the queue is full
path-queue-overflow = it waited too long
path-queue-bounced = nobody answered the offered call
path-queue-repeats = The message repeats until the caller hangs up

# Mailboxes.
path-voicemail-greets = The caller hears the greeting of { $who }
path-voicemail-own = an own greeting
path-voicemail-own-busy = an own greeting for being on a call
path-voicemail-standard = the standard greeting
path-voicemail-standard-busy = the standard greeting for being on a call
path-voicemail-no-deposit = { $who } takes no messages
path-voicemail-full = The mailbox of { $who } is full
path-voicemail-skipped = The caller skips the greeting
path-voicemail-leaves = The caller leaves the mailbox of { $who } by a key
path-voicemail-recorded = The caller leaves a message
path-voicemail-too-short = The caller says nothing: { $who } gets no message
path-voicemail-mail-forward = The message goes to { $who } by e-mail and is not kept
path-voicemail-mail-copy = A copy of the message for { $who } goes out by e-mail
path-voicemail-mail-notice = { $who } gets an e-mail that there is a message
path-voicemail-asks-passcode = The caller keys in the passcode of { $who }
path-voicemail-passcode-right = The passcode is right
path-voicemail-passcode-wrong = The passcode is not right
path-voicemail-passcode-refused = No passcode is set, or too many wrong ones were keyed in
path-voicemail-listens = The caller listens to the messages of { $who }

# Feature access codes.
path-code-speed-dial = A speed dial of { $who }
path-code-dialled = { $who } dials code { $code }
path-code-wants-digits = { $who } is asked for digits
path-code-keyed = { $who } keys in { $digits }
path-code-changes = { $who } changes “{ $service }”
path-code-saved = That is saved
path-code-not-saved = That could not be saved
path-code-asks = { $who } asks for “{ $service }”
path-code-is-on = is on
path-code-is-off = is off
path-code-performs = Code { $code } is carried out for { $who }
path-code-about = it is about { $who }
path-code-done = That is done
path-code-joined = The phone of { $who } goes on in another call
path-code-done-at = That is done, at extension { $extension }
path-code-waiting = { $count ->
    [one] 1 callback waits
   *[other] { $count } callbacks wait
}
path-code-nothing = There is nothing to do that to
path-code-refused = That is not allowed
path-code-pickup-refused = { $who } may not pick up calls of { $whose }
path-code-pickup-elsewhere = That phone is of another location, and the enterprise does not allow picking up there
path-code-goes-on = { $who } then dials { $digits }

# Calls that were answered.
path-talk-held = { $who } puts the other on hold
path-talk-music = with music
path-talk-silence = without music
path-talk-resumed = { $who } talks on
path-talk-music-off = There is no music on hold in this call
path-talk-transferred = { $who } transfers to { $to }
path-talk-blind = without consulting
path-talk-consulted = after consulting
path-talk-inhibited = { $how }; the call may not be forwarded there
path-talk-transfer-refused = { $who } cannot transfer to { $to }
path-talk-recalled = The transferred call comes back to { $who }
path-talk-camped-on = The caller waits until { $who } is free
path-talk-freed = The line of { $who } is free again
path-talk-parked = { $who } parks the call at { $at }
path-talk-park-recalled = The parked call goes back to { $who }
path-talk-parked-again = The call is parked at { $at } again
path-talk-taken-by = { $who } takes the call
path-talk-joined-by = { $who } joins the talk
path-talk-left = { $who } leaves; the others talk on
path-talk-callback-set = { $who } is called back once { $callee } is free
path-talk-merged = The talk goes on in another call

# Calls that may not leave.
path-barred-for = { $who } may not call { $number }
path-barred = { $number } may not be called
path-barred-inside-for = { $who } may not call inside
path-barred-inside = Nobody inside may be called
path-barred-by-default = { $class }: not allowed by default
path-barred-by-enterprise = { $class }: refused by the enterprise
path-barred-by-location = { $class }: refused by the location
path-barred-by-department = { $class }: refused by the department
path-barred-by-user = { $class }: refused for { $who }
path-limit-calls = No more calls leave: as many go on at once as are allowed
path-limit-calls-a-minute = No more calls leave: as many began within a minute as are allowed
path-limit-stopped = No calls leave until an administrator lifts that
outgoing-class-internal = inside the enterprise
outgoing-class-national = numbers of the country
outgoing-class-mobile = mobile numbers
outgoing-class-service = service numbers
outgoing-class-premium = premium rate numbers
outgoing-class-own-countries = countries with a location of the enterprise
outgoing-class-european-union = the European Economic Area, Switzerland and the United Kingdom
outgoing-class-rest-of-europe = the rest of Europe
outgoing-class-north-america = the United States and Canada
outgoing-class-latin-america = Central and South America and the Caribbean
outgoing-class-africa = Africa
outgoing-class-middle-east = the Middle East
outgoing-class-asia = Asia
outgoing-class-oceania = Australia, New Zealand and the Pacific
outgoing-class-satellite = satellite numbers
