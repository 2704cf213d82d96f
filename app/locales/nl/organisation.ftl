# What administrators see, and the profile of a user.
overview = Overzicht
locations = Locaties
location = Locatie
all-locations = Alle locaties
department = Afdeling
licences = Licenties
licences-used = { $used } van { $licences } in gebruik
users-count = { $count ->
    [one] 1 gebruiker
   *[other] { $count } gebruikers
}
users-search = Naam, nummer of toestel
users-none = Niemand gevonden. Probeer een ander deel van de naam of het nummer.
column-name = Naam
column-number = Nummer
column-extension = Toestel
column-profile = Profiel
column-place = Locatie en afdeling
column-active = Staat aan
pages = Bladeren
page-of = { $first }–{ $last } van { $total }
page-before = Vorige
page-after = Volgende

profile-fixed = Vast
profile-fixed-line = vast profiel
profile-fixed-hint = Een vast nummer op een bureautoestel.
profile-mobile = Mobiel
profile-mobile-line = mobiel profiel
profile-mobile-hint = Een mobiel nummer op een mobiele telefoon. U regelt het met codes op de telefoon.
profile-flex = Flex
profile-flex-line = flexprofiel
profile-flex-hint = Een vast en een mobiel nummer op een mobiele telefoon.
profile-combi = Combi
profile-combi-line = combiprofiel
profile-combi-hint = Een vast en een mobiel nummer, op een bureautoestel en een mobiele telefoon.
profile-kind = Profiel
profile-number = Vast nummer
profile-extension = Toestel
profile-mobile-number = Mobiel nummer
profile-place = Plaats
profile-schedules = Naar de schema’s
email = E-mail
time-zone = Tijdzone
devices = Toestellen
devices-none = Er zijn geen toestellen.
device-desk = bureautoestel
device-cordless = draadloos toestel
device-soft = programma
