"""From a file as it really arrives to rows: pure, one module per difficulty.

``workbook`` opens bytes into sheets of cells; ``headings`` finds and understands the heading; ``rows`` says what kind
of row each one is; ``values`` and ``people`` read the cells; ``legacy`` turns old font text into Unicode; ``document``
puts it together. Nothing here knows the web, the database or the clock.
"""
