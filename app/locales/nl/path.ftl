# The steps of a call’s path, by the tags that core gives them.
path-acts = werkt mee aan deze oproep
service-call-waiting-path-acts = een tweede oproep kan overgaan
service-remote-office-path-acts = een ander nummer gaat over in plaats van de telefoons
service-simultaneous-ring-path-acts = andere nummers gaan mee over
service-sequential-ring-path-acts = nummers gaan na elkaar over
service-call-notify-path-acts = er gaat een e-mail uit
path-line-call-waiting = { $who } is in gesprek; een tweede oproep kan overgaan
path-the-caller = de beller
pass-accepted = doorgelaten door regel “{ $rule }”
pass-outside-schedules = geen van de schema’s geldt nu
pass-own-number = de oproep zou terugkomen bij hetzelfde nummer
pass-line-free = de lijn is vrij
pass-on-a-call = de lijn is in gesprek
pass-no-mailbox = er is geen voicemail, of die staat uit

# Ringing more than one phone.
path-find-me-stands-in = { $number } gaat over in plaats van de telefoons van { $who }
path-find-me-rings-along = { $number } gaat mee over
path-find-me-rings-next = Daarna gaat { $number } over
path-find-me-not-rung = { $number } gaat niet over
path-find-me-own-number = dat is het eigen nummer
path-find-me-busy = in gesprek of niet storen
path-find-me-unreachable = niet bereikbaar
path-find-me-not-a-phone = een groep, menu of wachtrij gaat niet mee over
path-find-me-emergency = een noodnummer
path-find-me-twice = gaat al over
path-find-me-not-in-use = het nummer is niet in gebruik
path-find-me-barred = mag voor deze gebruiker niet worden gebeld
path-find-me-asks-confirmation = { $who } neemt op en moet een toets indrukken om de oproep te krijgen
path-find-me-not-confirmed = { $who } drukt geen toets in; de andere telefoons blijven overgaan
path-find-me-search-ended = De beller slaat het zoeken over

# Hunt groups and group calls.
path-group-skips = { $who } wordt overgeslagen
path-group-on-call = in gesprek
path-group-do-not-disturb = niet storen
path-group-unreachable = niet bereikbaar
path-group-not-a-person = geen persoon
path-group-unknown = bestaat niet meer
path-group-tries = { $group } probeert { $who }
path-group-regular = in vaste volgorde
path-group-circular = vanaf wie na de laatste aan de beurt is
path-group-simultaneous = allemaal tegelijk
path-group-uniform = wie het langst niets aannam eerst
path-group-weighted = door loting naar gewicht
path-group-time-over = De zoektijd van { $group } is om
path-group-nobody-takes = Niemand van { $group } neemt de oproep aan
path-group-no-answer = geen antwoord
path-group-busy = iedereen is in gesprek
path-group-nobody-reachable = niemand is bereikbaar
path-group-inhibited = { $group } mag deze oproep niet doorsturen naar { $to }
path-group-calls = { $group } belt { $who }
path-group-leaves-out = { $who } wordt niet gebeld
path-group-nested = een andere groep belt al
path-group-twice = wordt al gebeld
path-group-caller = dat is de beller zelf
path-group-emergency = een noodnummer
path-group-not-in-use = het nummer is niet in gebruik
path-group-misses = { $who } doet niet mee
path-group-ended = in gesprek, geweigerd of niet bereikbaar
path-group-no-person = er neemt geen persoon op
path-group-joins = { $who } doet mee met { $group }
path-group-leaves = { $who } verlaat { $group }

# Auto attendants.
path-menu-opens = De beller hoort { $menu } van { $who }
path-menu-business-hours = het menu voor kantooruren
path-menu-after-hours = het menu buiten kantooruren
path-menu-holiday = het menu voor feestdagen
path-menu-submenu = submenu “{ $name }”
path-menu-chosen = De beller kiest { $key }
path-menu-gave-up = De beller kiest niets
path-menu-to-operator = → telefonist { $to }
path-menu-name-dialling = kiezen op naam
path-menu-extension-dialling = een toestel kiezen
path-menu-repeat = het menu opnieuw
path-menu-previous = het vorige menu
path-menu-end = de oproep eindigt
path-menu-to-mailbox = → voicemail van { $who }
path-menu-to-some-mailbox = → voicemail van een toestel
path-menu-announcement = een mededeling
path-menu-not-valid = De beller drukt { $key }; die toets doet hier niets
path-menu-silence = De beller drukt niets in
path-menu-dialled = De beller toetst { $digits } in
path-menu-searched = De beller toetst een naam in: { $digits }
path-menu-found = dat is { $who }
path-menu-nobody = niemand gevonden
path-menu-too-many = te veel namen gevonden
path-menu-picked = De beller kiest { $who }
path-menu-blocked = Het menu kan de oproep niet doorsturen naar { $to }
path-menu-that-extension = dat toestel

