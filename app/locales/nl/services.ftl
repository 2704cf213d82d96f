# The services page.
group-forwarding = Doorschakelen
group-blocking = Blokkeren en selecteren
group-ringing = Overgaan
group-messages = Berichten
group-calling = Bellen en doorverbinden
group-team = Samenwerken
filter = Servicetype
filter-all = Alles
filter-incoming = Inkomend
filter-outgoing = Uitgaand
filter-active = Actief
filter-none = Hier zijn geen functies van dit type.
what-if = Wat gebeurt er als
changed = gewijzigd
incomplete = nog niet compleet
off = Uit
switched-on = Ingeschakeld
unavailable-not-assigned = Niet aan u toegewezen. Vraag uw beheerder.
unavailable-no-fixed-number = Dit werkt alleen met een vast nummer. Vraag uw beheerder.
unavailable-not-for-role = Deze functie is er alleen voor personen.
unavailable-needs-fixed-profile = Dit is er alleen bij een vast profiel. Vraag uw beheerder.
admin-sets-this = Uw beheerder stelt dit in.
needs-desk-phone = Dit kan alleen met een bureautoestel. Vraag uw beheerder.
extension = toestel { $extension }

rings = { $count ->
    [0] niet
    [one] 1 keer
   *[other] { $count } keer
}
after-rings = { $count ->
    [0] meteen
   *[other] na { $count } keer overgaan
}

rule-add = Regel toevoegen
rule-new = Regel { $place }
rule-name = Naam van de regel
rule-effect = Wat doet de regel?
rule-effect-activate = Doorschakelen
rule-effect-deactivate = Uitzondering: niet doorschakelen
rule-time = Tijdschema
rule-time-none = Altijd, op alle uren
rule-time-side = Binnen of buiten het tijdschema
rule-time-inside = binnen
rule-time-outside = buiten
rule-holiday = Vakantieschema
rule-holiday-none = Op alle dagen
rule-holiday-side = Op of buiten de dagen van het vakantieschema
rule-holiday-inside = op die dagen
rule-holiday-outside = niet op die dagen
rule-who = Van wie?
who-any = Iedereen
who-internal = Alleen collega’s
who-external = Alleen van buiten
who-listed = Alleen deze bellers
who-private = Bellers die hun nummer verbergen
who-unavailable = Bellers met een onbekend nummer
who-numbers = Nummers en patronen
who-numbers-hint = Hoogstens { $most }. ? is één cijfer, * aan het eind is de rest: +31 30 555 *
who-numbers-add = Nummer toevoegen
who-number = Nummer { $place }
rule-number = Eigen nummer van deze regel
rule-number-hint = Leeg: het nummer dat boven is ingevuld.
rule-not = Niet doorschakelen: { $when }
rules-none = er is nog geen regel die doorschakelt
rules-several = { $count } regels: { $names }
rules-except = behalve { $when }
schedule-gone = een schema dat er niet meer is
when-always = altijd
when-time-inside = tijdens “{ $name }”
when-time-outside = buiten “{ $name }”
when-holiday-inside = op “{ $name }”
when-holiday-outside = niet op “{ $name }”
from-internal = van collega’s
from-external = van buiten
from-numbers = { $count ->
    [one] van 1 nummer
   *[other] van { $count } nummers
}
from-private = van verborgen nummers
from-unavailable = van onbekende nummers

changes = { $count ->
    [one] 1 wijziging nog niet opgeslagen
   *[other] { $count } wijzigingen nog niet opgeslagen
}
changes-region = Niet opgeslagen wijzigingen
reset = Herstel
saving = Bezig…
saved = Opgeslagen
save-incomplete = Er klopt nog iets niet; kijk bij de velden.
leave = Wijzigingen opslaan?
leave-hint = { $count ->
    [one] Er is 1 wijziging die nog niet is opgeslagen.
   *[other] Er zijn { $count } wijzigingen die nog niet zijn opgeslagen.
}
leave-stay = Blijven
leave-discard = Niet opslaan
leave-save = Opslaan en verder
conflict = Iemand anders was u voor
conflict-hint = Terwijl u bezig was, zijn dezelfde functies opgeslagen. Kies per functie wat blijft.
conflict-who = Opgeslagen door { $who } op { $at }
conflict-mine = Van u
conflict-theirs = Van de ander
conflict-later = Verder bewerken
conflict-go-on = Opslaan zoals gekozen
