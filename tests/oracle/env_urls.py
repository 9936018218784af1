#!/usr/bin/python3 -P
"""Prints tests/data/env_urls.tsv: URLs of databases, caches and email servers as django-environ (Debian's python3-django-environ)
takes them apart.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN:
  database url name user password host port options
  cache url location key_prefix timeout options
  email url host user password port file_path use_tls use_ssl
options are JSON. Engines and backends are not in it: they are Python's names. Where a later version differs, tests/env has
a table.
"""
import json
import warnings
from environ import Env

warnings.simplefilter("ignore")

def escape(value):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in str(value).encode())

def row(*fields):
    print(*map(escape, fields), sep="\t")

def text(value):
    return "" if value is None else value

for url in [
    "postgres://ada:lovelace@db-1.eu.example.com:5431/engine", "postgresql://user:p%40ss%2Fw%23d@host/name",
    "psql://user@host/name", "pgsql://host/name", "postgis://user:pw@host:5432/name",
    "mysql://b4b:1833@db-2.example.com/note_g",
    "mysql2://u:p@h:3306/n", "mysqlgis://u:p@127.0.0.1/maps", "sqlite:////srv/site/db.sqlite", "sqlite://",
    "sqlite:///db.sqlite3", "sqlite://:memory:", "oracle://user:password@host:1521/sid",
    "redshift://user:pw@cluster.example.com:5439/dev",
    "postgres://user:pw@HOST.Example:1/na%20me", "postgres://user:pw@[::1]:5432/name",
    "mysql://u:p@h/n?reconnect=true&charset=utf8",
    "postgres://u:p@h/n?conn_max_age=600&sslmode=require&application_name=a%20b",
    "postgres://u:p:q@h/n", "postgres://u:@h/n", "postgres://:p@h/n", "postgres://u@x:p@h/n", "spatialite:///file",
]:
    config = Env.db_url_config(url)
    options = {k: v for k, v in config.get("OPTIONS", {}).items()}
    row("database", url, config["NAME"], text(config.get("USER")), text(config.get("PASSWORD")), text(config.get("HOST")),
        text(config.get("PORT")), json.dumps(options))

for url in [
    "memcache://127.0.0.1:11211", "memcache://10.0.0.1:11211,10.0.0.2:11212", "memcache:///tmp/memcached.sock",
    "dbcache://pages",
    "filecache:///var/tmp/pages", "filecache://C:/foo/bar", "locmemcache://", "locmemcache://one", "dummycache://",
    "rediscache://127.0.0.1:6379/1", "redis://127.0.0.1:6379/1?timeout=86400&key_prefix=x",
    "rediss://127.0.0.1:6379/1", "rediscache:///run/redis.sock", "pymemcache://127.0.0.1:11211?key_prefix=a%2Bb",
    "redis://h1:1,h2:2/3",
]:
    try:
        config = Env.cache_url_config(url)
    except Exception:
        continue
    location = config["LOCATION"]
    options = {k.lower(): v for k, v in config.get("OPTIONS", {}).items()}
    row("cache", url, location if isinstance(location, str) else ",".join(location), config.get("KEY_PREFIX", ""),
        config.get("TIMEOUT", ""), json.dumps(options))

for url in [
    "smtps://ada@example.org:lovelace@mail.example.com:587", "smtp://user:pa%40ss@localhost:25", "smtp+tls://u:p@h",
    "smtp+ssl://u:p@h:465",
    "consolemail://", "memorymail://", "dummymail://", "filemail:///tmp/mails", "smtp://h?email_use_tls=1",
]:
    config = Env.email_url_config(url)
    row("email", url, text(config.get("EMAIL_HOST")), text(config.get("EMAIL_HOST_USER")),
    text(config.get("EMAIL_HOST_PASSWORD")),
        text(config.get("EMAIL_PORT")), config["EMAIL_FILE_PATH"], int(bool(config.get("EMAIL_USE_TLS"))),
        int(bool(config.get("EMAIL_USE_SSL"))))
