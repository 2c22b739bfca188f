-- Dead letters are asked for by time, by the wall of the sources, its lists and the purge.
CREATE INDEX dead_letter_received ON dead_letter (received_at);
