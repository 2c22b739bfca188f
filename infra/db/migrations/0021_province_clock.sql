-- A moment of our own machinery (Kafka's timestamp, a heartbeat, an audit) as the province clock shows it. Sessions whose
-- clock runs at an offset, in simulated homes alone, set ioc.clock_offset_s; for all others it is the moment itself.
CREATE FUNCTION province_clock(at timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE STRICT
    RETURN at + coalesce(nullif(current_setting('ioc.clock_offset_s', true), ''), '0')::integer * interval '1 second';
