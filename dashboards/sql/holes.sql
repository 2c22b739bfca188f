-- Records that retention removed before they were taken, the newest first.
SELECT topic, partition, from_offset, to_offset, province_clock(found_at) AS found_at
FROM stream_hole
ORDER BY stream_hole.found_at DESC, topic, partition, from_offset
