# The services page: names, sentences and forms of the services in the catalogue.
group-forwarding = Doorschakelen
group-blocking = Blokkeren en selecteren
group-ringing = Bellen
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
needs-desk-phone = Dit kan alleen met een bureautoestel. Vraag uw beheerder.
extension = toestel { $extension }

service-anonymous-rejection-name = Blokkering anonieme oproepen
service-anonymous-rejection-short = anoniem
service-anonymous-rejection-description = Wie belt met een verborgen nummer, hoort dat u zulke oproepen niet aanneemt. Uw telefoon blijft stil. Collega’s komen er altijd door.
service-anonymous-rejection-does = Bellers die hun nummer verbergen horen een bericht
service-forwarding-selective-name = Geselecteerde oproepen doorschakelen
service-forwarding-selective-short = selectief
service-forwarding-selective-description = U kiest met regels welke oproepen worden doorgeschakeld: op welke tijden, op welke dagen en van wie.
service-forwarding-selective-does = Schakelt niets door
service-forwarding-always-name = Doorschakelen altijd aan
service-forwarding-always-short = altijd
service-forwarding-always-description = Elke oproep gaat meteen door naar een ander nummer of naar uw voicemail.
service-forwarding-always-does = Schakelt niets door
service-do-not-disturb-name = Niet storen
service-do-not-disturb-short = niet storen
service-do-not-disturb-description = Uw telefoon gaat niet over. Wie belt, wordt behandeld alsof u in gesprek bent.
service-do-not-disturb-does = U bent voor iedereen in gesprek
service-forwarding-not-reachable-name = Doorschakelen bij onbereikbaar
service-forwarding-not-reachable-short = onbereikbaar
service-forwarding-not-reachable-description = Werkt als uw telefoon niet te bereiken is, bijvoorbeeld door een storing.
service-forwarding-not-reachable-does = Schakelt niets door
service-forwarding-busy-name = Doorschakelen wanneer bezet
service-forwarding-busy-short = bezet
service-forwarding-busy-description = Werkt als u in gesprek bent of op Niet storen staat.
service-forwarding-busy-does = Schakelt niets door
service-forwarding-no-answer-name = Doorschakelen bij geen antwoord
service-forwarding-no-answer-short = geen antwoord
service-forwarding-no-answer-description = Werkt als u niet opneemt voordat uw telefoon het ingestelde aantal keren is overgegaan.
service-forwarding-no-answer-does = Schakelt niets door
service-ring-count-name = Aantal keer overgaan
service-ring-count-short = overgaan
service-ring-count-description = Zo vaak gaat uw telefoon over voordat een oproep als niet beantwoord geldt.
service-ring-count-does = Niet beantwoord

field-number = Doorschakelen naar
field-number-hint = Een telefoonnummer, toestel of code. Leeg mag ook.
field-voicemail = Naar voicemail
field-voicemail-hint = Alleen als er geen nummer is ingevuld.
field-voicemail-to = voicemail
field-ring_splash = Korte belpuls
field-ring_splash-hint = Uw bureautoestel piept kort als er een oproep is doorgeschakeld.
field-ring_splash-with = met korte belpuls
field-rules = Regels
field-rules-hint = Eén passende regel is genoeg. Een uitzondering gaat altijd voor.
field-rings = Aantal keer overgaan
field-rings-hint = Eén keer overgaan duurt 6 seconden.
field-rings-seconds = Dat is ongeveer { $seconds } seconden.
field-rings-shared = Dit aantal geldt voor alle functies die op geen antwoord wachten. U wijzigt het overal tegelijk.
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