# Call centers.
path-queue-dnis = Gebeld is { $number } van { $center }
path-queue-found = { $center }: { $joined } aangemeld, { $away } daarvan weg
path-queue-waiting = { $count ->
    [0] er wacht niemand
    [one] er wacht 1 oproep
   *[other] er wachten { $count } oproepen
}
path-queue-considered = { $policy }: { $result }
path-queue-holiday-service = Feestdagen
path-queue-night-service = Buiten openingstijd
path-queue-forced-forwarding = Gedwongen doorschakelen
path-queue-stranded-unavailable = Agents niet beschikbaar
path-queue-stranded = Geen agents meer
path-queue-off = staat uit
path-queue-no-schedule = heeft geen schema
path-queue-no-number = heeft geen nummer om naar door te sturen
path-queue-agents-left = er zijn nog agents
path-queue-stays = geldt, en oproepen blijven in de wachtrij
path-queue-applies = stuurt de oproep weg
path-queue-forced = stuurt de oproep weg, met de hand aangezet
path-queue-joins = De oproep komt in de wachtrij van { $center }
path-queue-waited = al { $seconds } seconden gewacht
path-queue-own = een eigen opname
path-queue-music = De beller hoort muziek
path-queue-ringback = De beller hoort de beltoon
path-queue-no-wait = er is een agent vrij
path-queue-short-wait = het wachten duurt maar kort
path-queue-offer = een agent wordt gebeld
path-queue-policy = tot de beller ophangt
path-queue-offered = Aangeboden aan { $who }
path-queue-withdrawn = Het aanbod vervalt; de oproep blijft in de wachtrij
path-queue-whisper = { $who } hoort voor welke wachtrij de oproep is
path-queue-agent-gone = { $who } is al weg; de oproep gaat terug in de wachtrij
path-queue-taken-back = De oproep wordt bij { $who } weggehaald
path-queue-leaves-by-key = De beller verlaat de wachtrij van { $center } met een toets
path-queue-unqueued = De oproep verlaat de wachtrij van { $center }
path-queue-full = de wachtrij is vol
path-queue-overflow = er is te lang gewacht
path-queue-bounced = niemand nam de aangeboden oproep aan
path-queue-repeats = Het bericht herhaalt zich tot de beller ophangt

# Mailboxes.
path-voicemail-greets = De beller hoort de begroeting van { $who }
path-voicemail-own = een eigen begroeting
path-voicemail-own-busy = een eigen begroeting voor als u in gesprek bent
path-voicemail-standard = de standaardbegroeting
path-voicemail-standard-busy = de standaardbegroeting bij bezet
path-voicemail-no-deposit = { $who } neemt geen berichten aan
path-voicemail-full = De voicemail van { $who } is vol
path-voicemail-skipped = De beller slaat de begroeting over
path-voicemail-leaves = De beller verlaat de voicemail van { $who } met een toets
path-voicemail-recorded = De beller laat een bericht achter
path-voicemail-too-short = De beller zegt niets: { $who } krijgt geen bericht
path-voicemail-mail-forward = Het bericht gaat per e-mail naar { $who } en wordt niet bewaard
path-voicemail-mail-copy = Een kopie van het bericht voor { $who } gaat uit per e-mail
path-voicemail-mail-notice = { $who } krijgt een e-mail dat er een bericht is
path-voicemail-asks-passcode = De beller toetst de toegangscode van { $who } in
path-voicemail-passcode-right = De toegangscode klopt
path-voicemail-passcode-wrong = De toegangscode klopt niet
path-voicemail-passcode-refused = Er is geen toegangscode ingesteld, of er zijn te veel verkeerde ingetoetst
path-voicemail-listens = De beller luistert de berichten van { $who } af

