# Het wat-als-paneel en het pad van een oproep.
whatif-title = Wat gebeurt er als…
whatif-sub = Met uw wijzigingen, ook als ze nog niet zijn opgeslagen.
whatif-caller = Beller
whatif-caller-kind = Wat de beller toont
whatif-caller-number = Nummer
whatif-caller-withheld = verborgen
whatif-caller-unknown = onbekend
whatif-caller-shows = nummer
whatif-caller-hint = Een telefoonnummer, of het toestel van een collega
whatif-caller-wrong = Dit is geen nummer dat kan bellen. Het pad toont de laatste beller die te lezen was.
whatif-caller-unreached = Geen collega heeft dit toestel of nummer.
whatif-not-known = Wat er daarna gebeurt, is hier niet bekend.
whatif-moment = Moment
whatif-now = Nu
whatif-now-hint = Terug naar dit moment
whatif-line = Lijn
whatif-line-answers = vrij
whatif-line-busy = bezet
whatif-line-no-answer = geen antwoord
whatif-line-unreachable = onbereikbaar
whatif-unfinished = { $services } is nog niet compleet ingevuld: het pad toont de laatste instellingen die te lezen waren.
whatif-no-number = Deze gebruiker heeft geen vast nummer en kan dus niet gebeld worden.
whatif-failed = Het voorbeeld kon niet worden geladen.
whatif-retry = Probeer opnieuw
whatif-answered = { $who } neemt op.
whatif-diverted = De oproep gaat naar { $who }.
whatif-mailbox = De beller komt in de voicemail van { $who }.
whatif-menu = De beller hoort het keuzemenu van { $who }.
whatif-not-in-use = Het nummer is niet in gebruik.
whatif-ended = De oproep eindigt.
whatif-ended-busy = De beller hoort de bezettoon.
whatif-ended-no-answer = Niemand neemt op.
whatif-ended-rejected = De oproep wordt geweigerd.
whatif-ended-unreachable = Geen enkel toestel is bereikbaar.
whatif-cut-steps = De weg heeft meer dan { $most } stappen; het beeld houdt daar op, alsof de beller ophing.
whatif-cut-moments = Op deze weg gebeurt meer dan { $most } keer iets; het beeld houdt daar op, alsof de beller ophing.
whatif-path = Het pad van de oproep

strip-label = Uitkomst door de week
strip-week = Week van { $day } { $month }
strip-before = Week eerder
strip-after = Week later
strip-value = { $day } { $time }: { $outcome }
strip-reached = bereikt
strip-diverted = doorgeschakeld
strip-stopped = niemand
strip-unknown = hier niet bekend

path-somebody = iemand
path-named = { $name } ({ $number })
path-mobile-of = { $number }, mobiel van { $name }
path-caller-internal = { $name }, een collega
path-caller-external = { $number }, van buiten
path-caller-withheld = een beller van buiten die het nummer verbergt
path-caller-unknown = een beller van buiten zonder nummer
path-schedule-missing = het schema bestaat niet meer
path-open = “{ $schedule }” is open { $ends ->
    [never] zonder onderbreking
   *[at] tot { $until }
  }
path-closed = “{ $schedule }” is dicht { $ends ->
    [never] zonder onderbreking
   *[at] tot { $until }
  }
path-holiday = het is een dag van “{ $schedule }” { $ends ->
    [never] en dat blijft zo
   *[at] tot { $until }
  }
path-no-holiday = het is geen dag van “{ $schedule }” { $ends ->
    [never] en dat wordt het ook niet
   *[at] tot { $until }
  }
path-open-now = “{ $schedule }” is open
path-closed-now = “{ $schedule }” is dicht
path-holiday-now = het is een dag van “{ $schedule }”
path-no-holiday-now = het is geen dag van “{ $schedule }”
path-comes = Oproep voor { $to }
path-from = van { $caller }
path-idle = { $count ->
    [one] 1 functie is uit of niet van u
   *[other] { $count } functies zijn uit of niet van u
  }
path-masked = { $count ->
    [one] 1 actieve functie komt niet meer aan de beurt
   *[other] { $count } actieve functies komen niet meer aan de beurt
  }
path-masked-reason = staat aan, maar de oproep is al weg
path-which = Welke?
path-why = Waarom?
path-why-not = Waarom niet?
path-the-number = Het nummer
path-arrives = Verder naar { $who }
path-hidden = De instellingen van { $who } mag u niet zien
path-not-known = Dat hangt af van instellingen die u niet mag zien, of van meer dan een voorbeeld bevat.
path-not-known-schedule = Dat hangt af van de tijden van “{ $schedule }”, die u niet mag zien.
path-line-idle = De lijn van { $who } is vrij
path-line-busy = { $who } is in gesprek
path-line-unreachable = { $who } is niet bereikbaar
path-not-answered = { $who } neemt niet op
path-after = na { $seconds } seconden
path-to = → { $to }
path-to-voicemail = → voicemail
path-splash = { $text }, en het toestel rinkelt even
path-refuses = weigert de oproep
path-counts-as-busy = de lijn geldt als bezet
path-passes = { $service }: { $reason }
path-rule-fits = { $service }: regel “{ $rule }” past
path-blocked = Doorschakelen naar { $to } kan niet
path-blocked-loop = de oproep zou terugkomen bij iemand die al doorschakelde
path-blocked-too-often = de oproep is te vaak doorgeschakeld
path-blocked-emergency = naar een noodnummer wordt nooit doorgeschakeld
path-blocked-not-diallable = daar is niets te bereiken
path-rings = { $who } gaat over
path-phones = { $count ->
    [one] 1 toestel
   *[other] { $count } toestellen
  }
path-phones-mobile = de mobiele telefoon
path-phones-and-mobile = { $count ->
    [one] 1 toestel en de mobiel
   *[other] { $count } toestellen en de mobiel
  }
path-phones-rings = { $phones }, { $rings ->
    [one] één keer
   *[other] { $rings } keer
  }
path-answers = { $known ->
    [yes] op { $phones }; er wordt opgenomen
   *[no] er wordt opgenomen
  }
path-emergency = De hulpdiensten worden gebeld
path-emergency-services = De hulpdiensten

pass-not-assigned = is niet toegewezen
pass-off = staat uit
pass-unreadable = de instellingen zijn niet te lezen en worden overgeslagen
pass-no-rule = geen regel past
pass-held-back = tegengehouden door regel “{ $rule }”
pass-number-shown = het nummer is zichtbaar
pass-number-unavailable = het nummer is onbekend, maar niet verborgen
pass-caller-internal = de beller is een collega
pass-diversion-inhibited = deze oproep mag niet worden doorgeschakeld
pass-offered-by-group = geldt niet voor een oproep die een groep aanbiedt
pass-no-destination = geen nummer om naar door te schakelen

rule-fits = past{ $linked ->
    [yes] : { $because }
   *[no] { "" }
  }
rule-holds-back = houdt de functie tegen{ $linked ->
    [yes] : { $because }
   *[no] { "" }
  }
rule-off = staat uit
rule-other-caller = gaat over andere bellers
rule-other-time = past nu niet: { $because }
