### A word to a channel's owner about its posts.

notice-in-doubt = The digest for “{ $channel }” may be out or may not: the connection broke halfway, and Telegram will not tell. So as not to repeat myself I am not sending it again. Please look into the channel.
notice-asleep = I can no longer post in “{ $channel }”. Give me back the right to post and the schedule wakes by itself; nothing was deleted.
notice-source-off = The source “{ $title }” is switched off: { $reason }. To have it back, send me the address again: { $address } — svodka sources check tells the details.
