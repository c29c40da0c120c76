package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code --help} says, in {@code src/test/resources/cli}; {@code
 * -Daftercall.test.write-golden=true} writes it anew, to be read before it is committed.
 */
final class HelpTest {
  private static final Path GOLDEN = Path.of("src/test/resources/cli");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "start-dev",
        "start",
        "import",
        "intake",
        "intake list",
        "intake show",
        "intake retry",
        "intake replay",
        "intake release",
        "intake repair",
        "intake assign",
        "intake reject",
        "intake rules",
        "intake rules list",
        "intake rules put",
        "intake rules remove",
        "policy",
        "policy create",
        "policy grant",
        "policy list",
        "policy remove",
        "rsc",
        "rsc grant",
        "rsc revoke",
        "tenant",
        "tenant set",
        "group",
        "group add",
        "group remove",
        "retention",
        "retention set",
        "retention remove",
        "retention list",
        "retention preview",
        "retention warnings",
        "retention run",
        "hold",
        "hold place",
        "hold list",
        "hold release",
        "recording",
        "recording list",
        "recording delete",
        "recording restore",
        "recording tag",
        "disposal",
        "disposal list",
        "disposal verify",
        "journal",
        "journal list",
        "subscriptions",
        "subscriptions list",
        "subscriptions show",
        "subscriptions replay",
        "subscriptions test",
        "subscriptions remove",
        "policy preview",
        "group import",
        "group export",
        "scim",
        "scim token",
        "scim token create",
        "scim token list",
        "scim token revoke",
        "verify-storage",
        "journal who",
        "journal export",
        "journal verify",
        "journal seal",
        "journal archive",
        "application",
        "application list",
        "application set",
        "usage"
      })
  void everyCommandExplainsItself(String command) throws IOException {
    Shell.Said said = Shell.run((command + " --help").strip().split(" "));
    assertThat(said.code()).isZero();
    assertThat(said.err()).isEmpty();
    String name = command.isEmpty() ? "aftercall" : command.replace(' ', '-');
    Path golden = GOLDEN.resolve(name + ".txt");
    if (Boolean.getBoolean("aftercall.test.write-golden")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, said.out());
    }
    assertThat(said.out()).isEqualTo(Files.readString(golden));
    assertThat(said.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void saysWhatItDoesNotUnderstand() {
    Shell.Said unknown = Shell.run("polcy", "list");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("polcy").contains("policy");
    assertThat(Shell.run("policy").code()).isEqualTo(2);
    assertThat(Shell.run().code()).isEqualTo(2);
    assertThat(Shell.run("--version").out()).startsWith("aftercall ");
  }
}
