-- Sending holding orders to their receiver (streams.delivery): how far each message is, so that a kill loses nothing.

CREATE TABLE hold_delivery (
    subject text COLLATE "C" NOT NULL, -- the order's (subject_state, domain hold)
    message text COLLATE "C" NOT NULL CHECK (message IN ('start', 'end')),
    tries integer NOT NULL,
    sent_at timestamptz NOT NULL, -- the last try began
    next_at timestamptz NOT NULL, -- not tried again before, whatever became of the process that tries now
    failure text, -- why the last try came to nothing: a word, never a text of the receiver
    answered_at timestamptz, -- its answer is written to action_outbox, in the same transaction
    PRIMARY KEY (subject, message)
);

-- One row: whether there is a receiver, and when the delivery was last at work.
CREATE TABLE hold_receiver (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    known boolean NOT NULL,
    seen_at timestamptz NOT NULL,
    answered_at timestamptz, -- the receiver's last answer
    failure text,
    failed_at timestamptz
);
