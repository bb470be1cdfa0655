-- The portal's database and roles, made once when the volume is new. The portal is no superuser: it owns its database,
-- and the web works as heartbeat_web, which owns nothing (docs/adr/0015).
\getenv password PORTAL_DATABASE_PASSWORD
CREATE ROLE heartbeat_web NOLOGIN;
CREATE ROLE portal LOGIN PASSWORD :'password';
GRANT heartbeat_web TO portal;
CREATE DATABASE heartbeat OWNER portal;
REVOKE CONNECT ON DATABASE heartbeat FROM PUBLIC;
