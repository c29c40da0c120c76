package dev.aftercall.http.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.GraphException;
import java.util.List;
import java.util.Optional;

/**
 * The shape of a JSON object: which members it may have, and what each is. One declaration both
 * reads bodies and describes them in the OpenAPI document.
 *
 * @param name in the OpenAPI document, {@code admin.policy}
 */
public record Shape(String name, String description, List<Member> members) {
  /** Copies the list. */
  public Shape {
    members = List.copyOf(members);
  }

  /** A shape of those members. */
  public static Shape of(String name, String description, Member... members) {
    return new Shape(name, description, List.of(members));
  }

  /**
   * Takes an object as one of this shape.
   *
   * @param whole whether what is required must be there: in what makes or replaces, not in a PATCH
   * @throws GraphException 400 that names the member, what it must be and what it is
   */
  public Body read(ObjectNode object, boolean whole) {
    new ShapeCheck(whole).check(this, object, "");
    return new Body(object);
  }

  Optional<Member> member(String wanted) {
    return members.stream().filter(member -> member.name().equals(wanted)).findFirst();
  }
}
