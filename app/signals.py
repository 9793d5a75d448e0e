"""What the machinery tells those who measure it; nothing that has to happen may hang on these."""

from blinker import Namespace

_signals = Namespace()

message_sent = _signals.signal("message-sent")  # sender: View; kind, recipients, size
facts_published = _signals.signal("facts-published")  # sender: none; count, oldest
ticked = _signals.signal("ticked")  # sender: none; seconds
writer_waited = _signals.signal("writer-waited")  # sender: none; seconds
transaction_ended = _signals.signal("transaction-ended")  # sender: none; seconds, outcome
job_ended = _signals.signal("job-ended")  # sender: the task's name; seconds, outcome
subscription_refused = _signals.signal("subscription-refused")  # sender: the error
turn_refused = _signals.signal("turn-refused")  # sender: the line's name
