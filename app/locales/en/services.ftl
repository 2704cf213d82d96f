# The services page.
group-forwarding = Forwarding
group-blocking = Blocking and selecting
group-ringing = Ringing
group-messages = Messages
group-calling = Calling and transferring
group-team = Working together
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
unavailable-not-for-role = This service is for persons only.
unavailable-needs-fixed-profile = This comes with the fixed profile only. Ask your administrator.
admin-sets-this = Your administrator sets this.
needs-desk-phone = This needs a desk phone. Ask your administrator.
extension = extension { $extension }

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
