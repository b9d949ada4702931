### The week's top stories.

week-title = 🗓 The week’s top stories
week-none = There was no news this week. Look in later, or at /latest
week-not-understood = I didn’t understand “{ $word }”.
    Try /week or /week { $topic }
    All topics: /topics
week-by-weight = Top
week-by-day = By day
week-by-topic = By topic
