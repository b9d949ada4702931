### What else there is when a source is added.

adding-turned-away = { $site } checks first whether its visitors are human, and I’m a robot, so I can’t read it. Try another source, such as the outlet’s Telegram channel.
adding-going-on = Done! “{ $title }” is among the sources now. There’s a lot to read, so I’ll go on at my own pace.
adding-untrusted = The certificate of { $site } is no good, so there’s no telling whether it’s really them. It may have expired, or come from somebody unknown here.
