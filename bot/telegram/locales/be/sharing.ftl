### Падзяліцца сюжэтам.

button-share = ↗️ Падзяліцца
button-copy = 🔗 Скапіяваць
button-begin = 🗞 Дасылаць мне такія зводкі
button-read-on = Падрабязней
