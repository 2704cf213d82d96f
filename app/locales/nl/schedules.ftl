# Tijdschema’s en feestdagen.
weekday-0 = maandag
weekday-1 = dinsdag
weekday-2 = woensdag
weekday-3 = donderdag
weekday-4 = vrijdag
weekday-5 = zaterdag
weekday-6 = zondag
weekday-short-0 = ma
weekday-short-1 = di
weekday-short-2 = wo
weekday-short-3 = do
weekday-short-4 = vr
weekday-short-5 = za
weekday-short-6 = zo

schedules-title = Schema’s
schedules-zone = Tijden in { $location } ({ $zone })
schedules-new-time = Nieuw tijdschema
schedules-new-holidays = Nieuwe feestdagen
schedules-personal = Persoonlijk
schedules-location = Van de locatie
schedules-none = Er zijn nog geen schema’s.
schedules-back = Alle schema’s
schedules-first-time = Wanneer bent u er?
schedules-first-time-text = Teken uw uren in een week. Een regel schakelt oproepen dan binnen of buiten die uren door.
schedules-first-holidays = Welke dagen zijn anders?
schedules-first-holidays-text = Begin met de feestdagen van uw land, importeer een agenda of typ de dagen zelf.
schedules-hidden = Door uw beheerder bijgehouden
schedules-hidden-text = Dit schema hoort bij de locatie. U kunt het in uw regels gebruiken; uw beheerder bepaalt de tijden.
schedules-used = { $count ->
    [one] op 1 plaats gebruikt
   *[other] op { $count } plaatsen gebruikt
  }
schedules-uses = Gebruikt door
schedules-use = { $user }: { $service }, regel “{ $rule }”
schedules-name = Naam
schedules-name-time = Kantooruren
schedules-name-holidays = Feestdagen
schedules-delete = Verwijderen
schedules-delete-what = “{ $name }” verwijderen?
schedules-delete-text = Niets gebruikt dit schema. Het komt niet terug.
schedules-cancel = Annuleren
schedules-in-use = Dit schema wordt gebruikt
schedules-in-use-text = Haal het eerst uit deze regels.
schedules-understood = Begrepen
schedules-conflict = Iemand anders heeft dit schema opgeslagen
schedules-conflict-text = { $by } heeft het op { $at } opgeslagen. Wat aan beide kanten gelijk is, staat er niet bij.
schedules-conflict-theirs = Van de ander
schedules-conflict-mine = Van u
schedules-conflict-name = Naam: { $name }
schedules-conflict-line = { $name }: { $when }
schedules-conflict-nothing = Verder niets
schedules-take-theirs = Neem die van de ander
schedules-keep-mine = Houd de mijne, nog niet opgeslagen

schedules-grid = De week, uur voor uur
schedules-grid-hint = Sleep over lege uren om te tekenen, over meer dagen voor dezelfde uren. Toetsen: pijltjes verplaatsen een blok, Shift met een pijltje rekt het, Delete haalt het weg, Enter gaat naar de precieze tijden.
schedules-block = { $day } { $from } tot { $to }
schedules-block-days = { $day } { $from } tot { $until } { $to }
schedules-blocks = { $count ->
    [0] nog geen uren
    [one] 1 blok
   *[other] { $count } blokken
  }
schedules-times = Precieze tijden
schedules-day = Dag
schedules-days = Dagen
schedules-from = Van
schedules-to = Tot
schedules-end-day = Dag van het einde
schedules-next-day = de dag erna
schedules-remove-block = Verwijder { $block }
schedules-add = Toevoegen
schedules-workdays = Maandag t/m vrijdag
schedules-weekend = Weekend
schedules-every-day = Elke dag
schedules-time-unreadable = Typ een tijd, zoals 8:30.
schedules-number-unreadable = Typ een heel getal.
schedules-year-unreadable = Typ een jaar, of niets.
schedules-date-unreadable = Kies een datum.

schedules-holidays = { $count ->
    [0] nog geen dagen
    [one] 1 feestdag
   *[other] { $count } feestdagen
  }
schedules-holidays-next = { $count ->
    [one] { $name } op { $date }
   *[other] { $count } feestdagen, eerst { $name } op { $date }
  }
schedules-date = { $weekday } { $day } { $month } { $year }
schedules-dates = { $from } t/m { $to }
schedules-holiday-name = Naam van de feestdag
schedules-kind = Hoe vaak
schedules-kind-once = Eén keer
schedules-kind-yearly = Elk jaar op een datum
schedules-kind-easter = Elk jaar rond Pasen
schedules-kind-nth = Elk jaar op een weekdag
schedules-when = Wanneer
schedules-first-day = Eerste dag
schedules-last-day = Laatste dag
schedules-day-of-month = Dag
schedules-month = Maand
schedules-length = Dagen
schedules-on-sunday = Op een zondag
schedules-sunday-stays = blijft staan
schedules-sunday-before = een dag eerder
schedules-sunday-after = een dag later
schedules-sunday-other = schuift anders
schedules-easter-offset = Dagen na Pasen
schedules-nth = Welke
schedules-nth-1 = eerste
schedules-nth-2 = tweede
schedules-nth-3 = derde
schedules-nth-4 = vierde
schedules-nth-5 = vijfde
schedules-nth--1 = laatste
schedules-nth--2 = op één na laatste
schedules-nth--3 = op twee na laatste
schedules-nth--4 = op drie na laatste
schedules-nth--5 = op vier na laatste
schedules-weekday = Weekdag
schedules-until = T/m jaar
schedules-next = volgende: { $date }
schedules-never = komt niet meer voor
schedules-remove-holiday = Verwijder { $name }
schedules-add-holiday = Feestdag toevoegen
schedules-sets = Voeg de feestdagen toe van
schedules-import = Agenda importeren (iCalendar of CSV)
schedules-imported = { $count ->
    [0] Het bestand bevat geen dagen die er nog niet staan.
    [one] 1 feestdag is toegevoegd uit het bestand.
   *[other] { $count } feestdagen zijn toegevoegd uit het bestand.
  }
schedules-import-notes = Niet of anders overgenomen uit het bestand
schedules-import-note = { $what ->
    [left-out] Regel { $line }, { $name }: niet overgenomen. { $reason }
   *[changed] Regel { $line }, { $name }: { $reason }
  }
schedules-import-unnamed = zonder naam
schedules-import-dated-until = De herhaling is overgenomen als losse datums, t/m { $year }.
schedules-import-more = { $count ->
    [one] En 1 regel meer.
   *[other] En { $count } regels meer.
  }
schedules-import-dates = Hoe staan de datums in het bestand?
schedules-import-day-first = Dag voorop (1/6 is 1 juni)
schedules-import-month-first = Maand voorop (1/6 is 6 januari)
holidays-nl = Nederland
holidays-be = België
holidays-de = Duitsland
schedules-unnamed = Nieuwe feestdag
schedules-when-yearly = elk jaar op { $day } { $month }
schedules-when-easter = { $side ->
    [on] elk jaar met Pasen
    [next] elk jaar op de dag na Pasen
    [eve] elk jaar op de dag voor Pasen
    [before] elk jaar, { $count } dagen voor Pasen
   *[after] elk jaar, { $count } dagen na Pasen
  }
schedules-when-nth = elk jaar op de { $nth } { $weekday } van { $month }
schedules-when-days = { $when }, { $days } dagen
schedules-when-until = { $when }, t/m { $year }
