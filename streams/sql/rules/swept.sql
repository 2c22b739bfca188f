-- No case stands under rules before this edition any more, and none can come to: whoever writes has looked at it first.
UPDATE rules_swept SET edition = greatest(edition, %(edition)s), swept_at = %(now)s;
