-- The main database's roles. The owner migrates; the application can neither change nor delete what is append-only.
-- Run as a superuser, once, connected to the main database:  psql -d im_support -f deploy/roles.sql
-- Then set passwords with \password, and migrate as the owner.
CREATE ROLE im_support_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE im_support_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
GRANT USAGE, CREATE ON SCHEMA public TO im_support_owner;
GRANT USAGE ON SCHEMA public TO im_support_app;
ALTER DEFAULT PRIVILEGES FOR ROLE im_support_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO im_support_app;
ALTER DEFAULT PRIVILEGES FOR ROLE im_support_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO im_support_app;
