# The frame of every page, and logging in.
close = Sluiten
level = Niveau
language = Taal
language-nl = Nederlands
language-en = Engels
menu = Menu
to-content = Naar de inhoud
theme-auto = Thema: zoals uw apparaat
theme-light = Thema: licht
theme-dark = Thema: donker
services = Oproepfuncties
schedules = Schema’s
profile = Profiel
users = Gebruikers
search = Zoek een gebruiker
search-hint = Zoek naam of nummer
search-found = Gevonden gebruikers
search-none = Niemand gevonden
log-in = Inloggen
log-out = Uitloggen
login = Gebruikersnaam
password = Wachtwoord
login-locked-for = { $minutes ->
    [one] Te vaak geprobeerd. Probeer het over een minuut opnieuw.
   *[other] Te vaak geprobeerd. Probeer het over { $minutes } minuten opnieuw.
}
login-locked-for-seconds = { $seconds ->
    [one] Te vaak geprobeerd. Probeer het over een seconde opnieuw.
   *[other] Te vaak geprobeerd. Probeer het over { $seconds } seconden opnieuw.
}
log-in-code = Code uit de app, of een herstelcode
session-over = Log opnieuw in
session-over-hint = U was te lang weg. Log in en u gaat verder waar u was; er is niets verloren.
not-found = Deze pagina is er niet
not-found-hint = Het adres klopt niet, of deze pagina is niet voor u.
to-start = Naar het begin
retry = Opnieuw proberen
cancel = Annuleren
done = Klaar
save = Opslaan
edit = Bewerken
edit-named = Bewerken: { $name }
remove = Verwijderen: { $name }
or = of
day-and-time = { $day } { $month } om { $time }
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
month-short-1 = jan
month-short-2 = feb
month-short-3 = mrt
month-short-4 = apr
month-short-5 = mei
month-short-6 = jun
month-short-7 = jul
month-short-8 = aug
month-short-9 = sep
month-short-10 = okt
month-short-11 = nov
month-short-12 = dec
