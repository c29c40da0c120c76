package dev.aftercall.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Microsoft's own description of the types, as published with msgraph-metadata (MIT licence): what
 * an answer may say, and no more.
 */
final class Csdl {
  private static final String FILE = "/graph-v1.0-online-meetings.csdl.xml";

  private final Map<String, Type> types = new HashMap<>();
  private final Map<String, String> bases = new HashMap<>();
  private final Map<String, Set<String>> enums = new HashMap<>();

  /** An entity or complex type with everything it inherits. */
  record Type(String name, boolean open, Map<String, Member> members) {}

  /** A property or navigation property; {@code type} without namespace, {@code Edm.…} with. */
  record Member(String type, boolean collection, boolean nullable) {}

  private Csdl() {}

  static Csdl load() {
    try (InputStream in = Csdl.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException(FILE + " is missing from the class path");
      }
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setNamespaceAware(true);
      Document document = factory.newDocumentBuilder().parse(in);
      Csdl csdl = new Csdl();
      each(document.getDocumentElement(), "EnumType", csdl::readEnum);
      each(document.getDocumentElement(), "ComplexType", csdl::readType);
      // A base type may stand behind those that extend it.
      each(document.getDocumentElement(), "EntityType", csdl::readType);
      return csdl;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The type of that name, without namespace. */
  Optional<Type> type(String name) {
    return Optional.ofNullable(types.get(name)).map(this::whole);
  }

  /** The members of an enumeration; empty for what is none. */
  Set<String> words(String name) {
    return enums.getOrDefault(name, Set.of());
  }

  private Type whole(Type type) {
    Map<String, Member> all = new HashMap<>(type.members());
    boolean open = type.open();
    String base = bases.getOrDefault(type.name(), "");
    while (!base.isEmpty()) {
      Type parent = types.get(base);
      if (parent == null) {
        throw new IllegalStateException("The CSDL does not say what " + base + " is.");
      }
      parent.members().forEach(all::putIfAbsent);
      open |= parent.open();
      base = bases.getOrDefault(base, "");
    }
    return new Type(type.name(), open, all);
  }

  private void readEnum(Element element) {
    Set<String> words = new HashSet<>();
    each(element, "Member", member -> words.add(member.getAttribute("Name")));
    enums.put(element.getAttribute("Name"), words);
  }

  private void readType(Element element) {
    Map<String, Member> members = new HashMap<>();
    each(element, "Property", property -> members.put(property.getAttribute("Name"), of(property)));
    each(
        element,
        "NavigationProperty",
        property -> members.put(property.getAttribute("Name"), of(property)));
    String name = element.getAttribute("Name");
    bases.put(name, bare(element.getAttribute("BaseType")));
    types.put(name, new Type(name, element.getAttribute("OpenType").equals("true"), members));
  }

  private static Member of(Element property) {
    String type = property.getAttribute("Type");
    boolean collection = type.startsWith("Collection(");
    String item = collection ? type.substring(11, type.length() - 1) : type;
    return new Member(bare(item), collection, !property.getAttribute("Nullable").equals("false"));
  }

  private static String bare(String type) {
    return type.startsWith("Edm.") ? type : type.substring(type.lastIndexOf('.') + 1);
  }

  private static void each(Element within, String name, Consumer<Element> reader) {
    NodeList found = within.getElementsByTagNameNS("*", name);
    for (int i = 0; i < found.getLength(); i++) {
      reader.accept((Element) found.item(i));
    }
  }
}
