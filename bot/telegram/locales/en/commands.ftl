### The commands' lines in the menu.

command-start = Start
command-latest = The latest news
command-topics = News by topic
command-digest = A digest right now
command-search = Find by words
command-week = The week’s top stories
command-ahead = What is ahead, by day
command-saved = What you saved
command-subscribe = Subscribe to a digest
command-unsubscribe = Unsubscribe
command-follow = Follow a name, a place, a word
command-mute = Do not show what you are tired of
command-unmute = Show again what was muted
command-pause = A pause for a week
command-settings = Language, city, topics, times
command-sources = Where the news comes from
command-help = What I can do
command-about = About me
command-privacy = What I store about you
command-mydata = All of it as a file
command-forgetme = Erase everything about me
command-deliveries = Broadcasts: how they go, what never left
command-edits = Corrections: how sent messages change

profile-description = I read the local news, put reports of the same event together and send a digest when it suits you. I also answer questions, such as “what about the flight to Minsk?” Press the button below to begin.
profile-short = Local news by topic, in a digest when it suits you
