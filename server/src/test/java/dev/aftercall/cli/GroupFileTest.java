package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups from and to CSV, tokens for a directory, and what a change would do, as typed. */
final class GroupFileTest {
  private static final String TENANT = "8a3f1c52-6c1e-4a57-9d0b-2f6e8f2f1b11";
  private static final String GROUP = "7c1f6d0e-0000-4000-8000-000000000001";
  private static final String OTHER = "7c1f6d0e-0000-4000-8000-000000000002";
  private static final String ADA = "7c1f6d0e-0000-4000-8000-00000000000a";
  private static final String BEA = "7c1f6d0e-0000-4000-8000-00000000000b";

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void makeData() throws Exception {
    data = Files.createDirectory(folder.resolve("data"));
  }

  @Test
  void importsAllOrNothingAndExportsWhatItImports() throws Exception {
    Path file =
        csv("group,person", GROUP + "," + ADA, "\"" + GROUP + "\"," + BEA, "", OTHER + "," + ADA);
    assertThat(done("group", "import", file.toString(), "--dry-run"))
        .contains("It would be: 3 added, 0 removed, 0 unchanged.");
    assertThat(done("group", "export").lines()).containsExactly("group,person");
    assertThat(done("group", "import", file.toString())).contains("Imported: 3 added");
    assertThat(done("group", "import", file.toString()))
        .contains("0 added, 0 removed, 3 unchanged");
    assertThat(done("group", "export").lines())
        .containsExactly("group,person", GROUP + "," + ADA, GROUP + "," + BEA, OTHER + "," + ADA);

    Path wrong = csv("group,person", GROUP + "," + ADA, "x," + ADA, GROUP + ",y", GROUP);
    Shell.Said refused = command("group", "import", wrong.toString(), "--replace");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("nothing was changed")
        .contains("line 3: the group 'x'")
        .contains("line 4: the person 'y'")
        .contains("line 5: it has 1 fields");
    assertThat(command("group", "import", csv(GROUP + "," + ADA).toString()).err())
        .contains("line 1: the first line must be group,person");
    assertThat(done("group", "export").lines()).hasSize(4);

    Path replaced = csv("group,person", GROUP + "," + BEA);
    assertThat(done("group", "import", replaced.toString(), "--replace"))
        .contains("0 added, 1 removed, 1 unchanged");
    Path out = folder.resolve("out.csv");
    done("group", "export", out.toString());
    assertThat(out).hasContent("group,person\n" + GROUP + "," + BEA + "\n" + OTHER + "," + ADA);
  }

  @Test
  void aTokenIsShownOnceAndRevokedOnce() {
    Shell.Said made = command("scim", "token", "create", "entra");
    assertThat(made.code()).isZero();
    assertThat(made.out()).startsWith("scim.");
    String id = made.out().split("\\.", -1)[1];
    String list = done("scim", "token", "list");
    assertThat(list).contains(id, "entra").doesNotContain(made.out().strip().split("\\.", -1)[2]);
    assertThat(done("scim", "token", "revoke", id)).contains("Revoked");
    assertThat(command("scim", "token", "revoke", id).code()).isEqualTo(1);
  }

  @Test
  void aChangeIsLookedAtBeforeItIsMade() throws Exception {
    Path change =
        Files.writeString(
            folder.resolve("change.json"),
            """
            {"operations": [
              {"op": "put", "path": "/policies/p", "value": {"appIds": ["x"]}},
              {"op": "put", "path": "/grants/users/%s", "value": {"policyName": "p"}},
              {"op": "put", "path": "/grants/global", "value": {"policyName": "nowhere"}}]}
            """
                .formatted(ADA));
    assertThat(done("policy", "preview", change.toString()).lines())
        .containsExactly(
            "x gains 1 person, 0 of them organizers; 1 open to no application before.",
            "Warning: There is no policy 'nowhere': whoever it is granted to has none.");
    assertThat(done("policy", "preview", change.toString(), "--output", "json"))
        .contains("\"appId\" : \"x\"");
    assertThat(done("policy", "list").lines()).hasSize(1);
    Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"operations\": [{}]}");
    assertThat(command("policy", "preview", wrong.toString()).err()).contains("operations[0]");
  }

  private Path csv(String... lines) throws Exception {
    return Files.write(Files.createTempFile(folder, "groups", ".csv"), List.of(lines));
  }

  private Shell.Said command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data.toString(), "--tenant", TENANT));
    return Shell.run(all.toArray(String[]::new));
  }

  private String done(String... words) {
    Shell.Said said = command(words);
    assertThat(said.code()).as(said.err()).isZero();
    return said.out();
  }
}
