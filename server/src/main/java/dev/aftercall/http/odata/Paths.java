package dev.aftercall.http.odata;

import dev.aftercall.query.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the property paths of a type stand for. */
final class Paths {
  private static final Paths RECORDING = new Paths(ArtifactType.RECORDING);
  private static final Paths TRANSCRIPT = new Paths(ArtifactType.TRANSCRIPT);

  private final Map<String, Operand> operands = new HashMap<>();

  private Paths(ArtifactType type) {
    for (Property property : Property.values()) {
      String path = property == Property.CONTENT_URL ? type.urlProperty() : property.path();
      operands.put(path, new Operand.Column(property));
    }
    operands.put("meetingOrganizer", new Operand.Present());
    operands.put("meetingOrganizer/user", new Operand.Present());
    operands.put("meetingOrganizer/user/userIdentityType", new Operand.Text("aadUser"));
    // Meetings are organized by people: the other two identities are always null.
    for (String other : List.of("meetingOrganizer/application", "meetingOrganizer/device")) {
      operands.put(other, new Operand.Null());
      for (String member : List.of("id", "displayName", "tenantId", "userIdentityType")) {
        operands.put(other + "/" + member, new Operand.Null());
      }
    }
  }

  static Paths of(ArtifactType type) {
    return switch (type) {
      case RECORDING -> RECORDING;
      case TRANSCRIPT -> TRANSCRIPT;
    };
  }

  /** Empty for streams, which have no value to compare. */
  Optional<Operand> operand(String path) {
    return Optional.ofNullable(operands.get(path));
  }
}
