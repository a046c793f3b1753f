"""The settings files of a Swift on one machine: one replica, one folder, no memcached."""

import os
import pwd
from collections.abc import Mapping
from pathlib import Path

SERVERS = ("account", "container", "object")

SWIFT = """\
[swift-hash]
swift_hash_path_suffix = tests
swift_hash_path_prefix = tests
[storage-policy:0]
name = one
default = yes
"""

COMMON = """\
[DEFAULT]
swift_dir = {etc}
user = {user}
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
log_level = INFO
log_custom_handlers = beside.log_to_stderr
disable_fallocate = true
"""

STORAGE_SERVER = """\
devices = {devices}
mount_check = false
recon_cache_path = {cache}
[pipeline:main]
pipeline = healthcheck {name}-server
[app:{name}-server]
use = egg:swift#{name}
[filter:healthcheck]
use = egg:swift#healthcheck
"""

PROXY = """\
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk tempurl s3api tempauth \
copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
user_other_other = othering .admin
storage_url_scheme = default
[filter:s3api]
use = egg:swift#s3api
location = {region}
allow_multipart_uploads = true
check_bucket_owner = false
s3_acl = false
[filter:cache]
paste.filter_factory = beside:cache_filter_factory
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
allow_object_versioning = true
"""

PLAIN_FILTERS = (
    *("catch_errors", "gatekeeper", "healthcheck", "listing_formats", "bulk", "tempurl", "copy"),
    *("container_quotas", "account_quotas", "slo", "dlo", "symlink"),
)

ASKS_KEYSTONE = """\
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, member
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
www_authenticate_uri = {keystone}
auth_url = {keystone}
auth_type = password
project_domain_id = default
user_domain_id = default
project_name = service
username = swift
password = {password}
delay_auth_decision = True
cache = swift.cache
include_service_catalog = False
"""

# Read by the servers, on their own Python path: Swift logs to syslog and caches in memcached, and
# neither is wanted here. The cache is good for one proxy process.
BESIDE = """\
import logging, sys, time as clock

def log_to_stderr(conf, name, log_to_console, log_route, fmt, logger, adapted_logger):
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(name + ": %(message)s"))
    logger.addHandler(handler)

class Cache:
    def __init__(self):
        self.kept = {}
    def get(self, key, raise_on_error=False):
        value, until = self.kept.get(key, (None, 0))
        return value if not until or until > clock.time() else None
    def set(self, key, value, serialize=True, time=0, min_compress_len=0, raise_on_error=False):
        self.kept[key] = (value, clock.time() + time if time else 0)
    def incr(self, key, delta=1, time=0):
        value = max(0, int(self.get(key) or 0) + int(delta))
        self.set(key, value, time=time)
        return value
    def decr(self, key, delta=1, time=0):
        return self.incr(key, -delta, time)
    def delete(self, key, server_key=None):
        self.kept.pop(key, None)
    def set_multi(self, mapping, server_key, serialize=True, time=0, min_compress_len=0):
        for key, value in mapping.items():
            self.set(key, value, time=time)
    def get_multi(self, keys, server_key):
        return [self.get(key) for key in keys]

def cache_filter_factory(global_conf, **conf):
    cache = Cache()
    def filtered(app):
        def call(env, start_response):
            env["swift.cache"] = cache
            return app(env, start_response)
        return call
    return filtered
"""

# The servers read swift.conf from /etc/swift unless told otherwise before anything is imported.
LAUNCH = """\
import runpy, sys
from swift.common.utils import set_swift_dir
set_swift_dir(sys.argv[1])
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def write_settings(root: Path, ports: Mapping[str, int], *, region: str) -> Path:
    """Write every settings file under this folder and return the folder of them."""
    etc, devices, cache = root / "etc", root / "devices", root / "cache"
    for folder in (etc, devices / "d1", cache):
        folder.mkdir(parents=True, exist_ok=True)
    user = pwd.getpwuid(os.getuid()).pw_name
    (etc / "swift.conf").write_text(SWIFT)
    (etc / "beside.py").write_text(BESIDE)
    (etc / "launch.py").write_text(LAUNCH)
    for name in SERVERS:
        text = (COMMON + STORAGE_SERVER).format(
            etc=etc, user=user, port=ports[name], devices=devices, cache=cache, name=name
        )
        (etc / f"{name}-server.conf").write_text(text)
    (etc / "proxy-server.conf").write_text(_proxy(etc, ports["proxy"], region))
    return etc


def write_keystone_proxy(etc: Path, port: int, *, keystone: str, password: str) -> Path:
    """Write the settings of a second proxy, over the same servers, whose door is Keystone's."""
    asking = _proxy(etc, port, "unused").replace("s3api tempauth", "authtoken keystoneauth")
    settings = etc / "keystone-proxy-server.conf"
    settings.write_text(asking + ASKS_KEYSTONE.format(keystone=keystone, password=password))
    return settings


def write_tls_proxy(etc: Path, port: int, *, certificate: Path, key: Path, region: str) -> Path:
    """Write the settings of a second proxy, over the same servers, that speaks TLS."""
    secured = f"cert_file = {certificate}\nkey_file = {key}\n[pipeline:main]"
    settings = etc / "tls-proxy-server.conf"
    settings.write_text(_proxy(etc, port, region).replace("[pipeline:main]", secured, 1))
    return settings


def _proxy(etc: Path, port: int, region: str) -> str:
    filters = "".join(
        f"[filter:{name.replace('_quotas', '-quotas')}]\nuse = egg:swift#{name}\n"
        for name in PLAIN_FILTERS
    )
    user = pwd.getpwuid(os.getuid()).pw_name
    return (COMMON + PROXY).format(etc=etc, user=user, port=port, region=region) + filters
