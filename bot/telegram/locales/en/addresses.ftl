### What is wrong with an address that was sent, and what to send instead.

adding-email = { $address } is an e-mail address, and I don’t read mail. Send the address of a site, or the name of a Telegram channel.
adding-user-name = There is somebody’s name before the site in that address, and I don’t use other people’s passwords. Send the address without them.
adding-port = What { $site } has at that address is no site but another service. Send an address that opens in a browser.
adding-scheme = I don’t open addresses of that kind. Send one that begins with http:// or https://.
adding-onion = I don’t go into the Tor network. Send the ordinary address of that site, if it has one.
adding-invitation = That link leads into a private channel, and I can only read public ones. If it is yours, make me an admin there: “Read it as a source” will appear in the channel’s settings.
adding-no-name = { $name } is not the name of a Telegram channel: that has at least four Latin letters, as @vestnik does. Check it and send it again.
adding-no-channel = That is a group or a bot, and I can only read channels. Send the name of a channel, such as @vestnik.
adding-walled = { $site } shows its posts only to those who log in, and gives no feeds. Send the outlet’s site or Telegram channel instead.
