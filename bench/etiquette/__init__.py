"""A grader of manners: what a week of polling looks like from the other side.

Its rules are those of Rachel Kroll's feed reader score (https://rachelbythebay.com/fs/help.html):
conditional requests with the validators that were given, no faster than a publisher wishes, nothing
useless in a request; and what issue B of Svodka asks for beyond: turns, robots.txt, skipHours.
"""
