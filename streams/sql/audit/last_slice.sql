-- Behind which case and which other subject the last sliced audit ended, and when it began.
SELECT detail ->> 'until', started_at, coalesce(detail -> 'until_subject' ->> 0, ''), coalesce(detail -> 'until_subject' ->> 1, '')
FROM audit_run WHERE scope = 'slice' ORDER BY id DESC LIMIT 1;
