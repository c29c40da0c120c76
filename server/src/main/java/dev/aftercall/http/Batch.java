package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /$batch}: up to twenty requests in one. Each goes through the pipeline like a lone
 * one, with a request-id of its own, and is identified, throttled, decided and journalled by
 * itself.
 *
 * @see <a href="https://learn.microsoft.com/graph/json-batching">Combine requests</a>
 */
final class Batch {
  /** The most bytes a batch may have. */
  static final int LARGEST_BODY = 4 << 20;

  /** The most bytes one answer within a batch may have, before base64. */
  static final int LARGEST_PART = 4 << 20;

  /** The most bytes all answers of a batch may have together, before base64. */
  static final int LARGEST_ANSWER = 16 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
  private static final JsonFactory JSON = new JsonFactory();

  private final Function<Request, Answer> pipeline;
  private final BatchContent contents;
  private final ErrorRenderer errors;
  private final Executor threads;
  private final RequestIds names;
  private final BatchMemory memory;
  private final Duration patience;

  /**
   * Sends what batches hold through that pipeline.
   *
   * @param pipeline answers every request, as long as it knows of no batch
   * @param patience in which a batch is to be here
   */
  Batch(
      Function<Request, Answer> pipeline,
      BatchContent contents,
      ErrorRenderer errors,
      Executor threads,
      RequestIds names,
      BatchMemory memory,
      Duration patience) {
    this.pipeline = pipeline;
    this.contents = contents;
    this.errors = errors;
    this.threads = threads;
    this.names = names;
    this.memory = memory;
    this.patience = patience;
  }

  /** Every cloud has it, in every version. */
  Route route() {
    return Route.of(
        "POST", "/{version:v1.0|beta}/$batch", Route.Admission.TOKEN_OF_EACH_PART, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    BatchMemory.Share share = memory.share(request.requireCaller());
    try {
      List<BatchItem> items = BatchReader.read(body(request, share));
      return assemble(run(items, BatchOrder.of(items), request, share), share);
    } catch (IOException | RuntimeException | Error e) {
      share.close();
      throw e;
    }
  }

  private byte[] body(Request request, BatchMemory.Share share) throws IOException {
    return SmallBody.read(request, LARGEST_BODY, patience, share::take)
        .orElseThrow(
            () ->
                new GraphException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "A batch may have "
                        + LARGEST_BODY
                        + " bytes. Send its requests in several, or singly."));
  }

  private List<Done> run(
      List<BatchItem> items, BatchOrder order, Request batch, BatchMemory.Share share) {
    BatchRoom room = new BatchRoom(share);
    Map<Integer, CompletableFuture<Done>> running = new TreeMap<>();
    for (int place : order.sequence()) {
      BatchItem item = items.get(place);
      Trace trace = trace(item, batch);
      List<CompletableFuture<Done>> before =
          order.dependsOn().get(place).stream().map(running::get).toList();
      // At most twenty at one time; a virtual thread that waits costs next to nothing.
      running.put(
          place,
          CompletableFuture.allOf(before.toArray(CompletableFuture[]::new))
              .thenApplyAsync(
                  all ->
                      before.stream()
                          .map(CompletableFuture::join)
                          .filter(done -> done.part().failed())
                          .findFirst()
                          .map(failed -> dependent(failed, trace))
                          .orElseGet(() -> part(item, batch, trace, room)),
                  threads)
              .thenApply(part -> new Done(item, trace, part)));
    }
    return running.values().stream().map(CompletableFuture::join).toList();
  }

  private record Done(BatchItem item, Trace trace, BatchPart part) {}

  private Trace trace(BatchItem item, Request batch) {
    String theirs = item.headers().get("client-request-id");
    return Trace.of(names.next(), theirs == null ? batch.trace().clientRequestId() : theirs);
  }

  private BatchPart dependent(Done failed, Trace trace) {
    return error(
        new GraphException(
            ErrorCode.FAILED_DEPENDENCY,
            "The request was not made, since the one with the id '%s' failed with status %d."
                .formatted(failed.item().id().text(), failed.part().status())),
        trace);
  }

  private BatchPart part(BatchItem item, Request batch, Trace trace, BatchRoom room) {
    try {
      Request request = BatchRequest.of(item, batch, trace);
      return switch (pipeline.apply(request)) {
        case Answer.Whole whole -> {
          room.take(whole.body().length, request.target());
          yield BatchPart.of(whole);
        }
        case StreamedAnswer streamed ->
            BatchPart.of(
                new Answer.Whole(
                    streamed.status(),
                    streamed.headers(),
                    room.collect(streamed, request.target())));
        case ContentAnswer content -> content(request, content.endingOnce(), room);
        case BatchAnswer nested -> throw new IllegalStateException("A batch within a batch.");
      };
    } catch (GraphException e) {
      return error(e, trace);
    } catch (IOException | RuntimeException e) {
      LOG.error("{} in a batch could not be answered", trace.requestId(), e);
      return error(Pipeline.internal(), trace);
    }
  }

  private BatchPart content(Request request, ContentAnswer content, BatchRoom room) {
    try {
      return contents.part(request, content, room);
    } catch (GraphException e) {
      content.over(e.code().status(), 0, true);
      return error(e, request.trace());
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("{} in a batch could not be delivered", request.trace().requestId(), e);
      content.over(ErrorCode.INTERNAL.status(), 0, false);
      return error(Pipeline.internal(), request.trace());
    }
  }

  private BatchPart error(GraphException e, Trace trace) {
    return BatchPart.of(errors.render(e, trace));
  }

  private static Answer assemble(List<Done> parts, BatchMemory.Share share) {
    BatchAnswer.End end =
        delivered -> {
          share.close();
          parts.forEach(done -> done.part().end().over(delivered));
        };
    int room = parts.stream().mapToInt(done -> done.part().room()).sum();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(room);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("responses");
      for (Done done : parts) {
        done.part().write(json, done.item().id(), done.trace());
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      end.over(false);
      throw new UncheckedIOException(e);
    }
    return new BatchAnswer(
        new Answer.Whole(
            200,
            Map.of(
                "Content-Type", Answer.GRAPH_JSON,
                "OData-Version", "4.0",
                "Cache-Control", "no-cache"),
            bytes.toByteArray()),
        end);
  }
}
