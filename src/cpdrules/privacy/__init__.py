"""What a privacy and cookie statement says, as values that decide, compute consequences, audit and answer requests.

The law is data with dates and sources, never a constant in code: whoever knows better replaces it. An answer says what
holds under which rule as it was read on which date; it never says that anybody complies.
"""
