### A word to a channel's owner about its posts.

notice-in-doubt = The digest for “{ $channel }” may be out or may not: the connection broke halfway, and Telegram will not tell. Please look into the channel; if it is not there, I’ll send it again.
doubt-button-again = Send it again
doubt-button-leave = Leave it
doubt-again = I am sending the digest to “{ $channel }” again.
doubt-left = All right, I am leaving the digest for “{ $channel }” as it is.
doubt-settled = That digest for “{ $channel }” has been settled already.
notice-asleep = I can no longer post in “{ $channel }”. Give me back the right to post and the schedule wakes by itself; nothing was deleted.
notice-source-off = The source “{ $title }” is switched off: { $reason ->
    [gone] its site says that there is nothing at that address any more
    [failing] it could not be read for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
    [same] it is the same feed as “{ $other }”
   *[double] it is the same feed as that of another source
}. To have it back, send me the address again: { $address } — svodka sources check tells the details.
