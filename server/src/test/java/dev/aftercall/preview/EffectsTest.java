package dev.aftercall.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.access.Rules;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.time.Ids;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a change would open and close, against deciding for everybody one by one. */
final class EffectsTest {
  private static final Ids IDS = Ids.repeatable(11);
  private static final List<UUID> PEOPLE = Stream.generate(IDS::guid).limit(12).toList();
  private static final List<UUID> GROUPS = Stream.generate(IDS::guid).limit(4).toList();
  private static final List<String> APPS = List.of("a", "b", "c");
  private static final List<String> POLICIES = List.of("p", "q", "r", "not there");

  @Test
  void saysWhatASentenceSays() throws Exception {
    Rules before =
        apply(
            Rules.NONE,
            "[{'op':'put','path':'/policies/one','value':{'appIds':['x']}}"
                + ",{'op':'put','path':'/grants/users/"
                + PEOPLE.get(0)
                + "','value':{'policyName':'one'}}]");
    Proposal change =
        read(
            "[{'op':'put','path':'/policies/all','value':{'appIds':['x','y']}},"
                + "{'op':'put','path':'/grants/global','value':{'policyName':'all'}},"
                + "{'op':'put','path':'/rscGrants','value':"
                + "{'threadId':'19:t','appId':'z','permission':'P'}},"
                + "{'op':'put','path':'/tenant','value':{'participantDownload':true}}]");

    Effects effects =
        Effects.between(before, change.applyTo(before), Set.copyOf(PEOPLE.subList(0, 5)), 2);

    assertThat(effects.sentences())
        .containsExactly(
            "x gains 4 persons, 4 of them organizers; 4 open to no application before.",
            "y gains 4 persons, 4 of them organizers; 4 open to no application before.",
            "z gains P in 19:t.",
            "Everybody invited may download, not the organizer alone.");
    assertThat(effects.applications().getFirst().gained().first()).hasSize(2);
    assertThat(EffectsJson.of(effects, List.of()).at("/applications/0/gained/new").asInt())
        .isEqualTo(4);
  }

  @Test
  void agreesWithDecidingForEverybody() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      Rules before = new Proposal(steps(random, 12)).applyTo(Rules.NONE);
      Rules after = new Proposal(steps(random, 3)).applyTo(before);
      Set<UUID> organizers = new HashSet<>(PEOPLE);
      organizers.removeIf(person -> random.nextInt(3) == 0);

      Effects effects = Effects.between(before, after, organizers, 100);

      for (String app : APPS) {
        Set<UUID> gained = new HashSet<>();
        Set<UUID> lost = new HashSet<>();
        for (UUID person : PEOPLE) {
          boolean known =
              organizers.contains(person)
                  || Stream.of(before, after)
                      .anyMatch(
                          rules ->
                              rules.groups().containsKey(person)
                                  || rules.userGrants().containsKey(person));
          if (known && after.policyCovers(person, app) && !before.policyCovers(person, app)) {
            gained.add(person);
          }
          if (known && before.policyCovers(person, app) && !after.policyCovers(person, app)) {
            lost.add(person);
          }
        }
        Optional<Effects.Application> said =
            effects.applications().stream().filter(it -> it.appId().equals(app)).findFirst();
        assertThat(first(said.map(Effects.Application::gained)))
            .as("seed " + seed)
            .isEqualTo(gained);
        assertThat(first(said.map(Effects.Application::lost))).as("seed " + seed).isEqualTo(lost);
        long fresh =
            gained.stream()
                .filter(person -> APPS.stream().noneMatch(any -> before.policyCovers(person, any)))
                .count();
        assertThat(said.map(it -> it.gained().fresh()).orElse(0)).isEqualTo((int) fresh);
      }
    }
  }

  @Test
  void leavesTheRulesItCameFromAlone() {
    Random random = new Random(1);
    Rules before = new Proposal(steps(random, 30)).applyTo(Rules.NONE);
    String told = before.toString();
    new Proposal(steps(random, 30)).applyTo(before);
    assertThat(before.toString()).isEqualTo(told);
  }

  @Test
  void wrongOperationsAreExplained() {
    for (String wrong :
        List.of(
            "{}",
            "[]",
            "[{'op':'move','path':'/tenant'}]",
            "[{'op':'put','path':'/tenants'}]",
            "[{'op':'put','path':'/policies/x','value':{}}]",
            "[{'op':'put','path':'/policies/x','value':{'appIds':[1]}}]",
            "[{'op':'put','path':'/policies/x','value':{'appIds':[],'more':1}}]",
            "[{'op':'put','path':'/grants/users/ada','value':{'policyName':'x'}}]",
            "[{'op':'put','path':'/grants/global','value':{}}]",
            "[{'op':'put','path':'/grants/global','value':{'policyName':'x'},'test':1}]",
            "[{'op':'remove','path':'/tenant'}]",
            "[{'op':'put','path':'/tenant','value':{'participantDownload':'yes'}}]",
            "[{'op':'put','path':'/tenant','value':{'downloadExemptGroupIds':['x']}}]",
            "[{'op':'put','path':'/groups/7c1f6d0e-0000-4000-8000-000000000001/members/x'}]",
            "[7]")) {
      assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(ChangeRefused.class);
    }
  }

  @Test
  void warnsOfPoliciesThatAreNotThere() throws Exception {
    Proposal proposal =
        read("[{'op':'put','path':'/grants/global','value':{'policyName':'nowhere'}}]");
    assertThat(proposal.warnings(Rules.NONE)).singleElement().asString().contains("nowhere");
  }

  private static Set<UUID> first(Optional<Effects.People> people) {
    return people.map(it -> Set.copyOf(it.first())).orElse(Set.of());
  }

  private static List<Step> steps(Random random, int most) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      UUID person = PEOPLE.get(random.nextInt(PEOPLE.size()));
      UUID group = GROUPS.get(random.nextInt(GROUPS.size()));
      String name = POLICIES.get(random.nextInt(POLICIES.size()));
      Optional<String> policy = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(name);
      steps.add(
          switch (random.nextInt(7)) {
            case 0 ->
                new Step.PutPolicy(
                    POLICIES.get(random.nextInt(3)),
                    APPS.stream().filter(app -> random.nextBoolean()).toList());
            case 1 -> new Step.RemovePolicy(name);
            case 2 -> new Step.GrantUser(person, policy);
            case 3 -> new Step.GrantGroup(group, random.nextInt(3), policy);
            case 4 -> new Step.GrantEveryone(policy);
            default -> new Step.Membership(group, person, random.nextInt(3) > 0);
          });
    }
    return steps;
  }

  private static Rules apply(Rules rules, String json) throws Exception {
    return read(json).applyTo(rules);
  }

  private static Proposal read(String json) throws Exception {
    return ProposalReader.read(new ObjectMapper().readTree(json.replace('\'', '"')));
  }
}
