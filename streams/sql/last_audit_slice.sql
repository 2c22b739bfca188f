-- Behind which case the last sliced audit ended, and when it began.
SELECT detail ->> 'until', started_at FROM audit_run WHERE scope = 'slice' ORDER BY id DESC LIMIT 1;
