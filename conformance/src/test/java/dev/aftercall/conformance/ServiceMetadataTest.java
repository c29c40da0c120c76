package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

@Conformance("The service's metadata")
final class ServiceMetadataTest {
  private final ServerUnderTest server;

  ServiceMetadataTest(ServerUnderTest server) {
    this.server = server;
  }

  @Verified(year = 2026)
  void theModelNeedsNoToken() {
    Wire.Reply reply = server.wire().get("$metadata").reply();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).contains("Namespace=\"microsoft.graph\"", "Name=\"callRecording\"");
  }
}
