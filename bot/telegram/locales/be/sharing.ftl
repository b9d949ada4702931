### Падзяліцца сюжэтам.

button-share = ↗️ Падзяліцца
button-copy = 🔗 Скапіяваць спасылку
button-read-on = Падрабязней

share-gone = Гэтай навіны больш няма. Вось свежае: /latest
