# The own account: password, second factor and sessions.
account = Your account
account-must-set-up = Your enterprise asks administrators for a second factor. Set it up; then you can go on.
password-again = Your password
password-change = Change password
password-changed = Your password was changed. Everywhere else you are logged out.
password-choose = Choose a password
password-choose-hint = You got this link from your administrator. It works once.
password-chosen = Your password is chosen. You can log in with it now.
password-current = Current password
password-new = New password
password-new-hint = At least 12 characters, without your own name or that of the enterprise. A few words that have nothing to do with each other are good.
second-factor = Second factor when logging in
second-factor-off = With a code from an app on your phone nobody can log in with your password alone.
second-factor-begin = Set up
second-factor-remove = Turn off
second-factor-is-on = on
second-factor-since = Since { $when } we ask for a code from your app.
second-factor-codes-left = { $count ->
    [0] You have no recovery codes left. Turn the second factor off and on again for new ones.
    [one] You have one recovery code left. Turn the second factor off and on again for new ones.
   *[other] You have { $count } recovery codes left.
}
second-factor-required = Your enterprise asks this of administrators; you cannot turn it off.
second-factor-scan = Scan this code with your authenticator app and type the six digits that the app shows.
second-factor-qr = QR code for your authenticator app
second-factor-type = Cannot scan? Type this instead:
second-factor-open = Open in an app on this device
second-factor-code = Code of six digits
second-factor-confirm = Confirm
second-factor-keep = The second factor is on. Keep these recovery codes: each works once when you do not have your phone. We do not show them again.
second-factor-recovery = Recovery codes
second-factor-kept = I have kept them
sessions = Where you are logged in
sessions-hint = After 12 hours without use, and always after 30 days, you log in again.
sessions-end-others = Log out everywhere else
session-browser = { $browser } on { $system }
session-browser-unknown = Unknown browser
session-current = this one
session-end = Log out
session-end-named = Log out: { $browser }
session-times = logged in { $since }, last used { $seen }
