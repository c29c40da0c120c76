"""What all measures share: processes and their CPU time, the server, nginx, an issuer, wrk, rounds."""
