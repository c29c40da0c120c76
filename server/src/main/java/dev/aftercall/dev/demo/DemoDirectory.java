package dev.aftercall.dev.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.dev.files.KeptFile;
import dev.aftercall.dev.issuer.DevApp;
import dev.aftercall.dev.issuer.DevUser;
import dev.aftercall.dev.issuer.Directory;
import dev.aftercall.http.IntakeUploads;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The demo tenant's people and applications. Ids and secrets are drawn at the first start and kept,
 * so that what a developer pasted yesterday works today, and nothing that opens a door stands in
 * the source.
 */
public final class DemoDirectory {
  /** Every person may be asked for these. */
  private static final Set<String> DELEGATED =
      Set.of(
          RecordingAccess.READ_ALL,
          "OnlineMeetingTranscript.Read.All",
          "OnlineMeetings.Read",
          "OnlineMeetings.ReadWrite",
          "Calendars.Read",
          "Calendars.ReadWrite",
          "CallRecordings.Read.All",
          "CallTranscripts.Read.All",
          "User.Read",
          AdminAccess.MANAGE,
          AdminAccess.COMPLIANCE);

  private static final Set<String> READER =
      Set.of(
          RecordingAccess.READ_ALL,
          "OnlineMeetingTranscript.Read.All",
          "OnlineMeetings.Read.All",
          "OnlineMeetings.ReadWrite.All",
          "Calendars.Read",
          "Calendars.ReadWrite",
          "CallRecordings.Read.All",
          "CallTranscripts.Read.All");

  private final JsonNode kept;

  private DemoDirectory(JsonNode kept) {
    this.kept = kept;
  }

  /** Reads the file, or draws a new directory into it. */
  public static DemoDirectory loadOrCreate(Path file, Ids ids) throws IOException {
    ObjectMapper json = new ObjectMapper();
    if (Files.exists(file)) {
      return new DemoDirectory(completed(file, (ObjectNode) json.readTree(file.toFile()), ids));
    }
    ObjectNode drawn = json.createObjectNode();
    drawn.put("tenantId", ids.guid().toString());
    for (Person person : Person.values()) {
      drawn.putObject(person.key).put("oid", ids.guid().toString()).put("password", ids.secret());
    }
    for (App app : App.values()) {
      draw(drawn, app, ids);
    }
    write(file, drawn);
    return new DemoDirectory(drawn);
  }

  /** Folders of older versions lack the applications that came since. */
  private static ObjectNode completed(Path file, ObjectNode kept, Ids ids) throws IOException {
    boolean complete = true;
    for (App app : App.values()) {
      if (!kept.has(app.key)) {
        draw(kept, app, ids);
        complete = false;
      }
    }
    if (!complete) {
      write(file, kept);
    }
    return kept;
  }

  private static void draw(ObjectNode directory, App app, Ids ids) {
    directory
        .putObject(app.key)
        .put("clientId", ids.guid().toString())
        .put("clientSecret", ids.secret());
  }

  private static void write(Path file, ObjectNode directory) throws IOException {
    KeptFile.writeSecret(
        file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(directory));
  }

  /** The demo's people. */
  public enum Person {
    /** Whose meetings they are. */
    ORGANIZER("organizer", "olivia", "Olivia Organizer"),
    /** Invited to all of them. */
    ATTENDEE("attendee", "arno", "Arno Attendee"),
    /** Invited to none. */
    OUTSIDER("outsider", "otto", "Otto Outsider"),
    /** Rules the tenant, and is invited to no meeting. */
    TENANT_ADMIN("tenantAdmin", "tilda", "Tilda Tenantadmin");

    private final String key;
    private final String account;
    private final String display;

    Person(String key, String account, String display) {
      this.key = key;
      this.account = account;
      this.display = display;
    }

    /** The name in the ready file. */
    public String key() {
      return key;
    }
  }

  /** The demo's applications. */
  public enum App {
    /** Has the role, and a policy for everybody. */
    READER("app", "Demo Reader"),
    /** Has the role and no policy. */
    WITHOUT_POLICY("appWithoutPolicy", "Demo Reader Without Policy"),
    /** Has neither, but consent in the meetings' chats. */
    RSC("appRsc", "Demo Chat App"),
    /** Hands recordings over. */
    INTAKE("intake", "Demo Recorder"),
    /** Rules the tenant. */
    MANAGER("manager", "Demo Manager"),
    /** Sees everything that is ruled, and what is held though deleted; changes nothing. */
    COMPLIANCE("compliance", "Demo Compliance Reader");

    private final String key;
    private final String display;

    App(String key, String display) {
      this.key = key;
      this.display = display;
    }

    /** The name in the ready file. */
    public String key() {
      return key;
    }
  }

  /** The demo's tenant. */
  public UUID tenant() {
    return UUID.fromString(kept.path("tenantId").asText());
  }

  /** A demo person. */
  public DevUser user(Person person) {
    JsonNode node = kept.path(person.key);
    return new DevUser(
        UUID.fromString(node.path("oid").asText()),
        person.account + "@demo.aftercall.example",
        person.display,
        node.path("password").asText(),
        person == Person.TENANT_ADMIN ? Set.of(DevUser.GLOBAL_ADMINISTRATOR) : Set.of());
  }

  /** A demo application. */
  public DevApp app(App app) {
    JsonNode node = kept.path(app.key);
    return new DevApp(
        node.path("clientId").asText(),
        node.path("clientSecret").asText(),
        app.display,
        roles(app),
        DELEGATED);
  }

  private static Set<String> roles(App app) {
    return switch (app) {
      case READER, WITHOUT_POLICY -> READER;
      case RSC -> Set.of();
      case INTAKE -> Set.of(IntakeUploads.ROLE);
      case MANAGER -> Set.of(AdminAccess.MANAGE);
      case COMPLIANCE -> Set.of(AdminAccess.COMPLIANCE);
    };
  }

  /** All of them, for the issuer. */
  public Directory directory() {
    return new Directory(
        tenant(),
        List.of(Person.values()).stream().map(this::user).toList(),
        List.of(App.values()).stream().map(this::app).toList());
  }
}
