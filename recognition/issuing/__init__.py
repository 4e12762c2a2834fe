"""What the institution signs for others to read: the result of a recognition.

A room apart from `recognition.credentials`, which reads what others signed: the two share
nothing but packaged libraries, so that what one reads of the other means something.
"""
