### What is ahead: events by day, and a file for a calendar.

ahead-title = What is ahead
ahead-none = Nobody has written of what comes next. Look in tomorrow; what is new is here: /latest
ahead-nothing-left = There is nothing ahead here any more.
ahead-file = { $n ->
    [one] { $n } event
   *[other] { $n } events
} for your calendar: open the file, and your phone will offer to add { $n ->
    [one] it
   *[other] them
}.
button-calendar = 📅 To my calendar

days-today = today
days-tomorrow = tomorrow
days-from = from { $day }
days-till = until { $day }
days-till-years-end = by the end of the year
days-season = { $season ->
    [winter] winter
    [spring] spring
    [summer] summer
   *[autumn] autumn
} { $year }
days-quarter = quarter { $number } of { $year }
days-year = the year { $year }
