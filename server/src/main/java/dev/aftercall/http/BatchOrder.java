package dev.aftercall.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which order the items of a batch may be begun. Graph documents batches that are fully parallel
 * or fully sequential; any order without a circle is taken here.
 *
 * @param sequence the items' places in the batch, each after those it depends on
 * @param dependsOn for each item, the places of those it depends on
 */
record BatchOrder(List<Integer> sequence, List<Set<Integer>> dependsOn) {

  static BatchOrder of(List<BatchItem> items) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      places.put(items.get(i).id().text().toLowerCase(Locale.ROOT), i);
    }
    List<Set<Integer>> dependsOn = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Set<Integer> others = new TreeSet<>();
      for (BatchItem.ItemId id : items.get(i).dependsOn()) {
        Integer place = places.get(id.text().toLowerCase(Locale.ROOT));
        if (place == null) {
          throw BatchReader.fault(
              "requests[%d].dependsOn names '%s', which no request of the batch has for its id"
                  .formatted(i, id.text()));
        }
        others.add(place);
      }
      dependsOn.add(others);
    }
    return new BatchOrder(sequence(items, dependsOn), dependsOn);
  }

  private static List<Integer> sequence(List<BatchItem> items, List<Set<Integer>> dependsOn) {
    Set<Integer> waiting = new TreeSet<>();
    for (int i = 0; i < items.size(); i++) {
      waiting.add(i);
    }
    List<Integer> sequence = new ArrayList<>();
    while (!waiting.isEmpty()) {
      int next =
          waiting.stream()
              .filter(place -> sequence.containsAll(dependsOn.get(place)))
              .findFirst()
              .orElseThrow(() -> circle(items, waiting));
      waiting.remove(next);
      sequence.add(next);
    }
    return sequence;
  }

  private static GraphException circle(List<BatchItem> items, Set<Integer> waiting) {
    return BatchReader.fault(
        "requests depend on one another in a circle; among those with the ids "
            + String.join(
                ", ", waiting.stream().map(place -> items.get(place).id().text()).toList()));
  }
}
