# What administrators see, and the profile of a user.
overview = Overview
locations = Locations
location = Location
all-locations = All locations
department = Department
licences = Licences
licences-used = { $used } of { $licences } in use
users-count = { $count ->
    [one] 1 user
   *[other] { $count } users
}
users-search = Name, number or extension
users-none = Nobody found. Try another part of the name or number.
column-name = Name
column-number = Number
column-extension = Extension
column-profile = Profile
column-place = Location and department
column-active = Switched on
pages = Pages
page-of = { $first }–{ $last } of { $total }
page-before = Previous
page-after = Next

profile-fixed = Fixed
profile-fixed-line = fixed profile
profile-fixed-hint = A fixed number on a desk phone.
profile-mobile = Mobile
profile-mobile-line = mobile profile
profile-mobile-hint = A mobile number on a mobile phone. It is set by codes on the phone.
profile-flex = Flex
profile-flex-line = flex profile
profile-flex-hint = A fixed and a mobile number on a mobile phone.
profile-combi = Combi
profile-combi-line = combi profile
profile-combi-hint = A fixed and a mobile number, on a desk phone and a mobile phone.
profile-kind = Profile
profile-number = Fixed number
profile-extension = Extension
profile-mobile-number = Mobile number
profile-place = Place
profile-schedules = To the schedules
email = E-mail
time-zone = Time zone
devices = Phones
devices-none = There are no phones.
device-desk = desk phone
device-cordless = cordless phone
device-soft = program
