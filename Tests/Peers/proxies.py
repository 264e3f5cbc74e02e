"""nginx and HAProxy in front of replicas of the broker."""

import contextlib
import os
import signal
import socket
import subprocess
import time

from running import free_port


class Proxy:
    """A proxy in front of replicas. It is reloaded to replace them, or notices by itself."""

    def __init__(self, directory):
        self.directory = directory
        self.port = free_port()
        self.process = None

    def start(self, replicas):
        self.write(replicas)
        # Its own process group, so that its workers end with it.
        self.process = subprocess.Popen(self.command, stderr=subprocess.PIPE, text=True, start_new_session=True)
        end = time.monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, self.process.stderr.read()
            assert time.monotonic() < end, "the proxy does not listen"
            time.sleep(0.05)

    def stop(self):
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process.stderr.close()


class Nginx(Proxy):
    program = "nginx"
    # It tries its only server once.
    waits_for_its_server = False

    @property
    def command(self):
        return ["nginx", "-p", self.directory, "-e", "stderr", "-c", self.directory / "nginx.conf", "-g", "daemon off;"]

    def write(self, replicas):
        servers = "".join(f"server 127.0.0.1:{one.port} max_fails=1 fail_timeout=1s;\n" for one in replicas)
        paths = "".join(
            f"{kind}_temp_path {self.directory}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.directory / "nginx.conf").write_text(
            f"""
            user root;
            worker_processes 1;
            pid {self.directory}/nginx.pid;
            events {{ worker_connections 256; }}
            http {{
                access_log off;
                {paths}
                upstream broker {{
                    {servers}
                    keepalive 8;
                    keepalive_timeout 1s;
                }}
                server {{
                    listen 127.0.0.1:{self.port};
                    location / {{
                        proxy_pass http://broker;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_next_upstream error timeout non_idempotent;
                    }}
                }}
            }}
            """
        )

    def reload(self, replicas):
        self.write(replicas)
        self.process.send_signal(signal.SIGHUP)


class HAProxy(Proxy):
    program = "haproxy"
    waits_for_its_server = True

    @property
    def command(self):
        return ["haproxy", "-W", "-db", "-f", self.directory / "haproxy.cfg"]

    def write(self, replicas):
        # If there is no other server, it must try again instead of considering this one down.
        check = "" if len(replicas) == 1 else " check inter 200ms fall 1 rise 1"
        servers = "".join(f"    server r{one.port} 127.0.0.1:{one.port}{check}\n" for one in replicas)
        (self.directory / "haproxy.cfg").write_text(
            "defaults\n"
            "    mode http\n"
            "    timeout connect 2s\n    timeout client 20s\n    timeout server 20s\n"
            # A server that is slow on a busy machine is not down.
            "    timeout check 20s\n"
            # A request that has not arrived completely cannot be sent again.
            "    option http-buffer-request\n"
            "    option redispatch\n    retries 20\n    retry-on conn-failure empty-response\n"
            "    option httpchk GET /health/ready\n"
            "frontend all\n"
            f"    bind 127.0.0.1:{self.port}\n"
            "    default_backend broker\n"
            "backend broker\n" + servers
        )
