### Of what has no text: nothing but pictures, videos or links.

wordless-all = There is no text here: { $n ->
    [one] { $n } item, and it holds
   *[other] { $n } items, and they hold
} only pictures, videos or links.
wordless-left-out = Without text: { $n ->
    [one] { $n } item. There is nothing in it to read, so I leave it out.
   *[other] { $n } items. There is nothing in them to read, so I leave them out.
}
wordless-source = { $n ->
    [one] { $n } item, without text
   *[other] { $n } items, all without text
}
