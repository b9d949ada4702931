### Channels and groups: who sets them up, and how.

channel-hello = Thank you! Now I can post in your channel. Choose what about and when, or look at what would come out right now.
channel-awake = I may post again: the schedule is awake, nothing was lost.
channel-needs-right = To run “{ $channel }” I need the right to post messages. Give it to me in the channel’s settings: Administrators → me → Post messages.
channel-not-yours = Somebody else runs this channel: only its admins who may post can change it.
channel-not-found = I can’t see a channel called { $name }. First make me an admin there with the right to post, then try again.
channel-unknown = I no longer know this channel. Make me an admin there once again.
channel-asleep = I cannot post there now: give me back the right to post. The schedule will wake by itself.
channel-language = Digest language: { $language }
channel-header = Header: { $header }
channel-header-none = Header: the usual one, by the time of day
channel-no-digests = No digests yet. Add the first:
channel-choose-language = Which language shall I write in?
channel-subscribed = Done! I will post in “{ $channel }”: { $what }.
channel-nothing-new = Nothing new for the channel yet: everything from the last 24 hours is already out.
channel-published = On its way to the channel. It will be there in a few seconds.
channel-reads = I read this channel as a source of news.

ask-header = What shall the header be? Write it: it will be the first line of each digest.

button-add-digest = ➕ Add a digest
button-header = ✏️ Header
button-no-header = The usual header
button-preview = 👀 Show me
button-publish = 📣 Publish now
button-read = 📥 Read it as a source
button-read-no = 📤 Do not read it as a source

group-admins = The group’s admins set me up here: /settings. Anyone may read and ask: reply to a message of mine, or write { $name }.
group-admins-only = That is for the group’s admins to decide; please ask one of them. Reading and asking is for everyone: /latest
group-asked = I’m listening! Ask me, for example: “{ $example }”
