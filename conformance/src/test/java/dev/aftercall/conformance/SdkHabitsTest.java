package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

@Conformance("Graph SDK: habits")
final class SdkHabitsTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;
  private final List<Response> answers = new ArrayList<>();

  SdkHabitsTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void theClientRequestIdIsEchoedHoweverOftenItComes() throws IOException {
    GraphServiceClient client = client(this::note);
    assertThat(GraphClients.me(client, held).get().getId()).isEqualTo(held.recordingId());
    GraphClients.me(client, held).content().get().close();
    assertThat(answers).hasSize(2);
    assertThat(answers.stream().map(answer -> answer.request().header("client-request-id")))
        .as("one id for the life of a client")
        .doesNotContainNull();
    for (Response answer : answers) {
      assertThat(answer.header("client-request-id"))
          .isEqualTo(answer.request().header("client-request-id"));
    }
    assertThat(answers.get(0).header("request-id"))
        .isNotEqualTo(answers.get(1).header("request-id"));
  }

  @Verified(year = 2026)
  void aRetryIsAnsweredAsAFirstAttempt() {
    List<Request> requests = new ArrayList<>();
    GraphServiceClient client =
        client(
            chain -> {
              requests.add(chain.request());
              return requests.size() == 1
                  ? unavailable(chain.request())
                  : chain.proceed(chain.request());
            });
    CallRecording it = GraphClients.me(client, held).get();
    assertThat(it.getId()).isEqualTo(held.recordingId());
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1).header("Retry-Attempt")).isEqualTo("1");
  }

  @Verified(year = 2026)
  void noAnswerIsRedirectedWithoutAnAbsoluteLocation() throws IOException {
    GraphServiceClient client = client(this::note);
    GraphClients.me(client, held).content().get().close();
    assertThat(answers.getLast().code()).isIn(200, 302, 307, 308);
    if (answers.getLast().isRedirect()) {
      assertThat(answers.getLast().header("Location")).matches("https?://.*");
    }
  }

  private GraphServiceClient client(Interceptor last) {
    return server.graph().client(GraphClients.token(server.ready().token("organizer")), last);
  }

  private Response note(Interceptor.Chain chain) throws IOException {
    Response answer = chain.proceed(chain.request());
    answers.add(answer);
    return answer;
  }

  private static Response unavailable(Request request) {
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(503)
        .message("Service Unavailable")
        .header("Retry-After", "1")
        .body(ResponseBody.create("{}", MediaType.get("application/json")))
        .build();
  }
}
