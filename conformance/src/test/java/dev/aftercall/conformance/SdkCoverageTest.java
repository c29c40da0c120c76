package dev.aftercall.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** No request builder of the SDK around a recording is left out. */
final class SdkCoverageTest {
  private static final Pattern AROUND_A_RECORDING =
      Pattern.compile(
          "com/microsoft/graph/(users/item|communications)/(onlinemeetings|adhoccalls)/.*RequestBuilder\\.class");

  /** Sent to the meeting's people by SMS, and what lies below the reports that nobody serves. */
  private static final Pattern BESIDE =
      Pattern.compile(".*/(\\w*virtualappointment\\w*|attendancereports/(count|item))/.*");

  @Test
  void everyBuilderIsCalled() throws IOException, URISyntaxException {
    List<String> builders;
    try (JarFile sdk =
        new JarFile(
            Path.of(
                    GraphServiceClient.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
      builders =
          sdk.stream()
              .map(ZipEntry::getName)
              .filter(name -> AROUND_A_RECORDING.matcher(name).matches())
              .filter(name -> !BESIDE.matcher(name).matches())
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .sorted()
              .toList();
    }
    assertThat(builders).as("the SDK is packaged as it was").hasSizeGreaterThan(40);
    StringBuilder called = new StringBuilder();
    for (Path file : Checks.classFiles()) {
      // A class file names what its code calls.
      called.append(Files.readString(file, ISO_8859_1));
    }
    String all = called.toString();
    assertThat(builders).allMatch(builder -> all.contains(builder), "is called by a check");
  }
}
