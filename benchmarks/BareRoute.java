import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that Vert.x can do to answer with given bytes: no routing, no token, no thread but the event loop's.
 * Arguments: port, and a file with header fields, an empty line and the body.
 */
class BareRoute {
  record Field(CharSequence name, CharSequence value) {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    String[] answer = Files.readString(Path.of(arguments[1])).split("\n\n", 2);
    List<Field> fields = new ArrayList<>();
    for (String line : answer[0].split("\n")) {
      String[] pair = line.split(": ", 2);
      fields.add(new Field(HttpHeaders.createOptimized(pair[0]), HttpHeaders.createOptimized(pair[1])));
    }
    byte[] body = answer[1].getBytes();
    int processors = Runtime.getRuntime().availableProcessors();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(Math.max(2, processors)));
    vertx.deployVerticle(
        () ->
            new AbstractVerticle() {
              @Override
              public void start() {
                vertx
                    .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                    .requestHandler(
                        request -> {
                          var response = request.response();
                          for (Field field : fields) {
                            response.putHeader(field.name(), field.value());
                          }
                          response.end(Buffer.buffer(body));
                        })
                    .listen();
              }
            },
        new DeploymentOptions().setInstances(processors));
  }
}
