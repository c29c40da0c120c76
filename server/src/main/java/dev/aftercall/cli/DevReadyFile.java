package dev.aftercall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.dev.demo.DemoDirectory;
import dev.aftercall.dev.demo.DemoDirectory.App;
import dev.aftercall.dev.demo.DemoDirectory.Person;
import dev.aftercall.dev.issuer.DevApp;
import dev.aftercall.dev.issuer.DevIssuer;
import dev.aftercall.dev.issuer.DevUser;
import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.intake.Receipt;
import dev.aftercall.meeting.JoinUrl;
import dev.aftercall.meeting.MeetingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * What tools and tests learn of a started development server. Members may be added; none is ever
 * renamed.
 */
record DevReadyFile(
    String http,
    String https,
    DevCertificates certificates,
    DemoDirectory people,
    DevIssuer issuer,
    List<Receipt> receipts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A token of a demo person, through the reader application. */
  String token(Person person) {
    DevApp app = people.app(App.READER);
    return issuer.mintUser(people.user(person), app, app.delegatedScopes());
  }

  /** A token of a demo application. */
  String token(App app) {
    return issuer.mintApplication(people.app(app));
  }

  /** Writes the file whole or not at all; it holds secrets, so it is the owner's alone. */
  void writeTo(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = Files.createDirectories(Optional.ofNullable(absolute.getParent()).orElseThrow());
    Path draft =
        Files.createTempFile(
            folder,
            ".ready",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json()));
    Files.move(
        draft, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private ObjectNode json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("http", http);
    json.put("https", https);
    json.put("caPem", absolute(certificates.ca()));
    json.put("trustStore", absolute(certificates.trustStore()));
    json.put("trustStorePassword", DevCertificates.TRUST_STORE_PASSWORD);
    json.put("tenantId", people.tenant().toString());
    ObjectNode users = json.putObject("users");
    ObjectNode accounts = json.putObject("accounts");
    for (Person person : Person.values()) {
      DevUser user = people.user(person);
      users.put(person.key(), user.oid().toString());
      accounts.putObject(person.key()).put("upn", user.upn()).put("password", user.password());
    }
    ObjectNode apps = json.putObject("apps");
    for (App app : App.values()) {
      DevApp known = people.app(app);
      apps.putObject(app.key())
          .put("clientId", known.clientId())
          .put("clientSecret", known.clientSecret());
    }
    ObjectNode tokens = json.putObject("tokens");
    for (Person person : Person.values()) {
      tokens.put(person.key(), token(person));
    }
    for (App app : App.values()) {
      tokens.put(app.key(), token(app));
    }
    ArrayNode meetings = json.putArray("meetings");
    ArrayNode calls = json.putArray("adhocCalls");
    for (Receipt receipt : receipts) {
      if (receipt.callId() == null) {
        meetings.add(meeting(receipt));
      } else {
        calls.add(call(receipt));
      }
    }
    return json;
  }

  private static ObjectNode call(Receipt receipt) {
    MeetingId id = MeetingId.parse(receipt.meetingId()).orElseThrow();
    ObjectNode json = JSON.createObjectNode();
    json.put("id", receipt.callId());
    json.put("organizerId", id.organizer().toString());
    artifacts(json, receipt);
    return json;
  }

  private ObjectNode meeting(Receipt receipt) {
    MeetingId id = MeetingId.parse(receipt.meetingId()).orElseThrow();
    ObjectNode json = JSON.createObjectNode();
    json.put("id", receipt.meetingId());
    json.put("organizerId", id.organizer().toString());
    json.put("threadId", id.threadId());
    json.put("joinWebUrl", JoinUrl.of(people.tenant(), id));
    artifacts(json, receipt);
    return json;
  }

  private static void artifacts(ObjectNode json, Receipt receipt) {
    json.putArray("recordings")
        .addObject()
        .put("id", receipt.id())
        .put("sha256", receipt.sha256())
        .put("size", receipt.size());
    ArrayNode transcripts = json.putArray("transcripts");
    if (receipt.transcriptId() != null) {
      transcripts.addObject().put("id", receipt.transcriptId());
    }
  }

  private static String absolute(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }
}
