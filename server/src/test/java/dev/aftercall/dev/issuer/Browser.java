package dev.aftercall.dev.issuer;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** The person at the pages: opens them and sends their forms, and follows no redirect. */
final class Browser implements AutoCloseable {
  private final HttpClient client;

  Browser(SSLContext trust) {
    this.client = HttpClient.newBuilder().sslContext(trust).build();
  }

  @Override
  public void close() {
    client.close();
  }

  static String hiddenFields(String html) {
    Matcher fields =
        Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")
            .matcher(html);
    StringBuilder form = new StringBuilder("from=page");
    while (fields.find()) {
      form.append('&').append(encode(fields.group(1))).append('=');
      form.append(encode(fields.group(2).replace("&amp;", "&")));
    }
    return form.toString();
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  HttpResponse<String> get(URI uri) {
    return send(HttpRequest.newBuilder(uri).build());
  }

  HttpResponse<String> post(URI uri, String form) {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
