package dev.aftercall.recorder.bigbluebutton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as JSON: an element is what its text says or an object of its children, attributes begin with
 * {@code @}, what comes again is a list. Knows no document types and no entities but XML's own, so
 * nothing is read from elsewhere and nothing grows.
 */
final class Xml {
  private static final int DEEPEST = 32;
  private static final int MOST = 200_000;

  private final XMLStreamReader reader;
  private int elements;

  private Xml(XMLStreamReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a document; of how many bytes, the caller bounds.
   *
   * @throws IllegalArgumentException says what is wrong
   */
  static JsonNode read(byte[] document) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, system, base, namespace) -> {
          throw new XMLStreamException("nothing is read from elsewhere");
        });
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw new IllegalArgumentException("the XML declares a document type");
        }
      }
      JsonNode root = new Xml(reader).element(0);
      reader.close();
      return root;
    } catch (XMLStreamException e) {
      // Its message repeats the place over several lines.
      throw new IllegalArgumentException(
          "it is no XML that can be read, from line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNumber())
              + " on",
          e);
    }
  }

  private JsonNode element(int depth) throws XMLStreamException {
    if (depth > DEEPEST || ++elements > MOST) {
      throw new IllegalArgumentException("the XML is too deep or too large");
    }
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      members.put("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String name = reader.getLocalName();
          add(members, name, element(depth + 1));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new IllegalArgumentException("the XML refers to an entity");
        case XMLStreamConstants.END_ELEMENT -> {
          String plain = text.toString().strip();
          if (members.isEmpty()) {
            return TextNode.valueOf(plain);
          }
          if (!plain.isEmpty()) {
            members.put("#text", plain);
          }
          return members;
        }
        default -> {
          // comments and processing instructions say nothing
        }
      }
    }
  }

  private static void add(ObjectNode members, String name, JsonNode child) {
    JsonNode before = members.get(name);
    if (before == null) {
      members.set(name, child);
    } else if (before instanceof ArrayNode list) {
      list.add(child);
    } else {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      list.add(before).add(child);
      members.set(name, list);
    }
  }
}
