package dev.aftercall.outbound;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;

/** A client that does what it is told and nothing by itself. */
public final class Sober {
  private Sober() {}

  /** Follows no redirect, repeats nothing, and keeps neither cookies nor credentials. */
  public static HttpClientBuilder client(HttpClientConnectionManager connections) {
    return HttpClients.custom()
        .setConnectionManager(connections)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("Aftercall");
  }
}
