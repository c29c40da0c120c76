package dev.aftercall.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * One request as the server hands it over.
 *
 * @param loop the event loop of the client's connection; bytes that are moved there need not change
 *     threads on their way
 */
record Call(HttpServerRequest request, Headers headers, Context loop) {
  HttpServerResponse response() {
    return request.response();
  }
}
