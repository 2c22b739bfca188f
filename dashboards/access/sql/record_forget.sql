-- Retention, a slice. Parameters: at, reads_before, others_before, most.
SELECT access_forgotten(%(at)s, %(reads_before)s, %(others_before)s, %(most)s)
