### Падзяліцца сюжэтам.

button-share = ↗️ Падзяліцца
button-copy = 🔗 Скапіяваць спасылку
button-begin = 🗞 Дасылаць мне такія зводкі
button-read-on = Падрабязней
