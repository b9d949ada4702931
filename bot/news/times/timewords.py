"""The words of time: names of days, months and seasons, units and small numbers, as patterns."""

DAYS = (
    r"понедельник\w*|панядзел\w*|monday",
    r"вторник\w*|а[ўу]тор\w*|tuesday",
    r"сред[уыа]|серад[уыа]|wednesday",
    r"четверг\w*|чацв[её]р\w*|чацьв\w*|thursday",
    r"пятниц\w*|пятніц\w*|friday",
    r"суббот\w*|субот\w*|saturday",
    r"воскресень\w*|нядзел[юяі]|sunday",
)
MONTHS = (
    r"январ\w*|студзен\w*|january",
    r"феврал\w*|лют(?:ым|ага)|february",
    r"март[ае]?|сакавік\w*|march",
    r"апрел\w*|красавік\w*|april",
    r"ма[йяеі]|тра(?:вень|ўня|ўні)|may",
    r"июн\w*|чэрвен\w*|june",
    r"июл\w*|ліпен\w*|july",
    r"август\w*|жні(?:вень|ўня|ўні)|august",
    r"сентябр\w*|верас(?:ень|ня|ні)|september",
    r"октябр\w*|кастрычнік\w*|october",
    r"ноябр\w*|лістапад\w*|november",
    r"декабр\w*|снеж(?:ань|ня|ні)|december",
)
# By the month they begin in. A winter begins in the year before most of it.
SEASONS = {
    3: r"весной|увесну|вясной|(?:in the )?spring",
    6: r"летом|улетку|летам|(?:in the )?summer",
    9: r"осенью|увосень|восенню|(?:in the )?autumn",
    12: r"зимой|узімку|зімой|(?:in the )?winter",
}
UNITS = (
    (r"час(?:а|ов|ы|у)?|гадзін\w*|hours?", 1 / 24),
    (r"сутк\w*|суток|сутак|д[её]нь|дня|дней|дзень|дні|дз[её]н|days?", 1),
    (r"недел[юьяие]|тыдз[её]нь|тыдні|тыдняў|weeks?", 7),
    (r"месяц(?:а|ев|ы|аў)?|months?", 30),
    (r"год(?:а|ы)?|лет|гадоў|гады|years?", 365),
)
COUNTS = {
    r"пару?|дв[аеу]х?|дзв[ея]|two|couple of": 2,
    r"три|трох|тры|three": 3,
    r"четыре|чатыры|four": 4,
    r"пять|пяць|five": 5,
    r"семь|сем|seven": 7,
    r"десять|дзесяць|ten": 10,
}
