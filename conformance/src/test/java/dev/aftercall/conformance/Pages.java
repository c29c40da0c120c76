package dev.aftercall.conformance;

import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.serialization.AdditionalDataHolder;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ParsableFactory;
import java.util.ArrayList;
import java.util.List;

/** What the SDK's own page iterator gathers. */
record Pages<T>(List<T> items, String deltaLink) {

  /** From that page to the last one. */
  static <T extends Parsable, P extends Parsable & AdditionalDataHolder> Pages<T> from(
      GraphServiceClient client, P first, ParsableFactory<P> factory)
      throws ReflectiveOperationException {
    List<T> items = new ArrayList<>();
    PageIterator<T, P> pages =
        new PageIterator.Builder<T, P>()
            .client(client)
            .collectionPage(first)
            .collectionPageFactory(factory)
            .processPageItemCallback(items::add)
            .build();
    pages.iterate();
    return new Pages<>(List.copyOf(items), String.valueOf(pages.getDeltaLink()));
  }
}
