"""How much may be typed, so that a page and a paper can still be made of it."""

# Letters of one text: about eight printed pages.
LONGEST_TEXT = 20_000
# Each word looked for costs a look through every title: nobody needs more.
LONGEST_SEARCH = 120
MOST_WORDS = 8
