# Time schedules and holidays.
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
weekday-short-0 = Mon
weekday-short-1 = Tue
weekday-short-2 = Wed
weekday-short-3 = Thu
weekday-short-4 = Fri
weekday-short-5 = Sat
weekday-short-6 = Sun

schedules-title = Schedules
schedules-zone = Times in { $location } ({ $zone })
schedules-new-time = New time schedule
schedules-new-holidays = New holidays
schedules-personal = Personal
schedules-location = Of the location
schedules-none = There are no schedules yet.
schedules-back = All schedules
schedules-first-time = When are you there?
schedules-first-time-text = Draw your hours in a week. A rule then forwards calls inside or outside them.
schedules-first-holidays = Which days are different?
schedules-first-holidays-text = Start from the public holidays of your country, import a calendar, or type the days yourself.
schedules-hidden = Kept by your administrator
schedules-hidden-text = This schedule belongs to the location. You can use it in your rules; your administrator sets its times.
schedules-used = { $count ->
    [one] used in 1 place
   *[other] used in { $count } places
  }
schedules-uses = Used by
schedules-use = { $user }: { $service }, rule “{ $rule }”
schedules-name = Name
schedules-name-time = Office hours
schedules-name-holidays = Public holidays
schedules-delete = Delete
schedules-delete-what = Delete “{ $name }”?
schedules-delete-text = Nothing uses this schedule. It cannot be brought back.
schedules-cancel = Cancel
schedules-in-use = This schedule is in use
schedules-in-use-text = Take it out of these rules first.
schedules-understood = Understood
schedules-conflict = Somebody else saved this schedule
schedules-conflict-text = { $by } saved it on { $at }. What is the same on both sides is left out.
schedules-conflict-theirs = Theirs
schedules-conflict-mine = Yours
schedules-conflict-name = Name: { $name }
schedules-conflict-line = { $name }: { $when }
schedules-conflict-nothing = Nothing else
schedules-take-theirs = Take theirs
schedules-keep-mine = Keep mine, not saved yet

schedules-grid = The week, hour by hour
schedules-grid-hint = Drag over empty hours to draw, over several days for the same hours. Keys: arrows move a block, Shift and an arrow stretch it, Delete removes it, Enter goes to its exact times.
schedules-block = { $day } { $from } to { $to }
schedules-block-days = { $day } { $from } to { $until } { $to }
schedules-blocks = { $count ->
    [0] no hours yet
    [one] 1 block
   *[other] { $count } blocks
  }
schedules-times = Exact times
schedules-day = Day
schedules-days = Days
schedules-from = From
schedules-to = To
schedules-end-day = Day of the end
schedules-next-day = the next day
schedules-remove-block = Remove { $block }
schedules-add = Add
schedules-workdays = Monday to Friday
schedules-weekend = Weekend
schedules-every-day = Every day
schedules-time-unreadable = Type a time, such as 8:30.
schedules-number-unreadable = Type a whole number.
schedules-year-unreadable = Type a year, or nothing.
schedules-date-unreadable = Choose a date.

schedules-holidays = { $count ->
    [0] no days yet
    [one] 1 holiday
   *[other] { $count } holidays
  }
schedules-holidays-next = { $count ->
    [one] { $name } on { $date }
   *[other] { $count } holidays, next { $name } on { $date }
  }
schedules-date = { $weekday } { $day } { $month } { $year }
schedules-dates = { $from } to { $to }
schedules-holiday-name = Name of the holiday
schedules-kind = How often
schedules-kind-once = Once
schedules-kind-yearly = Every year on a date
schedules-kind-easter = Every year around Easter
schedules-kind-nth = Every year on a weekday
schedules-when = When
schedules-first-day = First day
schedules-last-day = Last day
schedules-day-of-month = Day
schedules-month = Month
schedules-length = Days
schedules-on-sunday = On a Sunday
schedules-sunday-stays = stays
schedules-sunday-before = the day before
schedules-sunday-after = the day after
schedules-sunday-other = moves otherwise
schedules-easter-offset = Days after Easter
schedules-nth = Which
schedules-nth-1 = first
schedules-nth-2 = second
schedules-nth-3 = third
schedules-nth-4 = fourth
schedules-nth-5 = fifth
schedules-nth--1 = last
schedules-nth--2 = last but one
schedules-nth--3 = third last
schedules-nth--4 = fourth last
schedules-nth--5 = fifth last
schedules-weekday = Weekday
schedules-until = Until year
schedules-next = next: { $date }
schedules-never = never again
schedules-remove-holiday = Remove { $name }
schedules-add-holiday = Add a holiday
schedules-sets = Add the public holidays of
schedules-import = Import a calendar (iCalendar or CSV)
schedules-imported = { $count ->
    [0] The file holds no days that are not here yet.
    [one] 1 holiday was added from the file.
   *[other] { $count } holidays were added from the file.
  }
schedules-import-notes = Not taken from the file, or taken differently
schedules-import-note = { $what ->
    [left-out] Line { $line }, { $name }: not taken. { $reason }
   *[changed] Line { $line }, { $name }: { $reason }
  }
schedules-import-unnamed = no name
schedules-import-dated-until = The recurrence was taken over as separate dates, up to { $year }.
schedules-import-more = { $count ->
    [one] And 1 more line.
   *[other] And { $count } more lines.
  }
schedules-import-dates = How are the dates in the file written?
schedules-import-day-first = Day first (1/6 is 1 June)
schedules-import-month-first = Month first (1/6 is 6 January)
holidays-nl = Netherlands
holidays-be = Belgium
holidays-de = Germany
schedules-unnamed = New holiday
schedules-when-yearly = every year on { $day } { $month }
schedules-when-easter = { $side ->
    [on] every year on Easter Sunday
    [next] every year on the day after Easter Sunday
    [eve] every year on the day before Easter Sunday
    [before] every year, { $count } days before Easter
   *[after] every year, { $count } days after Easter
  }
schedules-when-nth = every year on the { $nth } { $weekday } of { $month }
schedules-when-days = { $when }, { $days } days
schedules-when-until = { $when }, until { $year }
