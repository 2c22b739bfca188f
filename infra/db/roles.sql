-- Login roles of a private server and their settings. Roles belong to the whole server, so this runs against its
-- maintenance database under a lock, at every start; passwords are the home's secrets.
-- Names in braces are filled in by infra/db/roles.py.

SELECT pg_advisory_xact_lock(71064002);

DO $$
DECLARE
    login text;
BEGIN
    FOREACH login IN ARRAY ARRAY['migrate', 'streams', 'screens', 'api', 'access', 'units'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', login);
        END IF;
    END LOOP;
END
$$;

ALTER ROLE migrate PASSWORD {migrate} CONNECTION LIMIT 20;
ALTER ROLE streams PASSWORD {streams};
ALTER ROLE screens PASSWORD {screens};
ALTER ROLE api PASSWORD {api};
ALTER ROLE access PASSWORD {access};
ALTER ROLE units PASSWORD {units};

-- A worker that stands still in a transaction holds the locks of its cases: it is cut off, and does the span again.
-- These hold at login only (not after SET ROLE). TCP keepalives: a worker whose machine died is noticed in 25 s.
ALTER ROLE streams SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE streams SET transaction_timeout = '30s';
ALTER ROLE streams SET lock_timeout = '5s';
ALTER ROLE streams SET tcp_keepalives_idle = 10;
ALTER ROLE streams SET tcp_keepalives_interval = 5;
ALTER ROLE streams SET tcp_keepalives_count = 3;
ALTER ROLE streams SET timezone = 'UTC';

-- A reader that waits longer has lost its viewer.
ALTER ROLE screens SET statement_timeout = '15s';
ALTER ROLE screens SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE screens SET lock_timeout = '5s';
ALTER ROLE screens SET timezone = 'UTC';
ALTER ROLE api SET statement_timeout = '30s';
ALTER ROLE api SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE api SET lock_timeout = '5s';
ALTER ROLE api SET timezone = 'UTC';
ALTER ROLE units SET statement_timeout = '15s';
ALTER ROLE units SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE units SET lock_timeout = '5s';
ALTER ROLE units SET timezone = 'UTC';
ALTER ROLE access SET statement_timeout = '10s';
ALTER ROLE access SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE access SET lock_timeout = '5s';
ALTER ROLE access SET timezone = 'UTC';

ALTER ROLE migrate SET lock_timeout = '30s';
ALTER ROLE migrate SET timezone = 'UTC';
