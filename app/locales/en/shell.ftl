close = Close
level = Level
language = Language
menu = Menu
