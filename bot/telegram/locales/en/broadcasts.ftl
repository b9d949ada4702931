### Deliveries as an admin sees them: broadcasts, and letters that never left.

deliveries-title = Broadcasts
deliveries-none = There has been no broadcast yet.
deliveries-all = Messages in all: { $counts }
deliveries-sent = { $n } sent
deliveries-planned = { $n } waiting
deliveries-unknown = { $n } in doubt
deliveries-dead = { $n } not delivered
broadcast-running = under way
broadcast-paused = paused
broadcast-cancelled = cancelled
broadcast-done = finished
broadcast-sent = { $sent } of { $total } sent
broadcast-rate = { $rate } a second
broadcast-left = { $minutes ->
    [one] about { $minutes } minute left
   *[other] about { $minutes } minutes left
}
deliveries-button-pause = ⏸ Pause
deliveries-button-resume = ▶️ Resume
deliveries-button-cancel = ⏹ Cancel
deliveries-button-sure = Yes, cancel it
deliveries-button-back = Back
deliveries-button-show = 🔄 Refresh
deliveries-button-dead = Not delivered
deliveries-cancel-sure = Cancel the broadcast of { $when }? { $left } have not had it yet and will not get it; the news comes to them with the next one.
deliveries-did-pause = The broadcast is paused.
deliveries-did-resume = The broadcast goes on.
deliveries-did-sure = The broadcast is cancelled.
deliveries-did-show = Refreshed.
deliveries-over = This broadcast is over.
deliveries-dead-title = Not delivered
deliveries-no-dead = Everything that was to leave has left.
