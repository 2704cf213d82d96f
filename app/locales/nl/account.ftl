# The own account: password, second factor and sessions.
account = Uw account
account-must-set-up = Uw bedrijf vraagt beheerders om een tweede factor. Stel die in; daarna kunt u verder.
password-again = Uw wachtwoord
password-change = Wachtwoord wijzigen
password-changed = Uw wachtwoord is gewijzigd. Overal elders bent u uitgelogd.
password-choose = Kies een wachtwoord
password-choose-hint = U kreeg deze link van uw beheerder. Hij werkt één keer.
password-chosen = Uw wachtwoord is gekozen. U kunt er nu mee inloggen.
password-current = Huidig wachtwoord
password-new = Nieuw wachtwoord
password-new-hint = Minstens 12 tekens, zonder uw eigen naam of die van het bedrijf. Een paar woorden die niets met elkaar te maken hebben, zijn goed.
second-factor = Tweede factor bij inloggen
second-factor-off = Met een code uit een app op uw telefoon kan niemand met alleen uw wachtwoord inloggen.
second-factor-begin = Instellen
second-factor-remove = Uitzetten
second-factor-is-on = aan
second-factor-since = Sinds { $when } vragen wij een code uit uw app.
second-factor-codes-left = { $count ->
    [0] U hebt geen herstelcodes meer. Zet de tweede factor uit en weer aan voor nieuwe.
    [one] U hebt nog één herstelcode. Zet de tweede factor uit en weer aan voor nieuwe.
   *[other] U hebt nog { $count } herstelcodes.
}
second-factor-required = Uw bedrijf vraagt dit van beheerders; u kunt het niet uitzetten.
second-factor-scan = Scan deze code met uw authenticator-app en typ de zes cijfers die de app toont.
second-factor-qr = QR-code voor uw authenticator-app
second-factor-type = Lukt scannen niet? Typ dan dit over:
second-factor-open = Openen in een app op dit apparaat
second-factor-code = Code van zes cijfers
second-factor-confirm = Bevestigen
second-factor-keep = De tweede factor staat aan. Bewaar deze herstelcodes: elk werkt één keer als u uw telefoon niet hebt. Wij tonen ze niet nog eens.
second-factor-recovery = Herstelcodes
second-factor-kept = Ik heb ze bewaard
sessions = Waar u bent ingelogd
sessions-hint = Na 12 uur zonder gebruik, en altijd na 30 dagen, logt u opnieuw in.
sessions-end-others = Overal elders uitloggen
session-browser = { $browser } op { $system }
session-browser-unknown = Onbekende browser
session-current = deze
session-end = Uitloggen
session-end-named = Uitloggen: { $browser }
session-times = ingelogd op { $since }, laatst gebruikt op { $seen }
