close = Sluiten
level = Niveau
language = Taal
menu = Menu
