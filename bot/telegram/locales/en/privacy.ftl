### Personal data: what is stored, and how to erase it.

privacy-title = 🔒 What I store about you, and why
privacy-you = Your name and @name as Telegram shows them, your language and city: to speak your language, on time.
privacy-choices = What you chose: digests, topics, what you follow and what you mute.
privacy-saved = Stories you saved.
privacy-sent = What I sent you, so as not to repeat myself. Erased after a month.
privacy-not = I don’t store your questions and messages: the last question stays in memory for ten minutes, so that “and in Minsk?” makes sense. Nothing goes to anybody else, and there is no advertising.
privacy-ways = All of it as a file: /mydata
    Erase everything at once: /forgetme

mydata-done = This is all I store about this chat. To erase it: /forgetme

forget-sure = Forget everything I know about you: language, city, digests, saved stories, tastes, history? It cannot be brought back.
forget-sure-group = Forget everything I know about this group: language, city, digests, tastes, history? It cannot be brought back.
forget-yes = Yes, forget
forget-no = No, keep it
forget-done = Everything is forgotten. If you miss me: /start
forget-kept = Fine, everything stays as it was.
