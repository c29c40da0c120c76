package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.journal.Archive;
import dev.aftercall.journal.Archiver;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Entries;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.JournalAccesses.Access;
import dev.aftercall.journal.JournalAccesses.Position;
import dev.aftercall.journal.JournalQuery;
import dev.aftercall.journal.Ranges;
import dev.aftercall.journal.Seal;
import dev.aftercall.journal.Sessions;
import dev.aftercall.journal.Verification;
import dev.aftercall.journal.Verification.Result;
import dev.aftercall.journal.Written;
import dev.aftercall.seal.SealingKey;
import dev.aftercall.testing.TestServer;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every database must do for the journal. */
abstract class JournalContract {
  private static final UUID TENANT = TestServer.TENANT;
  private static final UUID OTHER = TestServer.guid("other");
  private static final UUID RECORDING = TestServer.guid("recording");

  @TempDir Path dir;

  private Database database;
  private JdbcJournalStore store;
  private JdbcArchives archives;
  private JournalReader reader;

  abstract Database.Location location(Path dir);

  @BeforeEach
  void open() {
    database = Database.open(location(dir));
    store = new JdbcJournalStore(database);
    archives = new JdbcArchives(database);
    reader = new JournalReader(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static List<Written> written(List<Entry> entries, String prefix) {
    List<Written> written = new ArrayList<>();
    for (Entry entry : entries) {
      written.add(new Written(prefix + written.size(), entry));
    }
    return written;
  }

  private static List<Written> decisions(UUID tenant, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(Entries.decision(tenant, i));
    }
    return written(entries, tenant + "-");
  }

  private Result verify() throws IOException {
    return verify(List.of(), Optional.empty());
  }

  private Result verify(List<Seal> seals, Optional<Path> files) throws IOException {
    return new Verification(archives, files, seals, chain -> {}).verify(TENANT, Chain.START);
  }

  private Chain head() {
    return reader.heads().stream()
        .filter(head -> head.tenant().equals(TENANT))
        .findFirst()
        .orElseThrow()
        .chain();
  }

  @Test
  void entriesComeBackAsTheyWereInOneChainATenant() throws IOException {
    List<Written> own = written(Entries.random(TENANT, 3, 300), "a-");
    List<Written> others = written(Entries.random(OTHER, 4, 50), "b-");
    List<Written> mixed = new ArrayList<>(own.subList(0, 100));
    mixed.addAll(others);
    store.append(mixed);
    store.append(own.subList(100, 300));

    List<Chain.Link> links = reader.after(TENANT, 0, 1_000);
    assertThat(links).extracting(Chain.Link::written).isEqualTo(own);
    Chain chain = Chain.START;
    for (Chain.Link link : links) {
      assertThat(chain.leadsTo(link)).isTrue();
      chain = link.end();
    }
    assertThat(head()).isEqualTo(chain);
    assertThat(reader.after(OTHER, 0, 1_000)).hasSize(50);
    assertThat(verify()).isEqualTo(new Result.Intact(Chain.START, chain, 0));
  }

  @Test
  void whatIsThereAlreadyIsLeftOut() {
    List<Written> entries = decisions(TENANT, 10);
    store.append(entries.subList(0, 6));
    store.append(entries);
    store.append(entries);

    assertThat(reader.after(TENANT, 0, 100)).extracting(Chain.Link::written).isEqualTo(entries);
    assertThat(head().sequence()).isEqualTo(10);
  }

  @Test
  void manyNodesMakeOneChain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> nodes = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        List<Written> own = written(Entries.random(TENANT, node, 200), "n" + node + "-");
        List<Written> other = written(Entries.random(OTHER, node, 200), "o" + node + "-");
        nodes.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < 200; i += 20) {
                    List<Written> batch = new ArrayList<>(own.subList(i, i + 20));
                    batch.addAll(other.subList(i, i + 20));
                    store.append(batch);
                  }
                },
                threads));
      }
      for (CompletableFuture<Void> node : nodes) {
        node.get();
      }
    }

    assertThat(head().sequence()).isEqualTo(800);
    assertThat(verify()).isInstanceOf(Result.Intact.class);
  }

  @Test
  void anEntryThatTheDatabaseRefusesLeavesTheOthers() {
    database.write(
        handle -> handle.execute("create unique index only_once on journal (request_id)"));
    store.append(decisions(TENANT, 1));
    List<Written> twice = List.of(new Written("another", Entries.decision(TENANT, 0)));

    assertThatThrownBy(() -> store.append(twice)).isInstanceOf(RuntimeException.class);
    assertThat(store.works()).isTrue();
    assertThat(head().sequence()).isEqualTo(1);
    store.append(decisions(OTHER, 0));
  }

  @Test
  void eachChangeIsFound() throws IOException {
    store.append(written(Entries.random(TENANT, 9, 60), "e-"));
    assertThat(verify()).isInstanceOf(Result.Intact.class);
    for (String change :
        List.of(
            "bytes_sent = bytes_sent + 1",
            "caller_id = 'somebody else'",
            "at_ticks = at_ticks + 1",
            "allowed = 1 - allowed",
            "ranges = '0-0'",
            "minutes = minutes + 1",
            "hash = '" + "0".repeat(64) + "'")) {
      Chain.Link before = reader.after(TENANT, 29, 1).getFirst();
      alter("update journal set " + change + " where seq = 30");
      assertThat(verify())
          .as(change)
          .isInstanceOfSatisfying(
              Result.Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(30));
      alter("delete from journal where seq = 30");
      assertThat(verify())
          .as("removed")
          .isInstanceOfSatisfying(
              Result.Broken.class, broken -> assertThat(broken.what()).contains("missing"));
      restore(before);
      assertThat(verify()).isInstanceOf(Result.Intact.class);
    }
  }

  private void alter(String sql) {
    assertThat(
            database.<Integer>write(
                handle -> handle.execute(sql + " and tenant_id = '" + TENANT + "'")))
        .as(sql)
        .isPositive();
  }

  private void restore(Chain.Link link) {
    Entry entry = link.written().entry();
    database.write(
        handle ->
            handle.execute(
                "insert into journal (tenant_id, seq, hash, "
                    + JournalRows.COLUMNS
                    + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                TENANT.toString(),
                link.sequence(),
                link.hash(),
                link.written().id(),
                entry.at(),
                entry.requestId(),
                entry.caller(),
                entry.appId(),
                entry.action(),
                entry.target(),
                entry.rule(),
                entry.allowed() ? 1 : 0,
                entry.delivery().status(),
                entry.delivery().bytes(),
                entry.delivery().whole() ? 1 : 0,
                entry.delivery().ranges().toString(),
                entry.delivery().minutes()));
  }

  @Test
  void anEndThatWasCutOffIsFoundByItsSealAlone() throws IOException {
    store.append(decisions(TENANT, 20));
    SealingKey key = SealingKey.loadOrCreate(dir);
    Seal seal = Seal.of(new Chain.Head(TENANT, head()), Entries.START, key);
    assertThat(seal.signedBy(key.open())).isTrue();
    assertThat(verify(List.of(seal), Optional.empty())).isInstanceOf(Result.Intact.class);

    Chain shorter = reader.after(TENANT, 14, 1).getFirst().end();
    alter("delete from journal where seq > 15");
    assertThat(verify()).as("the chain's own end is remembered").isInstanceOf(Result.Broken.class);
    alter(
        "update journal_chain set seq = %d, hash = '%s' where seq > 0"
            .formatted(shorter.sequence(), shorter.hash()));
    assertThat(verify()).as("without a seal it is well made").isInstanceOf(Result.Intact.class);
    assertThat(verify(List.of(seal), Optional.empty()))
        .isInstanceOfSatisfying(
            Result.Broken.class,
            broken -> {
              assertThat(broken.sequence()).isEqualTo(16);
              assertThat(broken.what()).contains("cut off");
            });
  }

  @Test
  void monthsGoIntoFilesAndTheChainGoesOnAcrossThem() throws IOException {
    List<Entry> entries = new ArrayList<>();
    String[] months = {"2024-01", "2024-02", "2024-02", "2024-01", "2024-03", "2024-04"};
    for (int month = 0; month < months.length; month++) {
      for (int i = 0; i < 30; i++) {
        Entry it = Entries.decision(TENANT, month * 30 + i);
        entries.add(at(it, Ticks.parse(months[month] + "-15T10:00:00Z") + i));
      }
    }
    store.append(written(entries, "m-"));
    Chain whole = head();
    Path files = dir.resolve("archive");
    List<Archive> made = new ArrayList<>();

    // The first run dies when its file is in place and its entries are not removed.
    assertThatThrownBy(
            () ->
                new Archiver(
                        archives,
                        files,
                        archive -> {
                          throw new IllegalStateException("killed");
                        })
                    .archive(TENANT, YearMonth.of(2024, 4)))
        .hasMessage("killed");
    assertThat(verify(List.of(), Optional.of(files))).isInstanceOf(Result.Intact.class);

    long moved = new Archiver(archives, files, made::add).archive(TENANT, YearMonth.of(2024, 4));

    assertThat(moved).isEqualTo(120);
    assertThat(made).extracting(Archive::month).containsExactly("2024-02", "2024-03");
    assertThat(made.getFirst().entries()).as("what came late lies where it came").isEqualTo(90);
    assertThat(reader.after(TENANT, 0, 1_000)).hasSize(30);
    assertThat(archives.archives(TENANT)).hasSize(3);
    assertThat(verify(List.of(), Optional.of(files)))
        .isEqualTo(new Result.Intact(Chain.START, whole, 0));
    assertThat(verify()).isEqualTo(new Result.Intact(Chain.START, whole, 0));
    assertThat(new Archiver(archives, files, made::add).archive(TENANT, YearMonth.of(2024, 4)))
        .isZero();

    store.append(List.of(new Written("later", Entries.decision(TENANT, 9_999))));
    assertThat(verify(List.of(), Optional.of(files))).isInstanceOf(Result.Intact.class);

    Files.write(files.resolve(made.getFirst().file()), new byte[] {0}, StandardOpenOption.APPEND);
    assertThat(verify(List.of(), Optional.of(files)))
        .isInstanceOfSatisfying(
            Result.Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(31));
  }

  private static Entry at(Entry entry, long time) {
    return new Entry(
        time,
        entry.requestId(),
        entry.tenant(),
        entry.caller(),
        entry.appId(),
        entry.action(),
        entry.target(),
        entry.rule(),
        entry.allowed(),
        entry.delivery());
  }

  @Test
  void aBrokenChainIsNotArchived() throws IOException {
    store.append(decisions(TENANT, 20));
    alter("update journal set caller_id = 'x' where seq = 7");

    assertThatThrownBy(
            () ->
                new Archiver(archives, dir.resolve("archive"), archive -> {})
                    .archive(TENANT, YearMonth.of(9_999, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("entry 7");
    assertThat(reader.after(TENANT, 0, 100)).hasSize(20);
  }

  @Test
  void pagesAreWhatAModelFinds() {
    List<Entry> entries = Entries.random(TENANT, 21, 200);
    store.append(written(entries, "p-"));
    store.append(written(Entries.random(OTHER, 22, 50), "q-"));
    List<Chain.Link> all = new ArrayList<>(reader.after(TENANT, 0, 1_000));
    all.sort(
        Comparator.<Chain.Link>comparingLong(link -> link.written().entry().at())
            .thenComparingLong(Chain.Link::sequence)
            .reversed());
    SplittableRandom random = new SplittableRandom(23);
    for (int round = 0; round < 100; round++) {
      JournalQuery query = query(random);
      List<Chain.Link> wanted = all.stream().filter(link -> matches(query, link)).toList();
      List<Chain.Link> found = new ArrayList<>();
      JournalQuery page = query;
      List<Chain.Link> got = reader.page(page);
      while (!got.isEmpty()) {
        found.addAll(got);
        Chain.Link last = got.getLast();
        page = page.behind(new JournalQuery.Position(last.written().entry().at(), last.sequence()));
        got = reader.page(page);
      }
      assertThat(found).as(query.toString()).isEqualTo(wanted);
    }
  }

  private static JournalQuery query(SplittableRandom random) {
    return new JournalQuery(
        TENANT,
        maybe(random, Entries.START + random.nextInt(200)),
        maybe(random, Entries.START + random.nextInt(200)),
        maybe(random, "caller-" + random.nextInt(3)),
        maybe(random, "app-" + random.nextInt(3)),
        maybe(random, TestServer.guid("r" + random.nextInt(3)).toString()),
        maybe(random, random.nextBoolean()),
        Optional.empty(),
        1 + random.nextInt(30));
  }

  private static <T> Optional<T> maybe(SplittableRandom random, T value) {
    return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
  }

  private static boolean matches(JournalQuery query, Chain.Link link) {
    Entry entry = link.written().entry();
    return query.from().map(from -> entry.at() >= from).orElse(true)
        && query.to().map(to -> entry.at() < to).orElse(true)
        && query.caller().map(entry.caller()::equals).orElse(true)
        && query.app().map(entry.appId()::equals).orElse(true)
        && query.target().map(entry.target()::equals).orElse(true)
        && query.allowed().map(allowed -> entry.allowed() == allowed).orElse(true);
  }

  @Test
  void theRequestsOfAViewingAreOneSession() {
    long gap = Sessions.GAP_TICKS;
    List<Entry> entries =
        List.of(
            Entries.decision(TENANT, 0),
            Entries.end(TENANT, 1, sent(0, 100, 7)),
            at(Entries.decision(TENANT, 2), Entries.START + gap),
            at(Entries.end(TENANT, 2, sent(50, 100, 0)), Entries.START + gap + 1),
            // More than half an hour later: another one, whose end nobody knows.
            at(Entries.decision(TENANT, 3), Entries.START + 2 * gap + 2),
            // Nothing but a question.
            other(Entries.decision(TENANT, 3)),
            other(Entries.end(TENANT, 4, new Delivery(304, 0, true))));
    List<Written> all = written(entries, "s-");
    for (Written one : all) {
      store.append(List.of(one));
    }

    List<Access> accesses = reader.accesses(TENANT, RECORDING, Optional.empty(), 10);

    assertThat(accesses).hasSize(2);
    Sessions.Session viewing = accesses.get(1).session();
    assertThat(viewing.first()).isEqualTo(Entries.START);
    assertThat(viewing.last()).isEqualTo(Entries.START + gap + 1);
    assertThat(viewing.decisions()).isEqualTo(2);
    assertThat(viewing.ends()).isEqualTo(2);
    assertThat(viewing.bytes()).isEqualTo(200);
    assertThat(viewing.ranges()).hasToString("0-149");
    assertThat(viewing.minutes()).isEqualTo(7);
    assertThat(accesses.getFirst().session().bytes()).isZero();
    assertThat(accesses.getFirst().session().decisions()).isEqualTo(1);
    Sessions.Session newest = accesses.getFirst().session();
    assertThat(
            reader.accesses(
                TENANT, RECORDING, Optional.of(new Position(newest.first(), newest.id())), 1))
        .containsExactly(accesses.get(1));
    assertThat(reader.accesses(OTHER, RECORDING, Optional.empty(), 10)).isEmpty();
  }

  private static Delivery sent(long offset, long length, long minutes) {
    return new Delivery(206, length, true, Ranges.of(offset, length), minutes);
  }

  private static Entry other(Entry entry) {
    return new Entry(
        entry.at(),
        entry.requestId(),
        entry.tenant(),
        "another",
        entry.appId(),
        entry.action(),
        entry.target(),
        entry.rule(),
        entry.allowed(),
        entry.delivery());
  }
}
