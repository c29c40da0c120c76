package dev.aftercall.cli;

import dev.aftercall.dev.demo.DemoDirectory.App;
import dev.aftercall.dev.demo.DemoDirectory.Person;
import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.intake.Receipt;
import java.io.PrintStream;
import java.nio.file.Path;

/** What a developer reads once the server answers: addresses, and requests ready to paste. */
final class DevGreeting {
  private DevGreeting() {}

  static void print(DevReadyFile ready) {
    PrintStream out = System.out;
    out.printf("%nAftercall for development. Never for production.%n%n");
    out.printf("  Graph      %s/v1.0  and  %s/v1.0%n", ready.http(), ready.https());
    out.printf("  Tokens     %s/%s/oauth2/v2.0/token%n", ready.https(), ready.people().tenant());
    out.printf("  Trust      export NODE_EXTRA_CA_CERTS=%s%n", path(ready.certificates().ca()));
    out.printf("             curl --cacert %s%n", path(ready.certificates().ca()));
    out.printf(
        "             java -Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s%n",
        path(ready.certificates().trustStore()), DevCertificates.TRUST_STORE_PASSWORD);
    if (!ready.receipts().isEmpty()) {
      requests(out, ready);
    }
    out.printf("%nStop with Ctrl-C.%n");
    out.flush();
  }

  private static void requests(PrintStream out, DevReadyFile ready) {
    Receipt receipt = ready.receipts().getFirst();
    String item = "/onlineMeetings/" + receipt.meetingId() + "/recordings/" + receipt.id();
    String organizer = ready.people().user(Person.ORGANIZER).oid().toString();
    String user = ready.http() + "/v1.0/users/" + organizer + item;
    out.printf("%n# The record of a recording, as the organizer:%n");
    curl(out, "", ready.token(Person.ORGANIZER), ready.http() + "/v1.0/me" + item);
    out.printf("%n# Its bytes, as an application that a policy lets in:%n");
    curl(out, "-o recording.mp4 ", ready.token(App.READER), user + "/content");
    out.printf("%n# Refused, and why: an application that no policy lets in:%n");
    curl(out, "", ready.token(App.WITHOUT_POLICY), user);
  }

  private static void curl(PrintStream out, String options, String token, String url) {
    out.printf("curl -s %s-H 'Authorization: Bearer %s' '%s'%n", options, token, url);
  }

  private static String path(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }
}
