# The services page: names, sentences and forms of the services in the catalogue.
group-forwarding = Forwarding
group-blocking = Blocking and selecting
group-ringing = Ringing
filter = Service type
filter-all = All
filter-incoming = Incoming
filter-outgoing = Outgoing
filter-active = Active
filter-none = There are no services of this type here.
what-if = What happens if
changed = changed
incomplete = not complete yet
off = Off
switched-on = Switched on
unavailable-not-assigned = Not assigned to you. Ask your administrator.
unavailable-no-fixed-number = This works only with a fixed number. Ask your administrator.
needs-desk-phone = This needs a desk phone. Ask your administrator.
extension = extension { $extension }

service-anonymous-rejection-name = Anonymous call rejection
service-anonymous-rejection-short = anonymous
service-anonymous-rejection-description = Callers who hide their number hear that you do not take such calls. Your phone stays silent. Colleagues always get through.
service-anonymous-rejection-does = Callers who hide their number hear a message
service-forwarding-selective-name = Call forwarding selective
service-forwarding-selective-short = selective
service-forwarding-selective-description = Rules choose which calls are forwarded: at what hours, on which days and from whom.
service-forwarding-selective-does = Forwards nothing
service-forwarding-always-name = Call forwarding always
service-forwarding-always-short = always
service-forwarding-always-description = Every call goes straight to another number or to your voicemail.
service-forwarding-always-does = Forwards nothing
service-do-not-disturb-name = Do not disturb
service-do-not-disturb-short = do not disturb
service-do-not-disturb-description = Your phone does not ring. Callers are treated as if you were on a call.
service-do-not-disturb-does = You are busy for everyone
service-forwarding-not-reachable-name = Call forwarding not reachable
service-forwarding-not-reachable-short = not reachable
service-forwarding-not-reachable-description = Works when your phone cannot be reached, for instance because of a fault.
service-forwarding-not-reachable-does = Forwards nothing
service-forwarding-busy-name = Call forwarding busy
service-forwarding-busy-short = busy
service-forwarding-busy-description = Works when you are on a call or have Do not disturb on.
service-forwarding-busy-does = Forwards nothing
service-forwarding-no-answer-name = Call forwarding no answer
service-forwarding-no-answer-short = no answer
service-forwarding-no-answer-description = Works when you do not answer before your phone has rung the number of times set.
service-forwarding-no-answer-does = Forwards nothing
service-ring-count-name = Number of rings
service-ring-count-short = rings
service-ring-count-description = This is how often your phone rings before a call counts as not answered.
service-ring-count-does = Not answered

field-number = Forward to
field-number-hint = A phone number, extension or code. You may leave it empty.
field-voicemail = To voicemail
field-voicemail-hint = Only when no number is filled in.
field-voicemail-to = voicemail
field-ring_splash = Ring splash
field-ring_splash-hint = Your desk phone gives a short ring when a call has been forwarded.
field-ring_splash-with = with ring splash
field-rules = Rules
field-rules-hint = One rule that fits is enough. An exception always goes first.
field-rings = Number of rings
field-rings-hint = One ring takes 6 seconds.
field-rings-seconds = That is about { $seconds } seconds.
field-rings-shared = All services that wait for no answer share this number. You change it everywhere at once.
rings = { $count ->
    [0] none
    [one] 1 ring
   *[other] { $count } rings
}
after-rings = { $count ->
    [0] at once
   *[other] after { $count } rings
}

rule-add = Add rule
rule-new = Rule { $place }
rule-name = Name of the rule
rule-effect = What does the rule do?
rule-effect-activate = Forward
rule-effect-deactivate = Exception: do not forward
rule-time = Time schedule
rule-time-none = Always, at all hours
rule-time-side = Inside or outside the time schedule
rule-time-inside = inside
rule-time-outside = outside
rule-holiday = Holiday schedule
rule-holiday-none = On all days
rule-holiday-side = On or off the days of the holiday schedule
rule-holiday-inside = on those days
rule-holiday-outside = not on those days
rule-who = From whom?
who-any = Everyone
who-internal = Only colleagues
who-external = Only from outside
who-listed = Only these callers
who-private = Callers who hide their number
who-unavailable = Callers with an unknown number
who-numbers = Numbers and patterns
who-numbers-hint = At most { $most }. ? is one digit, * at the end is the rest: +31 30 555 *
who-numbers-add = Add number
who-number = Number { $place }
rule-number = This rule’s own number
rule-number-hint = Empty: the number filled in above.
rule-not = Do not forward: { $when }
rules-none = there is no rule that forwards yet
rules-several = { $count } rules: { $names }
rules-except = except { $when }
schedule-gone = a schedule that is gone
when-always = always
when-time-inside = during “{ $name }”
when-time-outside = outside “{ $name }”
when-holiday-inside = on “{ $name }”
when-holiday-outside = not on “{ $name }”
from-internal = from colleagues
from-external = from outside
from-numbers = { $count ->
    [one] from 1 number
   *[other] from { $count } numbers
}
from-private = from hidden numbers
from-unavailable = from unknown numbers

changes = { $count ->
    [one] 1 change not saved yet
   *[other] { $count } changes not saved yet
}
changes-region = Unsaved changes
reset = Reset
saving = Saving…
saved = Saved
save-incomplete = Something is not right yet; please look at the fields.
leave = Save your changes?
leave-hint = { $count ->
    [one] There is 1 change that is not saved yet.
   *[other] There are { $count } changes that are not saved yet.
}
leave-stay = Stay
leave-discard = Do not save
leave-save = Save and go on
conflict = Somebody was ahead of you
conflict-hint = While you were at it, the same services were saved. Choose what stays for each.
conflict-who = Saved by { $who } on { $at }
conflict-mine = Yours
conflict-theirs = Theirs
conflict-later = Go on editing
conflict-go-on = Save as chosen
