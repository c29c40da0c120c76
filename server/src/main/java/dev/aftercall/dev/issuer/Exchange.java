package dev.aftercall.dev.issuer;

import dev.aftercall.http.Request;

/** A token request: the form, the generation of its endpoint, and the address it came to. */
record Exchange(Request request, Form form, Generation generation) {
  String base() {
    return request.target().base();
  }
}
