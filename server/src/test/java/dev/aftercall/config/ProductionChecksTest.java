package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.config.ProductionChecks.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionChecksTest {
  @TempDir Path folder;

  private final List<String> safe = new ArrayList<>();

  @BeforeEach
  void safeSettings() throws IOException {
    Path certificate = folder.resolve("tls.crt");
    Path key = folder.resolve("tls.key");
    Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\n");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n");
    safe.add("data-dir=" + Files.createDirectory(folder.resolve("data")));
    safe.add("https.certificate=" + certificate);
    safe.add("https.key=" + key);
    safe.add("issuer.a.type=entra");
    safe.add("issuer.a.tenant=" + Examples.TENANT);
    safe.add("issuer.a.audiences=api://aftercall");
  }

  @Test
  void safeSettingsHaveNoProblemAndLeaveNoProbe() throws IOException {
    assertThat(check()).isEmpty();
    assertThat(folder.resolve("data")).isEmptyDirectory();
  }

  @Test
  void neitherTlsNorProxy() {
    safe.removeIf(line -> line.startsWith("https."));
    assertThat(check()).containsExactly("severe https.certificate");
    assertThat(check("http.host=0.0.0.0"))
        .containsExactly("severe https.certificate", "severe http.host");
    assertThat(check("http.host=localhost")).containsExactly("severe https.certificate");
    assertThat(check("http.host=0.0.0.0", "http.trusted-proxies=10.0.0.1")).isEmpty();
  }

  @Test
  void plainTextBesideTls() {
    assertThat(check("http.host=::")).containsExactly("warning http.host");
    assertThat(check("http.host=node.example.com")).containsExactly("warning http.host");
    assertThat(check("http.host=::", "http.enabled=false")).isEmpty();
    assertThat(check("http.host=::1")).isEmpty();
  }

  @Test
  void everybodyTrusted() {
    assertThat(check("http.trusted-proxies=::/0")).containsExactly("warning http.trusted-proxies");
  }

  @Test
  void linksInPlainText() {
    assertThat(check("http.public-url=http://h")).containsExactly("warning http.public-url");
  }

  @Test
  void nobodyGetsIn() {
    safe.removeIf(line -> line.startsWith("issuer."));
    assertThat(check()).containsExactly("severe issuer.<name>.type");
  }

  @Test
  void issuerInPlainText() {
    assertThat(check("issuer.a.url=http://sso.example.com")).containsExactly("severe issuer.a.url");
    assertThat(check("issuer.a.url=http://[::1]:8081/realms/a")).isEmpty();
  }

  @Test
  void dataFolderMissingOrNotWritable() throws IOException {
    safe.removeFirst();
    assertThat(check("data-dir=" + folder.resolve("none"))).containsExactly("severe data-dir");
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(check("data-dir=" + file)).containsExactly("severe data-dir");
    // Nobody, root included, makes files in /proc.
    assertThat(check("data-dir=/proc")).containsExactly("severe data-dir");
  }

  @Test
  void certificateOrKeyUnreadable() throws IOException {
    Files.delete(folder.resolve("tls.crt"));
    Files.writeString(folder.resolve("tls.key"), "-----BEGIN RSA PRIVATE KEY-----\n");
    assertThat(check()).containsExactly("severe https.certificate", "severe https.key");
    Files.write(folder.resolve("tls.key"), new byte[] {(byte) 0xFF});
    assertThat(check()).contains("severe https.key");
  }

  @Test
  void objectStore() {
    assertThat(check("content.store=s3")).containsExactly("severe content.s3.bucket");
    assertThat(
            check("content.store=s3", "content.s3.bucket=b", "content.s3.endpoint=http://s3:9000"))
        .containsExactly("warning content.s3.endpoint");
  }

  private List<String> check(String... more) {
    List<String> lines = new ArrayList<>(safe);
    lines.addAll(List.of(more));
    List<Problem> problems =
        ProductionChecks.check(Examples.loadOnly(Map.of(), lines.toArray(String[]::new)));
    assertThat(problems).allSatisfy(problem -> assertThat(problem.message()).endsWith("."));
    return problems.stream()
        .map(problem -> (problem.severe() ? "severe " : "warning ") + problem.key())
        .toList();
  }
}