# Feature access codes.
path-code-speed-dial = Een snelkiesnummer van { $who }
path-code-dialled = { $who } kiest code { $code }
path-code-wants-digits = { $who } moet nog cijfers intoetsen
path-code-keyed = { $who } toetst { $digits } in
path-code-changes = { $who } wijzigt “{ $service }”
path-code-saved = Dat is opgeslagen
path-code-not-saved = Dat kon niet worden opgeslagen
path-code-asks = { $who } vraagt naar “{ $service }”
path-code-is-on = staat aan
path-code-is-off = staat uit
path-code-performs = Code { $code } wordt uitgevoerd voor { $who }
path-code-about = het gaat om { $who }
path-code-done = Dat is gebeurd
path-code-joined = De telefoon van { $who } gaat verder in een andere oproep
path-code-done-at = Dat is gebeurd, bij toestel { $extension }
path-code-waiting = { $count ->
    [one] Er wacht 1 terugbelverzoek
   *[other] Er wachten { $count } terugbelverzoeken
}
path-code-nothing = Er is niets om dat mee te doen
path-code-refused = Dat mag niet
path-code-pickup-refused = { $who } mag geen oproepen van { $whose } overnemen
path-code-pickup-elsewhere = Dat toestel hoort bij een andere locatie, en het bedrijf staat overnemen daar niet toe
path-code-goes-on = { $who } kiest daarna { $digits }

# Calls that were answered.
path-talk-held = { $who } zet de ander in de wacht
path-talk-music = met muziek
path-talk-silence = zonder muziek
path-talk-resumed = { $who } praat verder
path-talk-music-off = In deze oproep klinkt geen wachtmuziek
path-talk-transferred = { $who } verbindt door naar { $to }
path-talk-blind = zonder overleg
path-talk-consulted = na overleg
path-talk-inhibited = { $how }; daar mag de oproep niet worden doorgeschakeld
path-talk-transfer-refused = { $who } kan niet doorverbinden naar { $to }
path-talk-recalled = De doorverbonden oproep komt terug bij { $who }
path-talk-camped-on = De beller wacht tot { $who } vrij is
path-talk-freed = De lijn van { $who } komt vrij
path-talk-parked = { $who } parkeert de oproep bij { $at }
path-talk-park-recalled = De geparkeerde oproep gaat terug naar { $who }
path-talk-parked-again = De oproep staat weer geparkeerd bij { $at }
path-talk-taken-by = { $who } neemt de oproep over
path-talk-joined-by = { $who } komt in het gesprek
path-talk-left = { $who } gaat weg; de anderen praten verder
path-talk-callback-set = { $who } wordt teruggebeld zodra { $callee } vrij is
path-talk-merged = Het gesprek gaat verder in een andere oproep

# Calls that may not leave.
path-barred-for = { $who } mag { $number } niet bellen
path-barred = { $number } mag niet worden gebeld
path-barred-inside-for = { $who } mag niet intern bellen
path-barred-inside = Intern mag niemand worden gebeld
path-barred-by-default = { $class }: standaard niet toegestaan
path-barred-by-enterprise = { $class }: geweigerd door de organisatie
path-barred-by-location = { $class }: geweigerd door de locatie
path-barred-by-department = { $class }: geweigerd door de afdeling
path-barred-by-user = { $class }: geweigerd voor { $who }
path-limit-calls = Er gaan geen gesprekken meer naar buiten: het toegestane aantal tegelijk is bereikt
path-limit-calls-a-minute = Er gaan geen gesprekken meer naar buiten: het toegestane aantal per minuut is bereikt
path-limit-stopped = Er gaan geen gesprekken naar buiten tot een beheerder dat opheft
outgoing-class-internal = intern
outgoing-class-national = nummers in het eigen land
outgoing-class-mobile = mobiele nummers
outgoing-class-service = servicenummers
outgoing-class-premium = betaalnummers
outgoing-class-own-countries = landen met een locatie van de organisatie
outgoing-class-european-union = de Europese Economische Ruimte, Zwitserland en het Verenigd Koninkrijk
outgoing-class-rest-of-europe = de rest van Europa
outgoing-class-north-america = de Verenigde Staten en Canada
outgoing-class-latin-america = Midden- en Zuid-Amerika en de Caraïben
outgoing-class-africa = Afrika
outgoing-class-middle-east = het Midden-Oosten
outgoing-class-asia = Azië
outgoing-class-oceania = Australië, Nieuw-Zeeland en de Stille Oceaan
outgoing-class-satellite = satellietnummers
