### Подпісы каманд у меню.

command-start = Пачаць
command-latest = Свежыя навіны
command-topics = Навіны па тэмах
command-digest = Зводка зараз жа
command-search = Знайсці па словах
command-week = Галоўнае за тыдзень
command-ahead = Што наперадзе, па днях
command-saved = Што вы захавалі
command-subscribe = Падпісацца на зводку
command-unsubscribe = Адпісацца
command-follow = Сачыць за імем, месцам, словам
command-mute = Не паказваць тое, што надакучыла
command-unmute = Зноў паказваць схаванае
command-pause = Паўза на тыдзень
command-settings = Мова, горад, тэмы, час
command-sources = Адкуль навіны
command-help = Што я ўмею
command-about = Пра мяне
command-privacy = Што я пра вас захоўваю
command-mydata = Усё гэта файлам
command-forgetme = Сцерці ўсё пра мяне
command-deliveries = Рассылкі: як ідуць, што не пайшло
command-edits = Праўкі: што выпраўляецца ў адпраўленым

profile-description = Чытаю мясцовыя навіны, складаю паведамленні пра адну падзею разам і дасылаю зводку, калі вам зручна. А яшчэ адказваю на пытанні: «што з рэйсам у Мінск?» Націсніце кнопку ўнізе — і пачнём.
profile-short = Мясцовыя навіны па тэмах, зводкай у зручны час
