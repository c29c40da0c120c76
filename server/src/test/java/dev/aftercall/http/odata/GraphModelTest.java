package dev.aftercall.http.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmStructuredType;
import org.apache.olingo.commons.core.edm.EdmProviderImpl;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.core.MetadataParser;
import org.apache.olingo.server.core.uri.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The CSDL we serve against Microsoft's own: read as XML, and by Olingo. */
final class GraphModelTest {
  private static final String EDM = "http://docs.oasis-open.org/odata/ns/edm";

  /** What the reference, an excerpt, does not hold. */
  private static final List<String> BEYOND =
      List.of(
          "EntityType adhocCall",
          "EntityType cloudCommunications",
          "EntityType user",
          "Function getAllRecordings(Collection(graph.adhocCall))",
          "Function getAllTranscripts(Collection(graph.adhocCall))",
          "EntityContainer GraphService");

  @Test
  void everyTypeIsTheReferencesMemberForMember() throws Exception {
    Map<String, List<String>> ours = elements(xml(GraphModel.document()));
    Map<String, List<String>> theirs = elements(xml(reference()));

    assertThat(ours.keySet().stream().filter(name -> !theirs.containsKey(name)).toList())
        .containsExactlyInAnyOrderElementsOf(BEYOND);
    ours.forEach(
        (name, members) -> {
          if (!BEYOND.contains(name)) {
            assertThat(members).as(name).containsExactlyInAnyOrderElementsOf(theirs.get(name));
          }
        });
    assertThat(ours)
        .containsKeys(
            "EntityType callRecording",
            "EntityType callTranscript",
            "EntityType onlineMeeting",
            "Action createOrGet(Collection(graph.onlineMeeting))",
            "Function delta(Collection(graph.callRecording))",
            "Function getAllTranscripts(Collection(graph.onlineMeeting))");
  }

  @Test
  void theNamespaceAndItsAliasAreTheReferences() throws Exception {
    Element ours = schema(xml(GraphModel.document()));
    Element theirs = schema(xml(reference()));

    assertThat(attributes(ours)).isEqualTo(attributes(theirs));
  }

  @Test
  void everyTypeThatIsNamedIsThere() throws Exception {
    Edm edm = edm();

    for (var schema : edm.getSchemas()) {
      for (EdmStructuredType type : schema.getEntityTypes()) {
        resolves(type);
      }
      for (EdmStructuredType type : schema.getComplexTypes()) {
        resolves(type);
      }
    }
    assertThat(edm.getSchema("microsoft.graph").getFunctions()).hasSize(6);
    assertThat(edm.getSchema("microsoft.graph").getActions()).hasSize(2);
  }

  private static void resolves(EdmStructuredType type) {
    type.getPropertyNames()
        .forEach(name -> assertThat(type.getProperty(name).getType()).as(name).isNotNull());
    type.getNavigationPropertyNames()
        .forEach(name -> assertThat(type.getProperty(name).getType()).as(name).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users",
        "me/onlineMeetings",
        "users('u')/onlineMeetings('m')/recordings('r')/content",
        "users('u')/onlineMeetings('m')/transcripts('t')/metadataContent",
        "users('u')/adhocCalls('c')/recordings",
        "communications/onlineMeetings('m')/recordings",
        "communications/adhocCalls('c')/transcripts",
        "me/onlineMeetings/microsoft.graph.createOrGet",
        "users('u')/onlineMeetings('m')/recordings/microsoft.graph.delta()",
        "users('u')/onlineMeetings/microsoft.graph.getAllRecordings(meetingOrganizerUserId='u',"
            + "startDateTime=2026-01-01T00:00:00Z,endDateTime=2026-02-01T00:00:00Z)"
            + "/microsoft.graph.delta()",
        "users('u')/adhocCalls/microsoft.graph.getAllTranscripts(userId='u',"
            + "startDateTime=2026-01-01T00:00:00Z,endDateTime=2026-02-01T00:00:00Z)"
      })
  void whatIsServedIsInTheModel(String path) throws Exception {
    UriInfo info =
        new Parser(GraphModel.model().edm(), OData.newInstance()).parseUri(path, null, null, null);

    assertThat(info.getUriResourceParts()).isNotEmpty();
  }

  @Test
  void theRootLeadsToSetsAndSingletons() {
    assertThat(GraphModel.entrances())
        .containsExactlyInAnyOrder(
            new GraphModel.Entrance("subscriptions", false),
            new GraphModel.Entrance("users", false),
            new GraphModel.Entrance("communications", true),
            new GraphModel.Entrance("me", true));
  }

  @Test
  void whatIsSelectableIsInTheModel() {
    for (ArtifactType type : ArtifactType.values()) {
      assertThat(GraphModel.model().type(type).getPropertyNames())
          .containsExactlyInAnyOrderElementsOf(type.properties());
    }
  }

  private static Edm edm() throws Exception {
    return new EdmProviderImpl(
        new MetadataParser()
            .buildEdmProvider(
                new StringReader(new String(GraphModel.document(), StandardCharsets.UTF_8))));
  }

  private static byte[] reference() throws Exception {
    try (InputStream file = GraphModelTest.class.getResourceAsStream("/graph/reference.csdl.xml")) {
      return Objects.requireNonNull(file).readAllBytes();
    }
  }

  private static Document xml(byte[] bytes) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
  }

  private static Element schema(Document document) {
    return (Element) document.getElementsByTagNameNS(EDM, "Schema").item(0);
  }

  /** Each element of the schema, by kind and name, with its attributes and all its members. */
  private static Map<String, List<String>> elements(Document document) {
    Map<String, List<String>> elements = new TreeMap<>();
    for (Element element : children(schema(document))) {
      String name = element.getLocalName() + " " + element.getAttribute("Name");
      if (element.getAttribute("IsBound").equals("true")) {
        name += "(" + children(element).getFirst().getAttribute("Type") + ")";
      }
      List<String> members = new ArrayList<>(List.of(attributes(element)));
      members(element, "", members);
      assertThat(elements.put(name, members)).as("twice: %s", name).isNull();
    }
    return elements;
  }

  private static void members(Element element, String indent, List<String> members) {
    for (Element child : children(element)) {
      members.add(indent + child.getLocalName() + attributes(child));
      members(child, indent + element.getAttribute("Name") + "/", members);
    }
  }

  private static List<Element> children(Element parent) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast)
        .toList();
  }

  private static String attributes(Element element) {
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      sorted.put(attribute.getNodeName(), attribute.getNodeValue());
    }
    return sorted.toString();
  }
}
