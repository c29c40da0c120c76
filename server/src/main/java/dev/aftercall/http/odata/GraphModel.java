package dev.aftercall.http.odata;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmEntityContainer;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.EdmStructuredType;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlComplexType;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.ex.ODataException;
import org.apache.olingo.commons.core.edm.EdmProviderImpl;
import org.apache.olingo.server.core.MetadataParser;
import org.apache.olingo.server.core.SchemaBasedEdmProvider;

/**
 * The entity data model of what we serve, read from the CSDL document that {@code $metadata}
 * answers. Parsed when first asked for: a server that starts, and one that only serves recordings,
 * never needs it.
 */
public final class GraphModel {
  private static final String DOCUMENT = "/graph/metadata.xml";
  private static final FullQualifiedName IDENTITY =
      new FullQualifiedName("microsoft.graph", "identity");

  /** What identity, an open type, carries in our answers beside its declared properties. */
  private static final List<String> DYNAMIC = List.of("tenantId", "userIdentityType");

  private final Edm edm;
  private final Map<String, String> spellings;

  private GraphModel(Edm edm, Map<String, String> spellings) {
    this.edm = edm;
    this.spellings = spellings;
  }

  /** An entity set or a singleton of the service. */
  public record Entrance(String name, boolean singleton) {}

  /** The CSDL document, UTF-8. */
  public static byte[] document() {
    try (InputStream file = GraphModel.class.getResourceAsStream(DOCUMENT)) {
      return Objects.requireNonNull(file, DOCUMENT).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the service's root leads to, in the order of the CSDL. */
  public static List<Entrance> entrances() {
    EdmEntityContainer container = model().edm.getEntityContainer();
    List<Entrance> entrances = new ArrayList<>();
    container.getEntitySets().forEach(set -> entrances.add(new Entrance(set.getName(), false)));
    container.getSingletons().forEach(one -> entrances.add(new Entrance(one.getName(), true)));
    return List.copyOf(entrances);
  }

  static GraphModel model() {
    return Loaded.MODEL;
  }

  Edm edm() {
    return edm;
  }

  EdmEntityType type(ArtifactType type) {
    return edm.getEntityType(new FullQualifiedName(type.typeName()));
  }

  /** The model's spelling of a property whatever the case it is written in, or the word itself. */
  String spelling(String word) {
    return spellings.getOrDefault(word, word);
  }

  /** The JVM makes this class, and with it the model, when somebody first asks. */
  private static final class Loaded {
    static final GraphModel MODEL = read();
  }

  private static GraphModel read() {
    try {
      SchemaBasedEdmProvider provider =
          new MetadataParser().buildEdmProvider(new StringReader(withoutAlias()));
      // Olingo has no open types. What we answer beside the declared properties can be asked for.
      CsdlComplexType identity = provider.getComplexType(IDENTITY);
      DYNAMIC.forEach(
          name ->
              identity.getProperties().add(new CsdlProperty().setName(name).setType("Edm.String")));
      Edm edm = new EdmProviderImpl(provider);
      return new GraphModel(edm, spellings(edm));
    } catch (XMLStreamException | ODataException e) {
      throw new IllegalStateException("The model that was built in cannot be read.", e);
    }
  }

  /** Olingo finds no function whose binding parameter's type is written with an alias. */
  private static String withoutAlias() {
    return new String(document(), StandardCharsets.UTF_8)
        .replace("\"graph.", "\"microsoft.graph.")
        .replace("(graph.", "(microsoft.graph.");
  }

  private static Map<String, String> spellings(Edm edm) {
    Map<String, String> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (ArtifactType type : ArtifactType.values()) {
      add(spellings, edm.getEntityType(new FullQualifiedName(type.typeName())));
    }
    add(spellings, edm.getComplexType(new FullQualifiedName("microsoft.graph", "identitySet")));
    add(spellings, edm.getComplexType(IDENTITY));
    return Collections.unmodifiableMap(spellings);
  }

  private static void add(Map<String, String> spellings, EdmStructuredType type) {
    type.getPropertyNames().forEach(name -> spellings.put(name, name));
  }
}
