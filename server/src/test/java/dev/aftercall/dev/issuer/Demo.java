package dev.aftercall.dev.issuer;

import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.time.Ids;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A small directory to test with, and a main to try other languages' libraries against. */
final class Demo {
  static final UUID TENANT = UUID.fromString("3f9b1c52-6a1e-4d6b-8f0a-2f1d7f2a9c10");
  static final DevUser ADA =
      new DevUser(
          UUID.fromString("0b7d6d1e-4c3a-4f7e-9a51-8a6f5d3c2b10"),
          "ada@demo.example",
          "Ada <Admin> O'Hara",
          "ada's password",
          Set.of(DevUser.GLOBAL_ADMINISTRATOR));
  static final DevUser BEN =
      new DevUser(
          UUID.fromString("5d0f5a7c-1b2e-4c8d-b0f4-6e7a8b9c0d11"), "ben@demo.example", "Ben", "b");
  static final DevApp BOT = app("b0c7d1e2-0000-4000-8000-000000000001", Optional.empty());
  static final DevApp API = app("b0c7d1e2-0000-4000-8000-000000000002", Optional.empty());
  static final String AUDIENCE = "https://graph.microsoft.com";

  private Demo() {}

  static Directory directory(DevApp... more) {
    List<DevApp> apps = new ArrayList<>(List.of(BOT, API));
    apps.addAll(List.of(more));
    return new Directory(TENANT, List.of(ADA, BEN), apps);
  }

  static DevApp app(String clientId, Optional<X509Certificate> certificate) {
    return new DevApp(
        clientId,
        "demo secret+/=" + clientId.charAt(clientId.length() - 1),
        "Demo app",
        Set.of("OnlineMeetingRecording.Read.All", "OnlineMeetings.Read.All"),
        Set.of("OnlineMeetingRecording.Read.All", "User.Read"),
        Set.of("https://app.demo.example/back", "com.demo.app://auth"),
        certificate);
  }

  static DevIssuer issuer(Directory directory, SigningKey key, InstantSource clock) {
    return new DevIssuer(
        directory, key, clock, Ids.secure(), AUDIENCE, () -> "https://localhost:8443");
  }

  /** Serves until the process is ended: {@code Demo <folder> <port>}. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    DevCertificates certificates =
        DevCertificates.loadOrCreate(folder, List.of(), InstantSource.system());
    SigningKey key = SigningKey.loadOrCreate(folder.resolve("signing.jwk"));
    RouteServer server =
        new RouteServer(
            issuer(directory(), key, InstantSource.system()).routes(),
            certificates,
            Integer.parseInt(args[1]));
    System.out.println(server.base() + "/" + TENANT + " trusts " + certificates.ca());
  }
}
