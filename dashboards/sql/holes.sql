-- Records that retention removed before they were taken, the newest first.
SELECT topic, partition, from_offset, to_offset, found_at
FROM stream_hole
ORDER BY found_at DESC, topic, partition, from_offset
