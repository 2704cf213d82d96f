# Wat er in mails staat, en onderaan wat telefoons tonen.
moment = { $day } { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }, { $time }

withheld = een anonieme beller
unknown = een onbekend nummer
extension = toestel { $extension }

line-from = Van: { $from }
line-number = Nummer: { $number }
line-time = Tijd: { $time }
line-length = Duur: { $length }

call-subject = Oproep van { $from }
call-text = Er was een oproep voor { $user }.

message-subject = Voicemail van { $from }
message-notice = Er is een nieuw voicemailbericht voor { $user }. U hoort het in de mailbox.
message-mailed = Er is een nieuw voicemailbericht voor { $user }. Het is gemaild en staat niet in de mailbox.
message-enclosed = Er is een nieuw voicemailbericht voor { $user }. Het zit in de bijlage.
message-file = bericht

alarm-subject = Gesprekken naar buiten: grens overschreden ({ $who })
alarm-all = Alle gebruikers samen
alarm-calls = { $who }: er zijn zoveel gesprekken naar buiten tegelijk als is toegestaan, en er is nog een geprobeerd.
alarm-calls-a-minute = { $who }: binnen een minuut zijn zoveel gesprekken naar buiten begonnen als is toegestaan, en er is nog een geprobeerd.
alarm-stopped = { $who }: er gaan geen gesprekken naar buiten.
alarm-until-lifted = Er gaan geen gesprekken meer naar buiten tot een beheerder dat opheft.
alarm-goes-on = Gesprekken binnen de grenzen gaan nog naar buiten.

trial-subject = Proefmail van Centrale
trial-text = Deze mail is verstuurd om te zien of mails aankomen. Dat is gelukt.

password-subject = Kies een wachtwoord voor Centrale
password-text = Uw beheerder vraagt u een wachtwoord te kiezen. Volg deze link binnen 24 uur; hij werkt één keer: { $link }

report-subject = Statistieken van { $center }, { $from }
report-daily-subject = Dagrapport van { $center }, { $from }
report-text = Callcenter { $center }, van { $from } tot { $until }.
report-total = Totaal
report-file = rapport
column-from = Vanaf
column-offered = Aangeboden
column-answered = Beantwoord
column-abandoned = Opgehangen
column-lost = Niet geholpen
column-mean-wait = Wachttijd
column-longest-wait = Langste
column-level = Binnen { $seconds } s

phone-parked-at = Geparkeerd op { $extension }
phone-parked-here = { $who } heeft een oproep bij u geparkeerd
