# The frame of every page, and logging in.
close = Close
level = Level
language = Language
language-nl = Dutch
language-en = English
menu = Menu
to-content = Skip to content
theme-auto = Theme: as on your device
theme-light = Theme: light
theme-dark = Theme: dark
services = Call services
schedules = Schedules
profile = Profile
users = Users
search = Search for a user
search-hint = Search name or number
search-found = Users found
search-none = Nobody found
log-in = Log in
log-out = Log out
login = User name
password = Password
login-locked-for = { $minutes ->
    [one] Too many tries. Please try again in a minute.
   *[other] Too many tries. Please try again in { $minutes } minutes.
}
login-locked-for-seconds = { $seconds ->
    [one] Too many tries. Please try again in a second.
   *[other] Too many tries. Please try again in { $seconds } seconds.
}
log-in-code = Code from the app, or a recovery code
session-over = Please log in again
session-over-hint = You were away for a while. Log in and go on where you were; nothing is lost.
not-found = This page is not here
not-found-hint = The address is wrong, or the page is not yours to see.
to-start = Back to the start
retry = Try again
cancel = Cancel
done = Done
save = Save
edit = Edit
edit-named = Edit: { $name }
remove = Remove: { $name }
or = or
day-and-time = { $day } { $month } at { $time }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
