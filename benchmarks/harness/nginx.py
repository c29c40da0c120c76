"""nginx with one worker a processor, as its documentation tunes it for files."""
import os
import shutil

from harness.processes import Running, answers, free_port

CONFIG = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes auto;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  types {{ video/mp4 mp4; }}
  {http}
  server {{
    listen 127.0.0.1:{port};
    {tls}
    root {root};
    {server}
  }}
}}
"""


def start(folder, root, certificate=None, http="", server=""):
    """Serves the files of root; with certificate = (chain, key), over TLS 1.3 beside plain text."""
    port, tls_port = free_port(), free_port()
    tls = ""
    if certificate:
        tls = (
            f"listen 127.0.0.1:{tls_port} ssl; ssl_protocols TLSv1.3;"
            f" ssl_certificate {certificate[0]}; ssl_certificate_key {certificate[1]};"
        )
    own = os.path.join(folder, "nginx")
    os.makedirs(own)
    config = os.path.join(own, "nginx.conf")
    text = CONFIG.format(folder=own, port=port, root=root, tls=tls, http=http, server=server)
    if os.geteuid() == 0:
        text = "user root;" + text  # the workers would not be let into the temporary folder
    with open(config, "w") as file:
        file.write(text)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    running = Running([program, "-c", config], os.path.join(own, "out.log"))
    running.until(lambda: answers(port))
    running.url = f"http://127.0.0.1:{port}"
    running.tls_url = f"https://127.0.0.1:{tls_port}"
    return running
