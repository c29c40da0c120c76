package dev.aftercall.http.scim;

import dev.aftercall.http.Operation;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import java.util.List;

/**
 * What bodies of SCIM look like, for the OpenAPI document. They are read by rooms of their own,
 * since directories write them in many ways: what is not named here is passed over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7643">RFC 7643</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7644">RFC 7644</a>
 */
final class ScimShapes {
  private static final Kind TEXT = new Kind.Text(0, 512);
  private static final Kind NAME = new Kind.Text(1, 512);
  private static final Kind URNS = new Kind.ListOf(new Kind.Text(1, 512), 10);
  private static final int MOST_MEMBERS = 1_000_000;

  private static final Shape META =
      Shape.of(
          "scim.Meta",
          "What the server says of a resource.",
          Member.readOnly("resourceType", TEXT, "User or Group."),
          Member.readOnly("created", new Kind.Instant(), "When it was made."),
          Member.readOnly("lastModified", new Kind.Instant(), "When it was changed last."),
          Member.readOnly("location", TEXT, "Its address."),
          Member.readOnly("version", TEXT, "Its ETag."));

  static final Shape USER =
      Shape.of(
          "scim.User",
          "A person (RFC 7643, 4.1); what is not kept is passed over.",
          Member.optional("schemas", URNS, ScimUserRoutes.SCHEMA + "."),
          Member.readOnly("id", new Kind.Guid(), "By which policies and tokens name the person."),
          Member.optional(
              "externalId", TEXT, "The directory's object id; the id is made of it. Fixed."),
          Member.required("userName", NAME, "Unique in the tenant, whatever the case."),
          Member.optional("active", new Kind.Flag(), "false: signed out, and in no group."),
          Member.optional("displayName", TEXT, "For people."),
          Member.optional(
              "name",
              new Kind.Nested(
                  Shape.of(
                      "scim.Name",
                      "A person's name.",
                      Member.optional("formatted", TEXT, "The whole of it."),
                      Member.optional("familyName", TEXT, "Last name."),
                      Member.optional("givenName", TEXT, "First name."))),
              "The name."),
          Member.optional(
              "emails",
              new Kind.ListOf(
                  new Kind.Nested(
                      Shape.of(
                          "scim.Email",
                          "An address.",
                          Member.optional("value", TEXT, "The address."),
                          Member.optional("type", TEXT, "Such as work."),
                          Member.optional("primary", new Kind.Flag(), "Whether it is the first."))),
                  100),
              "Addresses."),
          Member.readOnly("meta", new Kind.Nested(META), "Of the server."));

  static final Shape GROUP =
      Shape.of(
          "scim.Group",
          "A group (RFC 7643, 4.2).",
          Member.optional("schemas", URNS, ScimGroupRoutes.SCHEMA + "."),
          Member.readOnly("id", new Kind.Guid(), "By which policies are granted to it."),
          Member.optional("externalId", TEXT, "The directory's object id; the id where a GUID."),
          Member.required("displayName", NAME, "For people."),
          Member.optional(
              "members",
              new Kind.ListOf(
                  new Kind.Nested(
                      Shape.of(
                          "scim.Member",
                          "A person in a group.",
                          Member.required("value", new Kind.Guid(), "The person's id."),
                          Member.readOnly("$ref", TEXT, "The person's address."),
                          Member.optional(
                              "type", TEXT, "User; groups within groups are refused."))),
                  MOST_MEMBERS),
              "People in it; left out by excludedAttributes=members."),
          Member.readOnly("meta", new Kind.Nested(META), "Of the server."));

  static final Shape PATCH =
      Shape.of(
          "scim.PatchOp",
          "Changes in their order, all or none (RFC 7644, 3.5.2).",
          Member.optional("schemas", URNS, "urn:ietf:params:scim:api:messages:2.0:PatchOp."),
          Member.required(
              "Operations",
              new Kind.ListOf(
                  new Kind.Nested(
                      Shape.of(
                          "scim.PatchOperation",
                          "One change.",
                          Member.required(
                              "op",
                              new Kind.OneOf(List.of("add", "replace", "remove")),
                              "Whatever the case."),
                          Member.optional(
                              "path",
                              TEXT,
                              "Such as active, name.givenName, members or members[value eq \"…\"]."),
                          Member.optional("value", new Kind.Any(), "What the path is to be."))),
                  1_000),
              "The changes, 1 to 1,000."));

  static final Shape USERS = list("scim.UserList", USER);
  static final Shape GROUPS = list("scim.GroupList", GROUP);

  /** Of what the server says of itself. */
  static final Shape DOCUMENT =
      Shape.of(
          "scim.Document",
          "A document about this server (RFC 7643, 5 to 7).",
          Member.readOnly("schemas", URNS, "Which of them."),
          Member.readOnly("meta", new Kind.Nested(META), "Of the server."));

  static final Shape DOCUMENTS = list("scim.DocumentList", DOCUMENT);

  private ScimShapes() {}

  private static Shape list(String name, Shape item) {
    return Shape.of(
        name,
        "A page of a list (RFC 7644, 3.4.2).",
        Member.readOnly("schemas", URNS, "urn:ietf:params:scim:api:messages:2.0:ListResponse."),
        Member.readOnly("totalResults", new Kind.Whole(0, Integer.MAX_VALUE), "Of all pages."),
        Member.readOnly("startIndex", new Kind.Whole(1, Integer.MAX_VALUE), "Of the first here."),
        Member.readOnly("itemsPerPage", new Kind.Whole(0, ScimRequest.MOST), "How many are here."),
        Member.readOnly(
            "Resources",
            new Kind.ListOf(new Kind.Nested(item), ScimRequest.MOST),
            "Those of this page."));
  }

  /** A list with SCIM's query options. */
  static Operation listing(String summary, Shape list) {
    return Operation.of(summary)
        .answering(list)
        .option("filter", "A condition (RFC 7644, 3.4.2.2).")
        .option("startIndex", "Of the first wanted; 1 unless said.")
        .option("count", "The most of a page, 0 to " + ScimRequest.MOST + ".")
        .option("attributes", "Those wanted, with commas between.")
        .option("excludedAttributes", "Those not wanted, with commas between.");
  }
}
